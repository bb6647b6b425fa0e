// Measures the release page in headless Chromium, and prints one table. `make measure` builds the page first.
//
// Everything is read from the page as a player's hands and a screen reader have it, and from Chromium's own counters,
// so that nothing of the program is made for being measured. The window has 1024 by 768 pixels, one to a CSS pixel,
// and --disable-gpu leaves all drawing to the processor: without a graphics card a canvas costs more than it does a
// player.
//
// - Requests and bytes: all that the browser asks for until the page is playable and has its icon, a file that is
//   asked for twice counting twice; bodies without headers, as they are and as brotli makes them at quality 11.
// - First playable frame: the page is playable when the first slot is named for a shape, and the time is taken when
//   the main thread is through with the frame after that. It counts from the start of the navigation, each time in a
//   new context with an empty cache. The server is on this machine, so the network costs nothing, and the program's
//   own work is seen.
// - Main thread per pointer move: a shape circles over a board of six drops, one Input.dispatchMouseEvent for each
//   animation frame: Chromium answers it when the frame's input has been dealt with, and the next one is sent then.
//   The cost is the difference of the Performance domain's TaskDuration, which is all that the main thread does: hit
//   test, listeners, frame, paint and commit; ScriptDuration is the program's own part. A trace has the same tasks,
//   but writing it down makes them a quarter longer. Both clocks are read: thread time is what the work costs and is
//   the one to compare, because the wall's also counts waiting for the compositor, and for whatever else this machine
//   is doing (the load says how much that is).
// - Idle: animation frame callbacks run, and TaskDuration by the wall's clock, in five seconds after a drop has
//   settled.
// - A frame at a quarter of the speed: a whole game, from its first drop to the board that has faded, on a processor
//   that Chromium makes four times slower (Emulation.setCPUThrottlingRate), with every effect drawn to its end. A
//   frame is the task in which the browser makes it: pointer moves, script, style, layout, paint and commit, from a
//   trace; see measure/frames.mjs. What slows the processor down spins in the thread, so both clocks see it.
// - Memory: after a collection of garbage, when 1, 100 and 200 drops have been accepted, over several games. Between
//   the first two everything runs for the first time; what grows between the last two as well may be a leak.
//
// BLOCKERS_DIST names another folder than dist/. The peer's figures are constants, measured on another day and not by
// this script: they say how large a difference is, and no more than that.

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
/** How many drops have been made when memory is weighed. */
const WEIGHINGS = [1, 100, 200];
const IDLE_MS = 5000;
const SLOWER = 4;
/** No effect of a drop takes longer, nor that of the end of a game. */
const EFFECTS_MS = 1200;

// Measurements.

/** Every file that is asked for, in that order. */
const measureFiles = (place) =>
  withPage(place, async ({ devtools, open }) => {
    const urls = [];
    devtools.on('Network.requestWillBeSent', ({ request }) => urls.push(request.url));
    await devtools.send('Network.enable');
    await open();
    // The icon has no fixed place in the order, and is waited for, so that it always counts.
    await sleep(1000);
    const measure = async (url) => {
      const body = Buffer.from(await (await fetch(url)).arrayBuffer());
      const packed = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      return { name: basename(new URL(url).pathname) || 'index.html', raw: body.length, brotli: packed.length };
    };
    return Promise.all(urls.map(measure));
  });

const measureLoad = (place) => withPage(place, ({ open }) => open());

/** Per move, for each drag: tasks and script of the main thread by both clocks, and the frames drawn. */
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
      // Escape gives the shape back, so that the next drag is the same one.
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

/** The cost of each frame of a game on a slow processor. */
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

/** What is kept at each weighing, and how many games it took. */
const measureMemory = (place) =>
  withPage(place, async ({ page, devtools, open }) => {
    const weigh = async () => {
      await settle(page);
      // What finalizers let go of in the first collection, the second one takes.
      for (let n = 0; n < 2; n += 1) await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize, embedderHeapUsedSize } = await devtools.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      const wasm = await page.evaluate(() => window.seen.memory.buffer.byteLength);
      return { heap: usedSize, dom: embedderHeapUsedSize, wasm, nodes, listeners: jsEventListeners };
    };
    await open();
    const weights = [];
    let games = 1;
    for (let drops = 1; drops <= WEIGHINGS.at(-1); drops += 1) {
      const { again } = await drop(page);
      if (WEIGHINGS.includes(drops)) weights.push(await weigh());
      if (again && drops < WEIGHINGS.at(-1)) games += 1;
    }
    return { weights, games };
  });

// The table.

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** The median of an odd number of figures, and how far they spread. */
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
  const { weights, games } = await measureMemory(place);

  print([['File', 'Raw', 'Brotli'], ...files.map(({ name, raw, brotli }) => [name, kilobytes(raw), kilobytes(brotli)])]);
  const asked = new Set(files.map(({ name }) => name));
  const folder = resolve(fileURLToPath(new URL('..', import.meta.url)), DIST);
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const rest = all.map(({ name }) => name).filter((name) => !asked.has(name));
  if (rest.length > 0) console.log(`Never asked for: ${rest.join(', ')}.\n`);

  const perMove = (clock, what) => median(drags.map((drag) => drag[clock][what] / MOVES), 2);
  const frame = (share) => `${percentile(game.wall, share).toFixed(1)} ms, ${percentile(game.thread, share).toFixed(1)} ms`;
  const kept = (show) => weights.map(show).join(', ');
  print([
    ['What', 'Blockers', 'Aim', 'Blocktser, another day'],
    ['Requests until playable', String(files.length), 'at most 8', '65'],
    ['Bytes, raw', kilobytes(sum(files.map(({ raw }) => raw))), 'at most 600 kB', '2257.2 kB'],
    ['Bytes, brotli', kilobytes(sum(files.map(({ brotli }) => brotli))), 'at most 200 kB', '1296.4 kB'],
    [`First playable frame, median of ${LOADS}`, median(loads, 0), '', '1700 ms (load event)'],
    [`A move, thread time, median of ${DRAGS}`, perMove('thread', 'task'), 'at most 1.5 ms', '7.3 ms (clock unknown)'],
    ['  of it script', perMove('thread', 'script'), '', '1.9 ms (clock unknown)'],
    [`A move, by the wall, median of ${DRAGS}`, perMove('wall', 'task')],
    ['  of it script', perMove('wall', 'script')],
    [`Frames drawn for ${MOVES} moves`, drags.map((drag) => drag.frames).join(', '), `at most ${MOVES}`],
    [`Frames drawn in ${IDLE_MS / 1000} idle seconds`, String(idle.frames), '0', '60 a second'],
    ['Main thread meanwhile', `${(idle.share * 100).toFixed(2)} %`, '', '9 %'],
    [`A frame of a game, ${SLOWER} times slower, of ${game.wall.length}`],
    ['  median, by the wall, by the thread', frame(0.5), 'at most 8 ms'],
    ['  99th percentile', frame(0.99), 'at most 16 ms'],
    [`After ${WEIGHINGS.join(', ')} drops in ${games} games`],
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
