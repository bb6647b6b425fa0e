// A game without a mouse: by keys, and by what a screen reader uses.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { Keys } from './keys.mjs';
import { scoringGame } from './oracle.mjs';
import { natively } from './playing.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell, firstFit, slot } from './rules.mjs';
import { EMPTY_BOARD, closed, eventually, tableOf, until } from './table.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L.
const QUERY = { query: '?seed=7' };

const isMuted = async ({ muteButton }) => (await muteButton.getAttribute('aria-pressed')) === 'true';

async function open(desk, options = QUERY) {
  const table = await desk.open(options);
  return { table, keys: new Keys(table) };
}

/** Returns the outline of the element that has the focus. */
const outline = ({ page }) =>
  page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return { style: outlineStyle, width: parseFloat(outlineWidth) };
  });

/** Waits until the element that has the focus has an outline of this style that is wide enough to be seen. */
async function hasRing(table, style = 'solid') {
  await eventually(async () => {
    const { style: seen, width } = await outline(table);
    assert.deepEqual({ seen, isWide: width >= 2 }, { seen: style, isWide: true });
  });
}

test('A whole game by keys follows the rules, drop by drop, to its end and on to the next one.', async (desk) => {
  const game = await natively(desk, 7);
  const { table, keys } = await open(desk);
  await table.shows(tableOf(game));
  while (!game.over) {
    const drop = firstFit(game);
    const { shape } = game.staged[drop.slot];
    await keys.pickUp(drop.slot);
    await keys.lead(drop.at);
    // Enter is held for a while, and repeats: that is one drop.
    const sentence = await keys.hearing(() => table.page.keyboard.down('Enter'));
    await game.drop(drop);
    assert.ok(sentence.startsWith(`${shape.name} placed`), sentence);
    assert.ok(sentence.includes(`. Score ${game.score}.`), sentence);
    await table.shows(tableOf(game));
    if (game.over) await table.hasFocus('play-again');
    for (let n = 0; n < 2; n += 1) await table.page.keyboard.down('Enter');
    await table.page.keyboard.up('Enter');
    await keys.holdsNothing();
    assert.equal(await table.over.isVisible(), game.over);
  }
  assert.ok(game.score > 0, 'a game without points checks nothing about points');
  await table.shows(tableOf(game));
  assert.equal((await table.totals()).Moves, String(game.drops));

  await hasRing(table);
  await keys.press('1', 'ArrowDown');
  await table.frames(3);
  assert.equal(await keys.held(), null, 'nothing can be picked up when the game is over');
  await keys.press('Enter');
  await table.shows({ ...EMPTY_BOARD, score: '0', best: String(game.best) });
  await table.dealt();
  assert.match(await keys.drop({ slot: 1, at: cell(0, 0) }), /placed/);
});

test('With Tab, the arrows and Enter a shape is chosen, moved and dropped, and the focus is always visible.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.press('Tab');
  await table.hasFocus('slot-1');
  await hasRing(table);
  for (const [key, id] of [
    ['ArrowRight', 'slot-2'],
    ['ArrowDown', 'slot-3'],
    ['ArrowRight', 'slot-3'],
    ['Home', 'slot-1'],
    ['End', 'slot-3'],
    ['ArrowUp', 'slot-2'],
  ]) {
    await keys.press(key);
    await table.hasFocus(id);
  }
  await hasRing(table);
  await keys.press('Enter');
  await keys.holds(1);
  await hasRing(table);
  assert.deepEqual(await keys.held(), { slot: 1, row: 4, column: 4, focused: true });
  await keys.lead(cell(7, 3));
  assert.match(await keys.hearing(() => keys.press('Space')), /^Square placed/);
  await keys.holdsNothing();
  // The focus goes to the next shape that fits.
  await table.hasFocus('slot-3');
  await hasRing(table);
  await keys.press('Space');
  await keys.holds(2);
  await keys.press('Escape');
  await keys.holdsNothing();
  await table.hasFocus('slot-3');
  // Tab moves the focus on, and Shift+Tab back to where it was.
  await keys.press('Tab');
  await eventually(async () => assert.notEqual(await table.focused(), 'slot-3'));
  await keys.press('Shift+Tab');
  await table.hasFocus('slot-3');
  const { cells } = await table.see();
  assert.equal(cells.filter((name) => !name.endsWith(', empty')).length, 4);
});

test('The board names the cell that a shape is over, and only whether it fits is announced; where it does not fit it is refused and stays.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.drop({ slot: 1, at: cell(4, 4) });
  await keys.pickUp(0);
  await keys.lead(cell(0, 4));
  await keys.speaks({ cell: 'row 1, column 5, empty', announcement: 'fits' });
  await hasRing(table);
  await keys.lead(cell(4, 4));
  await keys.speaks({ cell: 'row 5, column 5, purple', announcement: 'does not fit' });
  await hasRing(table, 'dashed');
  const before = await table.see();
  for (let n = 0; n < 2; n += 1) {
    assert.equal((await keys.hearing(() => keys.press('Enter'))).trim(), 'Not placed: a cell there is taken.');
    assert.deepEqual(await keys.held(), { slot: 0, row: 4, column: 4, focused: true });
    await hasRing(table, 'dashed');
    assert.deepEqual(await table.see(), before);
  }
  // From there it is moved on.
  await keys.press('ArrowRight', 'ArrowRight');
  await keys.isOver(cell(4, 6));
  assert.match(await keys.hearing(() => keys.press('Enter')), /^Turned L placed/);
  await keys.holdsNothing();
});

test('Which lines a drop would clear is announced while the shape is over the board.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const { table, keys } = await open(desk, { query: `?seed=${seed}` });
  const announces = (sentence) =>
    eventually(async () => assert.equal((await keys.spoken()).announcement, sentence));
  await table.dropAll(drops.slice(0, -1));
  const { slot: number, at } = drops.at(-1);
  await keys.pickUp(number);
  await keys.lead(cell(at.row + 1, at.column));
  await announces('fits');
  await keys.lead(at);
  await announces('fits, clears 1 row');
  assert.match(await keys.hearing(() => keys.press('Enter')), /1 row cleared/);
});

test('The keys work on an Arabic keyboard, and the digits on a French one.', async (desk) => {
  const { table, keys } = await open(desk);
  /** Presses a key as on such a keyboard. Returns whether the page has handled it. */
  const press = (key, code, held = {}) =>
    table.page.evaluate((init) => {
      const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      return !document.activeElement.dispatchEvent(event);
    }, { key, code, ...held });

  await press('&', 'Digit1');
  await keys.holds(0);
  await press('é', 'Digit2');
  await keys.holds(1);
  assert.match(await keys.hearing(() => keys.press('Enter')), /^Square placed/);
  await press('٣', 'Digit3');
  await keys.holds(2);
  assert.match(await keys.hearing(() => keys.press('Enter')), /^Turned L placed/);

  await press('ة', 'KeyM');
  await until(() => isMuted(table), 'mute');
  assert.match(await keys.hearing(() => press('ع', 'KeyU')), /^Move undone/);
  assert.match(await keys.hearing(() => press('ئ', 'KeyZ', { ctrlKey: true })), /^Move undone/);
  assert.match(await keys.hearing(() => press('غ', 'KeyY', { ctrlKey: true })), /^Move redone/);
  assert.match(await keys.hearing(() => press('ى', 'KeyN')), /^New game/);
  await press('ه', 'KeyI');
  await until(() => table.page.locator('#inspector').isVisible(), 'the inspector');
  // On a German keyboard Z is where other keyboards have Y.
  await table.drop({ slot: 0, at: cell(0, 0) });
  assert.match(await keys.hearing(() => press('z', 'KeyY', { ctrlKey: true })), /^Move undone/);

  await press('؟', 'Slash', { shiftKey: true });
  await until(() => keys.help.isVisible(), 'the help');
  assert.equal(await press('m', 'KeyM'), false, 'a key that does nothing is left to the browser');
  await keys.press('Escape');
  await closed(keys.help);
});

test('In a list of choices the letter keys are left to the browser, which selects by first letter.', async (desk) => {
  const { table } = await open(desk);
  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Settings' }).click();
  const language = table.page.getByLabel('Language');
  await until(() => language.isVisible(), 'the settings');
  await language.focus();
  const taken = await language.evaluate((field) =>
    ['n', 'm', 'u', 'i', '1', '?'].filter(
      (key) => !field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
    ),
  );
  assert.deepEqual(taken, []);
});

test('Activating a shape and then a cell without a pointer, as with voice or switch control, is a drop.', async (desk) => {
  const game = await natively(desk, 7);
  const { table, keys } = await open(desk);
  const activate = (locator) => locator.evaluate((element) => element.click());
  const at = ({ row, column }) => table.board.getByRole('row').nth(row).getByRole('gridcell').nth(column);
  await activate(at(cell(4, 4)));
  for (let n = 0; n < 4; n += 1) {
    const drop = firstFit(game);
    await activate(table.tray.getByRole('option').nth(drop.slot));
    await keys.holds(drop.slot);
    assert.match(await keys.hearing(() => activate(at(drop.at))), / placed/);
    await game.drop(drop);
    await table.shows(tableOf(game));
    await keys.holdsNothing();
  }
});

test('The arrows stop at the edges and repeat while they are held, and Home and End move to the edges at once.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.pickUp(1);
  for (let n = 0; n < 3; n += 1) await table.page.keyboard.down('ArrowRight');
  await table.page.keyboard.up('ArrowRight');
  await keys.isOver(cell(4, 7));
  await keys.press('End');
  await keys.isOver(cell(4, 8));
  await keys.press('ArrowRight', 'ArrowDown', 'Home');
  await keys.isOver(cell(5, 0));
  for (let n = 0; n < 12; n += 1) await keys.press('ArrowUp');
  await keys.isOver(cell(0, 0));
  // A digit that is held down does not pick up a shape again.
  await table.page.keyboard.down('1');
  await keys.holds(0);
  await keys.press('Escape');
  await keys.holdsNothing();
  await table.page.keyboard.down('1');
  await table.frames(3);
  assert.equal(await keys.held(), null);
  await table.page.keyboard.up('1');
});

test('The mouse takes over from the keys, and the keys do nothing while it drags.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.pickUp(1);
  await table.press(slot(0));
  await keys.holdsNothing();
  await table.moveTo(cell(2, 2));
  await keys.press('2', 'ArrowDown', 'Enter');
  await table.frames(3);
  assert.equal(await keys.held(), null);
  assert.match(await keys.hearing(() => table.release()), /^Turned L placed/);
  assert.match((await table.see()).cells[22], /^row 3, column 3, (?!empty)/);

  await keys.pickUp(1);
  await table.page.mouse.click(3, 3);
  await keys.holdsNothing();
  assert.match(await keys.drop({ slot: 1, at: cell(7, 7) }), /^Square placed/);
});

test('Buttons, the slider and fields keep their own keys, which drop nothing there.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.pickUp(1);
  const before = await table.see();
  await table.muteButton.focus();
  await keys.press('Enter');
  await until(() => isMuted(table), 'mute');
  await keys.press('Space');
  await until(async () => !(await isMuted(table)), 'sound');
  await table.slider.focus();
  await keys.press('ArrowLeft', 'ArrowLeft', 'ArrowDown', 'Enter', 'Space');
  await eventually(async () => assert.equal(await table.slider.inputValue(), '55'));
  await keys.press('Home');
  await eventually(async () => assert.equal(await table.slider.inputValue(), '0'));
  await table.frames(3);
  const { row, column } = await keys.held();
  assert.deepEqual([row, column], [4, 4], 'the shape is where it was');
  assert.deepEqual(await table.see(), before);

  await table.openMenu();
  const field = table.page.locator('#seed');
  await field.click();
  await keys.press('1', '2', 'n', 'm', 'u', 'i', '?', 'ArrowLeft', 'Space', 'Home', 'End');
  assert.equal(await field.inputValue(), '12nmui ?');
  await keys.press('Escape');
  await closed(table.menu);
  await table.frames(3);
  assert.deepEqual(await table.see(), before);
  assert.equal(await isMuted(table), false);
  assert.equal((await keys.held()).slot, 1, 'Escape has only closed the menu');
});

test('There are keys for undo, a new game, mute and help.', async (desk) => {
  const game = await natively(desk, 7);
  const { table, keys } = await open(desk);
  const first = tableOf(game);
  for (let n = 0; n < 3; n += 1) {
    const drop = firstFit(game);
    assert.match(await keys.drop(drop), / placed/);
    await game.drop(drop);
    await table.shows(tableOf(game));
  }
  // A shape that is held goes back to its slot when the board changes.
  const { slots } = await table.see();
  await keys.pickUp(slots.findIndex((name) => name !== 'empty slot'));
  for (let n = 0; n < 3; n += 1) {
    assert.match(await keys.hearing(() => keys.press('u')), /^Move undone/);
    await keys.holdsNothing();
  }
  await table.shows(first);

  await keys.press('m');
  await until(() => isMuted(table), 'mute');
  await keys.press('M');
  await until(async () => !(await isMuted(table)), 'sound');

  // The game has drops to redo, so it is not left without a question.
  await keys.press('n');
  await until(() => table.question.isVisible(), 'the question');
  assert.match(await keys.hearing(() => keys.press('Tab', 'Enter')), /^New game/);
  await table.dealt();
  await keys.press('n');
  await table.frames(3);
  assert.equal(await table.question.isVisible(), false);

  await keys.press('?');
  await until(() => keys.help.isVisible(), 'the help');
});

test('The key for a new game asks first if a game would be lost, and a shape that is held is still held after No.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.drop({ slot: 0, at: cell(0, 0) });
  await keys.drop({ slot: 1, at: cell(0, 4) });
  await keys.drop({ slot: 2, at: cell(5, 0) });
  await table.dealt();
  await keys.pickUp(0);
  await keys.press('n');
  await until(() => table.question.isVisible(), 'the question');
  await keys.press('Enter');
  await closed(table.question);
  await keys.holds(0);
  await keys.press('n');
  await until(() => table.question.isVisible(), 'the second question');
  await keys.press('Tab', 'Enter');
  await table.shows({ ...EMPTY_BOARD, score: '0' });
  await keys.holdsNothing();
});

test('The help names every key, explains the points, and closes by Escape and by its button.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.pickUp(1);
  for (const close of ['Escape', 'Enter', 'Space']) {
    await keys.press('?');
    await until(() => keys.help.isVisible(), 'the help');
    await table.hasFocus('help-close');
    await keys.press('1', 'ArrowDown', 'n', 'm', 'u', 'i', '?');
    await keys.press(close);
    await closed(keys.help);
    await keys.holds(1);
  }
  assert.deepEqual(await keys.held(), { slot: 1, row: 4, column: 4, focused: true });
  assert.equal(await isMuted(table), false);
  assert.equal(await table.page.locator('#inspector').isVisible(), false);

  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Help' }).click();
  await until(() => keys.help.isVisible(), 'the help');
  const named = (await keys.help.getByRole('table').innerText()).split(/[\s.,]+/);
  const all = ['1', '2', '3', 'Tab', 'Arrows', 'Home', 'End', 'Enter', 'Space', 'Esc', 'U', 'N', 'M', 'I', '?'];
  all.push('Ctrl+Z', 'Ctrl+Y', 'Ctrl+Shift+Z');
  assert.deepEqual(all.filter((key) => !named.includes(key)), []);
  assert.match(await keys.help.textContent(), /One row: 10\.\s+Two rows, or a row and a column: 70\./);
  await keys.help.getByRole('button', { name: 'Close' }).click();
  await closed(keys.help);
});

test('In a replay the keys move nothing and start no game.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.drop({ slot: 0, at: cell(0, 0) });
  await keys.drop({ slot: 1, at: cell(0, 4) });
  await table.openMenu();
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  await bar.slider.fill('1');
  await bar.isAt(1, 2);
  // The slider would handle the arrows itself.
  await table.page.evaluate(() => document.activeElement.blur());
  const before = await table.see();
  await keys.press('2', 'ArrowDown', 'Enter', '3', 'Escape', 'n', 'u');
  await table.frames(3);
  assert.equal(await keys.held(), null);
  assert.deepEqual(await table.see(), before);
  assert.equal(await bar.whole.isVisible(), true);
  await bar.close.click();
  await bar.closed();
  assert.match(await keys.drop({ slot: 2, at: cell(5, 5) }), /^Turned L placed/);
});

test('After the window is resized a shape that is held by keys is over the same cell.', async (desk) => {
  const { table, keys } = await open(desk);
  await keys.pickUp(1);
  await keys.lead(cell(2, 6));
  await table.resize(500, 760);
  await eventually(async () => {
    assert.deepEqual(await keys.held(), { slot: 1, row: 2, column: 6, focused: true });
  });
  assert.match(await keys.hearing(() => keys.press('Enter')), /^Square placed/);
  assert.match((await table.see()).cells[26], /^row 3, column 7, (?!empty)/);
});
