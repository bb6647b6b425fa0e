// Whole games, each drop of them checked against the rules.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { endsAs, natively, playToTheEnd } from './playing.mjs';
import { bests } from './records.mjs';
import { EMPTY_BOARD, centre, until } from './table.mjs';

async function wholeGame(desk, options) {
  const table = await desk.open({ query: '?seed=7', ...options });
  const game = await natively(desk, 7);
  await playToTheEnd(table, game);
  const again = await endsAs(table, game);
  // The panel appears a moment after the last drop, and cannot be pressed before that.
  await again.click({ trial: true });
  await table.hand.click(centre(await again.boundingBox()));
  await table.shows({ ...EMPTY_BOARD, score: '0', best: String(game.best) });
  await until(async () => !(await table.over.isVisible()), 'the panel to close');
  await table.dealt();
  await table.isPlayable();
}

test('A whole game by mouse follows the rules, drop by drop, to its end and on to the next one.', (desk) =>
  wholeGame(desk, { size: [1024, 768] }));

test('A whole game by finger on a phone follows the rules, drop by drop, to its end and on to the next one.', (desk) =>
  wholeGame(desk, { size: [390, 844], scale: 3, touch: true }));

test('For a screen reader the table is a grid, a list of shapes and two numbers, each with its name.', async (desk) => {
  const { page, board, tray } = await desk.open();
  const rows = board.getByRole('row');
  assert.equal(await rows.count(), 10);
  for (const row of await rows.all()) assert.equal(await row.getByRole('gridcell').count(), 10);
  assert.equal(await tray.getByRole('option').count(), 3);
  assert.equal(await page.getByRole('status', { name: 'Score', exact: true }).textContent(), '0');
  assert.equal(await page.getByRole('status', { name: 'Best', exact: true }).textContent(), '0');
});

test('New game starts another game at once if this one has hardly begun, and keeps the best score.', async (desk) => {
  const table = await desk.open({ stored: { 'blockers.bests': bests({ classic: 120 }) } });
  await table.isPlayable();
  const sentence = await table.hearing(() => table.newGameButton.click());
  assert.match(sentence, /^New game\. Shapes: /);
  await table.shows({ ...EMPTY_BOARD, score: '0', best: '120' });
  await table.dealt();
});
