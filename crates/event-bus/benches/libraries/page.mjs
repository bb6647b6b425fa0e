// Measures inside the page: `measure` times every contestant in every configuration, and returns the samples.
//
// 1. Every contestant runs a few events before any code is optimized. Engines optimize for the types that they have
//    seen, so otherwise the contestant that runs first would be faster than in any other position.
// 2. All contestants run until they are warm, so that none is timed while code is still being compiled.
// 3. In each round, every contestant is timed once, next to those that it is compared with, and each round starts with
//    another contestant. So other load on the machine affects all of them alike, and none always follows the same one.

import init from '../../../../target/bus-bench/bus_bench.js';
import initDrag, { DragBench } from '../../../../target/bus-bench/drag_bench.js';

/**
 * The number of events in a run: a multiple of the batch sizes, and small enough that a sample hardly exceeds its time.
 * The sum of 0 to 8191 stays below 2^30. V8 stores larger integers as heap objects, which would slow down the libraries
 * for a reason that has nothing to do with events.
 */
const eventsPerRun = (subscribers) => Math.min(8192, Math.floor(2 ** 16 / subscribers / 64) * 64);

/** The number of events in step 1: too few for the engine to optimize any code. */
const FIRST_RUN_EVENTS = 64;

/** Returns the expected sum over all subscribers. Each subscriber adds up 0 to `events` - 1. */
const expected = (events, subscribers) => Math.imul((events * (events - 1)) / 2, subscribers) >>> 0;

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Collects the garbage of the previous contestant, so that the next one is not charged for it. Collections during its
 * own time count.
 */
const sweep = () => globalThis.gc({ type: 'minor' });

/** Runs for at least `atLeast` ms. Returns nanoseconds per delivery: one event to one subscriber. */
function time({ run, events, subscribers, who, checksum = expected(events, subscribers) }, atLeast) {
  let runs = 0;
  let passed = 0;
  const began = performance.now();
  while (passed < atLeast) {
    const sum = run(events);
    if (sum !== checksum) throw new Error(`${who}: the checksum is ${sum} instead of ${checksum}.`);
    runs += 1;
    passed = performance.now() - began;
  }
  return (passed * 1e6) / (runs * events * subscribers);
}

async function wire({ payload, subscribers, history }, batches) {
  const { sides } = await import(`./sides.mjs?${new URLSearchParams({ payload, subscribers, history })}`);
  return sides(batches).map(({ side, run }) => ({
    side,
    run,
    payload,
    subscribers,
    events: eventsPerRun(subscribers),
    who: `${JSON.stringify(side)} with ${subscribers} subscribers and ${payload} bytes`,
    samples: [],
  }));
}

globalThis.measure = async ({ payloads, subscribers, history, batches, samples, sampleMs, warmUpMs }) => {
  await init();
  const contests = [];
  for (const bytes of payloads) {
    for (const number of subscribers) {
      contests.push(await wire({ payload: bytes, subscribers: number, history }, batches));
    }
  }

  const all = contests.flat();
  console.log(`Warming up ${all.length} contestants.`);
  for (const { run } of all) run(FIRST_RUN_EVENTS);
  for (const contestant of all) {
    time(contestant, warmUpMs);
    await nextTask();
  }

  for (let round = 0; round < samples; round += 1) {
    console.log(`Round ${round + 1} of ${samples}.`);
    for (const contest of contests) {
      for (let turn = 0; turn < contest.length; turn += 1) {
        const contestant = contest[(round + turn) % contest.length];
        sweep();
        contestant.samples.push(time(contestant, sampleMs));
        await nextTask();
      }
    }
  }
  return all.map(({ side, payload, subscribers, samples }) => ({ ...side, payload, subscribers, samples }));
};

/**
 * Measures the game's own topics: a move of a carried shape, on the topic `drag` and the topics behind it, next to an
 * event of EventEmitter3 with one subscriber. Returns the samples of both, in nanoseconds per move and per event.
 */
globalThis.measureDrag = async ({ payloads: [payload], samples, sampleMs, warmUpMs }) => {
  await Promise.all([init(), initDrag()]);
  const game = new DragBench();
  const all = await wire({ payload, subscribers: 1, history: 0 }, [1]);
  const emitter = all.find(({ side }) => side.name === 'EventEmitter3');
  const drag = { run: (moves) => game.run(moves), events: 1024, subscribers: 1, who: 'drag', checksum: 1024, samples: [] };
  for (const contestant of [drag, emitter]) time(contestant, warmUpMs);
  for (let round = 0; round < samples; round += 1) {
    for (const contestant of round % 2 ? [emitter, drag] : [drag, emitter]) {
      sweep();
      contestant.samples.push(time(contestant, sampleMs));
      await nextTask();
    }
  }
  return [drag.samples, emitter.samples];
};
