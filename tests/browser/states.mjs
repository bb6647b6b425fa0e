// Brings the page into each of its states, one after the other, as a player would. The states are the same in every
// run: the games have seeds, and the date is fixed.

import { natively, rehearsed } from './playing.mjs';
import { backup, saved } from './records.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { closed, until } from './table.mjs';

const QUERY = '?seed=7';

/** Runs in the page before the program: sets the clock to noon of a certain day. */
function atNoon() {
  const { now } = Date;
  const late = Date.UTC(2026, 10, 23, 12) - now();
  Date.now = () => now() + late;
}

const shown = (locator, what) => until(() => locator.isVisible(), what);

/**
 * Yields the states of the page, each with its name and its table. The caller must not change the state.
 *
 * @param {object} options
 * @param {[number, number]} options.size Of the window.
 * @param {(page: import('playwright-core').Page) => Promise<void>} options.prepare Gets every page before it loads
 * anything.
 * @returns {AsyncGenerator<[string, import('./table.mjs').Table]>}
 */
export async function* states(desk, { size, prepare }) {
  const options = {
    size,
    query: QUERY,
    prepare: async (page) => {
      // Animations are not part of a state.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.addInitScript(atNoon);
      await prepare(page);
    },
  };
  yield* stateOfNewGame(desk, options);
  yield* statesOfSettings(desk, options);
  yield* statesOfOldGame(desk, options);
  yield* statesWithoutGame(desk, options);
}

async function* stateOfNewGame(desk, options) {
  const table = await desk.open(options);
  const { page } = table;
  yield ['start', table];

  const offers = (hidden) =>
    page.evaluate((hidden) => {
      for (const button of document.querySelectorAll('[data-word=update]')) button.hidden = hidden;
    }, hidden);
  await offers(false);
  yield ['start with an update', table];
  await table.openMenu();
  yield ['menu with an update', table];
  await page.keyboard.press('Escape');
  await closed(table.menu);
  await offers(true);

  await page.keyboard.press('2');
  await shown(page.getByRole('option', { selected: true }), 'a shape to be picked up');
  await page.keyboard.press('ArrowDown');
  // Whether it fits is also announced when it is picked up.
  await hears(table, /^fits/);
  yield ['carried by keys', table];
  await page.keyboard.press('Escape');

  await table.press({ slot: 0 });
  await table.moveTo(cell(4, 4));
  await hears(table, /^Turned L picked up/);
  yield ['carried by mouse', table];
  await page.keyboard.press('Escape');
  await table.release();

  await table.openMenu();
  yield ['menu', table];
  yield* panel(table, 'Help', 'How to play', 'help');
  await table.openMenu();
  yield* panel(table, 'Settings', 'Settings', 'settings');
  await table.openMenu();
  yield* panel(table, 'Statistics', 'Statistics', 'statistics without games');

  await page.evaluate(() => (location.hash = 'g=no-game'));
  await until(() => table.notice(), 'a notice');
  yield ['notice', table];
}

/** The same page with other settings, and in another language. */
async function* statesOfSettings(desk, options) {
  const contrast = await desk.open({ ...options, stored: { 'blockers.settings': 'theme=contrast marks=on' } });
  await contrast.drop({ slot: 1, at: cell(0, 0) });
  yield ['high contrast and marks', contrast];
  await contrast.openMenu();
  yield* panel(contrast, 'Settings', 'Settings', 'settings in high contrast');

  const table = await desk.open({ ...options, locale: 'ar-EG' });
  yield ['start in Arabic', table];
  await table.page.locator('#open-menu').click();
  await shown(table.page.locator('#menu'), 'the menu');
  yield ['menu in Arabic', table];
  await table.page.locator('#open-settings').click();
  await shown(table.page.locator('#settings'), 'the settings');
  yield ['settings in Arabic', table];
}

/** Returns what is stored of a game that is over with the next drop, and all its drops. */
export async function almostOver(desk) {
  const { drops } = await rehearsed(await natively(desk, 7));
  const recording = { kind: 'seed', seed: 7, drops: drops.slice(0, -1) };
  return { drops, stored: { 'blockers.game.0': saved(recording) } };
}

async function* statesOfOldGame(desk, options) {
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ ...options, stored });

  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Replay' }).click();
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  await bar.slider.fill('20');
  await bar.isAt(20, drops.length - 1);
  yield ['replay', table];
  await bar.close.click();
  await bar.closed();

  await table.newGameButton.click();
  await shown(table.question, 'the question');
  yield ['question', table];
  await table.page.keyboard.press('Escape');
  await closed(table.question);

  const buffer = Buffer.from(backup(stored));
  await table.page.locator('#import-file').setInputFiles({ name: 'blockers.txt', mimeType: 'text/plain', buffer });
  await shown(table.replacing, 'the question whether to replace everything');
  yield ['replacing', table];
  await table.page.keyboard.press('Escape');
  await closed(table.replacing);

  await table.drop(drops.at(-1));
  await shown(table.over, 'the end of the game');
  yield ['game over', table];

  await table.openMenu();
  yield* panel(table, 'Statistics', 'Statistics', 'statistics');
}

async function* statesWithoutGame(desk, options) {
  const table = await desk.open({ ...options, noisy: true });
  const other = await desk.openIn(table.page.context(), { ...options, ready: false });
  await shown(other.elsewhere, 'the panel that says that the game is open elsewhere');
  yield ['open elsewhere', other];
  await other.page.close();

  await table.page.evaluate(() => window.boot.fail('The program is gone.'));
  await shown(table.failure, 'the panel that says that the game has stopped');
  yield ['failure', table];
}

/** Opens a dialog from the menu, yields it, and closes it. */
async function* panel(table, button, title, name) {
  await table.menu.getByRole('button', { name: button }).click();
  const dialog = table.page.getByRole('dialog', { name: title });
  await shown(dialog, `the dialog '${title}'`);
  yield [name, table];
  await table.closeDialogs();
}

async function hears({ page }, sentence) {
  const last = () => page.evaluate(() => window.watched.heard.at(-1) ?? '');
  await until(async () => (await last()).match(sentence), `'${sentence}' to be announced`);
}
