// Phones, tablets and screens from small to large, at every pixel ratio: everything is large enough for a finger, and
// no gesture of the browser interferes.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './fixture.mjs';
import { scoringGame } from './oracle.mjs';
import { inside, overlap, things } from './places.mjs';
import { cell, slot } from './rules.mjs';
import { centre, until } from './table.mjs';

// In the game of seed 7 the first hand is a turned L, a square and a turned L, which fit in these places.
const SEED = '?seed=7';
const PLACES = [cell(0, 0), cell(1, 8), cell(4, 3)];

const RATIOS = [1, 2, 3];
/** The size that a finger hits reliably, in CSS pixels; and the least size where seven controls share 320 pixels. */
const FINGER = 44;
const SMALL = 24;

/** Changes the number of device pixels per CSS pixel. */
async function sharpen(table, { size: [width, height], touch }, scale) {
  const devtools = await table.page.context().newCDPSession(table.page);
  // Chromium sends no event for an emulated ratio, so the size changes in between, to one that takes little time to
  // draw.
  for (const [wide, high] of [
    [200, 200],
    [width, height],
  ]) {
    const metrics = { width: wide, height: high, deviceScaleFactor: scale, mobile: touch };
    await devtools.send('Emulation.setDeviceMetricsOverride', metrics);
    await until(() => table.page.evaluate((wanted) => innerWidth === wanted, wide), 'the width');
  }
  await until(() => table.page.evaluate((scale) => devicePixelRatio === scale, scale), 'the pixel ratio');
}

/** Returns the pixels of each of these canvases, and its size on the page. */
const canvases = ({ page }, selector) =>
  page.evaluate((selector) =>
    [...document.querySelectorAll(selector)].map(({ width, height, clientWidth, clientHeight }) => ({
      pixels: [width, height],
      room: [clientWidth, clientHeight],
    })),
    selector,
  );

const OF_THE_TABLE = '#rest, #moving';

/** The canvas of a held shape has whole pixels. Its size on the page is what they need, to a rounded CSS pixel. */
async function isHeldSharply(table, scale) {
  await until(() => table.page.evaluate(() => !document.getElementById('held').hidden), 'the held shape');
  const [{ pixels, room }] = await canvases(table, '#held');
  pixels.forEach((pixel, n) => {
    assert.ok(pixel > 0 && Math.abs(pixel / scale - room[n]) <= 0.5, `${pixel} pixels for ${room[n]} at ${scale}`);
  });
}

/** Returns what can be pressed and is smaller than this, on the table and in everything that opens over it. */
function tooSmall({ page }, least) {
  return page.evaluate((least) => {
    const found = [];
    const look = (where, root) => {
      for (const one of root.querySelectorAll('button, input, [role=option]')) {
        const { width, height } = one.getBoundingClientRect();
        if (one.checkVisibility() && Math.min(width, height) < least - 0.01) {
          found.push(`${where}: ${one.id} ${width.toFixed(1)} x ${height.toFixed(1)}`);
        }
      }
    };
    document.getElementById('notice-text').textContent = 'A notice.';
    const offers = document.querySelectorAll('[data-word=update]');
    for (const offer of offers) offer.hidden = false;
    look('table', document);
    document.getElementById('notice-text').textContent = '';
    for (const id of ['over', 'failure', 'elsewhere', 'replay']) {
      const panel = document.getElementById(id);
      panel.hidden = false;
      look(id, panel);
      panel.hidden = true;
    }
    for (const dialog of document.querySelectorAll('dialog')) {
      dialog.showModal();
      look(dialog.id, dialog);
      dialog.close();
    }
    for (const offer of offers) offer.hidden = true;
    return found;
  }, least);
}

/** Checks that everything on the table is in this area, nothing overlaps, and nothing can be scrolled. */
async function isLaidOut(table, area) {
  const boxes = await things(table);
  assert.deepEqual(boxes.filter(([, box]) => !inside(box, area)), [], 'what is outside');
  const over = (one, others) => others.filter((other) => overlap(one[1], other[1])).map((other) => [one, other]);
  const overlaps = boxes.flatMap((one, n) => over(one, boxes.slice(n + 1)));
  assert.deepEqual(overlaps, []);
  const room = await table.page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.scrollingElement;
    return [scrollWidth - innerWidth, scrollHeight - innerHeight];
  });
  assert.deepEqual(room, [0, 0], 'what could be scrolled to');
}

for (const [size, hands] of [
  [[320, 568], ['finger']],
  [[390, 844], ['finger']],
  [[844, 390], ['finger']],
  [[1024, 768], ['finger', 'mouse']],
  [[1920, 1080], ['finger', 'mouse']],
  [[3840, 2160], ['finger', 'mouse']],
]) {
  const [width, height] = size;
  for (const hand of hands) {
    const touch = hand === 'finger';
    test(`At ${width} x ${height} everything is sharp and in its place, and can be played by ${hand}, at every pixel ratio.`, async (desk) => {
      const table = await desk.open({ query: SEED, size, touch });
      for (const [number, scale] of RATIOS.entries()) {
        await sharpen(table, { size, touch }, scale);
        const wanted = { pixels: [width * scale, height * scale], room: size };
        const areSharp = async () => {
          const all = await canvases(table, OF_THE_TABLE);
          return all.every(({ pixels }) => pixels.join() === wanted.pixels.join());
        };
        await until(areSharp, `canvases of ${wanted.pixels.join(' x ')} pixels`);
        assert.deepEqual(await canvases(table, OF_THE_TABLE), [wanted, wanted]);
        await isLaidOut(table, { x: 0, y: 0, width, height });
        await table.press({ slot: number });
        await table.moveTo(PLACES[number]);
        await isHeldSharply(table, scale);
        assert.match(await table.hearing(() => table.release()), / placed/);
        assert.doesNotMatch((await table.see()).cells[PLACES[number].row * 10 + PLACES[number].column], /empty/);
      }
    });
  }

  const least = width < 360 ? SMALL : FINGER;
  test(`At ${width} x ${height} everything that can be pressed is at least ${least} pixels wide and high.`, async (desk) => {
    const table = await desk.open({ query: SEED, size, touch: true });
    assert.deepEqual(await tooSmall(table, least), []);
  });
}

/** Phones with a notch, and with a bar at the bottom for the system's gestures. */
const NOTCHES = [
  [[390, 844], { top: 47, left: 0, bottom: 34, right: 0 }],
  [[844, 390], { top: 0, left: 47, bottom: 21, right: 47 }],
  [[320, 568], { top: 20, left: 0, bottom: 0, right: 0 }],
];

for (const [[width, height], insets] of NOTCHES) {
  const sides = Object.entries(insets).filter(([, inset]) => inset > 0);
  test(`At ${width} x ${height} nothing is in the device's insets (${sides.flat().join(' ')}), and a finger drops as usual.`, async (desk) => {
    const prepare = async (page) => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets });
    };
    const table = await desk.open({ query: SEED, size: [width, height], touch: true, scale: 3, prepare });
    const safe = {
      x: insets.left,
      y: insets.top,
      width: width - insets.left - insets.right,
      height: height - insets.top - insets.bottom,
    };
    const app = await table.page.locator('#app').boundingBox();
    assert.deepEqual(app, safe);
    await isLaidOut(table, safe);
    assert.match(await table.drop({ slot: 0, at: cell(3, 4) }), / placed/);
    assert.doesNotMatch((await table.see()).cells[34], /empty/);
  });
}

test("When the device's insets change in mid-drag, everything moves out of them, and the shape is not lost.", async (desk) => {
  const table = await desk.open({ query: SEED, size: [390, 844], touch: true, scale: 3 });
  await table.press(slot(0));
  await table.moveTo(cell(5, 5));
  await table.frames();
  const devtools = await table.page.context().newCDPSession(table.page);
  const insets = { top: 47, left: 0, bottom: 34, right: 0 };
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets });
  const safe = { x: 0, y: 47, width: 390, height: 844 - 47 - 34 };
  const isSafe = async () => (await things(table)).every(([, box]) => inside(box, safe));
  await until(isSafe, 'everything to be in the safe area');
  await isLaidOut(table, safe);
  await table.moveTo(cell(3, 4));
  await table.release();
  await until(async () => (await table.heard()).at(-1) === 'Turned L placed. Score 0.', 'the drop');
  assert.doesNotMatch((await table.see()).cells[34], /empty/);
});

const shifted = ({ x, y }, right, down) => ({ x: x + right, y: y + down });
/** A finger moves in ten steps: a path in one step is not recognized as a swipe. */
const STEPS = Array.from({ length: 10 }, (_, n) => (n + 1) / 10);

/** Gestures that a player may make by accident. */
const tap = async (hand, at) => {
  await hand.send('touchStart', at);
  await hand.send('touchEnd');
};
const swipe = async (hand, at, down) => {
  await hand.send('touchStart', at);
  for (const share of STEPS) await hand.send('touchMove', shifted(at, 0, down * share));
  await hand.send('touchEnd');
};
const pinch = async (hand, at) => {
  const fingers = (apart) => [shifted(at, -apart, 0), shifted(at, apart, 0)];
  await hand.send('touchStart', ...fingers(8));
  for (const share of STEPS) await hand.send('touchMove', ...fingers(8 + 80 * share));
  await hand.send('touchEnd');
};

const GESTURES = [
  [
    'Two taps',
    async (hand, at) => {
      await tap(hand, at);
      await tap(hand, at);
    },
  ],
  ['A pinch', pinch],
  ['A swipe', (hand, at) => swipe(hand, at, -150)],
  [
    'A long press',
    async (hand, at) => {
      await hand.send('touchStart', at);
      // Longer than Chromium takes to recognize a long press, which must have no effect.
      await sleep(900);
      await hand.send('touchEnd');
    },
  ],
];

for (const [what, act] of GESTURES) {
  test(`${what} anywhere on the table neither scrolls nor zooms nor selects, and opens no menu.`, async (desk) => {
    const table = await desk.open({ query: SEED, size: [390, 844], touch: true, scale: 2 });
    await table.page.evaluate(() => {
      window.menus = 0;
      addEventListener('contextmenu', (event) => {
        if (!event.defaultPrevented) window.menus += 1;
      });
    });
    const boxes = Object.fromEntries(await things(table));
    for (const name of ['title', 'score', 'board', 'slot 2', 'redo', 'volume']) {
      await act(table.hand, centre(boxes[name]));
      await table.frames(3);
      const seen = await table.page.evaluate(() => ({
        scale: visualViewport.scale,
        scrolled: [scrollX, scrollY, visualViewport.offsetTop, visualViewport.offsetLeft],
        selected: getSelection().toString(),
        menus: window.menus,
      }));
      assert.deepEqual(seen, { scale: 1, scrolled: [0, 0, 0, 0], selected: '', menus: 0 }, `at the ${name}`);
    }
    assert.match(await table.drop({ slot: 0, at: cell(3, 4) }), / placed/);
  });
}

test('A panel that is higher than the window is scrolled by a finger, and not zoomed by two.', async (desk) => {
  const table = await desk.open({ query: SEED, size: [320, 568], touch: true, scale: 2 });
  await table.openMenu();
  await table.page.getByRole('button', { name: 'Help' }).click();
  const help = table.page.getByRole('dialog', { name: 'How to play' });
  await until(() => help.isVisible(), 'the help');
  const at = { x: 160, y: 300 };
  await swipe(table.hand, at, -150);
  await until(() => help.evaluate((panel) => panel.scrollTop > 50), 'the panel to be scrolled');
  await pinch(table.hand, at);
  await table.frames(3);
  assert.equal(await table.page.evaluate(() => visualViewport.scale), 1);
});

/**
 * Runs in the page before the program: a device that vibrates, and records the patterns. The page's clock stands still:
 * the program drops a vibration that comes too late, and on a busy machine any of them may.
 */
function withMotor() {
  const ticks = [];
  Object.defineProperty(window, 'ticks', { value: ticks });
  Navigator.prototype.vibrate = (pattern) => ticks.push(pattern) > 0;
  const started = performance.now();
  Performance.prototype.now = () => started;
}

test('By finger the device vibrates for a pick-up, for a drop, and longer for a cleared row; by mouse it does not.', async (desk) => {
  const { seed, drops } = await scoringGame();
  for (const touch of [true, false]) {
    const options = { query: `?seed=${seed}`, size: [390, 844], touch, before: withMotor };
    const table = await desk.open(options);
    const ticks = () => table.page.evaluate(() => window.ticks.splice(0));
    // A browser does not vibrate before the first touch has ended.
    await table.hand.click(centre(await table.board.boundingBox()));
    await table.frames(3);
    assert.deepEqual(await ticks(), []);
    const [first, last] = drops;
    await table.drop(first);
    assert.deepEqual(await ticks(), touch ? [8, 14] : []);
    await table.drop({ slot: last.slot, at: first.at });
    assert.deepEqual(await ticks(), touch ? [8] : [], 'a refused drop does not vibrate');
    assert.match(await table.drop(last), /1 row cleared/);
    assert.deepEqual(await ticks(), touch ? [8, 28] : []);
  }
});

test('A finger moves the volume slider, and does not scroll the page.', async (desk) => {
  const table = await desk.open({ query: SEED, size: [390, 844], touch: true, scale: 2 });
  const { x, y, width, height } = await table.slider.boundingBox();
  const before = await table.slider.inputValue();
  await table.hand.press({ x: x + width * 0.7, y: y + height / 2 });
  await table.hand.move({ x: x + width * 0.15, y: y + height / 2 });
  await table.hand.release();
  await until(async () => Number(await table.slider.inputValue()) < Number(before) - 20, 'a lower volume');
});

for (const touch of [false, true]) {
  const hand = touch ? 'finger' : 'mouse';
  test(`A shape that a ${hand} drops outside of the window goes back, and nothing is scrolled or selected.`, async (desk) => {
    const table = await desk.open({ query: SEED, touch, size: touch ? [390, 844] : [1024, 768] });
    const before = await table.see();
    for (const outside of [{ x: -60, y: 200 }, { x: 200, y: -80 }, { x: 3000, y: 300 }]) {
      await table.press(slot(0));
      await table.moveTo(cell(3, 3));
      await table.moveTo(outside);
      await table.release();
      await table.frames(3);
      assert.deepEqual(await table.see(), before);
    }
    const moved = await table.page.evaluate(() => [getSelection().toString(), scrollX, scrollY]);
    assert.deepEqual(moved, ['', 0, 0]);
    assert.match(await table.drop({ slot: 0, at: cell(3, 3) }), / placed/);
  });
}
