// Undo and redo.

import assert from 'node:assert/strict';
import { readRecord, readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { scoringGame } from './oracle.mjs';
import { natively, play, reload } from './playing.mjs';
import { bests, savedGames } from './records.mjs';
import { cell, slot } from './rules.mjs';
import { centre, closed, eventually, tableOf, until } from './table.mjs';

/** Opens the game whose second drop scores. Returns what the table must show before each drop and at the end. */
async function openScoring(desk, options) {
  const { seed, drops } = await scoringGame();
  const game = await natively(desk, seed);
  const shown = [tableOf(game)];
  for (const drop of drops) shown.push(tableOf(await game.drop(drop)));
  return { table: await desk.open({ query: `?seed=${seed}`, ...options }), drops, shown };
}

const press = async ({ hand }, button) => hand.click(centre(await button.boundingBox()));

/** Waits until undo and redo are possible, or not, as in `expected`. */
const isPossible = ({ undoButton, redoButton }, expected) =>
  eventually(async () => {
    assert.deepEqual({ undo: await undoButton.isEnabled(), redo: await redoButton.isEnabled() }, expected);
  });

const undoneBest = ({ page }) => page.getByRole('status', { name: 'Best with undo' });

/** Waits until this is stored of the best scores. */
const bestsAre = ({ page }, record) =>
  eventually(async () => assert.equal(await readRecord(page, 'blockers.bests'), record));

/** Waits until this is the last announcement. */
const announces = (table, sentence) => eventually(async () => assert.equal((await table.heard()).at(-1), sentence));

for (const [hand, options] of [
  ['mouse', { size: [1024, 768] }],
  ['finger', { size: [390, 844], scale: 3, touch: true }],
]) {
  test(`By ${hand} drops are undone and redone, with their points, and both are announced.`, async (desk) => {
    const { table, drops, shown } = await openScoring(desk, options);
    await isPossible(table, { undo: false, redo: false });
    await table.dropAll(drops);
    await table.shows(shown[2]);
    await isPossible(table, { undo: true, redo: false });

    await press(table, table.undoButton);
    await table.shows({ ...shown[1], best: '10' });
    await announces(table, 'Move undone. Score 0.');
    await isPossible(table, { undo: true, redo: true });
    await press(table, table.undoButton);
    await table.shows({ ...shown[0], best: '10' });
    await isPossible(table, { undo: false, redo: true });

    await press(table, table.redoButton);
    await table.shows({ ...shown[1], best: '10' });
    await press(table, table.redoButton);
    await table.shows(shown[2]);
    await announces(table, 'Move redone. Score 10.');
    await isPossible(table, { undo: true, redo: false });
  });
}

test('By keys a whole game can be undone to its beginning, and redone to its end.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  const { shown } = await play(table, game);
  const best = String(game.best);
  await until(() => table.over.isVisible(), 'the end of the game');
  for (const before of shown.slice(0, -1).reverse()) {
    await table.page.keyboard.press('Control+z');
    await table.shows({ ...before, best });
    assert.equal(await table.over.isVisible(), false);
  }
  // At the beginning there is nothing to undo.
  await table.page.keyboard.press('Control+z');
  await table.frames(3);
  await table.shows({ ...shown[0], best });
  for (const [n, after] of shown.slice(1).entries()) {
    await table.page.keyboard.press(n % 2 === 0 ? 'Control+Shift+Z' : 'Control+y');
    await table.shows({ ...after, best });
  }
  await until(() => table.over.isVisible(), 'the end of the game again');
  await table.page.keyboard.press('Control+y');
  await table.frames(3);
  await table.shows(shown.at(-1));
});

test('Keys that are similar to those of undo and redo do nothing.', async (desk) => {
  const { table, drops, shown } = await openScoring(desk);
  await table.dropAll(drops.slice(0, 1));
  for (const key of ['z', 'y', 'Shift+Z', 'Alt+z', 'Control+Alt+z', 'Control+x']) await table.page.keyboard.press(key);
  await table.frames(3);
  await table.shows(shown[1]);
  await isPossible(table, { undo: true, redo: false });
});

test('After an undo a different drop discards the drops to redo, and the same drop does not.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  const { drops, shown } = await play(table, game, { drops: 3 });
  for (let n = 0; n < 2; n += 1) await table.undoButton.click();
  await table.shows(shown[1]);
  await table.drop(drops[1]);
  await table.shows(shown[2]);
  await isPossible(table, { undo: true, redo: true });
  await table.redoButton.click();
  await table.shows(shown[3]);
  await table.undoButton.click();
  await table.shows(shown[2]);

  await table.drop({ slot: drops[2].slot, at: cell(7, 7) });
  await isPossible(table, { undo: true, redo: false });
  await eventually(async () => {
    const [{ recording }] = savedGames(await readRecords(table.page));
    assert.deepEqual([recording.undos, recording.drops.length], [3, 3]);
  });
});

test('Games with undo have their own best score, which is shown only in such a game.', async (desk) => {
  const { table, drops } = await openScoring(desk);
  await table.drop(drops[0]);
  assert.equal(await undoneBest(table).isVisible(), false);
  await table.undoButton.click();
  await until(() => undoneBest(table).isVisible(), 'the best with undo');
  assert.equal(await undoneBest(table).textContent(), '0');
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '0' });
  assert.equal(await undoneBest(table).textContent(), '10');
  await bestsAre(table, bests({}, { seed: 10 }));

  await reload(table);
  await table.shows({ score: '10', best: '0' });
  assert.equal(await undoneBest(table).textContent(), '10');
  await table.newGameButton.click();
  await table.shows({ score: '0', best: '0' });
  assert.equal(await undoneBest(table).isVisible(), false);
});

test('The best score with undo is stored as it is shown, even if its points were only redone.', async (desk) => {
  const { table, drops } = await openScoring(desk);
  await table.dropAll(drops);
  await table.undoButton.click();
  await table.shows({ score: '0', best: '10' });
  await table.redoButton.click();
  await table.shows({ score: '10', best: '10' });
  const shown = await undoneBest(table).textContent();
  await bestsAre(table, bests({ seed: 10 }, { seed: Number(shown) }));
});

test('An undo in mid-drag puts the dragged shape back, too.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  const { drops, shown } = await play(table, game, { drops: 1 });
  await table.press(slot(1));
  await table.moveTo(cell(5, 5));
  await table.page.keyboard.press('Control+z');
  await table.shows(shown[0]);
  await table.moveTo(cell(6, 6));
  await table.release();
  await table.frames(3);
  await table.shows(shown[0]);
  await announces(table, 'Move undone. Score 0.');
  assert.match(await table.drop(drops[0]), / placed/);
  await table.shows(shown[1]);
});

test('Keys that are typed into the field for a seed undo nothing and open nothing.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  const { shown } = await play(table, game, { drops: 2 });
  await table.openMenu();
  await table.page.locator('#seed').click();
  for (const key of ['1', 'i', '2', 'Control+z', 'Control+y', 'Control+Shift+Z']) await table.page.keyboard.press(key);
  await table.frames(3);
  await table.shows(shown[2]);
  assert.equal(await table.page.locator('#inspector').isVisible(), false);
  await table.page.keyboard.press('Escape');
  await closed(table.menu);
  // The browser closes the dialog at once, and the program handles that in the next frame.
  await table.frames(3);
  await table.shows(shown[2]);
  await table.page.keyboard.press('Control+z');
  await table.shows(shown[1]);
});
