// The game is kept: a reload, a closed tab or a damaged record does not take it away. Killed browsers are in kills.mjs.

import assert from 'node:assert/strict';
import { readRecords, storeRecords } from './database.mjs';
import { natively, play, reload } from './playing.mjs';
import { broken, savedGames } from './records.mjs';
import { cell, greedy } from './rules.mjs';
import { test } from './runner.mjs';
import { EMPTY_BOARD, until } from './table.mjs';

const SEED = '?seed=7';

test('After every drop a reload finds the game as it was, and says so.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  // The fourth drop clears a line, and the third of every hand deals another one.
  for (let drops = 1; drops <= 8; drops += 1) {
    const { shown } = await play(table, game, { drops: 1, choose: greedy });
    await reload(table);
    await table.shows(shown.at(-1));
    assert.equal((await table.heard()).at(-1), `Game resumed. Score ${game.score}.`);
  }
  assert.ok(game.score > 0, 'a game without a point tells nothing about points');
  const [newest, older] = savedGames(await readRecords(table.page));
  assert.deepEqual([newest.recording.drops.length, older.recording.drops.length], [8, 8]);
  assert.equal(newest.generation, older.generation + 1);
  assert.equal(newest.id, older.id);
});

test('A game that has not begun is the same one after a reload.', async (desk) => {
  const table = await desk.open();
  const before = await table.see();
  await reload(table);
  assert.deepEqual(await table.see(), before);
});

test('A game outlives its tab, and its drops can still be taken back.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const { shown } = await play(table, game, { drops: 7 });
  await readRecords(table.page);
  const context = table.page.context();
  await table.page.close();
  const next = await desk.openIn(context);
  await next.shows(shown.at(-1));
  for (const before of shown.slice(0, -1).reverse()) {
    await next.undoButton.click();
    await next.shows({ ...before, best: String(game.best) });
  }
  assert.ok(await next.undoButton.isDisabled());
  await next.isPlayable();
});

test('A shape in the hand is back in its slot after a reload.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const { shown } = await play(table, game, { drops: 1 });
  await table.press({ slot: 1 });
  await table.moveTo(cell(5, 5));
  await reload(table);
  await table.shows(shown.at(-1));
  await table.release();
  await table.frames(3);
  await table.shows(shown.at(-1));
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
});

test('A game that was over is over after a reload, and counted once, though it can be gone back in.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const { drops, shown } = await play(table, game);
  const [last, before] = [shown.at(-1), { ...shown.at(-2), best: String(game.best) }];
  await until(() => table.over.isVisible(), 'the end of the game');
  const totals = await table.totals();
  assert.equal(totals['Games played'], '1');

  await reload(table);
  await until(() => table.over.isVisible(), 'the end of the game after a reload');
  await table.shows(last);
  assert.deepEqual(await table.totals(), totals);

  await table.over.getByRole('button', { name: 'Undo' }).click();
  await table.shows(before);
  assert.equal(await table.over.isVisible(), false);
  await reload(table);
  await table.shows(before);
  assert.equal(await table.over.isVisible(), false);

  assert.match(await table.drop(drops.at(-1)), / placed/);
  await until(() => table.over.isVisible(), 'the end of the game once more');
  await table.shows(last);
  const { Moves, ...again } = await table.totals();
  assert.deepEqual([Moves, again['Games played']], [totals.Moves, '1']);
});

test('A new game is kept from its first hand on: a reload does not bring the one before it back.', async (desk) => {
  const table = await desk.open();
  await table.isPlayable();
  await table.newGameButton.click();
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  const { slots } = await table.dealt().then(() => table.see());
  await reload(table);
  await table.shows({ ...EMPTY_BOARD, slots });
});

/** Plays four drops, closes the page, and lets somebody change what is stored. */
async function meddled(desk, meddle) {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const played = await play(table, game, { drops: 4 });
  const records = await readRecords(table.page);
  const context = table.page.context();
  await table.page.close();
  const changed = meddle(records, savedGames(records).map(({ key }) => key));
  await storeRecords(context, desk.url, changed);
  return { ...played, changed, table: await desk.openIn(context, { query: SEED }) };
}

test('A damaged record of the game costs the last drop and no more, and is kept aside.', async (desk) => {
  const damage = (records, [newest]) => ({ [newest]: broken(records[newest]) });
  const { table, drops, shown, changed } = await meddled(desk, damage);
  const [[key, text]] = Object.entries(changed);
  await table.shows(shown.at(-2));
  const notice = await table.notice();
  assert.ok(notice.startsWith(`Saved data ${key} cannot be read (`), notice);
  assert.equal((await readRecords(table.page))[key.replace('blockers.', 'blockers.aside.')], text);
  assert.match(await table.drop(drops.at(-1)), / placed/);
  await reload(table);
  await table.shows(shown.at(-1));
  assert.equal(await table.notice(), '');
});

test('The older record of the game may be damaged at no cost.', async (desk) => {
  const damage = (records, [, older]) => ({ [older]: broken(records[older]) });
  const { table, shown, changed } = await meddled(desk, damage);
  await table.shows(shown.at(-1));
  assert.ok((await table.notice()).startsWith(`Saved data ${Object.keys(changed)[0]} cannot be read (`));
  await reload(table);
  await table.shows(shown.at(-1));
  assert.equal(await table.notice(), '');
});

test('When both records of the game are damaged, there is a new game, and both are kept aside.', async (desk) => {
  const damage = (records, keys) => Object.fromEntries(keys.map((key) => [key, broken(records[key])]));
  const { table, shown, changed } = await meddled(desk, damage);
  await table.shows(shown[0]);
  assert.equal((await table.notice()).split('\n').length, 2);
  const records = await readRecords(table.page);
  for (const [key, text] of Object.entries(changed)) {
    assert.equal(records[key.replace('blockers.', 'blockers.aside.')], text);
  }
  await table.isPlayable();
});
