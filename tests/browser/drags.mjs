// Drags that end, are refused, are broken off, or must not begin at all.

import assert from 'node:assert/strict';
import { rehearse, scoringGame } from './oracle.mjs';
import { SHAPES, SIZE, cell, firstFit, slot } from './rules.mjs';
import { test } from './runner.mjs';
import { centre, until } from './table.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L.
const SEED = '?seed=7';

const OFF_BOARD = 'Not placed: the shape would leave the board.';

const REFUSALS = [
  ['over its upper left corner', cell(-1, -1), OFF_BOARD],
  ['over its right edge', cell(4, 9), OFF_BOARD],
  ['over its lower edge', cell(9, 4), OFF_BOARD],
  ['on cells that are taken', cell(0, 1), 'Not placed: a cell there is taken.'],
  ['back in the tray', slot(2), OFF_BOARD],
  ['beside the table', { x: 3, y: 3 }, OFF_BOARD],
];

for (const [where, place, sentence] of REFUSALS) {
  test(`A shape let go ${where} goes back to its slot, which is said, and nothing else changes.`, async (desk) => {
    const table = await desk.open({ query: SEED });
    assert.equal(await table.drop({ slot: 0, at: cell(0, 0) }), 'Turned L placed. Score 0.');
    const before = await table.see();
    assert.equal(await table.drop({ slot: 1, at: place }), sentence);
    await table.frames(3);
    assert.deepEqual(await table.see(), before);
    assert.equal(await table.drop({ slot: 1, at: cell(5, 5) }), 'Square placed. Score 0.');
  });
}

test('A shape goes to the nearest place that is free, up to three quarters of a cell away.', async (desk) => {
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

/** Somebody else takes the pointer, as a browser does for a gesture of its own or a dialog of the system's. */
const loseCapture = ({ page }) =>
  page.evaluate(() => {
    const stage = document.getElementById('stage');
    const held = Array.from({ length: 200 }, (_, id) => id).filter((id) => stage.hasPointerCapture(id));
    for (const id of held) stage.releasePointerCapture(id);
    return held.length;
  });

/** Each of these happens with a shape over the board, and then the pointer is let go there. */
const INTERRUPTIONS = [
  ['Escape', false, (table) => table.page.keyboard.press('Escape')],
  ['A window that loses the focus', false, ({ page }) => page.evaluate(() => dispatchEvent(new Event('blur')))],
  ['A pointer that is lost', false, loseCapture],
  ['A finger that is lost', true, loseCapture],
  ['Escape, with a finger on the board,', true, (table) => table.page.keyboard.press('Escape')],
  ['A second finger', true, async (table) => table.hand.second(centre(await table.slotBox(2)))],
  ['A touch that the system takes away', true, (table) => table.hand.cancel(), 'gone'],
];

for (const [what, touch, interrupt, gone] of INTERRUPTIONS) {
  test(`${what} puts the dragged shape back, without a word, and the next drag is a new one.`, async (desk) => {
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

test('What a key opens in mid-drag puts the shape back at once, and nothing is dropped behind it.', async (desk) => {
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
    await until(async () => !(await dialog.isVisible()), 'the dialog to close');
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
  test(`Who cannot drag ${touch ? 'taps' : 'clicks'} on a shape and then on a cell, and anywhere else puts it back.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: [390, 844] });
    const before = await table.see();
    const selected = table.tray.getByRole('option', { selected: true });
    const take = async (number) => {
      await table.hand.click(centre(await table.slotBox(number)));
      await until(async () => (await selected.count()) === 1, 'the shape to be in the hand');
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
    // A drag is a drag as ever.
    assert.match(await table.drop({ slot: 0, at: cell(0, 0) }), / placed/);
  });
}

test('A shape that fits nowhere is said not to fit, and cannot be dragged.', async (desk) => {
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

test('A shape can be picked up and dropped while lines are still being cleared.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}` });
  await table.dropAll(drops.slice(0, -1));
  const { slots } = await table.see();
  const last = [0, 1, 2].find((number) => number !== drops.at(-1).slot && slots[number] !== 'empty slot');
  // The wave of a row takes 5 x 25 + 190 ms from the drop, and the points are shown for a second.
  const times = await timesOf(table, async () => {
    await table.drag(slot(drops.at(-1).slot), drops.at(-1).at);
    // Of two drops in one frame only the newer would be said.
    await table.frames(1);
    await table.drag(slot(last), cell(4, 4));
  });
  assert.ok(times[1] - times[0] < 315, `the second drop was ${times[1] - times[0]} ms later, when all was still again`);
  const [first, second] = (await table.heard()).slice(-2);
  assert.match(first, /1 row cleared, 10 points/);
  assert.match(second, / placed/);
  const { cells } = await table.see();
  const shape = SHAPES.find(({ name }) => slots[last].startsWith(`${name}, `));
  assert.equal(cells.filter((name) => !name.endsWith('empty')).length, shape.cells.length);
});

/** When the page said something about each of the two drops that these actions make. */
async function timesOf(table, actions) {
  await table.page.evaluate(() => {
    const { heard } = window.watched;
    window.watched.times = [];
    heard.push = (sentence) => {
      if (!sentence.includes(' picked up. ')) window.watched.times.push(performance.now());
      return Array.prototype.push.call(heard, sentence);
    };
  });
  await actions();
  const times = () => table.page.evaluate(() => window.watched.times);
  return until(async () => (await times()).length === 2 && times(), 'two sentences');
}

test('A shape that is springing back can be caught, and dropped elsewhere.', async (desk) => {
  const table = await desk.open({ query: SEED });
  await table.drag(slot(0), { x: 3, y: 3 });
  await table.drag(slot(0), cell(6, 6));
  await until(async () => (await table.heard()).at(-1).includes('placed. '), 'the second drop');
  assert.deepEqual((await table.heard()).slice(-2), [OFF_BOARD, 'Turned L placed. Score 0.']);
});

test('A tap on a button right after a quick drop by finger is not lost.', async (desk) => {
  // Chromium takes a quick drag for a fling, also where nothing scrolls, and swallows the next tap: see
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
  test(`On a ${what} a finger can lay a shape in every corner of the board.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch: true, size, scale });
    const side = (await table.board.boundingBox()).width / SIZE;
    assert.match(await table.drop({ slot: 1, at: cell(0, 8) }), / placed/);
    for (const [number, corner] of [
      [0, cell(7, 0)],
      [2, cell(7, 7)],
    ]) {
      // From too low, or as low as a finger on the glass gets, upwards: the first place that is accepted is the lowest row.
      // What is refused costs nothing.
      await table.drop({ slot: number, at: slot(1) });
      const { x, y } = await table.pointFor(corner);
      const lowest = Math.min(y + side, size[1] - 8);
      const from = centre(await table.slotBox(number));
      // What hardly moves is a tap, and no drop.
      const places = Array.from({ length: 9 }, (_, n) => ({ x, y: lowest - (n * side) / 4 })).filter(
        (place) => Math.hypot(place.x - from.x, place.y - from.y) > 9,
      );
      for (const place of places) {
        if (!(await table.drop({ slot: number, at: place })).startsWith('Not placed')) break;
      }
    }
    const { cells } = await table.see();
    for (const at of [9, 90 + 2, 90 + 9]) assert.doesNotMatch(cells[at], /empty/);
  });
}
