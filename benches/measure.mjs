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
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch } from '../tests/browser/chromium.mjs';
import { firstFit } from '../tests/browser/rules.mjs';
import { serve } from '../tests/browser/server.mjs';
import { percentile, traced } from './measure/frames.mjs';
import { centre, difference, drop, frames, look, mainThread, pickUp, settle, withPage } from './measure/page.mjs';

const DIST = process.env.BLOCKERS_DIST ?? 'dist';
const LOADS = 9;
const DRAGS = 5;
const MOVES = 300;
const ROUNDS = 3;
/** The numbers of drops after which the memory is measured. */
const MEASURED_AT = [1, 100, 200];
const IDLE_MS = 5000;
const SLOWER = 4;
/** No animation of a drop or of the end of a game takes longer, in milliseconds. */
const EFFECTS_MS = 1200;

// Measurements.

/** Returns every file that is requested, in that order. */
const measureFiles = (place) =>
  withPage(place, async ({ devtools, open }) => {
    const urls = [];
    devtools.on('Network.requestWillBeSent', ({ request }) => urls.push(request.url));
    await devtools.send('Network.enable');
    await open();
    // The browser requests the icon at any time. With this pause it always counts.
    await sleep(1000);
    const measure = async (url) => {
      const body = Buffer.from(await (await fetch(url)).arrayBuffer());
      const packed = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      return { name: basename(new URL(url).pathname) || 'index.html', raw: body.length, brotli: packed.length };
    };
    return Promise.all(urls.map(measure));
  });

const measureLoad = (place) => withPage(place, ({ open }) => open());

/** Returns for each drag the tasks and the script of the main thread by both clocks, and the number of frames. */
const measureMoves = (place) =>
  withPage(place, async ({ page, devtools, open }) => {
    await open();
    for (let n = 0; n < 6; n += 1) await drop(page);
    await settle(page);
    const [wall, thread] = [await mainThread(page, 'timeTicks'), await mainThread(page, 'threadTicks')];
    const table = await look(page);
    const { slot } = firstFit(table);
    const middle = centre(table.grid);
    const radius = 0.3 * table.grid.width;
    const move = (n) => {
      const angle = (n / MOVES) * ROUNDS * 2 * Math.PI;
      const [x, y] = [middle.x + radius * Math.cos(angle), middle.y + radius * Math.sin(angle)];
      return devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, buttons: 1 });
    };
    const drags = [];
    while (drags.length < DRAGS) {
      await pickUp(page, table.boxes[slot]);
      await move(0);
      await settle(page);
      const before = { wall: await wall(), thread: await thread(), frames: await frames(page) };
      for (let n = 1; n <= MOVES; n += 1) await move(n);
      drags.push({
        thread: difference(before.thread, await thread()),
        wall: difference(before.wall, await wall()),
        frames: (await frames(page)) - before.frames,
      });
      // Escape puts the shape back, so that the next drag is the same.
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await settle(page);
    }
    return drags;
  });

const measureIdle = (place) =>
  withPage(place, async ({ page, open }) => {
    await open();
    await drop(page);
    const read = await mainThread(page, 'timeTicks');
    await settle(page);
    const before = { frames: await frames(page), thread: await read() };
    await sleep(IDLE_MS);
    const { task } = difference(before.thread, await read());
    return { frames: (await frames(page)) - before.frames, share: task / IDLE_MS };
  });

/** Returns the cost of each frame of a game on a slow processor. */
const measureGame = (place) =>
  withPage(place, async ({ page, devtools, open }) => {
    await open();
    await settle(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    return traced(page, async () => {
      for (let over = false; !over; ) {
        await drop(page, { steps: 12 });
        await sleep(EFFECTS_MS);
        over = (await look(page)).again !== null;
      }
    });
  });

/** Returns the memory after each of these numbers of drops, and how many games that took. */
const measureMemory = (place) =>
  withPage(place, async ({ page, devtools, open }) => {
    const measure = async () => {
      await settle(page);
      // The second collection frees what finalizers released after the first one.
      for (let n = 0; n < 2; n += 1) await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize, embedderHeapUsedSize } = await devtools.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      const wasm = await page.evaluate(() => window.seen.memory.buffer.byteLength);
      return { heap: usedSize, dom: embedderHeapUsedSize, wasm, nodes, listeners: jsEventListeners };
    };
    await open();
    const measured = [];
    let games = 1;
    for (let drops = 1; drops <= MEASURED_AT.at(-1); drops += 1) {
      const { again } = await drop(page);
      if (MEASURED_AT.includes(drops)) measured.push(await measure());
      if (again && drops < MEASURED_AT.at(-1)) games += 1;
    }
    return { measured, games };
  });

// The table.

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
  const load = () => loadavg()[0].toFixed(1);
  const version = `Chromium ${browser.version()}, headless; ${availableParallelism()} processors`;
  console.log(`${DIST} in ${version}, with a load of ${load()} at the beginning.\n`);

  const files = await measureFiles(place);
  const loads = [];
  for (let n = 0; n < LOADS; n += 1) loads.push(await measureLoad(place));
  const drags = await measureMoves(place);
  const idle = await measureIdle(place);
  const game = await measureGame(place);
  const { measured, games } = await measureMemory(place);

  print([['File', 'Raw', 'Brotli'], ...files.map(({ name, raw, brotli }) => [name, kilobytes(raw), kilobytes(brotli)])]);
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
    ['Requests until playable', String(files.length), 'at most 8', '65'],
    ['Bytes, raw', kilobytes(sum(files.map(({ raw }) => raw))), 'at most 600 kB', '2257.2 kB'],
    ['Bytes, brotli', kilobytes(sum(files.map(({ brotli }) => brotli))), 'at most 200 kB', '1296.4 kB'],
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
