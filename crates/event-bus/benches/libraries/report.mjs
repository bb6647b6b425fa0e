// Reports the samples: a table of times, a table of ratios, and whether the performance goals of the bus are met.
//
// A contestant ("side") is this bus (`handler`, `batch`, `history`) or a library (`name`), with `payload`,
// `subscribers` and `samples`. All comparisons are between the medians of one configuration.

export const LIBRARIES = ['EventEmitter3', 'mitt', 'nanoevents', 'RxJS Subject', 'RxJS ReplaySubject'];

/** The kinds of handlers of the bus: systems with a resource of the world, and functions without a world. */
export const HANDLERS = ['handler', 'listener'];

const unique = (values) => [...new Set(values)];
const isOurs = ({ name }) => name === undefined;

/** Returns the median. For an even number of samples, this is the upper of the two in the middle. */
function median(samples) {
  return samples.toSorted((one, other) => one - other)[samples.length >> 1];
}

/** Returns a line about a move of a carried shape in the game, compared with an event of EventEmitter3. */
export function game([moves, events]) {
  const [move, event] = [median(moves), median(events)];
  return [
    `A move of a carried shape in the game, on its topic \`drag\` and all topics behind it, takes ${figure(move)} ns:`,
    `${figure(move / event)} times an event of EventEmitter3 to one subscriber.`,
  ].join(' ');
}

/** Formats with three significant digits, 100 and above as an integer, below 1 with three decimals. */
export function figure(number) {
  if (number >= 100) return number.toFixed(0);
  return number >= 1 ? number.toPrecision(3) : number.toFixed(3);
}

const events = (number) => (number === 1 ? '1 event' : `${number} events`);
const label = ({ name, handler, batch, history }) =>
  name ?? `Blockers ${handler}, ${events(batch)}, ${history ? `history ${history}` : 'no history'}`;
const place = ({ subscribers, payload }) =>
  `${subscribers} ${subscribers === 1 ? 'subscriber' : 'subscribers'}, ${payload} bytes`;

/** Returns the contestants with their medians as `ns`. */
export const summarize = (sides) => sides.map((side) => ({ ...side, ns: median(side.samples) }));

/** Returns the only contestant with these properties. Throws if there is none, or more than one. */
export function find(sides, description) {
  const found = sides.filter((side) => Object.entries(description).every(([key, value]) => side[key] === value));
  if (found.length !== 1) throw new Error(`${found.length} sides match ${JSON.stringify(description)}, not one.`);
  return found[0];
}

const withoutHistory = (sides, { payload, subscribers, handler, batch }) =>
  find(sides, { payload, subscribers, handler, batch, history: 0 });

/** A library that retains events is compared only with configurations of this bus that do so, too. */
const areRivals = (side, library) => side.history > 0 || library !== 'RxJS ReplaySubject';

/** Returns the time of this bus divided by that of the library: below 1, this bus is faster. */
function against(sides, { payload, subscribers, ns }, library) {
  return ns / find(sides, { payload, subscribers, name: library }).ns;
}

// The tables.

function table(rows) {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => row[n].length)));
  const line = (row) => row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join('  ');
  const [head, ...body] = rows.map(line);
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body, ''].join('\n');
}

/** Nanoseconds per delivery: a table per payload, a row per contestant, a column per number of subscribers. */
export function times(sides) {
  const numbers = unique(sides.map(({ subscribers }) => subscribers));
  return unique(sides.map(({ payload }) => payload)).map((payload) => {
    const these = sides.filter((side) => side.payload === payload);
    const row = (name) => [name, ...these.filter((side) => label(side) === name).map(({ ns }) => figure(ns))];
    const head = [`ns per delivery, ${payload} bytes, subscribers:`, ...numbers.map(String)];
    return table([head, ...unique(these.map(label)).map(row)]);
  });
}

/** The time of this bus divided by that of each library: a table per payload, a row per configuration. */
export function ratios(sides) {
  return unique(sides.map(({ payload }) => payload)).map((payload) => {
    const row = (side) => [
      `${side.subscribers}: ${label(side)}`,
      ...LIBRARIES.map((library) => (areRivals(side, library) ? figure(against(sides, side, library)) : '-')),
    ];
    const rows = sides.filter((side) => isOurs(side) && side.payload === payload).map(row);
    return table([[`Blockers / library, ${payload} bytes, subscribers:`, ...LIBRARIES], ...rows]);
  });
}

// The goals.

/**
 * Returns one line about a goal, with the number of comparisons that meet it and the worst of them.
 *
 * @param {string} demand
 * @param {{ ratio: number, where: string }[]} comparisons
 * @param {(ratio: number) => boolean} meets
 */
function verdict(demand, comparisons, meets) {
  const worst = comparisons.reduce((one, other) => (other.ratio > one.ratio ? other : one));
  const good = comparisons.filter(({ ratio }) => meets(ratio)).length;
  return [
    `${good === comparisons.length ? 'met' : 'not met'}: ${demand}:`,
    `${good} of ${comparisons.length} comparisons, the worst is ${figure(worst.ratio)} times ${worst.where}.`,
  ].join(' ');
}

/** The most that one event per delivery may take, as a multiple of EventEmitter3, by the number of subscribers. */
const SINGLY = {
  handler: { 1: 2, 10: 1.2, 100: 1.1 },
  listener: { 1: 1.2, 10: 1, 100: 0.95 },
};

/** Returns a line for each performance goal of the bus. */
export function verdicts(sides) {
  const compare = (side, library) => ({
    ratio: against(sides, side, library),
    where: `${library} (${label(side)}; ${place(side)})`,
  });
  const ours = sides.filter(isOurs);
  const batches = (kind) =>
    ours
      .filter(({ handler, batch }) => handler === kind && batch >= 8)
      .flatMap((side) => LIBRARIES.filter((library) => areRivals(side, library)).map((library) => compare(side, library)));
  const singly = (kind, wanted) =>
    ours
      .filter(({ handler, batch, history, subscribers }) =>
        handler === kind && batch === 1 && history === 0 && subscribers === wanted,
      )
      .map((side) => compare(side, 'EventEmitter3'));
  const retained = ours
    .filter(({ history }) => history > 0)
    .map((side) => ({
      ratio: side.ns / withoutHistory(ours, side).ns,
      where: `no history (${label(side)}; ${place(side)})`,
    }));
  const replays = sides
    .filter(({ name }) => name === 'RxJS ReplaySubject')
    .map((side) => against(sides, side, 'RxJS Subject'));
  return [
    ...HANDLERS.map((kind) =>
      verdict(`batches of 8 and more to a ${kind} are faster than every library`, batches(kind), (ratio) => ratio < 1),
    ),
    ...HANDLERS.flatMap((kind) =>
      Object.entries(SINGLY[kind]).map(([subscribers, most]) =>
        verdict(
          `one event per delivery to ${subscribers} × ${kind} takes at most ${most} times what EventEmitter3 does`,
          singly(kind, Number(subscribers)),
          (ratio) => ratio <= most,
        ),
      ),
    ),
    [
      verdict('a history of 4096 costs at most 1.3 times none', retained, (ratio) => ratio <= 1.3),
      `RxJS's own costs ${figure(Math.min(...replays))} to ${figure(Math.max(...replays))} times none.`,
    ].join(' '),
  ];
}
