// Whatever an address or a browser without this or that can come up with, there is a game to play. What a storage can come up
// with is in storage.mjs, what a link can in links.mjs.

import assert from 'node:assert/strict';
import { Oracle, scoringGame } from './oracle.mjs';
import { reload } from './playing.mjs';
import { test } from './runner.mjs';
import { tableOf, until } from './table.mjs';

const NOT_SEEDS = [
  '',
  '-1',
  '1.5',
  '1e3',
  'abc',
  '0x10',
  '７',
  ' 7',
  '7\u0000',
  'NaN',
  '18446744073709551616',
  '9'.repeat(8000),
  '<img src=x onerror="document.title=1">',
  '</p><script>document.title=1</script>',
  '👾'.repeat(40),
];

for (const text of NOT_SEEDS) {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 8)}... (${text.length})` : text);
  test(`The address asks for the seed ${shown}: a notice says that it is none, and there is a game.`, async (desk) => {
    const table = await desk.open({ query: `?seed=${encodeURIComponent(text)}`, size: [390, 844] });
    const notice = await table.notice();
    assert.match(notice, /is not a seed/);
    assert.ok(notice.length < 200, notice);
    assert.ok(notice.startsWith(`“${[...text].slice(0, 24).join('')}”`.trim()), notice);
    const { title, strangers } = await table.page.evaluate(() => ({
      title: document.title,
      strangers: document.querySelectorAll('img, [role=alert] script, [role=alert] *').length,
    }));
    assert.deepEqual({ title, strangers }, { title: 'Blockers', strangers: 0 });
    await table.isPlayable();
  });
}

test('An address whose seed is not even text in UTF-8 gets a notice and a game.', async (desk) => {
  const table = await desk.open({ query: '?seed=%FF%FE%' });
  assert.match(await table.notice(), /is not a seed/);
  await table.isPlayable();
});

for (const query of ['?seed=18446744073709551615', '?seed=0', '?other=1&seed=7&seed=8#seed=9']) {
  test(`The address ${query} asks for a seed, and gets its hand without a notice.`, async (desk) => {
    const table = await desk.open({ query });
    const game = await Oracle.play(/seed=(\d+)/.exec(query)[1]);
    game.stop();
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
  });
}

test('Without a seed every new player gets another game, the same one after a reload, and no notice.', async (desk) => {
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

test('A notice is gone when it is closed, and keeps nobody from playing while it is there.', async (desk) => {
  const table = await desk.open({ query: '?seed=none', size: [320, 480] });
  const uncovered = await table.page.evaluate(() =>
    [...document.querySelectorAll('[role=option], [role=gridcell]')].filter((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) !== one;
    }).map((one) => one.ariaLabel),
  );
  assert.deepEqual(uncovered, [], 'what cannot be touched because the notice covers it');
  await table.page.getByRole('button', { name: 'Close the notice' }).click();
  assert.equal(await table.notice(), '');
});

/**
 * Each runs in the page before the program, and takes something away that a browser usually has. A page begins with a blank
 * document, which has not all of it.
 */
const LACKS = [
  ['without sound', () => delete window.AudioContext],
  [
    'whose sound cannot be had',
    () => {
      window.AudioContext = class {
        constructor() {
          throw new DOMException('No more of them.', 'NotSupportedError');
        }
      };
    },
  ],
  [
    'whose sound breaks in the middle',
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
  ['that knows nothing of themes', () => delete window.matchMedia],
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
    'whose locks cannot be had',
    () => {
      const request = () => Promise.reject(new DOMException('Not here.', 'InvalidStateError'));
      if (window.LockManager) LockManager.prototype.request = request;
    },
  ],
  [
    'that remembers nothing of a session',
    () =>
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('It is forbidden.', 'SecurityError');
        },
      }),
  ],
  [
    'that captures no pointers',
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
