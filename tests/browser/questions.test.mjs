// The page asks before a game is lost, and its dialogs open and close as dialogs do.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { backup, saved, savedGames } from './records.mjs';
import { EMPTY_BOARD, centre, closed, eventually, tableOf, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

const asked = (table) => until(() => table.question.isVisible(), 'the question');
const goOn = (table) => table.question.getByRole('button', { name: 'Keep playing' }).click();
const leave = (table) => table.question.getByRole('button', { name: 'End game' }).click();


async function opened(desk, drops) {
  const game = await natively(desk, 7);
  const table = await desk.open(QUERY);
  await play(table, game, { drops });
  return { game, table };
}

test('A game of three drops is left only after the player confirms it; otherwise it goes on.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  await table.newGameButton.click();
  await asked(table);
  assert.equal(await table.page.locator('#question-text').textContent(), 'It ends now with its current score.');
  await table.hasFocus('question-no');
  await goOn(table);
  await closed(table.question);
  await table.hasFocus('new-game');
  await table.shows(tableOf(game));
  await play(table, game, { drops: 1 });

  await table.newGameButton.click();
  await asked(table);
  await table.page.keyboard.press('Escape');
  await closed(table.question);
  await table.shows(tableOf(game));

  await table.newGameButton.click();
  await asked(table);
  await leave(table);
  await closed(table.question);
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  await table.dealt();
  assert.match((await table.heard()).at(-1), /^New game\. Shapes: /);
  await table.isPlayable();
});

test('A game of two drops is left without a question, but not one whose third drop was undone.', async (desk) => {
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
  await closed(table.question);
  await table.redoButton.click();
  await table.shows(tableOf(again));
});

/** The ways to start a game from the menu. */
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
  test(`If the menu is asked for ${what} in mid-game, the page asks first, and then starts it.`, async (desk) => {
    const { game, table } = await opened(desk, 4);
    await table.openMenu();
    await ask(table);
    await asked(table);
    assert.equal(await table.menu.isVisible(), false);
    await goOn(table);
    await closed(table.question);
    await table.hasFocus('open-menu');
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

test('An address with another seed asks before the game in progress is left; with the same seed the game goes on.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  await reload(table);
  assert.equal(await table.question.isVisible(), false);
  const other = `${desk.url}?seed=8`;
  await readRecords(table.page);
  await table.reloading(() => table.page.goto(other));
  await asked(table);
  await table.shows(tableOf(game));
  await goOn(table);
  await closed(table.question);
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

test('An address with another seed starts its game at once if no game would be lost.', async (desk) => {
  const { table } = await opened(desk, 2);
  await readRecords(table.page);
  await table.reloading(() => table.page.goto(`${desk.url}?seed=8`));
  await table.shows(tableOf(await natively(desk, 8)));
  assert.equal(await table.question.isVisible(), false);
  await eventually(async () => assert.equal(savedGames(await readRecords(table.page))[0].recording.seed, '8'));
});

test('After a reload a game that was chosen in the menu goes on, although the address has a seed.', async (desk) => {
  const table = await desk.open(QUERY);
  await table.openMenu();
  await table.page.locator('#kind-kind').click();
  await closed(table.menu);
  await table.isPlayable();
  const before = await table.see();
  await reload(table);
  await table.shows(before);
});

/** A place beside every dialog, over the board. */
const BESIDE = { x: 320, y: 8 };

/** Each dialog: how it is opened, the button that closes it, and what has the focus afterwards. */
const DIALOGS = [
  ['menu', async (table) => table.openMenu(), '#menu-close', 'open-menu'],
  [
    'help',
    async (table) => {
      await table.openMenu();
      await table.menu.getByRole('button', { name: 'Help' }).click();
      await closed(table.menu);
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
      await closed(table.menu);
    },
    '#replacing-no',
    'open-menu',
  ],
];

for (const [id, open, button, before] of DIALOGS) {
  test(`The dialog '${id}' has a name, closes by its button, by Escape and by a press beside it, and returns the focus.`, async (desk) => {
    const { game, table } = await opened(desk, 3);
    const dialog = table.page.locator(`#${id}`);
    // The last one is how the back gesture of a device closes a dialog.
    const ways = [
      () => table.page.locator(button).click(),
      () => table.page.keyboard.press('Escape'),
      () => table.hand.click(BESIDE),
      () => dialog.evaluate((one) => one.close()),
    ];
    for (const close of ways) {
      await open(table);
      await until(() => dialog.isVisible(), 'the dialog');
      assert.equal(await table.page.getByRole('dialog', { name: /./ }).count(), 1);
      assert.ok(await dialog.evaluate((one) => one.contains(document.activeElement)), 'the focus is in the dialog');
      await close();
      await closed(dialog);
      await table.hasFocus(before);
    }
    await table.shows(tableOf(game));
    await play(table, game, { drops: 1 });
  });
}

for (const [id, title] of [['statistics', 'Statistics'], ['settings', 'Settings']]) {
  test(`The dialog '${id}' that was opened from the menu closes into the menu, with the focus on its button.`, async (desk) => {
    const { game, table } = await opened(desk, 3);
    const dialog = table.page.getByRole('dialog', { name: title });
    await table.openMenu();
    const ways = [
      () => table.page.locator(`#${id}-close`).click(),
      () => table.page.keyboard.press('Escape'),
      () => table.hand.click(BESIDE),
      () => dialog.evaluate((one) => one.close()),
    ];
    for (const close of ways) {
      await table.menu.getByRole('button', { name: title }).click();
      await until(() => dialog.isVisible(), 'the dialog');
      assert.equal(await table.page.getByRole('dialog').count(), 1);
      assert.ok(await dialog.evaluate((one) => one.contains(document.activeElement)), 'the focus is in the dialog');
      await close();
      await closed(dialog);
      assert.equal(await table.menu.isVisible(), true);
      await table.hasFocus(`open-${id}`);
    }
    await table.page.keyboard.press('Escape');
    await closed(table.menu);
    await table.hasFocus('open-menu');
    await play(table, game, { drops: 1 });
  });
}

/** Where a press begins and where it ends. The menu stays open. */
const HALF_OUTSIDE = [
  ['from a button to beside the menu', '#kind-classic', BESIDE],
  ['from the seed, where it selects a text, to beside the menu', '#seed', BESIDE],
  ['from the edge of the menu to beside it', { x: 0, y: 3 }, BESIDE],
  ['from beside the menu to a button', BESIDE, '#kind-classic'],
  ['from beside the menu to its edge', BESIDE, { x: 0, y: 3 }],
  ['at the edge of the menu', { x: 0, y: 3 }, { x: 0, y: 3 }],
];

test('A press that begins or ends in a dialog does not close it, and neither does another button.', async (desk) => {
  const { game, table } = await opened(desk, 3);
  const { page } = table;
  await table.openMenu();
  await page.locator('#seed').fill('1234567');
  const box = await table.menu.boundingBox();
  const pointOf = async (place) => {
    if (typeof place === 'string') return centre(await page.locator(place).boundingBox());
    return place === BESIDE ? place : { x: box.x + box.width / 2 + place.x, y: box.y + place.y };
  };
  for (const [what, from, to] of HALF_OUTSIDE) {
    const [start, end] = [await pointOf(from), await pointOf(to)];
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 3 });
    await page.mouse.up();
    await table.frames(3);
    assert.equal(await table.menu.isVisible(), true, what);
  }
  for (const button of ['right', 'middle']) await page.mouse.click(BESIDE.x, BESIDE.y, { button });
  await table.frames(3);
  assert.equal(await table.menu.isVisible(), true, 'another button');
  await table.hand.click(BESIDE);
  await closed(table.menu);
  await table.shows(tableOf(game));
});

test('A tap beside a dialog closes it, and does not press what is behind it.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ ...QUERY, touch: true, size: [1024, 768] });
  await play(table, game, { drops: 1 });
  const shape = centre(await table.slotBox(1));
  await table.openMenu();
  for (const behind of [centre(await table.newGameButton.boundingBox()), shape]) {
    const box = await table.menu.boundingBox();
    const { x, y } = behind;
    assert.ok(x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height, 'it is beside the menu');
    await table.hand.click(behind);
    await closed(table.menu);
    assert.equal(await table.page.getByRole('dialog').count(), 0);
    assert.equal(await table.tray.getByRole('option', { selected: true }).count(), 0);
    await table.shows(tableOf(game));
    await table.openMenu();
  }
});

test('After the browser has closed a dialog, the keys work and the dialog opens again, even at once.', async (desk) => {
  const { table } = await opened(desk, 1);
  const { page } = table;
  const selected = table.tray.getByRole('option', { selected: true });
  await table.openMenu();
  await table.menu.evaluate((dialog) => dialog.close());
  await closed(table.menu);
  await table.page.keyboard.press('2');
  await until(async () => (await selected.count()) === 1, 'a shape to be picked up');
  await page.keyboard.press('Escape');
  const ways = {
    'close() and then its button': (dialog, button) => {
      dialog.close();
      button.click();
    },
    'the attribute is removed, and then its button': (dialog, button) => {
      dialog.removeAttribute('open');
      button.click();
    },
    'its button in the next task': async (dialog, button) => {
      dialog.close();
      await new Promise((passed) => setTimeout(passed));
      button.click();
    },
  };
  for (const [what, act] of Object.entries(ways)) {
    await table.openMenu();
    await page.evaluate(`(${act})(document.getElementById('menu'), document.getElementById('open-menu'))`);
    await table.frames(3);
    assert.equal(await table.menu.isVisible(), true, what);
    await page.keyboard.press('Escape');
    await closed(table.menu);
  }
  assert.match(await table.drop({ slot: 1, at: { row: 6, column: 6 } }), / placed/);
});

test('While a dialog is open the keys of the game do nothing.', async (desk) => {
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
