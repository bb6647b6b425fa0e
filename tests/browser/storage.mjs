// Whatever the storage can come up with, there is a game to play; and what can be kept is kept.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRecord, readRecords, storeRecords } from './database.mjs';
import { scoringGame } from './oracle.mjs';
import { reload } from './playing.mjs';
import { bests, broken, savedGames, seal, toLink } from './records.mjs';
import { cell } from './rules.mjs';
import { test } from './runner.mjs';
import { EMPTY_BOARD, until } from './table.mjs';

/** So long it may take until a write has been tried as often as it is, in milliseconds: it pauses between the tries. */
const ALL_TRIES = 15_000;

const NO_SEAL = 'the checksum at the end is missing; the text was cut off';
const NO_SOUND = 'expected `on` or `off` and a volume';
const SOUNDS = ['nonsense', 'on', 'on 2', 'on NaN', 'off -1', 'loud 0.5', 'on 0.5 0.5', 'on inf', '{}'];
/** The first slot is empty when something is taken out of it for the second time. */
const AGAINST_THE_RULES = toLink({ kind: 'seed', seed: 7, drops: Array(2).fill({ slot: 0, at: cell(0, 0) }) });

/** What is stored that means nothing, and why it does not. */
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
  test(`The storage holds ${shown} as ${key}: that is said and kept aside, and there is a game.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, stored: { [key]: text } });
    const notice = await table.notice();
    assert.ok(notice.startsWith(`Saved data ${key} cannot be read (`), notice);
    assert.ok(notice.includes(reason) && notice.endsWith('). It has been set aside and ignored.'), notice);
    assert.equal(await readRecord(table.page, key.replace('blockers.', 'blockers.aside.')), text);
    await table.shows({ ...EMPTY_BOARD, score: '0', best: '0' });
    assert.equal(await table.slider.inputValue(), '70');
    assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'false');
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    if (!/bests|game/.test(key)) return;
    // Nonsense is no reason not to store what is worth it.
    await reload(table);
    await table.shows({ score: '10', best: '10' });
    assert.equal(await table.notice(), '');
  });
}

test('The greatest best score that there can be is shown, and a game does not beat it.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const best = '18446744073709551615';
  const table = await desk.open({ query: `?seed=${seed}`, stored: { 'blockers.bests': bests({ seed: best }) } });
  await table.dropAll(drops);
  await table.shows({ score: '10', best });
  assert.equal(await table.notice(), '');
});

/** Runs in the page before the program: as long as `window.full` is true, nothing can be put into the database. */
function fillable() {
  window.full = false;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...record) {
    if (window.full) throw new DOMException('The storage is full.', 'QuotaExceededError');
    return put.apply(this, record);
  };
}

const fill = ({ page }, full) => page.evaluate((value) => (window.full = value), full);

test('A storage that is full costs a notice, the game goes on, and the next one finds room again.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}`, before: fillable });
  await fill(table, true);
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '10' });
  assert.equal(await table.notice(), '', 'it is tried again first, for some seconds');
  for (const what of ['Your game', 'Your best score']) {
    const sentence =
      `${what} cannot be saved (The storage is full.). Changes will be lost when you close this page.`;
    await until(async () => (await table.notice()).split('\n').includes(sentence), sentence, ALL_TRIES);
  }
  const { slots } = await table.see();
  const left = slots.findIndex((name) => name !== 'empty slot');
  assert.match(await table.drop({ slot: left, at: cell(4, 4) }), / placed/);
  await table.muteButton.click();
  const sound = 'A setting cannot be saved (The storage is full.)';
  await until(async () => (await table.notice()).includes(sound), 'a notice about the sound', ALL_TRIES);
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');

  await fill(table, false);
  await table.newGameButton.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  const stored = async () => (await readRecord(table.page, 'blockers.bests')) === bests({ seed: 10 });
  await until(stored, 'the best score to be stored after all');
});

test('A storage that is full for a second costs nothing, and not a word.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const table = await desk.open({ query: `?seed=${seed}`, before: fillable });
  await fill(table, true);
  await table.dropAll(drops);
  await sleep(800);
  await fill(table, false);
  const stored = async () => savedGames(await readRecords(table.page))[0].recording.drops.length === drops.length;
  await until(stored, 'the game to be stored after all');
  await until(async () => (await readRecord(table.page, 'blockers.bests')) === bests({ seed: 10 }), 'the best score, too');
  assert.equal(await table.notice(), '');
  await reload(table);
  await table.shows({ score: '10', best: '10' });
});

/** Each runs in the page before the program. The first write succeeds: that of the game at its beginning. */
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
    'that takes back every write but the first',
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
    // Where a second record goes with it, the browser says something about that one.
    '',
  ],
  [
    'that is closed after the first write',
    () => {
      const { transaction } = IDBDatabase.prototype;
      let writes = 0;
      IDBDatabase.prototype.transaction = function (...wanted) {
        if (wanted[1] === 'readwrite') writes += 1;
        if (writes > 1) throw new DOMException('The database is closing.', 'InvalidStateError');
        return transaction.apply(this, wanted);
      };
    },
    'The database is closing.',
  ],
];

for (const [what, before, reason] of FAILING_WRITES) {
  test(`A storage ${what} leaves what was stored whole, and it is said that the rest is not.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', before });
    const beginning = await table.see();
    await table.drop({ slot: 0, at: cell(0, 0) });
    await table.drop({ slot: 1, at: cell(5, 5) });
    const sentence = `Your game cannot be saved (${reason}`;
    const isTold = async () => {
      const lines = (await table.notice()).split('\n');
      const end = '). Changes will be lost when you close this page.';
      return lines.some((line) => line.startsWith(sentence) && line.endsWith(end));
    };
    await until(isTold, sentence, ALL_TRIES);
    await table.reloading(() => table.page.reload());
    await table.shows(beginning);
    assert.equal(await table.notice(), '');
  });
}

/** Each runs in the page before the program, and takes the storage away, or a part of it. */
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
  test(`A storage that ${what} costs a notice, and there is a game to play.`, async (desk) => {
    const { seed, drops } = await scoringGame();
    const table = await desk.open({ query: `?seed=${seed}`, before });
    assert.match(await table.notice(), notice);
    await table.dropAll(drops);
    await table.shows({ score: '10', best: '10' });
    const lost = async () => (await table.notice()).includes('Your game cannot be saved (');
    await until(lost, 'a notice that the game is not kept', ALL_TRIES);
    await table.newGameButton.click();
    await table.shows({ score: '0', best: '10' });
    await table.dealt();
    await table.isPlayable();
  });
}

test('A database of a later version is left as it is, and there is a game to play.', async (desk) => {
  const of = { version: 2, spare: false };
  const prepare = (page) => storeRecords(page.context(), desk.url, { 'blockers.bests': 'of tomorrow' }, of);
  const before = () => Object.defineProperty(navigator, 'storageBuckets', { value: undefined });
  const table = await desk.open({ prepare, before });
  assert.match(await table.notice(), /^Your saved data cannot be read \(.*version.*\)/);
  await table.isPlayable();
});
