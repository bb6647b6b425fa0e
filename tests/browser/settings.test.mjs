// Settings apply at once, and are still there after a reload.

import assert from 'node:assert/strict';
import { readRecord } from './database.mjs';
import { test } from './fixture.mjs';
import { reload } from './playing.mjs';
import { cell, slot } from './rules.mjs';
import { closed, eventually, until } from './table.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L.
const QUERY = { query: '?seed=7' };

/** Opens the settings. Returns the dialog and its controls. */
async function settings(table) {
  const { page } = table;
  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await until(() => dialog.isVisible(), 'the settings');
  return {
    dialog,
    strip: dialog.getByRole('img', { name: 'Preview of the six tiles' }),
    close: async () => {
      await dialog.getByRole('button', { name: 'Close' }).click();
      await closed(dialog);
      await table.closeDialogs();
    },
    theme: dialog.getByRole('combobox', { name: 'Theme' }),
    motion: dialog.getByRole('combobox', { name: 'Motion' }),
    lift: dialog.getByRole('combobox', { name: 'Lift above finger' }),
    marks: dialog.getByRole('checkbox', { name: 'Symbols on tiles' }),
    magnet: dialog.getByRole('checkbox', { name: 'Snap to nearest fit' }),
    shortcuts: dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }),
  };
}

const themeOf = (table) => table.page.evaluate(() => document.documentElement.dataset.theme);
const groundOf = (table) => table.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const stored = (table) => readRecord(table.page, 'blockers.settings');

/** Returns the colour of one pixel of a canvas, at these shares of its width and height. */
const pixel = (canvas, across, down) =>
  canvas.evaluate((element, [x, y]) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [element.width, element.height];
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(element, 0, 0);
    return [...context.getImageData(Math.floor(element.width * x), Math.floor(element.height * y), 1, 1).data].join();
  }, [across, down]);

/** Returns the middle of a cell of the preview, which has 8 columns and 5 rows; the six tiles are in the first row. */
const place = (row, column) => [(column + 0.5) / 8, (row + 0.5) / 5];
const tile = (n) => place(0, n);

test('A theme that is chosen applies at once, to the page and to the canvas, and after a reload.', async (desk) => {
  const table = await desk.open(QUERY);
  const { theme, strip, close } = await settings(table);
  assert.equal(await theme.inputValue(), 'system');
  const grounds = new Set();
  for (const [choice, name] of [['light', 'Light'], ['dark', 'Dark'], ['contrast', 'High contrast']]) {
    await theme.selectOption({ label: name });
    await until(async () => (await themeOf(table)) === choice, `the theme ${choice}`);
    grounds.add(await groundOf(table));
    await until(async () => (await stored(table))?.includes(`theme=${choice} `), 'the theme to be stored');
  }
  assert.equal(grounds.size, 3, 'each theme has a different background');
  assert.equal(await groundOf(table), 'rgb(0, 0, 0)');
  assert.notEqual(await pixel(strip, ...tile(0)), await pixel(strip, ...tile(1)));
  await close();
  await reload(table);
  assert.equal(await themeOf(table), 'contrast');
  await table.isPlayable();
});

test('Until a theme is chosen the page follows the system, even when that changes.', async (desk) => {
  const table = await desk.open(QUERY);
  const systems = [
    [{ colorScheme: 'dark', contrast: 'no-preference' }, 'dark'],
    [{ colorScheme: 'light', contrast: 'no-preference' }, 'light'],
    [{ colorScheme: 'light', contrast: 'more' }, 'contrast'],
  ];
  for (const [system, expected] of systems) {
    await table.page.emulateMedia(system);
    await until(async () => (await themeOf(table)) === expected, `the theme ${expected}`);
  }
  const { theme } = await settings(table);
  await theme.selectOption('light');
  await until(async () => (await themeOf(table)) === 'light', 'the theme that was chosen');
  await table.page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
  await table.frames(3);
  assert.equal(await themeOf(table), 'light');
});

test('Marks are drawn on the tiles of the preview and of the board, and removed again.', async (desk) => {
  const table = await desk.open(QUERY);
  await table.drop({ slot: 1, at: cell(0, 0) });
  const square = () => table.page.screenshot({ clip: { x: box.x + 4, y: box.y + 4, width: box.width / 10, height: box.height / 10 } });
  const box = await table.board.boundingBox();
  await table.atRest();
  const unmarked = await square();
  const { marks, strip, close } = await settings(table);
  const plain = await Promise.all([pixel(strip, ...tile(0)), pixel(strip, ...tile(2))]);
  await marks.check();
  await until(async () => (await pixel(strip, ...tile(0))) !== plain[0], 'the dot');
  assert.notEqual(await pixel(strip, ...tile(2)), plain[1], 'the bar');
  await until(async () => (await stored(table))?.includes(' marks=on '), 'the marks to be stored');
  await close();
  await table.atRest();
  assert.ok(!(await square()).equals(unmarked), 'the tile has a mark');
  const again = await settings(table);
  await again.marks.uncheck();
  await until(async () => (await pixel(again.strip, ...tile(0))) === plain[0], 'the dot to go');
  await again.close();
  await until(async () => (await square()).equals(unmarked), 'the tile to be as before');
});

test('The preview shows the distance from the finger, and whether a shape beside its place snaps to it.', async (desk) => {
  const table = await desk.open(QUERY);
  const { lift, magnet, strip, dialog } = await settings(table);
  const hand = dialog.locator('#settings-hand');
  // The shape in the preview is two cells long, and its lower edge is at row 1.3.
  const finger = (cells) => pixel(hand, 6.4 / 8, (1.3 + cells) / 5);
  const nothing = '0,0,0,0';
  for (const [choice, cells] of [['low', 0.5], ['high', 2.5], ['usual', 1.5]]) {
    await lift.selectOption(choice);
    await until(async () => (await finger(cells)) !== nothing, `the finger where it is with '${choice}'`);
    for (const other of [0.5, 1.5, 2.5].filter((other) => other !== cells)) assert.equal(await finger(other), nothing);
  }
  const gap = () => pixel(strip, ...tile(7));
  const well = await pixel(strip, ...place(3, 3));
  await until(async () => (await gap()) !== well, 'the phantom in the gap');
  await magnet.uncheck();
  await until(async () => (await gap()) === well, 'the gap to be empty');
  await magnet.check();
  await until(async () => (await gap()) !== well, 'the phantom in the gap again');
});

test('In every theme the border of a field stands out from the background on both sides of it.', async (desk) => {
  const table = await desk.open(QUERY);
  const { theme } = await settings(table);
  for (const choice of ['light', 'dark', 'contrast']) {
    await theme.selectOption(choice);
    await until(async () => (await themeOf(table)) === choice, `the theme ${choice}`);
    const colours = await table.page.evaluate(() => {
      const field = getComputedStyle(document.getElementById('setting-motion'));
      const panel = getComputedStyle(document.getElementById('settings'));
      return [field.borderTopColor, field.backgroundColor, panel.backgroundColor];
    });
    const [border, ...sides] = colours.map(luminance);
    for (const side of sides) {
      const contrast = (Math.max(border, side) + 0.05) / (Math.min(border, side) + 0.05);
      assert.ok(contrast >= 3, `${choice}: ${contrast.toFixed(2)} of ${colours}`);
    }
  }
});

/** Returns the relative luminance of a colour, as WCAG 2 defines it. */
function luminance(css) {
  const [red, green, blue] = css.match(/\d+/g).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('Without snapping a shape that is dropped beside a free place is refused, and with snapping it moves there.', async (desk) => {
  const table = await desk.open(QUERY);
  const beside = { row: -0.65, column: 3 };
  const { magnet, close } = await settings(table);
  assert.equal(await magnet.isChecked(), true);
  await magnet.uncheck();
  await close();
  assert.match(await table.drop({ slot: slot(1).slot, at: beside }), /^Not placed/);
  const again = await settings(table);
  await again.magnet.check();
  await again.close();
  assert.match(await table.drop({ slot: slot(1).slot, at: beside }), /^Square placed/);
});

test('The sound can be set in the dialog and in the row of buttons, and both show it.', async (desk) => {
  const table = await desk.open(QUERY);
  const { dialog, close } = await settings(table);
  const [sound, volume] = [dialog.getByRole('checkbox', { name: 'Sound' }), dialog.getByRole('slider', { name: 'Volume' })];
  assert.equal(await volume.inputValue(), '70');
  await volume.fill('30');
  await sound.uncheck();
  await until(async () => (await readRecord(table.page, 'blockers.sound')) === 'off 0.3', 'the sound to be stored');
  await close();
  await eventually(async () => {
    assert.equal(await table.slider.inputValue(), '30');
    assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');
  });
  await table.muteButton.click();
  const again = await settings(table);
  await until(() => again.dialog.getByRole('checkbox', { name: 'Sound' }).isChecked(), 'the sound to be on');
});

test('All settings can be chosen by keys, and Escape returns to the menu, and then to the button that opened it.', async (desk) => {
  const table = await desk.open(QUERY);
  const { theme, motion, lift, marks, dialog } = await settings(table);
  await theme.focus();
  await table.page.keyboard.press('ArrowDown');
  await motion.focus();
  await table.page.keyboard.press('End');
  await lift.focus();
  await table.page.keyboard.press('End');
  await marks.focus();
  await table.page.keyboard.press('Space');
  await until(async () => /^theme=light marks=on magnet=on lift=high motion=reduced/.test(await stored(table)), 'the settings to be stored');
  await table.page.keyboard.press('Escape');
  await closed(dialog);
  await table.hasFocus('open-settings');
  await table.page.keyboard.press('Escape');
  await closed(table.menu);
  await table.hasFocus('open-menu');
});

test('Without single-key shortcuts letters, digits and signs do nothing, and all other keys work.', async (desk) => {
  const table = await desk.open(QUERY);
  const { page } = table;
  await table.drop({ slot: 1, at: cell(0, 0) });
  const keyNames = () =>
    page.evaluate(() => ['slot-1', 'new-game', 'undo', 'redo', 'mute', 'open-help'].map((id) => document.getElementById(id).getAttribute('aria-keyshortcuts')));
  const all = ['1', 'N', 'U Control+Z', 'Control+Y Control+Shift+Z', 'M', '?'];
  assert.deepEqual(await keyNames(), all);
  const { shortcuts, close } = await settings(table);
  assert.equal(await shortcuts.isChecked(), true);
  await shortcuts.uncheck();
  await until(async () => (await stored(table))?.endsWith(' shortcuts=off'), 'the setting to be stored');
  await close();
  for (const again of [false, true]) {
    if (again) await reload(table);
    await eventually(async () => assert.deepEqual(await keyNames(), [null, null, 'Control+Z', all[3], null, null]));
    const before = await table.see();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.type('minimum uni? 123 N!');
    await table.frames(3);
    assert.deepEqual(await table.see(), before);
    assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'false');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.locator('#inspector').isVisible(), false);
    assert.equal(await page.getByRole('option', { selected: true }).count(), 0);
  }
  assert.match(await table.hearing(() => page.keyboard.press('Control+z')), /^Move undone/);
  await page.keyboard.press('Tab');
  await table.hasFocus('slot-1');
  await page.keyboard.press('Enter');
  await table.hasFocus('grid');
  await page.keyboard.press('ArrowUp');
  assert.match(await table.hearing(() => page.keyboard.press('Enter')), / placed/);

  const again = await settings(table);
  await again.shortcuts.check();
  await again.close();
  assert.deepEqual(await keyNames(), all);
  assert.match(await table.hearing(() => page.keyboard.press('u')), /^Move undone/);
});
