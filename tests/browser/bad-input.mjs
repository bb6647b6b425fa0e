// Whatever an address, a storage or a browser without this or that can come up with, there is a game to play.

import assert from 'node:assert/strict';
import { Oracle, scoringGame } from './oracle.mjs';
import { cell } from './rules.mjs';
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
      strangers: document.querySelectorAll('img, [role=alert] script, [role=alert] p *').length,
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

test('An address without a seed gets another game each time, and no notice.', async (desk) => {
  const table = await desk.open({ query: '?' });
  const hands = new Set();
  for (let n = 0; n < 4; n += 1) {
    hands.add((await table.see()).slots.join());
    assert.equal(await table.notice(), '');
    await table.page.reload();
    await table.ready();
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

const STORED = [
  ...['nonsense', '-5', 'NaN', '1.5', '1e3', '', ' 12', 'null', '<b>1</b>', '9'.repeat(400), '18446744073709551616'].map(
    (text) => ['blockers.best', text],
  ),
  ...['nonsense', '', 'on', 'on 2', 'on NaN', 'off -1', 'loud 0.5', 'on 0.5 0.5', 'on inf', '{}'].map((text) => [
    'blockers.sound',
    text,
  ]),
];

for (const [key, text] of STORED) {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 8)}... (${text.length})` : text);
  test(`The storage holds ${shown} as ${key}: a notice says so, and there is a game as for a new player.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, stored: { [key]: text } });
    assert.equal(await table.notice(), `What is stored as ${key} is not readable, and is left out of account.`);
    await table.shows({ best: '0' });
    assert.equal(await table.slider.inputValue(), '70');
    assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'false');
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    if (key === 'blockers.sound') return;
    // Nonsense is no reason not to store what is worth it.
    await table.page.reload();
    await table.ready();
    await table.shows({ best: '10' });
    assert.equal(await table.notice(), '');
  });
}

test('The greatest best score that there can be is shown, and a game does not beat it.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const best = '18446744073709551615';
  const table = await desk.open({ query: `?seed=${seed}`, stored: { 'blockers.best': best } });
  await table.dropAll(drops);
  await table.shows({ score: '10', best });
  assert.equal(await table.notice(), '');
});

test('A storage that is full costs a notice when the best score is beaten, and the game goes on.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const full = () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The storage is full.', 'QuotaExceededError');
    };
  };
  const table = await desk.open({ query: `?seed=${seed}`, before: full });
  assert.equal(await table.notice(), '');
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '10' });
  assert.equal(await table.notice(), '', 'it is tried again first, for some seconds');
  const best = 'Your best score cannot be stored (The storage is full.)';
  await until(async () => (await table.notice()).includes(best), 'a notice about the best score');
  const { slots } = await table.see();
  const left = slots.findIndex((name) => name !== 'empty slot');
  assert.match(await table.drop({ slot: left, at: cell(4, 4) }), / placed/);
  await table.muteButton.click();
  await until(async () => (await table.notice()).includes('sound settings'), 'a notice about the sound');
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');
});

/** Each runs in the page before the program, and takes something away that a browser usually has. */
const LACKS = [
  [
    'whose storage is forbidden',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('It is forbidden.', 'SecurityError');
        },
      }),
    /^What was stored cannot be read \(It is forbidden\.\)[^\n]*$/,
  ],
  [
    'without a storage',
    () => Object.defineProperty(window, 'localStorage', { value: null }),
    /^What was stored cannot be read \(this browser has no local storage\)[^\n]*$/,
  ],
  [
    'whose storage cannot be read',
    () => {
      Storage.prototype.getItem = () => {
        throw 'not even an error';
      };
    },
    /^What was stored cannot be read \(the browser does not say why\)[^\n]*$/,
  ],
  ['without sound', () => delete window.AudioContext, /^$/],
  [
    'whose sound cannot be had',
    () => {
      window.AudioContext = class {
        constructor() {
          throw new DOMException('No more of them.', 'NotSupportedError');
        }
      };
    },
    /^$/,
  ],
  [
    'whose sound breaks in the middle',
    () => {
      AudioContext.prototype.createOscillator = () => {
        throw new DOMException('No more of them.', 'NotSupportedError');
      };
    },
    /^$/,
  ],
  [
    'whose sound is never unlocked',
    () => {
      AudioContext.prototype.resume = () => Promise.reject(new DOMException('Not now.', 'NotAllowedError'));
      Object.defineProperty(AudioContext.prototype, 'state', { get: () => 'suspended' });
    },
    /^$/,
  ],
  ['that knows nothing of themes', () => delete window.matchMedia, /^$/],
  [
    'that captures no pointers',
    () => {
      Element.prototype.setPointerCapture = () => {
        throw new DOMException('There is no such pointer.', 'NotFoundError');
      };
    },
    /^$/,
  ],
];

for (const [what, before, notice] of LACKS) {
  test(`In a browser ${what} there is a game to play.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, before });
    assert.match(await table.notice(), notice);
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    await table.muteButton.click();
    await until(async () => (await table.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');
    await table.page.getByRole('button', { name: 'New game' }).click();
    await table.shows({ score: '0', best: '10' });
    await table.ready();
    await table.isPlayable();
    assert.equal(await table.failure.isVisible(), false);
  });
}
