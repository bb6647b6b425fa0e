#!/usr/bin/env bash
# Each value that an RxJS ReplaySubject publishes costs time in proportion to the length of its history.
#
# Package:   rxjs (npm)
# Version:   7.8.2
# Behaviour: A ReplaySubject that keeps the last N values stores them in an array, not in a ring. When it is full,
#            each new value removes the oldest one with `splice`, which moves all others, even with no subscriber. The
#            class's documentation does not mention it.
# Seen:      2026-11-30, Node.js 20.20.2, two cores that were busy with other work:
#              history of 16: 53 ns for a value
#              history of 4096: 2522 ns for a value
#              history of 16384: 13263 ns for a value
#              history of 65536: 55452 ns for a value
# For us:    The log of a topic (crates/event-bus/src/log.rs) is a ring, so a history costs the same at any length.
#            The benchmark of the bus compares histories of 4,096 events, and its ReplaySubject column would look
#            worse with more.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error rxjs@7.8.2 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

cat >try.mjs <<'JS'
import { ReplaySubject } from 'rxjs';

const VALUES = 10_000;

/** Nanoseconds for one value, with a history that is full: the best of five rounds. */
function cost(history) {
  const subject = new ReplaySubject(history);
  const publish = (count) => {
    for (let value = 0; value < count; value += 1) subject.next(value);
  };
  publish(history + VALUES);
  const rounds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    publish(VALUES);
    return ((performance.now() - start) * 1e6) / VALUES;
  });
  return Math.min(...rounds);
}

const histories = [16, 4_096, 16_384, 65_536];
const costs = histories.map(cost);
histories.forEach((history, place) => console.log(`history of ${history}: ${Math.round(costs[place])} ns for a value`));
// The last one is about a thousand times the first one. Fifty leaves room for a busy machine.
process.exitCode = costs.at(-1) > 50 * costs[0] ? 0 : 1;
JS
node try.mjs || { echo "Changed: the cost of a value no longer grows with the length of the history."; exit 1; }
echo "As described."
