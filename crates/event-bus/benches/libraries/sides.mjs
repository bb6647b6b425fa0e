// The contestants, set up for one configuration: the bus, and the libraries, which do the same work in JavaScript.
//
// Event `n` is a new object that carries `n`, and every subscriber adds it to its own sum. The producer loops of the
// libraries are in this file, that of the bus is in page.rs: in a game with this bus, the producers are wasm, too.
//
// The configuration is in the URL of the module, because the page loads this file once per configuration. An engine
// collects type feedback per function, so a loop that handles one kind of payload is optimized better than one that
// handles two. The libraries themselves are loaded once, as in a real program with several kinds of events.

import EventEmitter from 'eventemitter3';
import mitt from 'mitt';
import { createNanoEvents } from 'nanoevents';
import { ReplaySubject, Subject } from 'rxjs';
import { HANDLERS } from './report.mjs';
import { BusBench } from '../../../../target/bus-bench/bus_bench.js';

const { searchParams } = new URL(import.meta.url);
const payload = Number(searchParams.get('payload'));
const subscribers = Number(searchParams.get('subscribers'));
const history = Number(searchParams.get('history'));

/** An event of two or eight numbers. They are counted as eight bytes each, as in an event of the bus. */
const event =
  payload === 16
    ? (n) => ({ a: n, b: 0 })
    : (n) => ({ a: n, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0 });

/** Returns a new function for each subscriber, with its own sum. */
function subscriber() {
  let sum = 0;
  return {
    add: (event) => {
      sum = (sum + event.a) | 0;
    },
    take: () => {
      const taken = sum;
      sum = 0;
      return taken;
    },
  };
}

// Each function subscribes the listeners, and returns a loop that sends them `events` events.

const libraries = {
  EventEmitter3: (listeners) => {
    const emitter = new EventEmitter();
    for (const listener of listeners) emitter.on('event', listener);
    return (events) => {
      for (let n = 0; n < events; n += 1) emitter.emit('event', event(n));
    };
  },
  mitt: (listeners) => {
    const emitter = mitt();
    for (const listener of listeners) emitter.on('event', listener);
    return (events) => {
      for (let n = 0; n < events; n += 1) emitter.emit('event', event(n));
    };
  },
  nanoevents: (listeners) => {
    const emitter = createNanoEvents();
    for (const listener of listeners) emitter.on('event', listener);
    return (events) => {
      for (let n = 0; n < events; n += 1) emitter.emit('event', event(n));
    };
  },
  'RxJS Subject': (listeners) => {
    const subject = new Subject();
    for (const listener of listeners) subject.subscribe(listener);
    return (events) => {
      for (let n = 0; n < events; n += 1) subject.next(event(n));
    };
  },
  'RxJS ReplaySubject': (listeners) => {
    const subject = new ReplaySubject(history);
    for (const listener of listeners) subject.subscribe(listener);
    return (events) => {
      for (let n = 0; n < events; n += 1) subject.next(event(n));
    };
  },
};

function theirs(name, wire) {
  const all = Array.from({ length: subscribers }, subscriber);
  const send = wire(all.map(({ add }) => add));
  const run = (events) => {
    send(events);
    return all.reduce((sum, { take }) => (sum + take()) | 0, 0) >>> 0;
  };
  return { side: { name }, run };
}

function ours(handler, batch, retained) {
  const bench = new BusBench(subscribers, payload, retained, handler === 'listener');
  return { side: { handler, batch, history: retained }, run: (events) => bench.run(events, batch) };
}

/** Returns the contestants of this configuration. `run` sends this many events and returns their checksum. */
export const sides = (batches) => [
  ...HANDLERS.flatMap((handler) =>
    [0, history].flatMap((retained) => batches.map((batch) => ours(handler, batch, retained))),
  ),
  ...Object.entries(libraries).map(([name, wire]) => theirs(name, wire)),
];
