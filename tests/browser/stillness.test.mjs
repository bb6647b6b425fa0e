// A page with nothing to do requests no animation frames.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { bothWritten } from './database.mjs';
import { test } from './fixture.mjs';
import { Oracle, scoringGame } from './oracle.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell, firstFit, slot } from './rules.mjs';
import { centre } from './table.mjs';

const frames = ({ page }) => page.evaluate(() => window.watched.frames);

/**
 * How long the page must have been still, in milliseconds. Where a shape fits is answered within a second (`PATIENCE`
 * in src/handlers/shape_drag/), and if it took more than one frame, the program draws another one at the end of that
 * second.
 */
const QUIET = 1200;

/**
 * Waits until nothing moves and every write is finished, and returns how many frames have been requested until then.
 */
async function settled(table) {
  for (let before = -1; ; ) {
    await bothWritten(table.page);
    await table.atRest();
    const now = await frames(table);
    if (now === before) return now;
    before = now;
    await sleep(QUIET);
  }
}

/** Checks that no frame is requested for some time. */
async function staysStill(table, what) {
  const before = await settled(table);
  await sleep(1000);
  assert.equal((await frames(table)) - before, 0, `frames ${what}`);
}

test('No frame is requested while nothing happens, at the beginning and after a drop that cleared a row.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}` });
  await staysStill(table, 'at the beginning');
  assert.ok((await frames(table)) > 0, 'the counter counts');
  await table.dropAll(drops);
  await staysStill(table, 'after two drops');
});

test('A mouse that only moves over the table requests no frame.', async (desk) => {
  const table = await desk.open();
  const before = await settled(table);
  const { x, y } = centre(await table.board.boundingBox());
  for (let n = 0; n < 40; n += 1) await table.page.mouse.move(x + n * 6, y + n * 4);
  await table.frames(3);
  assert.equal((await frames(table)) - before, 0);
});

test('A shape that is held still requests no frame, and a shape that is moved no more frames than moves.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.press(slot(0));
  await table.moveTo(cell(2, 2));
  await staysStill(table, 'with a shape that is held');
  const before = await frames(table);
  for (let n = 0; n < 20; n += 1) await table.hand.move(await table.pointFor(cell(2 + n / 10, 2)));
  await table.frames(3);
  const moved = (await frames(table)) - before;
  assert.ok(moved > 0 && moved <= 40, `${moved} frames for 20 times 2 moves`);
  await table.release();
  await staysStill(table, 'after the drop');
});

test('No frame is requested while the game is over.', async (desk) => {
  const game = await Oracle.play(7);
  const drops = [];
  while (!game.over) {
    drops.push(firstFit(game));
    await game.drop(drops.at(-1));
  }
  game.stop();
  const table = await desk.open({ query: '?seed=7' });
  await table.dropAll(drops);
  await staysStill(table, 'with the panel on the table');
});

test('No frame is requested while a notice is shown.', async (desk) => {
  const table = await desk.open({ query: '?seed=none' });
  assert.notEqual(await table.notice(), '');
  await staysStill(table, 'with a notice');
});

test('No frame is requested while the menu is open, nor while a replay is paused.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.drop({ slot: 1, at: cell(5, 5) });
  await table.openMenu();
  await staysStill(table, 'with the menu open');
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  await staysStill(table, 'while the replay is paused');
});

test('No frame is requested when a replay has come to its end.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.openMenu();
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.isAt(1, 1);
  await staysStill(table, 'after the last drop');
});
