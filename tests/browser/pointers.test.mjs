// Mice with several buttons, pens, palms and fingers; and where a pointer is in a page that is zoomed or scaled.

import assert from 'node:assert/strict';
import { launch } from './chromium.mjs';
import { test } from './fixture.mjs';
import { cell, slot } from './rules.mjs';
import { Table, centre, closed, until } from './table.mjs';
import { watch } from './watch.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L.
const QUERY = { query: '?seed=7' };

const isDragging = ({ page }) =>
  page.evaluate(() => document.getElementById('stage').classList.contains('dragging'));

const hasSelection = async ({ tray }) => (await tray.getByRole('option', { selected: true }).count()) === 1;

/** Checks that the last drop has put the square here. */
async function liesAt(table, { row, column }) {
  const { cells } = await table.see();
  const taken = cells.flatMap((name, n) => (name.endsWith('empty') ? [] : [n]));
  const corner = row * 10 + column;
  assert.deepEqual(taken, [corner, corner + 1, corner + 10, corner + 11]);
}

for (const other of ['right', 'middle']) {
  test(`The left button drags and drops while the ${other} one is pressed and released at any time.`, async (desk) => {
    const table = await desk.open(QUERY);
    const { mouse } = table.page;
    const button = { button: other };
    const beside = { x: 4, y: 4 };
    const undo = () => table.hearing(() => table.page.keyboard.press('u'));
    // Each way to drag the square to this cell.
    const at = cell(3, 4);
    const ways = {
      'pressed after the left one, and released after it': async () => {
        await table.press(slot(1));
        await mouse.down(button);
        await table.moveTo(at);
        const sentence = await table.hearing(() => table.release());
        await table.moveTo(cell(6, 6));
        assert.equal(await isDragging(table), false);
        await mouse.up(button);
        return sentence;
      },
      'pressed before the left one, and released after it': async () => {
        await mouse.move(beside.x, beside.y);
        await mouse.down(button);
        const sentence = await table.drop({ slot: 1, at });
        await mouse.up(button);
        return sentence;
      },
      'pressed before the left one, and released before it': async () => {
        await mouse.move(beside.x, beside.y);
        await mouse.down(button);
        await table.press(slot(1));
        await mouse.up(button);
        await until(() => isDragging(table), 'the drag to go on');
        await table.moveTo(at);
        return table.hearing(() => table.release());
      },
      'pressed and released while the left one is down': async () => {
        await table.press(slot(1));
        await table.moveTo(cell(6, 6));
        await mouse.down(button);
        await mouse.up(button);
        await table.frames();
        assert.equal(await isDragging(table), true);
        await table.moveTo(at);
        return table.hearing(() => table.release());
      },
      'pressed while a shape that was clicked is moved over the board': async () => {
        const { x, y } = centre(await table.board.getByRole('row').nth(3).getByRole('gridcell').nth(4).boundingBox());
        await table.hand.click(centre(await table.slotBox(1)));
        await until(() => hasSelection(table), 'the shape to be picked up');
        await mouse.click(x, y, button);
        await table.frames();
        assert.equal(await hasSelection(table), true);
        await mouse.move(x, y);
        await mouse.down();
        await mouse.down(button);
        await mouse.up(button);
        await table.frames();
        assert.equal(await hasSelection(table), true);
        return table.hearing(() => mouse.up());
      },
    };
    for (const [what, drag] of Object.entries(ways)) {
      assert.equal(await drag(), 'Square placed. Score 0.', what);
      await table.frames();
      assert.equal(await isDragging(table), false, what);
      await liesAt(table, at);
      assert.match(await undo(), /^Move undone/);
    }
  });
}

test('If the release of the button is missed, the shape goes back with the next move, and the next drag is a new one.', async (desk) => {
  const table = await desk.open(QUERY);
  const before = await table.see();
  await table.press(slot(1));
  await table.moveTo(cell(3, 4));
  await until(() => isDragging(table), 'the drag');
  // The window did not get the release, for example because a dialog of the system was in front.
  await table.page.evaluate(() => {
    const init = { pointerId: 1, pointerType: 'mouse', button: -1, buttons: 0, bubbles: true };
    document.getElementById('stage').dispatchEvent(new PointerEvent('pointermove', init));
  });
  await until(async () => !(await isDragging(table)), 'the shape to go back');
  await table.moveTo(cell(4, 4));
  await table.release();
  await table.frames(3);
  assert.deepEqual(await table.see(), before);
  assert.equal(await table.drop({ slot: 1, at: cell(5, 5) }), 'Square placed. Score 0.');
});

/** A pen. To Chromium, a mouse event with this type is one. */
class Pen {
  constructor(devtools) {
    this.devtools = devtools;
  }
  send(type, { x, y }, buttons) {
    const pen = { pointerType: 'pen', button: 'left', buttons, clickCount: 1, force: 0.5 };
    return this.devtools.send('Input.dispatchMouseEvent', { type, x, y, ...pen });
  }
}

test('A palm on the screen does not cancel what a pen drags or has tapped.', async (desk) => {
  const table = await desk.open({ ...QUERY, touch: true, size: [1024, 768] });
  const devtools = await table.page.context().newCDPSession(table.page);
  const pen = new Pen(devtools);
  const touch = (type, ...touchPoints) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  const board = await table.board.boundingBox();
  const side = board.width / 10;
  const palms = { 'on the board': { x: board.x + 8.5 * side, y: board.y + 8.5 * side }, 'beside it': { x: 8, y: 760 } };
  const from = centre(await table.slotBox(1));
  // The pen holds the square by its middle.
  const to = { x: board.x + 4 * side, y: board.y + 4 * side };
  const onCell = { x: board.x + 3.5 * side, y: board.y + 3.5 * side };
  for (const [where, palm] of Object.entries(palms)) {
    const place = { ...palm, radiusX: 30, radiusY: 35, id: 9 };
    await pen.send('mousePressed', from, 1);
    await pen.send('mouseMoved', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, 1);
    await touch('touchStart', place);
    await pen.send('mouseMoved', to, 1);
    assert.equal(await table.hearing(() => pen.send('mouseReleased', to, 0)), 'Square placed. Score 0.', where);
    await touch('touchEnd');
    await liesAt(table, cell(3, 3));
    await table.hearing(() => table.page.keyboard.press('u'));

    await pen.send('mousePressed', from, 1);
    await pen.send('mouseReleased', from, 0);
    await until(() => hasSelection(table), 'the shape to be picked up');
    await touch('touchStart', place);
    await table.frames(3);
    assert.equal(await hasSelection(table), true, where);
    await pen.send('mousePressed', onCell, 1);
    assert.equal(await table.hearing(() => pen.send('mouseReleased', onCell, 0)), 'Square placed. Score 0.', where);
    await touch('touchEnd');
    await liesAt(table, cell(3, 3));
    await table.hearing(() => table.page.keyboard.press('u'));
  }
});

for (const [what, touch] of [['click', false], ['tap', true]]) {
  test(`A second ${what} on the chosen shape puts it back, and a ${what} on the board then drops nothing.`, async (desk) => {
    const table = await desk.open({ ...QUERY, touch, size: [390, 844] });
    const before = await table.see();
    const shape = centre(await table.slotBox(1));
    const board = centre(await table.board.boundingBox());
    for (let n = 0; n < 2; n += 1) {
      await table.hand.click(shape);
      await until(() => hasSelection(table), 'the shape to be picked up');
      await table.hand.click(shape);
      await until(async () => !(await hasSelection(table)), 'the shape to be put back');
      await table.hand.click(board);
      await table.frames(3);
      assert.deepEqual(await table.see(), before);
    }
  });
}

test('Fingers drag and tap in a browser that sends touch events of them, but no pointer events.', async (desk) => {
  const table = await desk.open({ ...QUERY, touch: true, size: [390, 844] });
  /** Sends a touch event. Returns whether the page has prevented its default action. */
  const touch = (type, { x, y }, identifier) =>
    table.page.evaluate(([type, clientX, clientY, identifier]) => {
      const target = document.elementFromPoint(clientX, clientY);
      const changedTouches = [new Touch({ identifier, target, clientX, clientY })];
      return !target.dispatchEvent(new TouchEvent(type, { changedTouches, bubbles: true, cancelable: true }));
    }, [type, x, y, identifier]);
  const from = centre(await table.slotBox(1));
  const board = await table.board.boundingBox();
  const side = board.width / 10;
  const onCell = ({ row, column }) => ({ x: board.x + (column + 0.5) * side, y: board.y + (row + 0.5) * side });
  // The square hangs 1.5 cells above the finger.
  const to = { x: board.x + 4 * side, y: board.y + 6.5 * side };
  assert.equal(await touch('touchstart', from, 0), true);
  await touch('touchmove', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, 0);
  await until(() => isDragging(table), 'the drag');
  await touch('touchmove', to, 0);
  assert.equal(await table.hearing(() => touch('touchend', to, 0)), 'Square placed. Score 0.');
  await liesAt(table, cell(3, 3));
  await table.hearing(() => table.undoButton.evaluate((button) => button.click()));

  await touch('touchstart', from, 1);
  await touch('touchend', from, 1);
  await until(() => hasSelection(table), 'the shape to be picked up');
  await touch('touchstart', onCell(cell(5, 5)), 2);
  assert.equal(await table.hearing(() => touch('touchend', onCell(cell(5, 5)), 2)), 'Square placed. Score 0.');
  await liesAt(table, cell(5, 5));
  await table.hearing(() => table.undoButton.evaluate((button) => button.click()));

  await touch('touchstart', from, 3);
  await touch('touchmove', to, 3);
  await until(() => isDragging(table), 'the drag');
  await touch('touchcancel', to, 3);
  await until(async () => !(await isDragging(table)), 'the shape to go back');
});

/** How an extension, or a program that shows the page, may zoom or scale it. */
const ZOOMS = [
  ...['body', 'documentElement'].flatMap((where) => [1.5, 0.8, 1.1].map((zoom) => [where, { zoom: String(zoom) }])),
  ['body', { transform: 'scale(0.75)', transformOrigin: '0 0' }],
];

for (const [where, style] of ZOOMS) {
  test(`With ${JSON.stringify(style)} on ${where} a shape lands where the pointer is.`, async (desk) => {
    const table = await desk.open({ ...QUERY, size: [1024, 768] });
    await table.page.evaluate(([where, style]) => Object.assign(document[where].style, style), [where, style]);
    await table.frames(3);
    for (const at of [cell(8, 8), cell(0, 0), cell(4, 5)]) {
      assert.equal(await table.drop({ slot: 1, at }), 'Square placed. Score 0.');
      await liesAt(table, at);
      await table.hearing(() => table.page.keyboard.press('u'));
      await table.atRest();
    }
    await table.hand.click(centre(await table.slotBox(1)));
    await until(() => hasSelection(table), 'the shape to be picked up');
    await table.hand.click(centre(await table.board.getByRole('row').nth(7).getByRole('gridcell').nth(2).boundingBox()));
    await until(async () => !(await hasSelection(table)), 'the drop');
    await liesAt(table, cell(7, 2));
  });
}

// An emulated pixel ratio does not change what the browser says about device pixels, so these are real ones.
for (const ratio of [1.25, 2, 2.625]) {
  test(`At ${ratio} pixels per CSS pixel every canvas has the pixels that it covers on the screen.`, async (desk) => {
    const browser = await launch({ args: [`--force-device-scale-factor=${ratio}`] });
    desk.atTheEnd(() => browser.close());
    const context = await browser.newContext({ viewport: null, locale: 'en-US' });
    await context.addInitScript(watch);
    const page = await context.newPage();
    await context.route('**/outer', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(`${desk.url}outer`);
    for (const [width, height] of [[400.5, 600.5], [401.3, 457.6], [333.3, 420.7]]) {
      await page.setContent(`<iframe src="${desk.url}?seed=7" style="width: ${width}px; height: ${height}px; border: 0">`);
      const frame = await until(() => page.frames().find((one) => one.url().startsWith(desk.url) && one !== page.mainFrame()), 'the frame');
      await frame.locator('#settings').waitFor({ state: 'attached' });
      await until(() => frame.evaluate(() => window.watched?.see().slots.every(Boolean)), 'a game');
      const click = (id) => frame.evaluate((id) => document.getElementById(id).click(), id);
      await click('open-menu');
      await until(() => frame.locator('#menu').isVisible(), 'the menu');
      await click('open-settings');
      await until(() => frame.locator('#settings').isVisible(), 'the settings');
      const wrong = () =>
        frame.evaluate(async () => {
          const covered = (canvas) =>
            new Promise((done) => {
              const observer = new ResizeObserver(([entry]) => {
                const [{ inlineSize, blockSize }] = entry.devicePixelContentBoxSize;
                done([inlineSize, blockSize]);
                observer.disconnect();
              });
              observer.observe(canvas, { box: 'device-pixel-content-box' });
            });
          const found = [];
          for (const canvas of document.querySelectorAll('canvas:not([hidden])')) {
            const [has, needs] = [[canvas.width, canvas.height], await covered(canvas)];
            if (String(has) !== String(needs)) found.push(`${canvas.id} has ${has} for ${needs}`);
          }
          return found;
        });
      await until(async () => (await wrong()).length === 0, `the canvases in ${width} x ${height}: ${await wrong()}`);
    }
  });
}
