// A database that cannot be used as it is, or not any more, is repaired or opened in another way, and nothing is lost.

import assert from 'node:assert/strict';
import { bothWritten, openBlank, readRecords, readSpare, storeRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { savedGames } from './records.mjs';
import { cell } from './rules.mjs';
import { tableOf, until } from './table.mjs';

const SEED = '?seed=7';

/** Each runs in the page before the program. Without buckets there is no spare database. */
const withoutBuckets = () => Object.defineProperty(Navigator.prototype, 'storageBuckets', { value: undefined });
const withBuckets = () => {};

const drops = (records) => savedGames(records)[0]?.recording.drops.length;
const stored = ({ page }, count) => until(async () => drops(await readRecords(page)) === count, `${count} drops to be stored`);

/** Creates a database with another script of the same origin, in the default bucket or in another one. */
async function create(context, url, { bucket, version, store }) {
  const page = await openBlank(context, url);
  await page.evaluate(
    async ({ bucket, version, store }) => {
      const factory = bucket ? (await navigator.storageBuckets.open(bucket)).indexedDB : indexedDB;
      await new Promise((resolve) => {
        const request = factory.open('blockers', version);
        request.onupgradeneeded = () => store && request.result.createObjectStore(store);
        request.onsuccess = () => resolve(request.result.close());
      });
    },
    { bucket, version, store },
  );
  await page.close();
}

const USELESS = [
  ['has no object store', {}],
  ['has no object store and a later version', { version: 7 }],
  ['has an object store of another script', { store: 'others' }],
  ['has no object store in the spare bucket', { bucket: 'spare' }],
];

for (const [what, made] of USELESS) {
  for (const before of made.bucket ? [withBuckets] : [withBuckets, withoutBuckets]) {
    test(`If a database ${what}, it is set up, ${before.name.replace('B', ' b')}.`, async (desk) => {
      const game = await natively(desk, 7);
      const prepare = (page) => create(page.context(), desk.url, made);
      const table = await desk.open({ query: SEED, before, prepare });
      await play(table, game, { drops: 2 });
      await stored(table, 2);
      if (before === withBuckets) await bothWritten(table.page);
      await reload(table);
      await table.shows(tableOf(game));
      assert.equal(await table.notice(), '');
    });
  }
}

test('A database of a later version is used if it has the object store.', async (desk) => {
  const game = await natively(desk, 7);
  const prepare = (page) => storeRecords(page.context(), desk.url, { 'blockers.sound': 'off 0.5' }, { version: 3, spare: false });
  const table = await desk.open({ query: SEED, before: withoutBuckets, prepare });
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');
  await play(table, game, { drops: 1 });
  await stored(table, 1);
  assert.equal(await table.notice(), '');
});

/** Runs in the page before the program: `window.fail` is the name of the exception of each further transaction. */
function breakable() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...wanted) {
    const { fail } = window;
    window.fail = undefined;
    if (fail) throw new DOMException('It is broken.', fail);
    return transaction.apply(this, wanted);
  };
}

for (const name of ['InvalidStateError', 'NotFoundError', 'UnknownError', 'AbortError', 'TransactionInactiveError']) {
  test(`After ${name} the connection is opened again, and nothing is lost.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: SEED, before: breakable });
    await play(table, game, { drops: 1 });
    await bothWritten(table.page);
    await table.page.evaluate((fail) => (window.fail = fail), name);
    await play(table, game, { drops: 1 });
    await stored(table, 2);
    assert.equal(await table.notice(), '');
  });
}

/**
 * Runs in the page before the program. After `window.lose()` the document's connections are closed, and it opens no
 * others, as in WebKit after the process with the databases has ended. A new frame opens them.
 */
function losable() {
  const connections = [];
  let isLost = false;
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...wanted) {
    const request = isLost ? open.call(this, 'other', 1) : open.apply(this, wanted);
    if (isLost) {
      const error = new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
      Object.defineProperty(request, 'error', { value: error });
      const { dispatchEvent } = request;
      request.addEventListener('success', (event) => {
        event.stopImmediatePropagation();
        dispatchEvent.call(request, new Event('error'));
      });
    }
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  };
  window.lose = () => {
    isLost = true;
    for (const connection of connections) connection.close();
  };
}

for (const before of [withBuckets, withoutBuckets]) {
  test(`If the document opens no database any more, the game is stored in a hidden frame, ${before.name.replace('B', ' b')}.`, async (desk) => {
    const game = await natively(desk, 7);
    const prepare = (page) => page.addInitScript(losable);
    const table = await desk.open({ query: SEED, before, prepare });
    await play(table, game, { drops: 1 });
    await stored(table, 1);
    const tree = () => table.page.locator('body').ariaSnapshot();
    const bodyBefore = await tree();
    for (let losses = 1; losses <= 2; losses += 1) {
      await table.page.evaluate(() => {
        window.lose();
        for (const frame of document.querySelectorAll('iframe')) frame.contentWindow.lose?.();
      });
      await play(table, game, { drops: 1 });
      const other = await openBlank(table.page.context(), desk.url);
      await stored({ page: other }, 1 + losses);
      await other.close();
      await table.page.bringToFront();
    }
    const frame = table.page.locator('iframe');
    assert.equal(await frame.count(), 1, 'a frame that is not used any more is removed');
    assert.equal(await frame.isVisible(), false);
    assert.doesNotMatch(await tree(), /iframe/);
    assert.match(bodyBefore, /grid/);
    assert.equal(await table.notice(), '');
    await table.reloading(() => table.page.reload());
    await table.shows(tableOf(game));
  });
}

/** Runs in the page and its frames before the program: before `window.repair()` the first database cannot be opened. */
function closedAtFirst() {
  top.isClosed ??= true;
  if (window === top) window.repair = () => (window.isClosed = false);
  const first = window.indexedDB;
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...wanted) {
    if (top.isClosed && this === first) throw new DOMException('It is locked.', 'UnknownError');
    return open.apply(this, wanted);
  };
}

test('A first database that can be opened only after the start has everything after the next drop.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before: closedAtFirst });
  await play(table, game, { drops: 2 });
  await until(async () => drops(await readSpare(table.page)) === 2, 'the spare database to be written');
  await table.page.evaluate(() => window.repair());
  await play(table, game, { drops: 1 });
  await stored(table, 3);
  await bothWritten(table.page);
  assert.equal(await table.notice(), '');
});

test('If the only database can be opened only after the start, a new game is stored there.', async (desk) => {
  const game = await natively(desk, 7);
  const prepare = (page) => page.addInitScript(closedAtFirst);
  const table = await desk.open({ query: SEED, before: withoutBuckets, prepare });
  assert.match(await table.notice(), /^Your saved data cannot be read \(It is locked\.\)/);
  await table.page.evaluate(() => window.repair());
  await play(table, game, { drops: 2 });
  await stored(table, 2);
});

test('If the only database can be opened only after the start, the game in it is not replaced by a new one.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before: withoutBuckets });
  await play(table, game, { drops: 4 });
  const before = await readRecords(table.page);
  const context = table.page.context();
  await table.page.close();

  const later = await desk.openIn(context, { query: SEED, prepare: (page) => page.addInitScript(closedAtFirst) });
  assert.match(await later.notice(), /^Your saved data cannot be read \(It is locked\.\)/);
  await later.page.evaluate(() => window.repair());
  await later.drop({ slot: 0, at: cell(5, 5) });
  const reason = 'Your game cannot be saved (reload the page to continue the saved game)';
  await until(async () => (await later.notice()).includes(reason), reason);
  assert.deepEqual(await readRecords(later.page), before);
  await later.page.close();

  const again = await desk.openIn(context, { query: SEED });
  await again.shows(tableOf(game));
  assert.equal(await again.notice(), '');
});

test('Another script of the origin can change the version of the database while the game is open.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  await play(table, game, { drops: 1 });
  await create(table.page.context(), desk.url, { version: 9 });
  await table.page.bringToFront();
  await play(table, game, { drops: 1 });
  await stored(table, 2);
  assert.equal(await table.notice(), '');
});
