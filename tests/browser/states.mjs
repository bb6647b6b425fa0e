// Brings the page into each of its states, one after the other, as a player would. The states are the same in every
// run: the games have seeds, and the date is fixed. They are reached in every language, so elements are found by id.

import { natively, rehearsed } from './playing.mjs';
import { backup, saved } from './records.mjs';
import { SHAPES, cell, firstFit } from './rules.mjs';
import { closed, until } from './table.mjs';

const QUERY = '?seed=7';

/** Runs in the page before the program: sets the clock to noon of a certain day. */
function atNoon() {
  const { now } = Date;
  const late = Date.UTC(2026, 10, 23, 12) - now();
  Date.now = () => now() + late;
}

/** Returns the options for `desk.open` with which the states are the same in every run. */
export const fixed = ({ prepare = async () => {}, ...options }) => ({
  query: QUERY,
  ...options,
  prepare: async (page) => {
    // Animations are not part of a state.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.addInitScript(atNoon);
    await prepare(page);
  },
});

const shown = (locator, what) => until(() => locator.isVisible(), what);

/** Presses the button with this id, and waits until the element with the other id is shown. Returns that. */
async function open({ page }, button, id) {
  const element = page.locator(`#${id}`);
  await page.locator(`#${button}`).click();
  await shown(element, `#${id}`);
  return element;
}

/** Closes a dialog, as a player does. */
async function escape(dialog) {
  await dialog.page().keyboard.press('Escape');
  await closed(dialog);
}

/**
 * Yields the states of the page in English, and some of them in Arabic, each with its name and its table. The caller
 * must not change the state.
 *
 * @param {object} options
 * @param {[number, number]} options.size Of the window.
 * @param {(page: import('playwright-core').Page) => Promise<void>} options.prepare Gets every page before it loads
 * anything.
 * @returns {AsyncGenerator<[string, import('./table.mjs').Table]>}
 */
export async function* states(desk, { size, prepare }) {
  const options = fixed({ size, prepare });
  yield* statesOfNewGame(await desk.open(options));
  yield* statesOfSettings(desk, options);
  const old = await almostOver(desk);
  yield* statesOfOldGame(await desk.open({ ...options, stored: old.stored }), old);
  yield* statesWithoutGame(desk, options);
}

/** The states of a new game of seed 7. */
export async function* statesOfNewGame(table) {
  const { page } = table;
  yield ['start', table];

  const offers = (hidden) =>
    page.evaluate((hidden) => {
      for (const button of document.querySelectorAll('[data-word=update]')) button.hidden = hidden;
    }, hidden);
  await offers(false);
  yield ['start with an update', table];
  const menu = await open(table, 'open-menu', 'menu');
  yield ['menu with an update', table];
  await escape(menu);
  await offers(true);

  await page.keyboard.press('2');
  await shown(page.getByRole('option', { selected: true }), 'a shape to be picked up');
  await page.keyboard.press('ArrowDown');
  // Whether it fits is also announced when it is picked up.
  await settles(table);
  yield ['carried by keys', table];
  await page.keyboard.press('Escape');

  await table.press({ slot: 0, shape: SHAPES.find(({ name }) => name === 'Turned L') });
  await table.moveTo(cell(4, 4));
  await settles(table);
  yield ['carried by mouse', table];
  await page.keyboard.press('Escape');
  await table.release();

  await open(table, 'open-menu', 'menu');
  yield ['menu', table];
  yield* panel(table, 'open-help', 'help', 'help');
  await open(table, 'open-menu', 'menu');
  yield* panel(table, 'open-settings', 'settings', 'settings');
  await open(table, 'open-menu', 'menu');
  yield* panel(table, 'open-statistics', 'statistics', 'statistics without games');

  await page.evaluate(() => (location.hash = 'g=no-game'));
  await until(() => table.notice(), 'a notice');
  yield ['notice', table];
  await page.locator('#notice-close').click();

  await page.keyboard.press('1');
  await shown(page.getByRole('option', { selected: true }), 'a shape to be picked up');
  await page.keyboard.press('Enter');
  await until(async () => (await page.locator('#undo').getAttribute('aria-disabled')) === 'false', 'a drop');
  await page.locator('#undo').click();
  await shown(page.locator('#undone'), 'the best score with undo');
  await table.atRest();
  yield ['undone', table];
}

/** The same page with other settings, and in another language. */
async function* statesOfSettings(desk, options) {
  const contrast = await desk.open({ ...options, stored: { 'blockers.settings': 'theme=contrast marks=on' } });
  await contrast.drop({ slot: 1, at: cell(0, 0) });
  yield ['high contrast and marks', contrast];
  await open(contrast, 'open-menu', 'menu');
  yield* panel(contrast, 'open-settings', 'settings', 'settings in high contrast');

  const table = await desk.open({ ...options, locale: 'ar-EG' });
  yield ['start in Arabic', table];
  await open(table, 'open-menu', 'menu');
  yield ['menu in Arabic', table];
  await open(table, 'open-settings', 'settings');
  yield ['settings in Arabic', table];
}

/** Returns what is stored of a game that is over with the next drop, all its drops, and the shape of the last one. */
export async function almostOver(desk) {
  let shape;
  const choose = (game) => {
    const drop = firstFit(game);
    shape = drop.shape;
    return drop;
  };
  const { drops } = await rehearsed(await natively(desk, 7), { choose });
  const recording = { kind: 'seed', seed: 7, drops: drops.slice(0, -1) };
  return { drops, shape, stored: { 'blockers.game.0': saved(recording) } };
}

/** The states of a game that is nearly over. */
export async function* statesOfOldGame(table, { drops, shape, stored }) {
  const { page } = table;
  await open(table, 'open-menu', 'menu');
  const bar = await open(table, 'watch', 'replay');
  const toggle = page.locator('#replay-toggle');
  // Until it is paused it moves on.
  await toggle.click();
  await until(() => toggle.evaluate((button) => !('playing' in button.dataset)), 'the replay to pause');
  await page.locator('#replay-bar').fill('20');
  await until(() => page.locator('#replay-bar').evaluate((slider) => slider.value === '20'), 'move 20');
  await table.frames(3);
  yield ['replay', table];
  await page.locator('#replay-close').click();
  await until(async () => !(await bar.isVisible()), 'the end of the replay');

  const question = await open(table, 'new-game', 'question');
  yield ['question', table];
  await escape(question);

  await takeFile(table, stored);
  const replacing = page.locator('#replacing');
  await shown(replacing, 'the question whether to replace everything');
  yield ['replacing', table];
  await escape(replacing);

  const before = (await table.heard()).length;
  await table.drag({ slot: drops.at(-1).slot, shape }, drops.at(-1).at);
  await until(async () => (await table.heard()).length > before, 'the last drop');
  await shown(page.locator('#over'), 'the end of the game');
  yield ['game over', table];

  await open(table, 'open-menu', 'menu');
  yield* panel(table, 'open-statistics', 'statistics', 'statistics');
}

/** Imports a backup of these records. */
export async function takeFile({ page }, stored) {
  const buffer = Buffer.from(backup(stored));
  await page.locator('#import-file').setInputFiles({ name: 'blockers.txt', mimeType: 'text/plain', buffer });
}

async function* statesWithoutGame(desk, options) {
  const table = await desk.open({ ...options, noisy: true });
  const other = await desk.openIn(table.page.context(), { ...options, ready: false });
  await shown(other.elsewhere, 'the panel that says that the game is open elsewhere');
  yield ['open elsewhere', other];
  await other.page.close();
  yield* stateOfFailure(table);
}

/** The program stops. The page must be one that may log to the console. */
export async function* stateOfFailure(table) {
  await table.page.evaluate(() => window.boot.fail('The program is gone.'));
  await shown(table.page.locator('#failure'), 'the panel that says that the game has stopped');
  yield ['failure', table];
}

/** Opens a dialog from the menu, yields it, and closes it. */
async function* panel(table, button, id, name) {
  const dialog = await open(table, button, id);
  yield [name, table];
  await table.closeDialogs();
}

/** Waits until nothing is announced any more: where a shape fits is announced some frames after it is picked up. */
async function settles(table) {
  await until(async () => {
    const before = await table.page.evaluate(() => window.watched.heard.length);
    await table.frames(5);
    return (await table.page.evaluate(() => window.watched.heard.length)) === before;
  }, 'the announcements to end');
  await table.atRest();
}
