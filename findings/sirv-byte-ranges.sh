#!/usr/bin/env bash
# sirv answers a request for the first byte with the whole file, and one for the last bytes with the first ones.
#
# Package:   sirv (npm)
# Version:   3.0.2
# Behaviour: Two kinds of byte ranges that RFC 9110 allows are misread. `bytes=0-0` asks for the first byte, which is
#            the usual way to find out whether a server has ranges and how large a file is: the last position 0 is
#            taken for a missing one, and the whole file is sent. `bytes=-3` asks for the last three bytes: the
#            missing first position is taken for 0 and the length for a position, and the first four bytes are sent.
#            Both answers are 206 and name the range that was really sent, so only a client that compares it notices.
# Seen:      2026-11-30, Node.js 20.20.2, a file with the text 0123456789:
#              bytes=2-4: 206, bytes 2-4/10, 234
#              bytes=0-0: 206, bytes 0-9/10, 0123456789
#              bytes=-3: 206, bytes 0-3/10, 0123
# For us:    tests/browser/server.mjs serves dist/ to the tests with it. The page asks for no ranges, and nothing in
#            the tests may begin to rely on them. The page's real host is another server.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error sirv@3.0.2 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

mkdir served
printf 0123456789 >served/digits.txt
cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import sirv from 'sirv';

const server = createServer(sirv('served'));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${server.address().port}/digits.txt`;
for (const range of ['bytes=2-4', 'bytes=0-0', 'bytes=-3']) {
  const answer = await fetch(address, { headers: { range } });
  console.log(`${range}: ${answer.status}, ${answer.headers.get('content-range')}, ${await answer.text()}`);
}
server.close();
server.closeAllConnections();
JS
node try.mjs | tee seen.txt

expected='bytes=2-4: 206, bytes 2-4/10, 234
bytes=0-0: 206, bytes 0-9/10, 0123456789
bytes=-3: 206, bytes 0-3/10, 0123'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: sirv reads byte ranges in another way than it did."; exit 1; }
echo "As described."
