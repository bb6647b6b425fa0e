// Pages in different folders of one origin are different games. Earlier versions shared one game among all folders, and
// what they stored is still found.

import assert from 'node:assert/strict';
import { readRecords, storeRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, rehearsed } from './playing.mjs';
import { saved, savedGames } from './records.mjs';
import { serve } from './server.mjs';
import { EMPTY_BOARD, eventually, tableOf } from './table.mjs';

/** Starts a server that has the page in these folders, too. Returns a function that opens the page in a folder. */
async function folders(desk) {
  const inFolder = (request) => {
    // The page is in the root folder of what is served.
    request.url = request.url.replace(/^\/[ab]\//, '/');
  };
  const server = await serve(process.env.BLOCKERS_DIST ?? 'dist', { dev: true }, inFolder);
  desk.atTheEnd(() => server.close());
  let context;
  return async (folder, { query = '', ...options } = {}) => {
    desk.url = server.url;
    const open = context ? desk.openIn.bind(desk, context) : desk.open.bind(desk);
    const table = await open({ ...options, query: folder + query });
    context = table.page.context();
    return table;
  };
}

const generations = async ({ page }, name) => savedGames(await readRecords(page, name)).map(({ generation }) => generation);

/** The name of the databases in each folder. */
const NAMES = { '': 'blockers', 'a/': 'blockers/a', 'b/': 'blockers/b' };

for (const [one, other] of [
  ['a/', 'b/'],
  ['', 'b/'],
  ['b/', ''],
]) {
  test(`New games in '/${one}' and '/${other}' are independent, and can be open at the same time.`, async (desk) => {
    const open = await folders(desk);
    const first = await open(one, { query: '?seed=7' });
    const game = await natively(desk, 7);
    await play(first, game, { drops: 2 });
    const second = await open(other, { query: '?seed=8' });
    assert.equal(await second.elsewhere.isVisible(), false);
    const otherGame = await natively(desk, 8);
    await second.shows(tableOf(otherGame));
    await play(second, otherGame, { drops: 3 });
    for (const [table, of, name] of [
      [first, game, NAMES[one]],
      [second, otherGame, NAMES[other]],
    ]) {
      await eventually(async () => assert.equal(savedGames(await readRecords(table.page, name))[0].recording.drops.length, of.drops));
      await table.page.bringToFront();
      await table.reloading(() => table.page.reload());
      await table.shows(tableOf(of));
      assert.equal(await table.notice(), '');
    }
  });
}

/** Stores the record of a game as an earlier version did, and returns that game. */
async function played(desk) {
  const game = await natively(desk, 9, 'seed');
  const { drops } = await rehearsed(game, { drops: 4 });
  return { game, stored: { 'blockers.game.1': saved({ kind: 'seed', seed: 9, drops }) } };
}

test('A page in a folder goes on with the game that an earlier version has stored for all folders.', async (desk) => {
  const { game, stored } = await played(desk);
  const open = await folders(desk);
  const prepare = (page) => storeRecords(page.context(), desk.url, stored);
  const table = await open('a/', { prepare });
  await table.shows(tableOf(game));
  assert.equal(await table.notice(), '');
  const before = await readRecords(table.page);
  await play(table, game, { drops: 2 });
  await eventually(async () => assert.equal(savedGames(await readRecords(table.page, NAMES['a/']))[0].recording.drops.length, 6));
  await table.reloading(() => table.page.reload());
  await table.shows(tableOf(game));
  assert.deepEqual(await readRecords(table.page), before, 'the records of the earlier version are left as they are');
  assert.deepEqual(before, stored);
});

test('Each folder gets a copy of what an earlier version has stored, once.', async (desk) => {
  const { game, stored } = await played(desk);
  const open = await folders(desk);
  const prepare = (page) => storeRecords(page.context(), desk.url, stored);
  const first = await open('a/', { prepare });
  await first.shows(tableOf(game));
  await first.newGameButton.click();
  await first.question.getByRole('button', { name: 'End game' }).click();
  await first.shows(EMPTY_BOARD);
  const { slots } = await first.dealt().then(() => first.see());
  const second = await open('b/');
  await second.shows(tableOf(game));
  await play(second, game, { drops: 1 });
  await first.page.bringToFront();
  await eventually(async () => assert.ok((await generations(first, NAMES['a/']))[0] >= 3));
  await first.reloading(() => first.page.reload());
  await first.shows({ ...EMPTY_BOARD, slots });
});

test('The root folder goes on with the game of an earlier version, under the same names.', async (desk) => {
  const { game, stored } = await played(desk);
  const open = await folders(desk);
  const prepare = (page) => storeRecords(page.context(), desk.url, stored);
  const table = await open('', { prepare });
  await table.shows(tableOf(game));
  await play(table, game, { drops: 1 });
  await eventually(async () => assert.equal(savedGames(await readRecords(table.page))[0].recording.drops.length, 5));
  // The other folder had the same game before.
  const other = await open('b/');
  await other.shows(tableOf(game));
});
