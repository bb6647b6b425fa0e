// All that are compared, wired for one configuration: our bus, and the libraries, which do the same work in JavaScript.
//
// Event `n` is an object made for it that carries `n`, and every subscriber adds that to a sum of its own. Each library has
// its loop here, on its own side, as ours has its loop in page.rs: in a game with this bus the producers are wasm too.
//
// The configuration comes with the module's URL, because the page loads this file once for each: an engine learns per
// function what is called and what is read there, and a loop that serves payloads of one kind is compiled better than one
// that serves two. The libraries themselves are loaded once, as in a program, which has more than one kind of event.

import EventEmitter from 'eventemitter3';
import mitt from 'mitt';
import { createNanoEvents } from 'nanoevents';
import { ReplaySubject, Subject } from 'rxjs';
import { BusBench } from '../../target/bus-bench/bus_bench.js';

const { searchParams } = new URL(import.meta.url);
const payload = Number(searchParams.get('payload'));
const subscribers = Number(searchParams.get('subscribers'));
const history = Number(searchParams.get('history'));

/** Two or eight numbers: eight bytes each, as they are in an event of ours. */
const event =
  payload === 16
    ? (n) => ({ a: n, b: 0 })
    : (n) => ({ a: n, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0 });

/** A new function for each subscriber, with a sum of its own. */
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

// Each takes the subscribers' functions, and gives the loop that sends them so many events.

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

function ours(batch, retained) {
  const bench = new BusBench(subscribers, payload, retained);
  return { side: { batch, history: retained }, run: (events) => bench.run(events, batch) };
}

/** Every side of this configuration: who it is, and what runs so many events through it and gives their checksum. */
export const sides = (batches) => [
  ...[0, history].flatMap((retained) => batches.map((batch) => ours(batch, retained))),
  ...Object.entries(libraries).map(([name, wire]) => theirs(name, wire)),
];
