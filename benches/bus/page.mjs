// The measuring, inside the page: `measure` times every side of every configuration and gives back the samples.
//
// First every side meets its events, before anything is compiled: an engine compiles for what it has seen, and would make
// the side that comes first faster than the same side in another order. Then all are run until they are warm, so that no one
// is timed while something is still compiled. Then there are rounds: in each one every side is timed once, next to its
// rivals, and each round begins at another side. What else the machine does hits all of them alike, and nobody always
// follows the same one.

import init from '../../target/bus-bench/bus_bench.js';

/**
 * How many events a run has: a multiple of the batches, short enough that a sample hardly outlasts its time. The sum of
 * 0 to 8191 stays below 2^30: past that V8 keeps it as an object, and our rivals would pay for what no event costs.
 */
const eventsPerRun = (subscribers) => Math.min(8192, Math.floor(2 ** 16 / subscribers / 64) * 64);

/** Few enough events that nothing is compiled for good because of them. */
const MEETING = 64;

/** What all sums together must be: each subscriber's is that of 0 to `events` - 1. */
const expected = (events, subscribers) => Math.imul((events * (events - 1)) / 2, subscribers) >>> 0;

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** What one side has left must not be collected in the time of the next. For what it leaves in its own time it pays. */
const sweep = () => globalThis.gc({ type: 'minor' });

/** Runs for at least so long; in nanoseconds per delivery, which is one event to one subscriber. */
function time({ run, events, subscribers, who }, atLeast) {
  const checksum = expected(events, subscribers);
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
  console.log(`Warming up ${all.length} sides.`);
  for (const { run } of all) run(MEETING);
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
