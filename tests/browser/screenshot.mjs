// Takes the picture for the README from the real page: a game that has been going on for a while, and a shape that is just
// about to complete something. `node tests/browser/screenshot.mjs [FILE]`; without a file it is assets/screenshot.png.

import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { SHAPES, SIZE, cleared, filled, lines, possibleDrops, slot } from './rules.mjs';
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

/** How jagged what is free is: the borders between free cells and taken ones, the board's edge being taken. */
function jaggedness(board) {
  const isFree = (row, column) => row >= 0 && column >= 0 && row < SIZE && column < SIZE && !board[row * SIZE + column];
  const around = (row, column) => [[row + 1, column], [row - 1, column], [row, column + 1], [row, column - 1]];
  return board.reduce((sum, colour, n) => {
    const [row, column] = [Math.floor(n / SIZE), n % SIZE];
    return colour ? sum : sum + around(row, column).filter(([r, c]) => !isFree(r, c)).length;
  }, 0);
}

/** The possible drop with the greatest worth; the first of equals. */
function best(game, worth) {
  return [...possibleDrops(game)].reduce((one, other) => (worth(other) > worth(one) ? other : one));
}

/** A careful player: lines first, and then room that is good for something. */
const careful = (game) =>
  best(game, ({ shape, at }) => {
    const after = filled(game.board, shape, at);
    return 12 * lines(after) - jaggedness(cleared(after));
  });

const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, colorScheme: 'light' });
await context.addInitScript(watch);
const page = await context.newPage();
await page.goto(`${server.url}?seed=${SEED}`);
const table = await (await Table.sit(page, { touch: false })).ready();
for (let n = 0; n < DROPS; n += 1) await table.drop(careful(await look(table)));

const game = await look(table);
const next = best(game, ({ shape, at }) => lines(filled(game.board, shape, at)));
await table.press(slot(next.slot));
// A hand is never exactly where it will let go.
await table.moveTo({ row: next.at.row + 0.38, column: next.at.column - 0.4 });
// The points of the last drop are shown for a second.
await page.waitForTimeout(1200);
await page.screenshot({ path: process.argv[2] ?? fileURLToPath(new URL('../../assets/screenshot.png', import.meta.url)) });
await browser.close();
await server.close();
