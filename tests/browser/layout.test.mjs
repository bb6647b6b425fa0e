// The layout in windows from small to large: the elements that a screen reader reads are where the canvas shows them.

import assert from 'node:assert/strict';

import { test } from './fixture.mjs';
import { inside, overlap, panels, things } from './places.mjs';
import { bests } from './records.mjs';
import { cell } from './rules.mjs';
import { centre } from './table.mjs';

const WINDOWS = [
  [320, 480, 2],
  [390, 844, 3],
  [844, 390, 3],
  [568, 320, 2],
  [640, 600, 2],
  [800, 700, 1],
  [768, 1024, 1.5],
  [1024, 768, 1],
  [1920, 1080, 1.25],
  [3840, 2160, 1],
];

for (const [width, height, scale] of WINDOWS) {
  const size = `${width} x ${height} (${scale})`;
  // The best score of a good player takes more room than a zero.
  const options = { query: '?seed=7', size: [width, height], scale, stored: { 'blockers.bests': bests({ seed: 123450 }) } };

  test(`At ${size} everything is inside of the window, nothing overlaps and nothing scrolls.`, async (desk) => {
    const table = await desk.open(options);
    const all = { x: 0, y: 0, width, height };
    const boxes = [...(await things(table)), ...(await panels(table))];
    const outside = boxes.filter(([, box]) => !inside(box, all));
    assert.deepEqual(outside, []);
    assert.deepEqual(boxes.filter(([, , , isCut]) => isCut), [], 'panels that are too narrow for what is in them');
    const apart = boxes.filter(([, , mayCover]) => !mayCover);
    const overlaps = apart.flatMap((one, n) =>
      apart.slice(n + 1).flatMap((other) => (overlap(one[1], other[1]) ? [[one, other]] : [])),
    );
    assert.deepEqual(overlaps, []);
    const scrolled = await table.page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.scrollingElement;
      return [scrollWidth, scrollHeight];
    });
    assert.deepEqual(scrolled, [width, height]);
  });

  test(`At ${size} the element of each cell and slot is where the canvas shows it.`, async (desk) => {
    const table = await desk.open(options);
    await table.drop({ slot: 0, at: cell(0, 0) });
    await table.drop({ slot: 1, at: cell(8, 8) });
    await table.atRest();
    const { unlike, slots } = await table.page.evaluate(lookAtPicture);
    assert.deepEqual(unlike, [], 'cells that do not look as their names say');
    assert.deepEqual(slots.slice(0, 2), [null, null]);
    const box = await table.slotBox(2);
    assert.ok(inside(slots[2], box), 'the third shape is inside of its slot');
    const [seen, read] = [centre(slots[2]), centre(box)];
    assert.ok(Math.hypot(seen.x - read.x, seen.y - read.y) <= 2, `${JSON.stringify(seen)} is in the middle of the slot`);
  });
}

/**
 * Runs in the page, and looks at the canvas where the page's elements are. Cells with the name of one colour must look
 * the same, and unlike all others, in their middle and close to their edges. For each slot it returns the box of what
 * is painted there.
 */
function lookAtPicture() {
  const scale = devicePixelRatio;
  const canvases = [...document.querySelectorAll('#stage canvas:not([hidden])')];
  const origin = canvases[0].getBoundingClientRect();
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvases[0].width, canvases[0].height];
  // Chromium logs a warning if a canvas without this option is read from often.
  const context = copy.getContext('2d', { willReadFrequently: true });
  for (const canvas of canvases) {
    const { x, y } = canvas.getBoundingClientRect();
    context.drawImage(canvas, Math.round((x - origin.x) * scale), Math.round((y - origin.y) * scale));
  }

  const spots = [
    [0.5, 0.5],
    [0.05, 0.5],
    [0.95, 0.5],
    [0.5, 0.05],
    [0.5, 0.95],
  ];
  const looks = new Map();
  const unlike = [];
  for (const element of document.querySelectorAll('[role=gridcell]')) {
    const box = element.getBoundingClientRect();
    const seen = spots.map(([across, down]) => {
      const x = Math.floor((box.x - origin.x + box.width * across) * scale);
      const y = Math.floor((box.y - origin.y + box.height * down) * scale);
      return [...context.getImageData(x, y, 1, 1).data].join();
    });
    const colour = element.ariaLabel.split(', ')[2];
    const others = [...looks].filter(([other]) => other !== colour).map(([, look]) => look);
    const isLike = (look) => look.some((pixel, n) => pixel === seen[n]);
    if (!looks.has(colour)) looks.set(colour, seen);
    if (others.some(isLike) || looks.get(colour).join() !== seen.join()) unlike.push(element.ariaLabel);
  }

  const slots = [...document.querySelectorAll('[role=option]')].map((element) => {
    const box = element.getBoundingClientRect();
    const [left, top] = [Math.round((box.x - origin.x) * scale), Math.round((box.y - origin.y) * scale)];
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    const { data } = context.getImageData(left, top, width, height);
    let [first, last, upper, lower] = [width, -1, height, -1];
    for (let n = 0; n < width * height; n += 1) {
      if (data[n * 4 + 3] === 0) continue;
      [first, last] = [Math.min(first, n % width), Math.max(last, n % width)];
      [upper, lower] = [Math.min(upper, Math.floor(n / width)), Math.floor(n / width)];
    }
    if (last < 0) return null;
    return {
      x: origin.x + (left + first) / scale,
      y: origin.y + (top + upper) / scale,
      width: (last - first + 1) / scale,
      height: (lower - upper + 1) / scale,
    };
  });
  return { unlike, slots };
}
