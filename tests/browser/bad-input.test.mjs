// With any address, and in a browser that lacks some feature, there is a game to play. Bad contents of the storage are
// tested in storage.mjs, bad links in links.mjs.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { Oracle, scoringGame } from './oracle.mjs';
import { inside, panels, things } from './places.mjs';
import { reload } from './playing.mjs';
import { cell } from './rules.mjs';
import { centre, closed, tableOf, until } from './table.mjs';

const NOT_SEEDS = [
  '',
  '-1',
  '1.5',
  '1e3',
  'abc',
  '0x10',
  '7 8',
  '7\u0000',
  '7\u202e8',
  'NaN',
  '18446744073709551616',
  '9'.repeat(8000),
  '<img src=x onerror="document.title=1">',
  '</p><script>document.title=1</script>',
  '👾'.repeat(40),
];

for (const text of NOT_SEEDS) {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 8)}... (${text.length})` : text);
  test(`If the address has the seed ${shown}, a notice says that it is not a seed, and there is a game.`, async (desk) => {
    const table = await desk.open({ query: `?seed=${encodeURIComponent(text)}`, size: [390, 844] });
    const notice = await table.notice();
    assert.match(notice, /is not a seed/);
    assert.ok(notice.length < 200, notice);
    const [quoted] = notice.slice(1).split('”');
    const hidden = text.replace('\u0000', '\\u{0}').replace('\u202e', '\\u{202e}');
    assert.equal(quoted, [...text].length > 24 ? `${[...text].slice(0, 24).join('')}…` : hidden);
    const { title, injected } = await table.page.evaluate(() => ({
      title: document.title,
      injected: document.querySelectorAll('img, [role=alert] script, [role=alert] *').length,
    }));
    assert.deepEqual({ title, injected }, { title: 'Blockers', injected: 0 });
    await table.isPlayable();
  });
}

test('If the address has a seed that is not valid UTF-8, there is a notice and a game.', async (desk) => {
  const table = await desk.open({ query: '?seed=%FF%FE%' });
  assert.match(await table.notice(), /is not a seed/);
  await table.isPlayable();
});

for (const [query, seed] of [
  ['?seed=18446744073709551615', '18446744073709551615'],
  ['?seed=0', '0'],
  ['?other=1&seed=7&seed=8#seed=9', '7'],
  ['?seed=%D9%A7', '7'],
  ['?seed=%DB%B7%E2%80%8F', '7'],
  ['?seed=%E0%A5%A7%E0%A5%AD', '17'],
  ['?seed=%20%EF%BC%97%EF%BB%BF', '7'],
  ['?seed=+7', '7'],
  ['?seed=%2B7', '7'],
  ['?seed=1%2C234', '1234'],
  ['?seed=7).', '7'],
  ['?seed=%E2%80%9C7%E2%80%9D', '7'],
]) {
  test(`The address ${query} starts the game of the seed ${seed}, without a notice.`, async (desk) => {
    const table = await desk.open({ query });
    const game = await Oracle.play(seed);
    game.stop();
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
  });
}

test('Without a seed each new player gets a different game, the same one after a reload, and no notice.', async (desk) => {
  const hands = new Set();
  for (let n = 0; n < 4; n += 1) {
    const table = await desk.open({ query: '?' });
    const { slots } = await table.see();
    hands.add(slots.join());
    await reload(table);
    await table.shows({ slots });
    assert.equal(await table.notice(), '');
  }
  assert.ok(hands.size > 1, 'the same hand four times');
});

test('A notice can be closed, and does not cover the game before.', async (desk) => {
  const table = await desk.open({ query: '?seed=none', size: [320, 480] });
  const covered = await table.page.evaluate(() =>
    [...document.querySelectorAll('[role=option], [role=gridcell]')].filter((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) !== one;
    }).map((one) => one.ariaLabel),
  );
  assert.deepEqual(covered, [], 'what the notice covers');
  await table.page.getByRole('button', { name: 'Dismiss' }).click();
  await until(async () => (await table.notice()) === '', 'the notice to be closed');
});

/**
 * Each runs in the page before the program, and removes something that a browser usually has. It also runs in the blank
 * document that a page begins with, which lacks some of it.
 */
const LACKS = [
  ['without sound', () => delete window.AudioContext],
  [
    'that refuses an audio context',
    () => {
      window.AudioContext = class {
        constructor() {
          throw new DOMException('No more of them.', 'NotSupportedError');
        }
      };
    },
  ],
  [
    'whose sound fails while it plays',
    () => {
      AudioContext.prototype.createOscillator = () => {
        throw new DOMException('No more of them.', 'NotSupportedError');
      };
    },
  ],
  [
    'whose sound is never unlocked',
    () => {
      AudioContext.prototype.resume = () => Promise.reject(new DOMException('Not now.', 'NotAllowedError'));
      Object.defineProperty(AudioContext.prototype, 'state', { get: () => 'suspended' });
    },
  ],
  ['without media queries', () => delete window.matchMedia],
  ['without locks', () => Object.defineProperty(navigator, 'locks', { value: undefined })],
  [
    'whose locks are forbidden',
    () => {
      const request = () => {
        throw new DOMException('It is forbidden.', 'SecurityError');
      };
      if (window.LockManager) LockManager.prototype.request = request;
    },
  ],
  [
    'whose locks are rejected',
    () => {
      const request = () => Promise.reject(new DOMException('Not here.', 'InvalidStateError'));
      if (window.LockManager) LockManager.prototype.request = request;
    },
  ],
  [
    'without session storage',
    () =>
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('It is forbidden.', 'SecurityError');
        },
      }),
  ],
  ['without `Intl`', () => delete window.Intl],
  [
    'without any of these',
    () => {
      delete window.AudioContext;
      delete window.matchMedia;
      delete window.Intl;
      delete window.ResizeObserver;
      delete Navigator.prototype.vibrate;
      delete Navigator.prototype.userActivation;
      delete Navigator.prototype.serviceWorker;
      Object.defineProperty(navigator, 'locks', { value: undefined });
    },
  ],
  [
    'without pointer capture',
    () => {
      Element.prototype.setPointerCapture = () => {
        throw new DOMException('There is no such pointer.', 'NotFoundError');
      };
    },
  ],
];

for (const [what, before] of LACKS) {
  test(`In a browser ${what} there is a game to play.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, before });
    assert.equal(await table.notice(), '');
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    await table.muteButton.click();
    await until(async () => (await table.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');
    await table.newGameButton.click();
    await table.shows({ score: '0', best: '10' });
    await table.dealt();
    await table.isPlayable();
    assert.equal(await table.failure.isVisible(), false);
  });
}

test('Ten fingers do no harm, together or one by one, and afterwards a finger drags as usual.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', touch: true, size: [390, 844] });
  const before = await table.see();
  const { x, y } = centre(await table.slotBox(0));
  const fingers = Array.from({ length: 10 }, (_, n) => ({ x: 30 + 36 * n, y: n === 4 ? y : 200 + 30 * n }));
  const moved = fingers.map((finger) => ({ x: finger.x, y: finger.y - 90 }));
  await table.hand.send('touchStart', { x, y }, ...fingers.slice(1));
  await table.hand.send('touchMove', ...moved);
  await table.hand.send('touchEnd');
  for (let count = 1; count <= 10; count += 1) await table.hand.send('touchStart', { x, y }, ...fingers.slice(1, count));
  await table.hand.send('touchMove', { x, y: y - 200 }, ...moved.slice(1));
  await table.hand.send('touchCancel');
  await table.frames(3);
  // The first finger may have started a drag, which the second one cancelled.
  assert.deepEqual(await table.see(), before);
  assert.deepEqual((await table.heard()).filter((sentence) => sentence.includes('placed')), []);
  assert.equal(await table.page.evaluate(() => visualViewport.scale), 1);
  assert.match(await table.drop({ slot: 0, at: cell(3, 4) }), / placed/);
});

test('A key that is held acts once, for a button, to pick up and to drop.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  for (const [slot, at] of [cell(0, 0), cell(8, 8), cell(4, 3)].entries()) await table.drop({ slot, at });
  const held = async (key, times = 12) => {
    for (let n = 0; n < times; n += 1) await table.page.keyboard.down(key);
    await table.page.keyboard.up(key);
    await table.frames(3);
  };
  await held('m', 11);
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true', 'the sound is muted once');
  await held('n');
  assert.equal(await table.question.isVisible(), true, 'the question is asked once, and not answered');
  await held('Escape');
  assert.equal(await table.question.isVisible(), false);
  const before = (await table.heard()).length;
  for (const key of ['1', 'Enter', '2', ' ']) await held(key);
  const drops = (await table.heard()).slice(before).filter((sentence) => sentence.includes('laced'));
  assert.equal(drops.length, 2, 'two shapes are dropped');
  await held('i', 3);
  assert.equal(await table.page.locator('#inspector').isVisible(), true, 'the inspector is opened once');
  await held('i', 2);
  for (const key of ['Tab', 'ArrowDown']) await held(key, 40);
  assert.equal(await table.failure.isVisible(), false);
  await table.frames(3);
});

for (const [hand, options, begin, end] of [
  ['a finger', { touch: true, size: [390, 844] }, (table) => table.press({ slot: 0 }), (table) => table.release()],
  ['a mouse', {}, (table) => table.press({ slot: 0 }), (table) => table.release()],
  ['keys', {}, (table) => table.page.keyboard.press('1'), (table) => table.page.keyboard.press('Enter')],
]) {
  test(`If the window loses the focus while ${hand} holds a shape, the shape goes back to its slot, and the next drag is a new one.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', ...options });
    const before = await table.see();
    const heard = (await table.heard()).length;
    await begin(table);
    if (hand !== 'keys') await table.moveTo(cell(3, 4));
    await table.frames();
    await table.page.evaluate(() => dispatchEvent(new Event('blur')));
    await table.frames();
    await end(table);
    await table.frames(3);
    assert.deepEqual(await table.see(), before);
    assert.deepEqual((await table.heard()).slice(heard).filter((sentence) => sentence.includes('laced')), []);
    assert.equal(await table.drop({ slot: 0, at: cell(3, 4) }), 'Turned L placed. Score 0.');
  });
}

for (const [what, size, scale] of [
  ['1280 x 1024 that is zoomed to 400 %', [320, 256], 4],
  ['200 x 200', [200, 200], 1],
]) {
  test(`In a window of ${what} everything can be reached, and there is a game to play.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', size, scale });
    const all = { x: 0, y: 0, width: size[0], height: size[1] };
    const boxes = [...(await things(table)), ...(await panels(table))];
    assert.deepEqual(boxes.filter(([, box]) => !inside(box, all)), [], 'what is outside of the window');
    const covered = await table.page.evaluate(() =>
      [...document.querySelectorAll('#buttons button, #buttons input, [role=option], [role=gridcell]')].filter((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return one.checkVisibility() && !one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      }).map((one) => one.id),
    );
    assert.deepEqual(covered, [], 'what something else covers');
    assert.match(await table.drop({ slot: 0, at: cell(0, 0) }), / placed/);
    await table.openMenu();
    await table.page.getByRole('button', { name: 'Close', exact: true }).click();
    await closed(table.menu);
    assert.match(await table.drop({ slot: 1, at: cell(6, 6) }), / placed/);
  });
}
