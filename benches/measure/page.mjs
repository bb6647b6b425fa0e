// The page object of measure.mjs: records when the page is playable, plays and reads it, and reads the counters of its
// main thread.

import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { keepProgram } from '../../tests/browser/exports.mjs';
import { SHAPES, SIZE, firstFit } from '../../tests/browser/rules.mjs';

const WINDOW = { width: 1024, height: 768 };
/** How long to wait for a state of the page, in milliseconds. */
const PATIENCE = 10_000;

/** Runs in every page before the program: records when the page is playable, and counts its frames. */
function watch(names) {
  const seen = { frames: 0 };
  Object.defineProperty(window, 'seen', { value: seen });

  const requestFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    requestFrame((time) => {
      seen.frames += 1;
      callback(time);
    });

  seen.playable = new Promise((playable) => {
    const observer = new MutationObserver(() => {
      const label = document.querySelector('[role=option]')?.ariaLabel ?? '';
      if (!names.includes(label.split(', ')[0])) return;
      observer.disconnect();
      // A message that is posted in a frame arrives after the main thread has painted and committed that frame.
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => playable(performance.now());
      requestFrame(() => port1.postMessage(null));
    });
    observer.observe(document, { subtree: true, attributeFilter: ['aria-label'] });
  });
}

/** Opens a page for a new player, calls `visit` with it and a session of the developer tools, and closes it. */
export async function withPage({ browser, url }, visit) {
  // The service worker sends its requests when the page is already playable.
  const context = await browser.newContext({ viewport: WINDOW, serviceWorkers: 'block' });
  try {
    await context.addInitScript(watch, SHAPES.map(({ name }) => name));
    await context.addInitScript(keepProgram);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const devtools = await context.newCDPSession(page);
    const open = async () => {
      await page.goto(url, { waitUntil: 'commit' });
      return page.evaluate(() => window.seen.playable);
    };
    return await visit({ page, devtools, open });
  } finally {
    await context.close();
  }
}

// Playing and reading.

export const centre = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

/** Returns what can be read on the table, in the form that the functions of rules.mjs take, and where it is. */
export async function look(page) {
  const { cells, slots, ...rest } = await page.evaluate(() => {
    const all = (role) => [...document.querySelectorAll(`[role=${role}]`)];
    const box = (element) => element.getBoundingClientRect().toJSON();
    const [over] = all('dialog');
    return {
      cells: all('gridcell').map((cell) => cell.ariaLabel),
      slots: all('option').map((slot) => ({ name: slot.ariaLabel, box: box(slot) })),
      grid: box(all('grid')[0]),
      score: document.querySelector('output').textContent,
      again: over.hidden ? null : box(over.querySelector('button')),
    };
  });
  return {
    ...rest,
    boxes: slots.map(({ box }) => box),
    board: cells.map((name) => (name.endsWith(', empty') ? null : name)),
    staged: slots.map(({ name }) => {
      const shape = SHAPES.find((shape) => name.startsWith(`${shape.name}, `));
      return shape ? { shape, name } : null;
    }),
  };
}

/** Reads the table until it is as it should be, and returns it. */
async function lookUntil(page, isRight, what) {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(10)) {
    const table = await look(page);
    if (isRight(table)) return table;
  }
  throw new Error(`Timed out waiting for ${what}.`);
}

export async function pickUp(page, box) {
  const { x, y } = centre(box);
  await page.mouse.move(x, y);
  await page.mouse.down();
}

/** Drags a shape to the first place where it fits, in a new game if this one is over, and waits until it is there. */
export async function drop(page, { steps = 3 } = {}) {
  let table = await look(page);
  if (table.again) {
    // The panel is animated, and cannot be pressed before it is visible.
    await page.locator('[role=dialog]:not([hidden]) button').first().click({ trial: true });
    const { x, y } = centre((await look(page)).again);
    await page.mouse.click(x, y);
    table = await lookUntil(page, ({ again, staged }) => !again && staged.every(Boolean), 'another game');
  }
  const { slot, at, shape } = firstFit(table);
  const side = table.grid.width / SIZE;
  await pickUp(page, table.boxes[slot]);
  // The mouse pressed the middle of the slot, where the middle of the shape is, and keeps hold of that point.
  const [x, y] = [table.grid.x + (at.column + shape.columns / 2) * side, table.grid.y + (at.row + shape.rows / 2) * side];
  await page.mouse.move(x, y, { steps });
  await page.mouse.up();
  const shown = ({ board, staged, score }) => [board, staged, score];
  return lookUntil(page, (now) => !isDeepStrictEqual(shown(now), shown(table)), `${shape.name} to be placed`);
}

export const frames = (page) => page.evaluate(() => window.seen.frames);

/** Waits until no frame has been drawn for a second. */
export async function settle(page) {
  for (let before = -1, now = await frames(page); before !== now; now = await frames(page)) {
    before = now;
    await sleep(1000);
  }
}

/**
 * Makes a function that reads the counters of the main thread, in milliseconds: `timeTicks` is wall time, `threadTicks`
 * thread time.
 */
export async function mainThread(page, timeDomain) {
  // A session has only one of the two, so each reader has its own session.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const read = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    return { task: read('TaskDuration'), script: read('ScriptDuration') };
  };
}

export const difference = (before, after) => ({ task: after.task - before.task, script: after.script - before.script });
