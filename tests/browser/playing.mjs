// Plays a game in the page and natively side by side, so that a test always has what the page must show.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { Oracle } from './oracle.mjs';
import { firstFit } from './rules.mjs';
import { eventually, tableOf } from './table.mjs';

/** Starts a native game, which ends with the test. */
export async function natively(desk, seed, kind) {
  const game = await Oracle.play(seed, kind);
  desk.atTheEnd(() => game.stop());
  return game;
}

/**
 * Plays drops in the page, and checks each against the native game.
 *
 * @param {Table} table
 * @param {Oracle} game At the same drop as the table.
 * @param {object} options
 * @param {number} options.drops At most this many; fewer if the game is over before.
 * @param {(game: Oracle) => object} options.choose Chooses each drop.
 * @returns {Promise<{ drops: object[], shown: object[] }>} The drops, and what the table must show before the first of
 * them and after each.
 */
export async function play(table, game, { drops: most = Infinity, choose = firstFit } = {}) {
  const drops = [];
  const shown = [tableOf(game)];
  while (!game.over && drops.length < most) {
    const { slot, at } = choose(game);
    await table.drop({ slot, at });
    await game.drop({ slot, at });
    drops.push({ slot, at });
    shown.push(tableOf(game));
    await table.shows(shown.at(-1));
  }
  return { drops, shown };
}

/** The same without a page. */
export async function rehearsed(game, { drops: most = Infinity, choose = firstFit } = {}) {
  const page = { drop: async () => {}, shows: async () => {} };
  return play(page, game, { drops: most, choose });
}

/** Plays a whole game, and checks what the page announces of each drop. */
export async function playToTheEnd(table, game) {
  await table.shows(tableOf(game));
  while (!game.over) {
    const drop = firstFit(game);
    const { shape } = game.staged[drop.slot];
    const sentence = await table.drop(drop);
    await game.drop(drop);
    await table.shows(tableOf(game));
    assert.ok(sentence.startsWith(`${shape.name} placed`), sentence);
    assert.ok(sentence.includes(`. Score ${game.score}.`), sentence);
    assert.equal(sentence.includes(`, ${game.last.gained} points.`), game.last.gained > 0, sentence);
    // The panel at the end is announced by itself.
    assert.ok(!sentence.includes('Game over'), sentence);
    assert.equal(await table.over.isVisible(), game.over);
  }
}

/** Checks the panel at the end of a player's first game. Returns its button 'Play again', which has the focus. */
export async function endsAs(table, { score, best, drops, lines }) {
  assert.ok(score > 0, 'a game without points checks nothing about points');
  const totals = { Score: score, Best: best, Moves: drops, Lines: lines, 'Games played': 1 };
  assert.deepEqual(await table.totals(), Object.fromEntries(Object.entries(totals).map(([term, n]) => [term, String(n)])));
  const again = table.over.getByRole('button', { name: 'Play again' });
  await eventually(async () => {
    assert.ok(await again.evaluate((button) => button === document.activeElement), 'Play again has the focus');
  });
  return again;
}

/** Loads the page again, when everything that the program has to store is stored. */
export async function reload(table) {
  await readRecords(table.page);
  return table.reloading(() => table.page.reload());
}

/** Waits until the page's service worker has cached everything. */
export function isKept({ page }) {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== 'activated') {
      await new Promise((changed) => active.addEventListener('statechange', changed, { once: true }));
    }
  });
}
