// There are two databases. Whatever happens to one of them, the game goes on with what the other one has.

import assert from 'node:assert/strict';
import { bothWritten, readRecords, storeRecords } from './database.mjs';
import { natively, play, reload } from './playing.mjs';
import { broken, savedGames } from './records.mjs';
import { test } from './runner.mjs';
import { tableOf } from './table.mjs';

const SEED = '?seed=7';
const DROPS = 4;

/** Plays some drops, sees that both databases have them, and closes the page. Returns what the first one had after each. */
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

/** The game goes on as if nothing had happened, and what is dropped now is kept, too. */
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

/** What becomes of the first database. */
const SPOILED = [
  ['is damaged in its newest game', ([newest], had) => ({ [newest.key]: broken(had.at(-1)[newest.key]) })],
  ['is damaged in both games', (games, had) => Object.fromEntries(games.map(({ key }) => [key, broken(had.at(-1)[key])]))],
  ['was rolled back to an earlier drop', (games, had) => had[1]],
];

for (const [what, spoil] of SPOILED) {
  test(`A first database that ${what} costs nothing: the spare one has it.`, async (desk) => {
    const { game, had, context } = await played(desk);
    await storeRecords(context, desk.url, spoil(savedGames(had.at(-1)), had), { spare: false });
    const table = await goesOn(desk, context, game);
    await bothWritten(table.page);
  });
}

test('A first database that was thrown away costs nothing: the spare one has it.', async (desk) => {
  const { game, context } = await played(desk);
  const gone = (page) => page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html>' }));
  const page = await context.newPage();
  await gone(page);
  await page.goto(`${desk.url}blank.html`);
  await page.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase('blockers').onsuccess = resolve)));
  await page.close();
  const table = await goesOn(desk, context, game);
  await bothWritten(table.page);
});

/** Each runs in the page before the program, and is how the first database cannot be used. */
const SHUT = [
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

for (const [what, shut] of SHUT) {
  test(`When the first database ${what}, the game goes on in the spare one, and in both when it is there again.`, async (desk) => {
    const { game, context } = await played(desk);
    const table = await desk.openIn(context, { query: SEED, prepare: (page) => page.addInitScript(shut) });
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
    await play(table, game, { drops: 2 });
    await table.reloading(() => table.page.reload());
    await table.shows(tableOf(game));
    await table.page.close();
    const again = await goesOn(desk, context, game);
    await bothWritten(again.page);
  });
}

test('Databases that do not answer cost some seconds and a notice, and there is a game to play.', async (desk) => {
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

test('When a game has ended the browser is asked, once, to keep what is stored.', async (desk) => {
  const count = () => {
    window.asked = 0;
    // Before the page there is an empty one, which is not to be trusted with it.
    if (!window.StorageManager) return;
    StorageManager.prototype.persist = () => {
      window.asked += 1;
      return Promise.resolve(true);
    };
  };
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before: count });
  const asked = () => table.page.evaluate(() => window.asked);
  await play(table, game, { drops: 2 });
  assert.equal(await asked(), 0);
  for (let games = 0; games < 2; games += 1) {
    await table.newGameButton.click();
    await table.dealt();
    await table.isPlayable();
    assert.equal(await asked(), 1);
  }
});
