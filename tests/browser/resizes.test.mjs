// A window that is resized, or a device that is turned, in the middle of a game.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { Oracle } from './oracle.mjs';
import { inside, things } from './places.mjs';
import { SIZE, cell, slot } from './rules.mjs';
import { Table, cellName, tableOf, until } from './table.mjs';

const SEED = '?seed=7';

async function afterFirstDrop(at) {
  const game = await Oracle.play(7);
  await game.drop({ slot: 0, at });
  game.stop();
  return tableOf(game);
}

for (const [what, touch, from, to, target] of [
  ['resized', false, [1024, 768], [800, 700], cell(2, 3)],
  ['made narrow, so that all is laid out upright,', false, [1024, 768], [500, 760], cell(2, 3)],
  ['turned', true, [844, 390], [390, 844], cell(0, 4)],
  ['turned back', true, [390, 844], [844, 390], cell(2, 0)],
]) {
  test(`If the window is ${what} in mid-drag, the shape is not lost, and drops where it is then.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: to });
    // The place of the pointer in the window of the second size. In the first size the shape is over another cell
    // there.
    await table.press(slot(0));
    const point = await table.pointFor(target);
    assert.ok(point.x < from[0] && point.y < from[1], 'the pointer is inside of both windows');
    await table.page.keyboard.press('Escape');
    await table.release();
    await table.resize(...from);
    const heard = (await table.heard()).length;

    await table.press(slot(0));
    await table.moveTo(point);
    await table.frames();
    await table.resize(...to);
    await table.release();
    await table.shows(await afterFirstDrop(target));
    assert.equal((await table.heard()).length, heard + 1);
  });
}

for (const [what, touch, from, to] of [
  ['resized', false, [1024, 768], [1600, 900]],
  ['turned', true, [390, 844], [844, 390]],
  ['turned back', true, [844, 390], [390, 844]],
]) {
  test(`After the window was ${what} in mid-drag, the shape can be moved on, and dropped.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: from });
    await table.press(slot(0));
    await table.moveTo(cell(1, 1));
    await table.frames();
    await table.resize(...to);
    await table.moveTo(cell(3, 5));
    await table.release();
    await table.shows(await afterFirstDrop(cell(3, 5)));
  });
}

test('After a resize in mid-drag the phantom is where the shape would drop, before any move.', async (desk) => {
  const table = await desk.open({ query: SEED });
  await table.press(slot(0));
  await table.moveTo(cell(2, 3));
  const { x, y } = await table.pointFor(cell(2, 3));
  await table.atRest();
  await table.resize(800, 700);
  await table.atRest();
  const atOnce = await table.page.screenshot();
  await table.page.mouse.move(x + 40, y);
  await table.page.mouse.move(x, y);
  await table.atRest();
  assert.ok(atOnce.equals(await table.page.screenshot()), 'the same picture before and after the move');
});

/** A page with the game in a frame: a frame changes its size faster than a window. */
const FRAME = '<!doctype html><title>A frame</title><link rel="icon" href="icons/icon.svg"><style>body{margin:0}iframe{border:0}</style>';

test('A hundred sizes within about a second, down to 200 x 200, do no harm: the table follows, and a drag goes on.', async (desk) => {
  const prepare = (page) =>
    page.route('**/in-a-frame', (route) =>
      route.fulfill({ contentType: 'text/html', body: `${FRAME}<iframe src="./${SEED}" width="1024" height="768"></iframe>` }),
    );
  const outer = await desk.open({ query: 'in-a-frame', size: [1024, 768], ready: false, prepare });
  const frame = await until(() => outer.page.frames().find((one) => one.url().endsWith(SEED)), 'the frame');
  // The frame begins where the window begins, so points are the same in both.
  const table = await new Table(frame, outer.hand).ready();
  await table.press(slot(0));
  await table.moveTo(cell(5, 5));
  const sizes = Array.from({ length: 97 }, (_, n) => [200 + ((n * 379) % 1500), 200 + ((n * 211) % 900)]);
  sizes.push([200, 200], [1600, 300], [900, 700]);
  // About four milliseconds for each size, so that it takes about a second even on a busy machine.
  await outer.page.evaluate(async (sizes) => {
    const frame = document.querySelector('iframe');
    for (const [width, height] of sizes) {
      [frame.width, frame.height] = [width, height];
      await new Promise((passed) => setTimeout(passed, 4));
    }
  }, sizes);
  const canvas = () => frame.evaluate(() => Object.values(document.querySelector('canvas').getBoundingClientRect().toJSON()));
  await until(async () => (await canvas()).slice(2, 4).join() === '900,700', 'the canvas to have the last size');
  const all = { x: 0, y: 0, width: 900, height: 700 };
  await until(async () => (await things(table)).every(([, box]) => inside(box, all)), 'everything to be in the window');
  assert.equal(await table.failure.isVisible(), false);
  await table.moveTo(cell(6, 2));
  await table.release();
  await table.shows(await afterFirstDrop(cell(6, 2)));
});

test('In a window of 200 x 200 there is a game to play.', async (desk) => {
  const table = await desk.open({ query: SEED, size: [200, 200] });
  assert.equal(await table.drop({ slot: 0, at: cell(3, 3) }), 'Turned L placed. Score 0.');
  const { cells } = await table.see();
  assert.equal(cells[3 * SIZE + 3], cellName(3, 3, 'red'));
});

test('The next game has the layout of the resized window.', async (desk) => {
  const table = await desk.open({ query: SEED });
  await table.resize(500, 760);
  assert.match(await table.hearing(() => table.newGameButton.click()), /^New game/);
  await table.isPlayable();
});
