// A game that is played in the page and natively at once, so that it is known at any time what the page must show.

import { readRecords } from './database.mjs';
import { Oracle } from './oracle.mjs';
import { firstFit } from './rules.mjs';
import { tableOf } from './table.mjs';

/** A game of the rules themselves, which stops with the test. */
export async function natively(desk, seed, kind) {
  const game = await Oracle.play(seed, kind);
  desk.atTheEnd(() => game.stop());
  return game;
}

/**
 * Plays drops on the table, each checked against the rules.
 *
 * @param {Table} table
 * @param {Oracle} game As far as the table is.
 * @param {object} options
 * @param {number} options.drops At most; fewer if the game is over before.
 * @param {(game: Oracle) => object} options.choose The player.
 * @returns {Promise<{ drops: object[], shown: object[] }>} What was dropped, and what the table must show before the first
 * of them and after each.
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

/** Loads the page anew when everything is stored that it has to store. */
export async function reload(table) {
  await readRecords(table.page);
  return table.reloading(() => table.page.reload());
}
