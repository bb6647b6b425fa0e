// The game is saved: it survives a reload, a closed tab and a damaged record. Killed browsers are in kills.mjs.

import assert from 'node:assert/strict';
import { readRecord, readRecords, storeRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { broken, savedGames } from './records.mjs';
import { cell, greedy } from './rules.mjs';
import { EMPTY_BOARD, eventually, until } from './table.mjs';

const SEED = '?seed=7';

test('After every drop a reload restores the game as it was, and announces it.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  // The fourth drop clears a line, and the third of every hand deals another one.
  for (let drops = 1; drops <= 8; drops += 1) {
    const { shown } = await play(table, game, { drops: 1, choose: greedy });
    await reload(table);
    await table.shows(shown.at(-1));
    const sentence = `Game resumed. Score ${game.score}.`;
    await eventually(async () => assert.equal((await table.heard()).at(-1), sentence));
  }
  assert.ok(game.score > 0, 'a game without points checks nothing about points');
  const [newest, older] = savedGames(await readRecords(table.page));
  assert.deepEqual([newest.recording.drops.length, older.recording.drops.length], [8, 8]);
  assert.equal(newest.generation, older.generation + 1);
  assert.equal(newest.id, older.id);
});

test('A game without drops is the same one after a reload.', async (desk) => {
  const table = await desk.open();
  const before = await table.see();
  await reload(table);
  assert.deepEqual(await table.see(), before);
});

test('A game survives its tab, and its drops can still be undone.', async (desk) => {
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
  await until(() => next.undoButton.isDisabled(), 'nothing to undo');
  await next.isPlayable();
});

test('A shape that is held is back in its slot after a reload.', async (desk) => {
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

test('A game that was over is over after a reload, and is counted once, although its last drop can be undone.', async (desk) => {
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
  await until(() => table.over.isVisible(), 'the end of the game again');
  await table.shows(last);
  const { Moves, ...again } = await table.totals();
  assert.deepEqual([Moves, again['Games played']], [totals.Moves, '1']);
});

test('A new game is saved as soon as it is dealt: a reload does not restore the game before it.', async (desk) => {
  const table = await desk.open();
  await table.isPlayable();
  await table.newGameButton.click();
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  const { slots } = await table.dealt().then(() => table.see());
  await reload(table);
  await table.shows({ ...EMPTY_BOARD, slots });
});

/** Waits until this text, which was stored under this key, is stored under the key of records that are set aside. */
const isSetAside = ({ page }, key, text) =>
  eventually(async () => assert.equal(await readRecord(page, key.replace('blockers.', 'blockers.aside.')), text));

/** Plays four drops, closes the page, and damages what is stored. */
async function damaged(desk, damage) {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const played = await play(table, game, { drops: 4 });
  const records = await readRecords(table.page);
  const context = table.page.context();
  await table.page.close();
  const changed = damage(records, savedGames(records).map(({ key }) => key));
  await storeRecords(context, desk.url, changed);
  return { ...played, changed, table: await desk.openIn(context, { query: SEED }) };
}

test('If the newest record of the game is damaged, only the last drop is lost, and the record is set aside.', async (desk) => {
  const damage = (records, [newest]) => ({ [newest]: broken(records[newest]) });
  const { table, drops, shown, changed } = await damaged(desk, damage);
  const [[key, text]] = Object.entries(changed);
  await table.shows(shown.at(-2));
  const notice = await table.notice();
  assert.ok(notice.startsWith(`Saved data ${key} cannot be read (`), notice);
  await isSetAside(table, key, text);
  assert.match(await table.drop(drops.at(-1)), / placed/);
  await reload(table);
  await table.shows(shown.at(-1));
  assert.equal(await table.notice(), '');
});

test('If the older record of the game is damaged, nothing is lost.', async (desk) => {
  const damage = (records, [, older]) => ({ [older]: broken(records[older]) });
  const { table, shown, changed } = await damaged(desk, damage);
  await table.shows(shown.at(-1));
  assert.ok((await table.notice()).startsWith(`Saved data ${Object.keys(changed)[0]} cannot be read (`));
  await reload(table);
  await table.shows(shown.at(-1));
  assert.equal(await table.notice(), '');
});

test('If both records of the game are damaged, there is a new game, and both are set aside.', async (desk) => {
  const damage = (records, keys) => Object.fromEntries(keys.map((key) => [key, broken(records[key])]));
  const { table, shown, changed } = await damaged(desk, damage);
  await table.shows(shown[0]);
  assert.equal((await table.notice()).split('\n').length, 2);
  for (const [key, text] of Object.entries(changed)) await isSetAside(table, key, text);
  await table.isPlayable();
});
