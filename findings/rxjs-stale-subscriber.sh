#!/usr/bin/env bash
# RxJS leaves a subscriber of a BehaviorSubject with an old value for good.
#
# Package:   rxjs (npm)
# Version:   7.8.2
# Behaviour: `next` calls the subscribers at once, one after the other. If the first one publishes the next value,
#            that value reaches all subscribers before the rest have seen the value that caused it. So two subscribers
#            see the same two values in opposite orders. With a BehaviorSubject the later subscriber ends with the
#            older value, and stays there, while `subject.value` and each subscriber that comes later have the newer
#            one. A ReplaySubject does the same, although its own buffer is in the right order. No error is reported.
# Seen:      2026-11-30, Node.js 20.20.2:
#              BehaviorSubject: value 2, first subscriber 0 1 2, second subscriber 0 2 1, later subscriber 2
#              ReplaySubject: first subscriber 1 2, second subscriber 2 1, later subscriber 1 2
# For us:    It is the reason for the waves of crates/event-bus: what a handler publishes is delivered when every
#            group has been given the event at hand, so all groups see one order. crates/event-bus/tests/bus/ checks
#            it.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error rxjs@7.8.2 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

cat >try.mjs <<'JS'
import { BehaviorSubject, ReplaySubject } from 'rxjs';

/** Publishes 1, to which the first of two subscribers answers with 2. */
function watch(subject) {
  const [first, second, later] = [[], [], []];
  subject.subscribe((value) => {
    first.push(value);
    if (value === 1) subject.next(2);
  });
  subject.subscribe((value) => second.push(value));
  subject.next(1);
  subject.subscribe((value) => later.push(value));
  const lists = { first, second, later };
  return Object.entries(lists).map(([name, values]) => `${name} subscriber ${values.join(' ')}`).join(', ');
}

const behavior = new BehaviorSubject(0);
const seen = watch(behavior);
console.log(`BehaviorSubject: value ${behavior.value}, ${seen}`);
console.log(`ReplaySubject: ${watch(new ReplaySubject())}`);
JS
node try.mjs | tee seen.txt

expected='BehaviorSubject: value 2, first subscriber 0 1 2, second subscriber 0 2 1, later subscriber 2
ReplaySubject: first subscriber 1 2, second subscriber 2 1, later subscriber 1 2'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: RxJS delivers a nested value in another order."; exit 1; }
echo "As described."
