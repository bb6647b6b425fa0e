// With anything in the storage, and with a storage that fails, there is a game to play; and what can be stored is
// stored.

import assert from 'node:assert/strict';

import { readRecord, readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { scoringGame } from './oracle.mjs';
import { reload } from './playing.mjs';
import { bests, broken, savedGames, seal, toLink } from './records.mjs';
import { cell } from './rules.mjs';
import { EMPTY_BOARD, eventually, until } from './table.mjs';

/**
 * How often the program tries a write: `STORAGE_TRIES` in src/wiring.rs. It pauses between the tries, for about four
 * seconds.
 */
const TRIES = 5;

const NO_SEAL = 'the checksum at the end is missing; the text was cut off';
const NO_SOUND = 'expected `on` or `off` and a volume';
const SOUNDS = ['nonsense', 'on', 'on 2', 'on NaN', 'off -1', 'loud 0.5', 'on 0.5 0.5', 'on inf', '{}'];
/** The first slot is empty at the second drop. */
const AGAINST_THE_RULES = toLink({ kind: 'seed', seed: 7, drops: Array(2).fill({ slot: 0, at: cell(0, 0) }) });

/** Records that cannot be read: the key, the text, and the reason that the notice gives. */
const STORED = [
  ...['nonsense', '-5', '1.5', ' 12', 'null', '<b>1</b>', '9'.repeat(400)].map((text) => ['blockers.bests', text, NO_SEAL]),
  ['blockers.bests', broken(bests({ seed: 7 })), 'the text was changed'],
  ['blockers.bests', seal('2 0 0 0 7 0 0 0 0'), 'expected version 1, found `2`'],
  ['blockers.bests', seal('1 0 0 0 7'), 'expected a best score, found the end'],
  ...SOUNDS.map((text) => ['blockers.sound', text, NO_SOUND]),
  ['blockers.game.0', 'nonsense', NO_SEAL],
  ['blockers.game.1', seal('1 1 x AQMAAAA'), 'expected the generation, found `x`'],
  ['blockers.game.0', seal('1 1 1 <svg/onload=alert(1)>'), 'invalid recording: '],
  ['blockers.game.1', seal(`1 1 1 ${AGAINST_THE_RULES}`), 'the slot is empty'],
  ['blockers.daily', seal('1 20260230 0 0 0'), 'expected a date such as 20261123, found `20260230`'],
  ['blockers.archive', seal('1 older 2'), 'found the end'],
];

for (const [key, text, reason] of STORED) {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 8)}... (${text.length})` : text);
  test(`If the storage holds ${shown} as ${key}, a notice says so, the text is set aside, and there is a game.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, stored: { [key]: text } });
    const notice = await table.notice();
    assert.ok(notice.startsWith(`Saved data ${key} cannot be read (`), notice);
    assert.ok(notice.includes(reason) && notice.endsWith('). It has been set aside and ignored.'), notice);
    const aside = key.replace('blockers.', 'blockers.aside.');
    await eventually(async () => assert.equal(await readRecord(table.page, aside), text));
    await table.shows({ ...EMPTY_BOARD, score: '0', best: '0' });
    assert.equal(await table.slider.inputValue(), '70');
    assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'false');
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    if (!/bests|game/.test(key)) return;
    // What could not be read is replaced.
    await reload(table);
    await table.shows({ score: '10', best: '10' });
    assert.equal(await table.notice(), '');
  });
}

test('The greatest possible best score is shown, and a game does not beat it.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const best = '18446744073709551615';
  const table = await desk.open({ query: `?seed=${seed}`, stored: { 'blockers.bests': bests({ seed: best }) } });
  await table.dropAll(drops);
  await table.shows({ score: '10', best });
  assert.equal(await table.notice(), '');
});

/**
 * Runs in the page before the program: refuses the next `window.refusing` writes, and counts them in `window.refused`.
 */
function fillable() {
  window.refusing = 0;
  window.refused = 0;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...record) {
    if (window.refusing > 0) {
      window.refusing -= 1;
      window.refused += 1;
      throw new DOMException('The storage is full.', 'QuotaExceededError');
    }
    return put.apply(this, record);
  };
}

const refuse = ({ page }, times) => page.evaluate((value) => (window.refusing = value), times);
const refused = ({ page }) => page.evaluate(() => window.refused);

test('If the storage is full, there is a notice, the game goes on, and the next one is stored once there is room.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}`, before: fillable });
  await refuse(table, Infinity);
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '10' });
  for (const what of ['Your game', 'Your best score']) {
    const sentence = `${what} cannot be saved (The storage is full.). Changes will be lost when you close this page.`;
    await until(async () => (await table.notice()).split('\n').includes(sentence), sentence);
    assert.ok((await refused(table)) >= TRIES, 'it is tried several times first');
  }
  const { slots } = await table.see();
  const left = slots.findIndex((name) => name !== 'empty slot');
  assert.match(await table.drop({ slot: left, at: cell(4, 4) }), / placed/);
  await table.muteButton.click();
  const sound = 'A setting cannot be saved (The storage is full.)';
  await until(async () => (await table.notice()).includes(sound), 'a notice about the sound');
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');

  await refuse(table, 0);
  await table.newGameButton.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  const stored = async () => (await readRecord(table.page, 'blockers.bests')) === bests({ seed: 10 });
  await until(stored, 'the best score to be stored after all');
});

test('If the storage is full only for a moment, nothing is lost, and there is no notice.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}`, before: fillable });
  await refuse(table, TRIES - 2);
  await table.dropAll(drops);
  const stored = async () => savedGames(await readRecords(table.page))[0].recording.drops.length === drops.length;
  await until(stored, 'the game to be stored after all');
  await until(async () => (await readRecord(table.page, 'blockers.bests')) === bests({ seed: 10 }), 'the best score, too');
  assert.equal(await refused(table), TRIES - 2);
  assert.equal(await table.notice(), '');
  await reload(table);
  await table.shows({ score: '10', best: '10' });
});

/**
 * Each runs in the page before the program, and makes every write fail but the first, that of the game at its
 * beginning.
 */
const FAILING_WRITES = [
  [
    'whose every write but the first is refused',
    () => {
      const { put } = IDBObjectStore.prototype;
      let writes = 0;
      IDBObjectStore.prototype.put = function (...record) {
        writes += 1;
        if (writes > 1) throw new DOMException('No more of them.', 'QuotaExceededError');
        return put.apply(this, record);
      };
    },
    'No more of them.',
  ],
  [
    'that aborts every write but the first',
    () => {
      const { put } = IDBObjectStore.prototype;
      let writes = 0;
      IDBObjectStore.prototype.put = function (...record) {
        const request = put.apply(this, record);
        writes += 1;
        if (writes > 1) this.transaction.abort();
        return request;
      };
    },
    // If it is written together with a second record, the reason is about that one.
    '',
  ],
  [
    'that is closed after the first write',
    () => {
      const { transaction } = IDBDatabase.prototype;
      // The program tries it in a frame, too.
      top.writes ??= 0;
      IDBDatabase.prototype.transaction = function (...wanted) {
        if (wanted[1] === 'readwrite') top.writes += 1;
        if (top.writes > 1) throw new DOMException('The database is closing.', 'InvalidStateError');
        return transaction.apply(this, wanted);
      };
    },
    'The database is closing.',
  ],
];

for (const [what, before, reason] of FAILING_WRITES) {
  test(`With a storage ${what}, what was stored stays intact, and a notice says that the rest is not stored.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', before });
    const beginning = await table.see();
    await table.drop({ slot: 0, at: cell(0, 0) });
    await table.drop({ slot: 1, at: cell(5, 5) });
    const sentence = `Your game cannot be saved (${reason}`;
    const isNoticed = async () => {
      const lines = (await table.notice()).split('\n');
      const end = '). Changes will be lost when you close this page.';
      return lines.some((line) => line.startsWith(sentence) && line.endsWith(end));
    };
    await until(isNoticed, sentence);
    await table.reloading(() => table.page.reload());
    await table.shows(beginning);
    assert.equal(await table.notice(), '');
  });
}

/** Each runs in the page before the program, and removes the storage, or a part of it. */
const LACKS = [
  [
    'is forbidden',
    () => {
      const get = () => {
        throw new DOMException('It is forbidden.', 'SecurityError');
      };
      Object.defineProperty(window, 'indexedDB', { get });
      Object.defineProperty(navigator, 'storageBuckets', { value: undefined });
    },
    /^Your saved data cannot be read \(It is forbidden\.\)[^\n]*$/,
  ],
  [
    'is not there',
    () => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
      Object.defineProperty(navigator, 'storageBuckets', { value: undefined });
    },
    /^Your saved data cannot be read \(this browser has no database\)[^\n]*$/,
  ],
  [
    'cannot be opened',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('It is broken.', 'UnknownError');
      };
    },
    /^Your saved data cannot be read \(It is broken\.\)[^\n]*$/,
  ],
  [
    'refuses every request, as with blocked cookies',
    () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function () {
        open.call(this, 'other', 2);
        return open.call(this, 'other', 1);
      };
    },
    /^Your saved data cannot be read \([^\n]*version[^\n]*\)[^\n]*$/,
  ],
  [
    'cannot be set up',
    () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...wanted) {
        const request = open.apply(this, wanted);
        request.addEventListener('upgradeneeded', () => request.transaction.abort());
        return request;
      };
    },
    /^Your saved data cannot be read \([^\n]+\)[^\n]*$/,
  ],
  [
    'cannot be read',
    () => {
      IDBObjectStore.prototype.getAll = () => {
        throw {};
      };
    },
    /^Your saved data cannot be read \(unknown reason\)[^\n]*$/,
  ],
];

for (const [what, before, notice] of LACKS) {
  test(`If the storage ${what}, there is a notice, and a game to play.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, before });
    assert.match(await table.notice(), notice);
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    const lost = async () => (await table.notice()).includes('Your game cannot be saved (');
    await until(lost, 'a notice that the game is not stored');
    await table.newGameButton.click();
    await table.shows({ score: '0', best: '10' });
    await table.dealt();
    await table.isPlayable();
  });
}
