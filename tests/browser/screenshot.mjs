// Takes the picture for the README from the real page: a game that has been going on for a while, and a shape that is just
// about to complete something. `node tests/browser/screenshot.mjs [FILE]`; without a file it is assets/screenshot.png.

import { fileURLToPath } from 'node:url';
import { best, careful, completes } from './careful.mjs';
import { launch } from './chromium.mjs';
import { SHAPES, slot } from './rules.mjs';
import { serve } from './server.mjs';
import { Table, watch } from './table.mjs';

/** A game in which the player below comes, with so many drops, to where a row and a column can be completed at once. */
const SEED = 42;
const DROPS = 33;

/** The game as the page tells it. */
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

const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, colorScheme: 'light' });
await context.addInitScript(watch);
const page = await context.newPage();
await page.goto(`${server.url}?seed=${SEED}`);
const table = await (await Table.sit(page, { touch: false })).ready();
for (let n = 0; n < DROPS; n += 1) await table.drop(careful(await look(table)));

const game = await look(table);
const next = best(game, completes(game));
await table.press(slot(next.slot));
// A hand is never exactly where it will let go.
await table.moveTo({ row: next.at.row + 0.38, column: next.at.column - 0.4 });
// The points of the last drop are shown for a second.
await page.waitForTimeout(1200);
await page.screenshot({ path: process.argv[2] ?? fileURLToPath(new URL('../../assets/screenshot.png', import.meta.url)) });
await browser.close();
await server.close();
