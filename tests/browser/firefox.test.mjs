// What only Firefox does.

import assert from 'node:assert/strict';
import { testIn } from './engine-tests.mjs';
import { until } from './table.mjs';

const BLOCK_ALL = 2;
const test = testIn('firefox', { 'network.cookie.cookieBehavior': BLOCK_ALL });

test('With cookies blocked, opening a database throws: there is a notice, and a game to play.', async (desk) => {
  // Every try to store the game is logged.
  const table = await desk.open({ query: '?seed=7', noisy: true });
  const opening = await table.page.evaluate(() => {
    try {
      return typeof indexedDB.open('any');
    } catch ({ name }) {
      return name;
    }
  });
  assert.equal(opening, 'SecurityError');
  assert.match(await table.notice(), /^Your saved data cannot be read \([^\n]+\)\./);
  await table.isPlayable();
  await until(async () => (await table.notice()).includes('Your game cannot be saved ('), 'a notice that the game is not stored');
});
