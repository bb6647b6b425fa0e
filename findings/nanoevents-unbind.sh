#!/usr/bin/env bash
# In nanoevents, ending one subscription ends every other one that has the same function.
#
# Packages:  nanoevents, mitt, eventemitter3 (npm)
# Versions:  9.1.0, 3.0.1, 5.0.4
# Behaviour: `on` of nanoevents returns a function that ends this subscription. It removes by the callback and not by
#            the subscription: if two parts of a program subscribe the same function, the first one that leaves
#            silences the other. The README says nothing about it. The libraries that are compared with each other
#            differ here: mitt and Node's own EventEmitter end one subscription, EventEmitter3 ends all, and its
#            README says so.
# Seen:      2026-11-30, Node.js 20.20.2, calls of a function that was subscribed twice and ended once:
#              nanoevents: 0
#              eventemitter3: 0
#              mitt: 1
#              node:events: 1
# For us:    crates/event-bus identifies a subscription by its group's name and never by its function. Its benchmark
#            (crates/event-bus/benches/libraries/sides.mjs) gives every subscriber a function of its own.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error nanoevents@9.1.0 mitt@3.0.1 eventemitter3@5.0.4 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the packages could not be installed."; exit 2; }

cat >try.mjs <<'JS'
import { EventEmitter } from 'node:events';
import EventEmitter3 from 'eventemitter3';
import mitt from 'mitt';
import { createNanoEvents } from 'nanoevents';

const emitters = {
  nanoevents: createNanoEvents(),
  eventemitter3: new EventEmitter3(),
  mitt: mitt(),
  'node:events': new EventEmitter(),
};
for (const [name, emitter] of Object.entries(emitters)) {
  let calls = 0;
  const subscriber = () => { calls += 1; };
  const end = emitter.on('event', subscriber);
  emitter.on('event', subscriber);
  // In nanoevents `on` returns what ends the subscription; the others have a method.
  if (name === 'nanoevents') end();
  else emitter.off('event', subscriber);
  emitter.emit('event');
  console.log(`${name}: ${calls}`);
}
JS
node try.mjs | tee seen.txt

expected='nanoevents: 0
eventemitter3: 0
mitt: 1
node:events: 1'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: the libraries end a subscription in another way."; exit 1; }
echo "As described."
