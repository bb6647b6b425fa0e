// What measure.mjs and compare.mjs measure, each in a page of its own.

import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { firstFit } from '../../tests/browser/rules.mjs';
import { traced } from './frames.mjs';
import { centre, difference, drop, frames, look, mainThread, pickUp, settle, withPage } from './page.mjs';

export const DRAGS = 5;
export const MOVES = 300;
const ROUNDS = 3;
/** The numbers of drops after which the memory is measured. */
export const MEASURED_AT = [1, 100, 200];
export const IDLE_MS = 5000;
export const SLOWER = 4;
/** No animation of a drop or of the end of a game takes longer, in milliseconds. */
const EFFECTS_MS = 1200;

/** Returns every file that is requested within a second after the page is playable, in that order. */
export const measureFiles = (place) =>
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

/** Returns when the page is playable, in milliseconds, on a processor that is this many times slower. */
export const measureLoad = (place, slower = 1) =>
  withPage(place, async ({ devtools, open }) => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    return open();
  });

/** Returns the files that a page needs until it is playable. The late part of the program is requested after that. */
export const untilPlayable = (files) => files.filter(({ name }) => !name.endsWith('_late.wasm'));

/** Returns for each drag the tasks and the script of the main thread by both clocks, and the number of frames. */
export const measureMoves = (place) =>
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

export const measureIdle = (place) =>
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
export const measureGame = (place) =>
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
export const measureMemory = (place) =>
  withPage(place, async ({ page, devtools, open }) => {
    const measure = async () => {
      await settle(page);
      // The second collection frees what finalizers released after the first one.
      for (let n = 0; n < 2; n += 1) await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize, embedderHeapUsedSize } = await devtools.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      const wasm = await page.evaluate(() => window.program.memory.buffer.byteLength);
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
