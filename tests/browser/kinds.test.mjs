// The kinds of game: the menu, the shapes that are dealt, the daily board, and seeds that are typed.

import assert from 'node:assert/strict';
import { readRecord, readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { bests, savedGames, seal } from './records.mjs';
import { greedy } from './rules.mjs';
import { EMPTY_BOARD, closed, dayName, eventually, tableOf, until } from './table.mjs';

/** The date in these tests, as the page writes it, and its seed. */
const TODAY = dayName('2026-11-23');
const TODAYS_SEED = 20261123;

/** Runs in the page before the program: sets the clock to noon of that day. */
function atNoon() {
  const { now } = Date;
  const late = Date.UTC(2026, 10, 23, 12) - now();
  Date.now = () => now() + late;
}

/** The same for the day after. */
function atNoonTomorrow() {
  const { now } = Date;
  const late = Date.UTC(2026, 10, 24, 12) - now();
  Date.now = () => now() + late;
}


/** Starts a game of this kind from the menu, which does not ask because no other game would be lost. */
async function begin(table, kind) {
  await table.openMenu();
  await table.page.locator(`#kind-${kind}`).click();
  await closed(table.menu);
  await table.dealt();
}

/** Returns what the menu says of each kind of game, and which one it marks as the current one. */
async function menuOf(table) {
  await table.openMenu();
  const texts = await table.page.evaluate(() => ({
    about: ['classic', 'kind', 'daily', 'seed'].map((kind) => document.getElementById(`about-${kind}`).textContent),
    current: ['classic', 'kind', 'daily'].filter((kind) => document.getElementById(`kind-${kind}`).ariaCurrent === 'true'),
  }));
  await table.page.locator('#menu-close').click();
  await closed(table.menu);
  return texts;
}

const recordingOf = async ({ page }) => savedGames(await readRecords(page))[0].recording;

/** Waits until this is stored of the daily boards. */
const dailyIs = ({ page }, record) =>
  eventually(async () => assert.equal(await readRecord(page, 'blockers.daily'), record));

test('The menu describes each kind of game, with its best score and the date, and marks the current one.', async (desk) => {
  const stored = { 'blockers.bests': bests({ classic: 11, kind: 22, daily: 33, seed: 44 }) };
  const table = await desk.open({ stored, before: atNoon });
  assert.deepEqual(await menuOf(table), {
    about: [
      'Random shapes, no mercy. Best 11.',
      'You always get shapes that fit. Best 22.',
      `${TODAY}: today's board, the same for everyone. Best 33.`,
      'Same number, same shapes. Challenge a friend. Best 44.',
    ],
    current: ['classic'],
  });
  for (const [kind, best] of [
    ['kind', '22'],
    ['daily', '33'],
    ['classic', '11'],
  ]) {
    await begin(table, kind);
    await table.shows({ ...EMPTY_BOARD, score: '0', best });
    assert.deepEqual((await menuOf(table)).current, [kind]);
  }
});

test('A kind game is dealt by the rules, even after a reload, and is followed by another one.', async (desk) => {
  const table = await desk.open();
  await begin(table, 'kind');
  const first = await recordingOf(table);
  assert.equal(first.kind, 'kind');
  const game = await natively(desk, first.seed, 'kind');
  await table.shows(tableOf(game));
  await play(table, game, { drops: 12, choose: greedy });
  await reload(table);
  await play(table, game, { drops: 6, choose: greedy });

  await table.newGameButton.click();
  if (!game.over) await table.question.getByRole('button', { name: 'End game' }).click();
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  await table.dealt();
  const second = await recordingOf(table);
  assert.equal(second.kind, 'kind');
  assert.notEqual(second.seed, first.seed);
});

test('The daily board counts once; another game on it is practice, and does not raise the best score.', async (desk) => {
  const table = await desk.open({ before: atNoon });
  await begin(table, 'daily');
  const game = await natively(desk, TODAYS_SEED, 'daily');
  await play(table, game);
  await until(() => table.over.isVisible(), 'the end of the game');
  const result = seal(`1 ${TODAYS_SEED} ${game.score} ${game.drops} 0`);
  await dailyIs(table, result);

  await table.over.getByRole('button', { name: 'Play again' }).click();
  const practice = await natively(desk, TODAYS_SEED, 'daily');
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  while (practice.score <= game.score && !practice.over) {
    const { slot, at } = greedy(practice);
    await table.drop({ slot, at });
    await practice.drop({ slot, at });
  }
  assert.ok(practice.score > game.score, 'practice that is no better checks nothing');
  await table.shows({ score: String(practice.score) });
  assert.equal((await table.see()).best, String(game.score), 'the best score that is shown is the one that counts');
  const [, , about] = (await menuOf(table)).about;
  assert.equal(about, `${TODAY}: ${game.score} points. Play again for practice. Best ${game.score}.`);
  assert.equal(await readRecord(table.page, 'blockers.daily'), result);
  assert.equal(await readRecord(table.page, 'blockers.bests'), game.score > 0 ? bests({ daily: game.score }) : undefined);
});

test('A daily board that is left has its result, and the next day has another board.', async (desk) => {
  const table = await desk.open({ prepare: (page) => page.addInitScript(atNoon) });
  await begin(table, 'daily');
  const game = await natively(desk, TODAYS_SEED, 'daily');
  await play(table, game, { drops: 3 });
  for (let n = 0; n < 3; n += 1) await table.undoButton.click();
  await table.shows(EMPTY_BOARD);
  await table.redoButton.click();
  // Only one game of the day counts, so the page asks even before the third drop.
  await table.newGameButton.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  await table.shows(EMPTY_BOARD);
  await table.dealt();
  await dailyIs(table, seal(`1 ${TODAYS_SEED} 0 1 3`));
  assert.ok((await menuOf(table)).about[2].startsWith(`${TODAY}: 0 points with undo. Play again for practice.`));

  const context = table.page.context();
  await table.page.close();
  const next = await desk.openIn(context, { prepare: (page) => page.addInitScript(atNoonTomorrow) });
  const unplayed = `${dayName('2026-11-24')}: today's board, the same for everyone. Best 0.`;
  assert.equal((await menuOf(next)).about[2], unplayed);
  await begin(next, 'daily');
  assert.equal((await recordingOf(next)).seed, '20261124');
});

/** Runs in the page before the program: lets the test set the clock, and starts it at 23:50 on 23 November in UTC. */
function beforeMidnight() {
  const { now } = Date;
  let late = Date.UTC(2026, 10, 23, 23, 50) - now();
  Date.now = () => now() + late;
  window.pass = (minutes) => (late += minutes * 60_000);
}

test("The daily board is that of the player's own day, and two evenings in a row are a streak.", async (desk) => {
  // In Los Angeles it is 23 November, 15:50, and then 24 November, 17:00.
  const zone = 'America/Los_Angeles';
  const table = await desk.open({ zone, prepare: (page) => page.addInitScript(beforeMidnight) });
  for (const [day, minutes] of [
    ['2026-11-23', 0],
    ['2026-11-24', 25 * 60 + 10],
  ]) {
    await table.page.evaluate((minutes) => window.pass(minutes), minutes);
    assert.ok((await menuOf(table)).about[2].startsWith(`${dayName(day)}: today's board`));
    await begin(table, 'daily');
    assert.equal((await recordingOf(table)).seed, day.replaceAll('-', ''));
    await table.isPlayable();
    await table.openMenu();
    await table.page.locator('#kind-classic').click();
    await table.question.getByRole('button', { name: 'End game' }).click();
    await table.shows(EMPTY_BOARD);
  }
  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Statistics' }).click();
  await eventually(async () => assert.equal(await table.page.locator('#statistics-days').textContent(), '2'));
});

test('A menu that is open at midnight shows the new day, and deals its board.', async (desk) => {
  const table = await desk.open({ before: beforeMidnight });
  await begin(table, 'daily');
  await table.isPlayable();
  await table.openMenu();
  await table.page.locator('#kind-classic').click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  await closed(table.question);
  // Ten seconds before midnight.
  await table.page.evaluate(() => window.pass(9 + 50 / 60));
  await table.openMenu();
  const about = () => table.page.locator('#about-daily').textContent();
  assert.match(await about(), /practice/);
  const next = dayName('2026-11-24');
  await until(async () => (await about()).startsWith(`${next}: today's board`), 'the next day', 60_000);
  await table.page.locator('#kind-daily').click();
  await closed(table.menu);
  await eventually(async () => assert.equal((await recordingOf(table)).seed, '20261124'));
});

for (const [typed, seed] of [
  ['7', '7'],
  [' 0 ', '0'],
  ['18446744073709551615', '18446744073709551615'],
  ['٤٢', '42'],
  ['۴۲\u200f', '42'],
  ['\u00a04२\ufeff', '42'],
]) {
  test(`The seed '${typed}' can be typed, and starts the game of that seed.`, async (desk) => {
    const table = await desk.open();
    await table.openMenu();
    await table.page.getByLabel('Seed', { exact: true }).fill(typed);
    await table.page.keyboard.press('Enter');
    await closed(table.menu);
    const game = await natively(desk, seed);
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
    const { kind, seed: dealt } = await recordingOf(table);
    assert.deepEqual({ kind, dealt }, { kind: 'seed', dealt: seed });
    await reload(table);
    await table.shows(tableOf(game));
    // The next game has the same seed.
    await table.newGameButton.click();
    await table.shows(tableOf(game));
  });
}

test('A pasted seed is used as a whole or refused, and never cut.', async (desk) => {
  const table = await desk.open();
  const { page } = table;
  const { origin } = new URL(desk.url);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const paste = async (text) => {
    await table.openMenu();
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.getByLabel('Seed', { exact: true }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+v');
    assert.equal(await page.getByLabel('Seed', { exact: true }).inputValue(), text);
    await page.keyboard.press('Enter');
  };
  await paste('seed 1234567890123456789');
  const error = page.locator('#no-seed');
  await until(async () => (await error.textContent()).startsWith('“seed 1234567890123456789” is not a seed.'), 'an error');
  await page.locator('#menu-close').click();
  await closed(table.menu);
  for (const text of [' 18446744073709551615', '\u200e18,446,744,073,709,551,615 ']) {
    await paste(text);
    await closed(table.menu);
    await eventually(async () => assert.equal((await recordingOf(table)).seed, '18446744073709551615'));
  }
});

test('If a text that is typed is not a seed, a sentence below the field says so, and the game is unchanged.', async (desk) => {
  const table = await desk.open();
  await table.isPlayable();
  const before = await table.see();
  await table.openMenu();
  for (const typed of ['', 'abc', '-1', '1.5', '7e3', '0x7', '7 8', '18446744073709551616', '123456789012345678901', '<b>7</b>']) {
    await table.page.getByLabel('Seed', { exact: true }).fill(typed);
    await table.menu.getByRole('button', { name: 'Play', exact: true }).click();
    const sentence = `“${typed}” is not a seed. Enter a number from 0 to 18446744073709551615.`;
    await until(async () => (await table.page.locator('#no-seed').textContent()) === sentence, sentence);
  }
  assert.ok(await table.menu.isVisible(), 'the menu stays open');
  await table.page.locator('#menu-close').click();
  await closed(table.menu);
  assert.deepEqual(await table.see(), before);
});
