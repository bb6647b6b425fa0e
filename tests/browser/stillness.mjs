// With nothing to do the page does nothing: it asks for no frame.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Oracle, scoringGame } from './oracle.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell, firstFit, slot } from './rules.mjs';
import { test } from './runner.mjs';
import { centre } from './table.mjs';

const frames = ({ page }) => page.evaluate(() => window.watched.frames);

/** Waits until nothing moves any more, and returns how many frames that took. No animation pauses for 300 ms. */
async function settled(table) {
  const end = performance.now() + 8000;
  for (let before = -1; performance.now() < end; await sleep(300)) {
    const now = await frames(table);
    if (now === before) return now;
    before = now;
  }
  return assert.fail('the page never comes to rest');
}

async function staysStill(table, ms, what) {
  const before = await settled(table);
  await sleep(ms);
  assert.equal((await frames(table)) - before, 0, `frames ${what}`);
}

test('No frame is asked for while nothing happens, at the beginning and after a drop that cleared a row.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}` });
  await staysStill(table, 2000, 'at the beginning');
  assert.ok((await frames(table)) > 0, 'the counter counts');
  await table.dropAll(drops);
  await staysStill(table, 2000, 'after two drops');
});

test('A mouse that only moves over the table asks for no frame.', async (desk) => {
  const table = await desk.open();
  const before = await settled(table);
  const { x, y } = centre(await table.board.boundingBox());
  for (let n = 0; n < 40; n += 1) await table.page.mouse.move(x + n * 6, y + n * 4);
  await table.frames(3);
  assert.equal((await frames(table)) - before, 0);
});

test('A shape that is held still asks for no frame, and one that is moved for no more than it moves.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.press(slot(0));
  await table.moveTo(cell(2, 2));
  await staysStill(table, 1000, 'with a shape in the hand');
  const before = await frames(table);
  for (let n = 0; n < 20; n += 1) await table.hand.move(await table.pointFor(cell(2 + n / 10, 2)));
  await table.frames(3);
  const moved = (await frames(table)) - before;
  assert.ok(moved > 0 && moved <= 60, `${moved} frames for 20 times 3 moves`);
  await table.release();
  await staysStill(table, 500, 'after the drop');
});

test('No frame is asked for while the game is over.', async (desk) => {
  const game = await Oracle.play(7);
  const drops = [];
  while (!game.over) {
    drops.push(firstFit(game));
    await game.drop(drops.at(-1));
  }
  game.stop();
  const table = await desk.open({ query: '?seed=7' });
  await table.dropAll(drops);
  await staysStill(table, 1000, 'with the panel on the table');
});

test('No frame is asked for while a notice is shown.', async (desk) => {
  const table = await desk.open({ query: '?seed=none' });
  assert.notEqual(await table.notice(), '');
  await staysStill(table, 500, 'with a notice');
});

test('No frame is asked for while the menu is open, nor while a replay pauses.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.drop({ slot: 1, at: cell(5, 5) });
  await table.openMenu();
  await staysStill(table, 500, 'with the menu open');
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.pause.click();
  await staysStill(table, 1000, 'while the replay pauses');
});

test('No frame is asked for when a replay has come to its end.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.openMenu();
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.isAt(1, 1);
  await staysStill(table, 500, 'after the last drop');
});
