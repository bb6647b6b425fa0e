// The statistics of games whose drops are known.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { seal } from './records.mjs';
import { SIZE, covered, firstFit, greedy } from './rules.mjs';
import { EMPTY_BOARD, closed, eventually, until } from './table.mjs';

async function openStatistics(table) {
  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Statistics' }).click();
  const panel = table.page.getByRole('dialog', { name: 'Statistics' });
  await until(() => panel.isVisible(), 'the statistics');
  return panel;
}

/** Returns the numbers, by their labels. */
const numbersOf = (panel) =>
  panel.evaluate((dialog) => {
    const texts = (tag) => [...dialog.querySelectorAll(tag)].map((one) => one.textContent);
    return Object.fromEntries(texts('dt').map((term, n) => [term, texts('dd')[n]]));
  });

/** Returns the texts that a screen reader reads for the three charts. */
const chartsOf = (panel) =>
  panel.evaluate((dialog) => [...dialog.querySelectorAll('svg[role=img]')].map((svg) => svg.ariaLabel));

/** Plays drops, and counts what the statistics count. */
async function counted(table, game, choose, most = Infinity) {
  const count = { drops: 0, mostLines: 0, streak: 0, heat: Array(SIZE * SIZE).fill(0) };
  for (let run = 0; count.drops < most && !game.over; ) {
    const before = { lines: game.lines, staged: game.staged };
    const { drops } = await play(table, game, { drops: 1, choose });
    const lines = game.lines - before.lines;
    run = lines > 0 ? run + 1 : 0;
    count.drops += 1;
    count.mostLines = Math.max(count.mostLines, lines);
    count.streak = Math.max(count.streak, run);
    const [{ slot, at }] = drops;
    for (const { row, column } of covered(before.staged[slot].shape, at)) count.heat[row * SIZE + column] += 1;
  }
  return { ...count, lines: game.lines, score: game.score };
}

test('Before the first game has ended the statistics say that there is none.', async (desk) => {
  const table = await desk.open();
  const panel = await openStatistics(table);
  const none = 'Finish a game to see your statistics.';
  assert.equal(await panel.getByRole('status').textContent(), none);
  assert.equal(await panel.locator('dl').isVisible(), false);
  await table.closeDialogs();
  await table.isPlayable();
});

test('After two games, one played to its end and one left, the statistics have their numbers.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  const first = await counted(table, await natively(desk, 7), firstFit);
  await until(() => table.over.isVisible(), 'the end of the game');
  await table.over.getByRole('button', { name: 'Play again' }).click();
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  const again = await natively(desk, 7);
  again.best = first.score;
  const second = await counted(table, again, greedy, 8);
  await table.newGameButton.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  assert.ok(first.score > 0 && second.score > 0, 'games without points check nothing about points');

  const [drops, points] = [first.drops + second.drops, first.score + second.score];
  const numbers = {
    Games: '2',
    Moves: String(drops),
    Lines: String(first.lines + second.lines),
    'Points per move': (Math.round((10 * points) / drops) / 10).toFixed(1),
    Best: String(Math.max(first.score, second.score)),
    'Most lines in one move': String(Math.max(first.mostLines, second.mostLines)),
    'Longest clear streak': String(Math.max(first.streak, second.streak)),
    'Daily streak': '0',
  };
  const heat = first.heat.map((times, n) => times + second.heat[n]);
  const [lowest, highest] = [first.score, second.score].sort((one, other) => one - other);

  const isRight = async (panel) => {
    await eventually(async () => assert.deepEqual(await numbersOf(panel), numbers));
    const [scores, ends, places, ...rest] = await chartsOf(panel);
    assert.equal(scores, `Scores of 2 games: lowest ${lowest}, highest ${highest}, latest ${second.score}.`);
    assert.match(ends, /^Shapes that ended your games: [^.]+\. 1 game abandoned\.$/);
    assert.match(places, new RegExp(` \\(${Math.max(...heat)}\\), fewest at .* \\(${Math.min(...heat)}\\)\\.$`));
    assert.deepEqual(rest, []);
  };
  const panel = await openStatistics(table);
  await isRight(panel);

  // Both games had a seed that the player chose.
  const pressed = async (name) => panel.getByRole('button', { name, exact: true, pressed: true }).count();
  assert.equal(await pressed('All'), 1);
  await panel.getByRole('button', { name: 'Classic', exact: true }).click();
  await until(() => panel.getByRole('status').isVisible(), 'the sentence that there is no classic game');
  assert.equal(await panel.locator('dl').isVisible(), false);
  assert.deepEqual([await pressed('All'), await pressed('Classic')], [0, 1]);
  await panel.getByRole('button', { name: 'Seed', exact: true }).click();
  await until(() => panel.locator('dl').isVisible(), 'the numbers');
  await isRight(panel);
  await panel.getByRole('button', { name: 'Close' }).click();
  await closed(panel);

  await reload(table);
  await isRight(await openStatistics(table));
});

test('The statistics count the consecutive days with a result.', async (desk) => {
  const before = () => {
    const { now } = Date;
    const late = Date.UTC(2026, 10, 23, 12) - now();
    Date.now = () => now() + late;
  };
  // The 20th is missing, and today's board has not been played yet.
  const stored = { 'blockers.daily': seal('1 20261119 50 20 0 20261121 10 9 0 20261122 0 3 2') };
  const table = await desk.open({ before, stored });
  await table.isPlayable();
  await table.newGameButton.click();
  await table.shows(EMPTY_BOARD);
  const numbers = await numbersOf(await openStatistics(table));
  assert.deepEqual([numbers.Games, numbers.Moves, numbers['Daily streak']], ['1', '1', '2']);
});

test('The statistics are complete when the click that opens them is over.', async (desk) => {
  const { page } = await desk.open();
  const [before, after] = await page.evaluate(() => {
    const panel = document.getElementById('statistics');
    const state = () => ({ isOpen: panel.open, text: panel.querySelector('[role=status]').textContent });
    const before = state();
    for (const id of ['open-menu', 'open-statistics']) document.getElementById(id).click();
    return [before, state()];
  });
  assert.deepEqual(before, { isOpen: false, text: '' });
  assert.deepEqual(after, { isOpen: true, text: 'Finish a game to see your statistics.' });
});

test('In a small window the statistics scroll within their dialog.', async (desk) => {
  const table = await desk.open({ size: [320, 480] });
  await table.isPlayable();
  await table.newGameButton.click();
  await table.shows(EMPTY_BOARD);
  const panel = await openStatistics(table);
  const { x, y, width, height } = await panel.boundingBox();
  assert.ok(x >= 0 && y >= 0 && x + width <= 320 && y + height <= 480, JSON.stringify({ x, y, width, height }));
  assert.equal(await panel.evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth + 1), false);
  await panel.getByRole('button', { name: 'Close' }).click();
  await closed(panel);
  await table.closeDialogs();
  await table.isPlayable();
});
