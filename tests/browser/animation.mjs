// Makes the animated picture of the README from the real page: a shape is dragged onto the board and completes lines.
// `node tests/browser/animation.mjs [FILE]`; the default file is assets/blockers.gif.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { best, careful, completes } from './careful.mjs';
import { launch } from './chromium.mjs';
import { film } from './film.mjs';
import { SHAPES, slot } from './rules.mjs';
import { serve } from './server.mjs';
import { Table } from './table.mjs';
import { watch } from './watch.mjs';

const { GIFEncoder, applyPalette, quantize } = gifenc;

/** The seed, and the number of drops after which the players below can complete a row and a column at once. */
const SEED = 42;
const DROPS = 33;

/** The moves that are shown after that. */
const MOVES = 3;

/** Milliseconds between two pictures, and pictures of a drag and of what follows it. */
const STEP = 50;
const DRAG = 14;
const AFTER = 20;

/** The window, in CSS pixels. */
const VIEWPORT = { width: 480, height: 620 };

/** The game that the page shows. */
async function look(table) {
  const { cells, slots } = await table.see();
  const colours = cells.map((name) => name.split(', ')[2]);
  return {
    board: colours.map((colour) => (colour === 'empty' ? null : colour)),
    staged: slots.map((name) => {
      const shape = SHAPES.find((shape) => name.startsWith(`${shape.name}, `));
      return shape ? { shape } : null;
    }),
  };
}

/** The drop that completes the most lines; if none does, a careful one. */
function choose(game) {
  const count = completes(game);
  const drop = best(game, count);
  return count(drop) > 0 ? drop : careful(game);
}

const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
const browser = await launch();
const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light' });
await context.addInitScript(watch);
await context.addInitScript(film);
const page = await context.newPage();
await page.goto(`${server.url}?seed=${SEED}`);
const table = await (await Table.sit(page, { touch: false })).ready();
for (let n = 0; n < DROPS; n += 1) await table.drop(careful(await look(table)));
// The points of the last drop are shown for a second.
await page.waitForTimeout(1200);
await page.evaluate(() => window.film.hold());

const pictures = [];
const shoot = async () => pictures.push(PNG.sync.read(await page.screenshot()));
const step = async () => {
  await page.evaluate((milliseconds) => window.film.step(milliseconds), STEP);
  await shoot();
};
const ease = (share) => share * share * (3 - 2 * share);

for (let n = 0; n < MOVES; n += 1) {
  const { slot: number, at } = choose(await look(table));
  await table.press(slot(number));
  const from = await table.pointFor(slot(number));
  const to = await table.pointFor({ row: at.row, column: at.column });
  for (let m = 1; m <= DRAG; m += 1) {
    const share = ease(m / DRAG);
    await table.moveTo({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    await step();
  }
  await table.release();
  for (let m = 0; m < AFTER; m += 1) await step();
}
await browser.close();
await server.close();

const { width, height } = pictures[0];
// One palette for all pictures, with an extra entry for the pixels that are the same as in the picture before.
const palette = [...quantize(pictures[DRAG].data, 127), [0, 0, 0]];
const SAME = palette.length - 1;
const gif = GIFEncoder();
let before = null;
for (const { data } of pictures) {
  const pixels = applyPalette(data, palette.slice(0, SAME));
  const changed = before ? pixels.map((colour, n) => (colour === before[n] ? SAME : colour)) : pixels;
  const options = { palette, delay: STEP, transparent: true, transparentIndex: SAME, dispose: 1 };
  gif.writeFrame(changed, width, height, options);
  before = pixels;
}
gif.finish();
const file = process.argv[2] ?? fileURLToPath(new URL('../../assets/blockers.gif', import.meta.url));
writeFileSync(file, gif.bytes());
console.log(`${pictures.length} pictures, ${(gif.bytes().length / 1024).toFixed(0)} kB, in ${file}`);
