// A game that somebody would be sorry to lose is not left without a question; and the dialogs come and go as dialogs do.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { natively, play, reload } from './playing.mjs';
import { backup, saved, savedGames } from './records.mjs';
import { test } from './runner.mjs';
import { EMPTY_BOARD, tableOf, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

const asked = (table) => until(() => table.question.isVisible(), 'the question');
const gone = (dialog) => until(async () => !(await dialog.isVisible()), 'the dialog to close');
const goOn = (table) => table.question.getByRole('button', { name: 'Keep playing' }).click();
const leave = (table) => table.question.getByRole('button', { name: 'End game' }).click();

const hasFocus = (table, id) => until(async () => (await table.focused()) === id, `the focus on ${id}`);

async function opened(desk, drops) {
  const game = await natively(desk, 7);
  const table = await desk.open(QUERY);
  await play(table, game, { drops });
  return { game, table };
}

test('A game of three drops is left only when the player says so, and else goes on.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  await table.newGameButton.click();
  await asked(table);
  assert.equal(await table.page.locator('#question-text').textContent(), 'It ends now with its current score.');
  await hasFocus(table, 'question-no');
  await goOn(table);
  await gone(table.question);
  await hasFocus(table, 'new-game');
  await table.shows(tableOf(game));
  await play(table, game, { drops: 1 });

  await table.newGameButton.click();
  await asked(table);
  await table.page.keyboard.press('Escape');
  await gone(table.question);
  await table.shows(tableOf(game));

  await table.newGameButton.click();
  await asked(table);
  await leave(table);
  await gone(table.question);
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  await table.dealt();
  assert.match((await table.heard()).at(-1), /^New game\. Shapes: /);
  await table.isPlayable();
});

test('A game of two drops is left without a question; not so one with its third drop taken back.', async (desk) => {
  const { table } = await opened(desk, 2);
  await table.newGameButton.click();
  await table.shows(EMPTY_BOARD);
  assert.equal(await table.question.isVisible(), false);

  const again = await natively(desk, 7);
  await play(table, again, { drops: 3 });
  await table.undoButton.click();
  await table.newGameButton.click();
  await asked(table);
  await goOn(table);
  await gone(table.question);
  await table.redoButton.click();
  await table.shows(tableOf(again));
});

/** From the menu, a game can be asked for in several ways. */
const WAYS = [
  ['the classic kind', (table) => table.page.locator('#kind-classic').click()],
  ['the kind kind', (table) => table.page.locator('#kind-kind').click()],
  ['the board of the day', (table) => table.page.locator('#kind-daily').click()],
  [
    'a seed',
    async (table) => {
      await table.page.locator('#seed').fill('8');
      await table.page.keyboard.press('Enter');
    },
  ],
];

for (const [what, ask] of WAYS) {
  test(`Who asks the menu for ${what} in mid-game is asked first, and gets it then.`, async (desk) => {
    const { game, table } = await opened(desk, 4);
    await table.openMenu();
    await ask(table);
    await asked(table);
    assert.equal(await table.menu.isVisible(), false);
    await goOn(table);
    await gone(table.question);
    await hasFocus(table, 'open-menu');
    await table.shows(tableOf(game));

    await table.openMenu();
    await ask(table);
    await asked(table);
    await leave(table);
    await table.shows({ ...EMPTY_BOARD, score: '0' });
    await table.dealt();
    await table.isPlayable();
  });
}

test('An address with another seed asks before the game in progress is left; with the same one it goes on.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  await reload(table);
  assert.equal(await table.question.isVisible(), false);
  const other = `${desk.url}?seed=8`;
  await readRecords(table.page);
  await table.reloading(() => table.page.goto(other));
  await asked(table);
  await table.shows(tableOf(game));
  await goOn(table);
  await gone(table.question);
  await play(table, game, { drops: 1 });

  await reload(table);
  await asked(table);
  await leave(table);
  const eight = await natively(desk, 8);
  await table.shows(tableOf(eight));
  await play(table, eight, { drops: 1 });
  await reload(table);
  await table.shows(tableOf(eight));
});

test('An address with another seed begins its game at once where no other one would be missed.', async (desk) => {
  const { table } = await opened(desk, 2);
  await readRecords(table.page);
  await table.reloading(() => table.page.goto(`${desk.url}?seed=8`));
  await table.shows(tableOf(await natively(desk, 8)));
  assert.equal(await table.question.isVisible(), false);
  assert.equal(savedGames(await readRecords(table.page))[0].recording.seed, '8');
});

test('A game that was chosen in the menu is not taken away by the seed in the address.', async (desk) => {
  const table = await desk.open(QUERY);
  await table.openMenu();
  await table.page.locator('#kind-kind').click();
  await gone(table.menu);
  await table.isPlayable();
  const before = await table.see();
  await reload(table);
  await table.shows(before);
});

/** Each dialog, and how it is opened. */
const DIALOGS = [
  ['menu', async (table) => table.openMenu(), '#menu-close', 'open-menu'],
  [
    'statistics',
    async (table) => {
      await table.openMenu();
      await table.page.locator('#open-statistics').click();
      await gone(table.menu);
    },
    '#statistics-close',
    'open-menu',
  ],
  [
    'help',
    async (table) => {
      await table.openMenu();
      await table.menu.getByRole('button', { name: 'Help' }).click();
      await gone(table.menu);
    },
    '#help-close',
    'open-menu',
  ],
  ['question', async (table) => table.newGameButton.click(), '#question-no', 'new-game'],
  [
    'replacing',
    async (table) => {
      await table.openMenu();
      const buffer = Buffer.from(backup({ 'blockers.game.0': saved({ kind: 'classic', seed: 1, drops: [] }) }));
      await table.page.locator('#import-file').setInputFiles({ name: 'blockers.txt', mimeType: 'text/plain', buffer });
      await gone(table.menu);
    },
    '#replacing-no',
    'open-menu',
  ],
];

for (const [id, open, button, before] of DIALOGS) {
  test(`The dialog '${id}' has a name, closes by its button and by Escape, and gives the focus back.`, async (desk) => {
    const { game, table } = await opened(desk, 3);
    const dialog = table.page.locator(`#${id}`);
    for (const close of [() => table.page.locator(button).click(), () => table.page.keyboard.press('Escape')]) {
      await open(table);
      await until(() => dialog.isVisible(), 'the dialog');
      assert.equal(await table.page.getByRole('dialog', { name: /./ }).count(), 1);
      assert.ok(await dialog.evaluate((one) => one.contains(document.activeElement)), 'the focus is in the dialog');
      await close();
      await gone(dialog);
      await hasFocus(table, before);
    }
    await table.shows(tableOf(game));
    await play(table, game, { drops: 1 });
  });
}

test('While a dialog is open the keys of the game do nothing to it.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  await table.newGameButton.click();
  await asked(table);
  for (const key of ['Control+z', 'i', 'u', 'n', 'm', '?', '1']) await table.page.keyboard.press(key);
  await table.frames(3);
  await table.shows(tableOf(game));
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'false');
  assert.equal(await table.page.getByRole('dialog').count(), 1);
  assert.equal(await table.page.locator('#inspector').isVisible(), false);
});
