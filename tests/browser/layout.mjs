// Where everything is, in windows from small to large: what can be read lies over what can be seen.

import assert from 'node:assert/strict';
import { cell } from './rules.mjs';
import { test } from './runner.mjs';

const WINDOWS = [
  [320, 480, 2],
  [390, 844, 3],
  [844, 390, 3],
  [768, 1024, 1.5],
  [1024, 768, 1],
  [1920, 1080, 1.25],
  [3840, 2160, 1],
];

const inside = (inner, outer) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (one, other) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** What must be apart: the parts of the table, and what stands in the bar and in the row of buttons. */
async function things({ page, board, tray, muteButton, slider }) {
  const options = await tray.getByRole('option').all();
  const found = {
    board,
    ...Object.fromEntries(options.map((option, n) => [`slot ${n + 1}`, option])),
    title: page.getByRole('heading', { name: 'BLOCKERS' }),
    score: page.getByRole('status', { name: 'Score' }),
    best: page.getByRole('status', { name: 'Best' }),
    'new game': page.getByRole('button', { name: 'New game' }),
    mute: muteButton,
    volume: slider,
  };
  const boxes = Object.entries(found).map(async ([name, locator]) => [name, await locator.boundingBox()]);
  return Promise.all(boxes);
}

for (const [width, height, scale] of WINDOWS) {
  const size = `${width} x ${height}`;

  test(`At ${size} all is inside of the window, nothing overlaps and nothing scrolls.`, async (desk) => {
    // A best score of a good player takes more room than a zero.
    const table = await desk.open({ size: [width, height], scale, stored: { 'blockers.best': '123450' } });
    const boxes = await things(table);
    const faults = [];
    for (const [n, [name, box]] of boxes.entries()) {
      if (!inside(box, { x: 0, y: 0, width, height })) faults.push(`${name} is not inside: ${JSON.stringify(box)}`);
      for (const [other, otherBox] of boxes.slice(n + 1)) {
        if (overlap(box, otherBox)) faults.push(`${name} ${JSON.stringify(box)} overlaps ${other} ${JSON.stringify(otherBox)}`);
      }
    }
    assert.deepEqual(faults, []);
    const { scrollWidth, scrollHeight } = await table.page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.scrollingElement;
      return { scrollWidth, scrollHeight };
    });
    assert.deepEqual([scrollWidth, scrollHeight], [width, height]);
  });

  test(`At ${size} each cell and slot that can be read lies over the one that can be seen.`, async (desk) => {
    // The page may not be black and white by chance: a seed makes the picture the same each time.
    const table = await desk.open({ query: '?seed=7', size: [width, height], scale, touch: false });
    await table.drop({ slot: 0, at: cell(0, 0) });
    await table.drop({ slot: 1, at: cell(8, 8) });
    // Nothing moves any more after half a second; the picture says when that is.
    const picture = await steady(() => table.page.evaluate(readPicture));
    assert.deepEqual(picture.cellsApart, [], 'cells whose picture is not what their name says');
    assert.equal(picture.slots[0], null);
    assert.equal(picture.slots[1], null);
    const { x, y, width: w, height: h } = picture.slots[2];
    const box = await table.slotBox(2);
    assert.ok(inside(picture.slots[2], box), 'the third shape is inside of its slot');
    assert.ok(Math.abs(x + w / 2 - box.x - box.width / 2) <= 1.5, `${x + w / 2} is in the middle of ${JSON.stringify(box)}`);
    assert.ok(Math.abs(y + h / 2 - box.y - box.height / 2) <= 1.5, `${y + h / 2} is in the middle of ${JSON.stringify(box)}`);
  });
}

/** Asks until the answer is the same twice. */
async function steady(asked) {
  let before = await asked();
  for (;;) {
    await new Promise((later) => setTimeout(later, 120));
    const now = await asked();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

/**
 * Runs in the page: looks at the picture where its elements are. A cell that is named for a colour must look the same as
 * the others of this colour and unlike all that are not, near its middle and near its edges. For each slot, it finds the
 * box of what is painted there.
 */
function readPicture() {
  const scale = devicePixelRatio;
  const copy = document.createElement('canvas');
  const canvases = document.querySelectorAll('canvas');
  copy.width = canvases[0].width;
  copy.height = canvases[0].height;
  // Many readings from a canvas that is meant to be drawn on would make the console say that they are slow.
  const context = copy.getContext('2d', { willReadFrequently: true });
  for (const canvas of canvases) context.drawImage(canvas, 0, 0);
  const { left, top } = canvases[0].getBoundingClientRect();

  const look = (box, across, down) =>
    [
      ...context.getImageData(
        Math.floor((box.x - left + box.width * across) * scale),
        Math.floor((box.y - top + box.height * down) * scale),
        1,
        1,
      ).data,
    ].join();
  const spots = [0.15, 0.5, 0.85];
  const looks = new Map();
  const cellsApart = [];
  for (const element of document.querySelectorAll('[role=gridcell]')) {
    const box = element.getBoundingClientRect();
    const colour = element.ariaLabel.split(', ')[2];
    const seen = spots.map((across) => look(box, across, 0.5)).join(' ');
    if (!looks.has(colour)) {
      if ([...looks.values()].includes(seen)) cellsApart.push(element.ariaLabel);
      looks.set(colour, seen);
    }
    if (looks.get(colour) !== seen) cellsApart.push(element.ariaLabel);
  }

  const slots = [...document.querySelectorAll('[role=option]')].map((element) => {
    const box = element.getBoundingClientRect();
    const [x, y] = [Math.round((box.x - left) * scale), Math.round((box.y - top) * scale)];
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    const { data } = context.getImageData(x, y, width, height);
    const painted = [];
    for (let n = 0; n < width * height; n += 1) if (data[n * 4 + 3] > 0) painted.push(n);
    if (painted.length === 0) return null;
    const columns = painted.map((n) => n % width);
    const [first, last] = [columns.reduce((a, b) => Math.min(a, b)), columns.reduce((a, b) => Math.max(a, b))];
    const [upper, lower] = [Math.floor(painted[0] / width), Math.floor(painted.at(-1) / width)];
    return {
      x: (x + first) / scale + left,
      y: (y + upper) / scale + top,
      width: (last - first + 1) / scale,
      height: (lower - upper + 1) / scale,
    };
  });
  return { cellsApart, slots };
}

for (const [width, height] of WINDOWS) {
  test(`At ${width} x ${height} the panels for the end and for a failure are inside of the window.`, async (desk) => {
    const table = await desk.open({ size: [width, height] });
    // How they come up is tested elsewhere; this is about their size, with a long reason too.
    const boxes = await table.page.evaluate(() => {
      document.getElementById('failure-reason').textContent = 'unreachable '.repeat(20);
      return ['over', 'failure'].map((id) => {
        const panel = document.getElementById(id);
        panel.hidden = false;
        panel.style.animation = 'none';
        const { x, y, width, height } = panel.getBoundingClientRect();
        panel.hidden = true;
        return { x, y, width, height };
      });
    });
    for (const box of boxes) assert.ok(inside(box, { x: 0, y: 0, width, height }), JSON.stringify(box));
  });
}
