// Measures the release page in headless Chromium, and prints one table. `make measure` builds the page first.
//
// Everything is read from the page as a player or a screen reader has it, and from Chromium's own counters: the program
// has no code for it. The window has 1024 by 768 pixels, one to a CSS pixel. With --disable-gpu the processor does all
// the drawing, so a canvas costs more than for a player with a graphics card.
//
// - Requests and bytes: all requests until the page is playable and has its icon. A file that is requested twice counts
//   twice. Bodies without headers, uncompressed and compressed with brotli at quality 11.
// - First playable frame: the page is playable when the first slot has the name of a shape, and the time is taken when
//   the main thread has finished the frame after that. It counts from the start of the navigation, each time in a new
//   context with an empty cache. The server is on this machine, so the network costs nothing, and the figure is the
//   program's own work.
// - Main thread per pointer move: a shape circles over a board after six drops, with one Input.dispatchMouseEvent for
//   each animation frame. Chromium answers it when it has handled the input of the frame, and then the next one is
//   sent. The cost is the difference of the Performance domain's TaskDuration, which is all that the main thread does:
//   hit test, listeners, frame, paint and commit; ScriptDuration is the program's own part. A trace has the same tasks,
//   but recording it makes them a quarter longer. Both clocks are read. Compare the thread time, which is what the work
//   costs: wall time includes waiting for the compositor and for the other processes of this machine (see the load).
// - Idle: animation frames, and TaskDuration in wall time, in five seconds after a drop has settled.
// - A frame at a quarter of the speed: a whole game, from its first drop until the board has faded, on a processor that
//   Chromium slows down four times (Emulation.setCPUThrottlingRate), with every animation drawn to its end. A frame is
//   the task in which the browser makes it: pointer moves, script, style, layout, paint and commit, from a trace; see
//   measure/frames.mjs. Chromium slows down the processor by busy waiting in the thread, so both clocks include it.
// - Memory: after garbage collection, when 1, 100 and 200 drops have been accepted, over several games. Between the
//   first two everything runs for the first time; what also grows between the last two may be a leak.
//
// BLOCKERS_DIST names another folder than dist/. The figures of the other program are constants, measured on another
// day and not by this script: they only show the order of magnitude.

import { readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../tests/browser/chromium.mjs';
import { serve } from '../tests/browser/server.mjs';
import {
  DRAGS,
  IDLE_MS,
  MEASURED_AT,
  MOVES,
  SLOWER,
  measureFiles,
  measureGame,
  measureIdle,
  measureLoad,
  measureMemory,
  measureMoves,
  untilPlayable,
} from './measure/figures.mjs';
import { percentile } from './measure/frames.mjs';

const DIST = process.env.BLOCKERS_DIST ?? 'dist';
const LOADS = 9;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** Returns the median of an odd number of figures, with their range. */
function median(numbers, digits) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const show = (number) => number.toFixed(digits);
  return `${show(sorted[sorted.length >> 1])} ms (${show(sorted[0])} to ${show(sorted.at(-1))})`;
}

function print(rows) {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  const line = (row) => widths.map((width, n) => (row[n] ?? '').padEnd(width)).join('  ').trimEnd();
  const [head, ...body] = rows.map(line);
  console.log([head, widths.map((width) => '-'.repeat(width)).join('  '), ...body, ''].join('\n'));
}

const server = await serve(DIST);
const browser = await launch();
try {
  const place = { browser, url: `${server.url}?seed=7` };
  // A page with a seed loads both parts of the program first.
  const plain = { browser, url: server.url };
  const load = () => loadavg()[0].toFixed(1);
  const version = `Chromium ${browser.version()}, headless; ${availableParallelism()} processors`;
  console.log(`${DIST} in ${version}, with a load of ${load()} at the beginning.\n`);

  const files = await measureFiles(plain);
  const loads = [];
  for (let n = 0; n < LOADS; n += 1) loads.push(await measureLoad(plain));
  const drags = await measureMoves(place);
  const idle = await measureIdle(place);
  const game = await measureGame(place);
  const { measured, games } = await measureMemory(place);

  print([['File', 'Raw', 'Brotli'], ...files.map(({ name, raw, brotli }) => [name, kilobytes(raw), kilobytes(brotli)])]);
  const early = untilPlayable(files);
  const requested = new Set(files.map(({ name }) => name));
  const folder = resolve(fileURLToPath(new URL('..', import.meta.url)), DIST);
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const rest = all.map(({ name }) => name).filter((name) => !requested.has(name));
  if (rest.length > 0) console.log(`Never requested: ${rest.join(', ')}.\n`);

  const perMove = (clock, what) => median(drags.map((drag) => drag[clock][what] / MOVES), 2);
  const frame = (share) => `${percentile(game.wall, share).toFixed(1)} ms, ${percentile(game.thread, share).toFixed(1)} ms`;
  const kept = (show) => measured.map(show).join(', ');
  print([
    ['What', 'Blockers', 'Aim', 'Blocktser, another day'],
    ['Requests until playable', String(early.length), 'at most 8', '65'],
    ['Bytes, raw', kilobytes(sum(early.map(({ raw }) => raw))), 'at most 600 kB', '2257.2 kB'],
    ['Bytes, brotli', kilobytes(sum(early.map(({ brotli }) => brotli))), 'at most 200 kB', '1296.4 kB'],
    [`First playable frame, median of ${LOADS}`, median(loads, 0), '', '1700 ms (load event)'],
    [`A move, thread time, median of ${DRAGS}`, perMove('thread', 'task'), 'at most 1.5 ms', '7.3 ms (clock unknown)'],
    ['  of it script', perMove('thread', 'script'), '', '1.9 ms (clock unknown)'],
    [`A move, wall time, median of ${DRAGS}`, perMove('wall', 'task')],
    ['  of it script', perMove('wall', 'script')],
    [`Frames drawn for ${MOVES} moves`, drags.map((drag) => drag.frames).join(', '), `at most ${MOVES}`],
    [`Frames drawn in ${IDLE_MS / 1000} idle seconds`, String(idle.frames), '0', '60 a second'],
    ['Main thread meanwhile', `${(idle.share * 100).toFixed(2)} %`, '', '9 %'],
    [`A frame of a game, ${SLOWER} times slower, of ${game.wall.length}`],
    ['  median, wall time, thread time', frame(0.5), 'at most 8 ms'],
    ['  99th percentile', frame(0.99), 'at most 16 ms'],
    [`After ${MEASURED_AT.join(', ')} drops in ${games} games`],
    ['  JS heap', kept(({ heap }) => kilobytes(heap)), 'no growth', '7 MB'],
    ['  wasm memory', kept(({ wasm }) => kilobytes(wasm)), 'no growth'],
    ["  the browser's own objects", kept(({ dom }) => kilobytes(dom)), 'no growth'],
    ['  DOM nodes and listeners', kept(({ nodes, listeners }) => `${nodes} and ${listeners}`), 'no growth'],
  ]);
  console.log(`The load was ${load()} at the end.`);
} finally {
  await browser.close();
  await server.close();
}
