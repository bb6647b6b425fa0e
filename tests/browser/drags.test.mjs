// Drags that end, are refused, are cancelled, or must not begin at all.

import assert from 'node:assert/strict';
import { film, step } from './film.mjs';
import { test } from './fixture.mjs';
import { rehearse, scoringGame } from './oracle.mjs';
import { SHAPES, SIZE, cell, firstFit, slot } from './rules.mjs';
import { centre, closed, until } from './table.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L.
const SEED = '?seed=7';

const OFF_BOARD = 'Not placed: the shape would leave the board.';

const REFUSALS = [
  ['over its upper left corner', cell(-1, -1), OFF_BOARD],
  ['over its right edge', cell(4, 9), OFF_BOARD],
  ['over its lower edge', cell(9, 4), OFF_BOARD],
  ['on cells that are taken', cell(0, 1), 'Not placed: a cell there is taken.'],
  ['back in the tray', slot(2), OFF_BOARD],
  ['at the edge of the window', { x: 3, y: 3 }, OFF_BOARD],
];

for (const [where, place, sentence] of REFUSALS) {
  test(`A shape that is dropped ${where} goes back to its slot, which is announced, and nothing else changes.`, async (desk) => {
    const table = await desk.open({ query: SEED });
    assert.equal(await table.drop({ slot: 0, at: cell(0, 0) }), 'Turned L placed. Score 0.');
    const before = await table.see();
    assert.equal(await table.drop({ slot: 1, at: place }), sentence);
    await table.frames(3);
    assert.deepEqual(await table.see(), before);
    assert.equal(await table.drop({ slot: 1, at: cell(5, 5) }), 'Square placed. Score 0.');
  });
}

test('A shape snaps to the nearest place that is free, up to three quarters of a cell away.', async (desk) => {
  const table = await desk.open({ query: SEED });
  for (const [number, at, down, right] of [
    [0, cell(0, 0), -0.5, -0.5],
    [1, cell(7, 7), 0.45, -0.4],
  ]) {
    assert.match(await table.drop({ slot: number, at: cell(at.row + down, at.column + right) }), / placed/);
    const { cells } = await table.see();
    assert.doesNotMatch(cells[at.row * 10 + at.column], /empty/);
  }
  assert.match(await table.drop({ slot: 2, at: cell(-0.8, 4) }), /^Not placed/);
});

/** Releases the pointer capture, as a browser does for one of its own gestures or for a dialog of the system. */
const loseCapture = ({ page }) =>
  page.evaluate(() => {
    const stage = document.getElementById('stage');
    const held = Array.from({ length: 200 }, (_, id) => id).filter((id) => stage.hasPointerCapture(id));
    for (const id of held) stage.releasePointerCapture(id);
    return held.length;
  });

/** Each of these happens with a shape over the board, where the pointer is released afterwards. */
const INTERRUPTIONS = [
  ['Escape', false, (table) => table.page.keyboard.press('Escape')],
  ['A window that loses the focus', false, ({ page }) => page.evaluate(() => dispatchEvent(new Event('blur')))],
  ['A pointer that is lost', false, loseCapture],
  ['A finger that is lost', true, loseCapture],
  ['Escape, with a finger on the board,', true, (table) => table.page.keyboard.press('Escape')],
  ['A second finger', true, async (table) => table.hand.second(centre(await table.slotBox(2)))],
  ['A touch that the system cancels', true, (table) => table.hand.cancel(), 'gone'],
];

for (const [what, touch, interrupt, gone] of INTERRUPTIONS) {
  test(`${what} puts the dragged shape back, without an announcement, and the next drag is a new one.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: touch ? [390, 844] : [1024, 768] });
    const before = await table.see();
    const heard = (await table.heard()).length;
    await table.press(slot(0));
    await table.moveTo(cell(3, 4));
    await table.frames();
    await interrupt(table);
    await table.frames();
    if (!gone) {
      await table.moveTo(cell(4, 4));
      await table.release();
    }
    await table.frames(3);
    assert.deepEqual(await table.see(), before);
    assert.equal((await table.heard()).length, heard);
    assert.equal(await table.drop({ slot: 0, at: cell(3, 4) }), 'Turned L placed. Score 0.');
  });
}

test('A dialog that a key opens in mid-drag puts the shape back at once, and nothing is dropped behind the dialog.', async (desk) => {
  const table = await desk.open({ query: SEED });
  for (const [number, at] of [cell(0, 0), cell(0, 4), cell(5, 0)].entries()) await table.drop({ slot: number, at });
  await table.dealt();
  const before = await table.see();
  const heard = (await table.heard()).length;
  const isCarried = () => table.page.evaluate(() => document.getElementById('stage').classList.contains('dragging'));
  for (const [key, dialog] of [
    ['?', table.page.getByRole('dialog', { name: 'How to play' })],
    ['n', table.question],
  ]) {
    await table.press(slot(0));
    await table.moveTo(cell(6, 5));
    await until(isCarried, 'the shape to be carried');
    await table.page.keyboard.press(key);
    await until(() => dialog.isVisible(), 'the dialog');
    await until(async () => !(await isCarried()), 'the shape to be put back');
    await table.moveTo(cell(6, 6));
    await table.release();
    await table.page.keyboard.press('Escape');
    await closed(dialog);
    await table.frames(3);
    assert.deepEqual(await table.see(), before, key);
    assert.equal((await table.heard()).length, heard, key);
  }
  assert.match(await table.drop({ slot: 0, at: cell(6, 5) }), / placed/);
});

test('A press with the right button changes nothing.', async (desk) => {
  const table = await desk.open({ query: SEED });
  const before = await table.see();
  const { x, y } = centre(await table.slotBox(0));
  await table.page.mouse.click(x, y, { button: 'right' });
  await table.frames(3);
  assert.deepEqual(await table.see(), before);
  assert.equal(await table.tray.getByRole('option', { selected: true }).count(), 0);
});

for (const touch of [false, true]) {
  test(`A ${touch ? 'tap' : 'click'} on a shape picks it up, one on a cell drops it there, and one elsewhere puts it back.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: [390, 844] });
    const before = await table.see();
    const selected = table.tray.getByRole('option', { selected: true });
    const take = async (number) => {
      await table.hand.click(centre(await table.slotBox(number)));
      await until(async () => (await selected.count()) === 1, 'the shape to be picked up');
    };
    const onCell = async ({ row, column }) =>
      table.hand.click(centre(await table.board.getByRole('row').nth(row).getByRole('gridcell').nth(column).boundingBox()));
    await take(1);
    await table.hand.click({ x: 4, y: 4 });
    await until(async () => (await selected.count()) === 0, 'the shape to be put back');
    assert.deepEqual(await table.see(), before);

    const heard = (await table.heard()).length;
    await take(1);
    await onCell(cell(6, 3));
    await until(async () => (await table.heard()).at(-1) === 'Square placed. Score 0.', 'the drop');
    const { cells } = await table.see();
    for (const at of [63, 64, 73, 74]) assert.doesNotMatch(cells[at], /empty/);
    assert.equal((await table.heard()).length, heard + 1);
    // Dragging works as before.
    assert.match(await table.drop({ slot: 0, at: cell(0, 0) }), / placed/);
  });
}

test('A shape that fits nowhere has a name that says so, and cannot be dragged.', async (desk) => {
  const stuck = ({ over, staged }) => !over && staged.some((piece) => piece && !piece.fits);
  const { seed, drops } = await rehearse(firstFit, stuck, 16);
  const table = await desk.open({ query: `?seed=${seed}` });
  await table.dropAll(drops);
  const before = await table.see();
  const number = before.slots.findIndex((name) => name.endsWith(', does not fit'));
  assert.ok(number >= 0, before.slots.join('; '));
  const option = table.tray.getByRole('option').nth(number);
  assert.equal(await option.getAttribute('aria-disabled'), 'true');
  const heard = await table.heard();
  await table.drag(slot(number), cell(4, 4));
  await table.frames(3);
  assert.deepEqual(await table.see(), before);
  assert.deepEqual(await table.heard(), heard);
});

/** Drags and drops while the page's clock is held, with a frame for each input. */
async function stepped(table, from, to) {
  await table.press(from);
  await step(table, 0);
  await table.moveTo(to);
  await step(table, 0);
  await table.release();
  await step(table, 0);
}

test('A shape can be picked up and dropped while lines are still being cleared.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}`, before: film });
  await table.dropAll(drops.slice(0, -1));
  const { slots } = await table.see();
  const last = [0, 1, 2].find((number) => number !== drops.at(-1).slot && slots[number] !== 'empty slot');
  await table.page.evaluate(() => window.film.hold());
  await stepped(table, slot(drops.at(-1).slot), drops.at(-1).at);
  assert.match((await table.heard()).at(-1), /1 row cleared, 10 points/);
  // The tiles of a row are gone 5 x 25 + 190 ms after the drop. At this moment some of them are on their way.
  await step(table, 150);
  await stepped(table, slot(last), cell(4, 4));
  assert.match((await table.heard()).at(-1), / placed/);
  const { cells } = await table.see();
  const shape = SHAPES.find(({ name }) => slots[last].startsWith(`${name}, `));
  assert.equal(cells.filter((name) => !name.endsWith('empty')).length, shape.cells.length);
});

test('A shape that is moving back to its slot can be picked up, and dropped elsewhere.', async (desk) => {
  const table = await desk.open({ query: SEED, before: film });
  await table.page.evaluate(() => window.film.hold());
  await stepped(table, slot(0), { x: 3, y: 3 });
  assert.equal((await table.heard()).at(-1), OFF_BOARD);
  // The way back takes 180 ms.
  await step(table, 90);
  await stepped(table, slot(0), cell(6, 6));
  assert.deepEqual((await table.heard()).slice(-2), [OFF_BOARD, 'Turned L placed. Score 0.']);
});

test('A tap on a button right after a quick drop by finger is not lost.', async (desk) => {
  // Chromium takes a quick drag for a fling, even where nothing scrolls, and swallows the next tap: see
  // https://issues.chromium.org/issues/40727033. It does not if the page prevents the default of the touch.
  const table = await desk.open({ query: SEED, touch: true, size: [390, 844] });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.hand.click(centre(await table.muteButton.boundingBox()));
  await until(async () => (await table.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');
});

for (const [what, size, scale] of [
  ['phone on its side', [844, 390], 3],
  ['phone held upright', [390, 844], 3],
  ['tablet', [1024, 768], 2],
  ['touch screen on a desk', [1920, 1080], 1],
]) {
  test(`On a ${what} a finger can drop a shape in all four corners of the board.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch: true, size, scale });
    const side = (await table.board.boundingBox()).width / SIZE;
    assert.match(await table.drop({ slot: 1, at: cell(0, 8) }), / placed/);
    for (const [number, corner] of [
      [0, cell(7, 0)],
      [2, cell(7, 7)],
    ]) {
      // From below the board, or from as low as a finger on the screen gets, upwards: the first place that is accepted
      // must be the lowest row. A drop that is refused changes nothing.
      await table.drop({ slot: number, at: slot(1) });
      const { x, y } = await table.pointFor(corner);
      const lowest = Math.min(y + side, size[1] - 8);
      const from = centre(await table.slotBox(number));
      // A touch that hardly moves is a tap, and not a drop.
      const places = Array.from({ length: 9 }, (_, n) => ({ x, y: lowest - (n * side) / 4 })).filter(
        (place) => Math.hypot(place.x - from.x, place.y - from.y) > 9,
      );
      for (const place of places) {
        if (!(await table.drop({ slot: number, at: place })).startsWith('Not placed')) break;
      }
    }
    // The three shapes of this hand are placed, and there is a new one.
    await table.dealt();
    assert.match(await table.drop({ slot: 0, at: cell(0, 0) }), / placed/);
    const { cells } = await table.see();
    for (const at of [0, 9, 90 + 2, 90 + 9]) assert.doesNotMatch(cells[at], /empty/);
  });
}
