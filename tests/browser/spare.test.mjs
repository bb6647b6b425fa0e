// There are two databases. If one of them is damaged or lost, the game goes on with what the other one has.

import assert from 'node:assert/strict';
import { bothWritten, openBlank, readRecords, readSpare, storeRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { broken, savedGames } from './records.mjs';
import { eventually, tableOf, until } from './table.mjs';

const SEED = '?seed=7';
const DROPS = 4;

/**
 * Plays some drops, waits until both databases have them, and closes the page. Returns what the first one had after
 * each.
 */
async function played(desk) {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED });
  const had = [];
  for (let drops = 0; drops < DROPS; drops += 1) {
    await play(table, game, { drops: 1 });
    had.push(await readRecords(table.page));
  }
  await bothWritten(table.page);
  const context = table.page.context();
  await table.page.close();
  return { game, had, context };
}

/** Checks that the game goes on as if nothing had happened, and that further drops are stored. */
async function goesOn(desk, context, game, prepare) {
  const table = await desk.openIn(context, { query: SEED, prepare });
  await table.shows(tableOf(game));
  assert.equal(await table.notice(), '');
  await play(table, game, { drops: 2 });
  await reload(table);
  await table.shows(tableOf(game));
  assert.equal(await table.notice(), '');
  return table;
}

/** Ways in which the first database can be damaged. */
const DAMAGED = [
  ['is damaged in its newest game', ([newest], had) => ({ [newest.key]: broken(had.at(-1)[newest.key]) })],
  ['is damaged in both games', (games, had) => Object.fromEntries(games.map(({ key }) => [key, broken(had.at(-1)[key])]))],
  ['was restored to an earlier drop', (games, had) => had[1]],
];

for (const [what, damage] of DAMAGED) {
  test(`If the first database ${what}, nothing is lost: the spare one has it.`, async (desk) => {
    const { game, had, context } = await played(desk);
    await storeRecords(context, desk.url, damage(savedGames(had.at(-1)), had), { spare: false });
    const table = await goesOn(desk, context, game);
    await bothWritten(table.page);
  });
}

test('If the first database was deleted, nothing is lost: the spare one has it.', async (desk) => {
  const { game, context } = await played(desk);
  const page = await openBlank(context, desk.url);
  await page.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase('blockers').onsuccess = resolve)));
  await page.close();
  const table = await goesOn(desk, context, game);
  await bothWritten(table.page);
});

/** Each runs in the page before the program, and makes the first database unusable. */
const UNUSABLE = [
  [
    'cannot be opened',
    () => {
      const first = window.indexedDB;
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...wanted) {
        if (this === first) throw new DOMException('It is broken.', 'UnknownError');
        return open.apply(this, wanted);
      };
    },
  ],
  ['is not there', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
];

/** Waits until the game in the spare database has this many drops. */
const spareHas = ({ page }, drops) =>
  until(async () => savedGames(await readSpare(page))[0]?.recording.drops.length === drops, 'the spare database to be written');

for (const [what, disable] of UNUSABLE) {
  test(`If the first database ${what}, the game goes on in the spare one, and in both when it can be used again.`, async (desk) => {
    const { game, context } = await played(desk);
    const table = await desk.openIn(context, { query: SEED, prepare: (page) => page.addInitScript(disable) });
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
    await play(table, game, { drops: 2 });
    await spareHas(table, game.drops);
    await table.reloading(() => table.page.reload());
    await table.shows(tableOf(game));
    await table.page.close();
    const again = await goesOn(desk, context, game);
    await bothWritten(again.page);
  });
}

test('If the databases do not answer, there is a notice after some seconds, and a game to play.', async (desk) => {
  const silent = () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...wanted) {
      const request = open.apply(this, wanted);
      Object.defineProperty(request, 'onsuccess', { set: () => {} });
      return request;
    };
  };
  const table = await desk.open({ query: SEED, before: silent });
  assert.match(await table.notice(), /^Your saved data cannot be read \(the database does not respond\)/);
  await table.isPlayable();
});

test('A connection that the browser has closed is opened again, and nothing is lost.', async (desk) => {
  const remember = () => {
    window.connections = [];
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...wanted) {
      const request = open.apply(this, wanted);
      request.addEventListener('success', () => window.connections.push(request.result));
      return request;
    };
  };
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before: remember });
  await play(table, game, { drops: 2 });
  await bothWritten(table.page);
  await table.page.evaluate(() => window.connections.forEach((connection) => connection.close()));
  await play(table, game, { drops: 2 });
  await bothWritten(table.page);
  assert.equal(savedGames(await readRecords(table.page))[0].recording.drops.length, 4);
  await reload(table);
  await table.shows(tableOf(game));
  assert.equal(await table.notice(), '');
});

test('When a game has ended the page asks the browser, once, not to evict what is stored.', async (desk) => {
  const count = () => {
    window.requests = 0;
    // The blank document that a page begins with has none.
    if (!window.StorageManager) return;
    StorageManager.prototype.persist = () => {
      window.requests += 1;
      return Promise.resolve(true);
    };
  };
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before: count });
  const requests = () => table.page.evaluate(() => window.requests);
  await play(table, game, { drops: 2 });
  assert.equal(await requests(), 0);
  for (let games = 0; games < 2; games += 1) {
    await table.newGameButton.click();
    await table.dealt();
    await table.isPlayable();
    await eventually(async () => assert.equal(await requests(), 1));
  }
});
