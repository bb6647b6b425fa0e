// Games in progress: played natively by the rules, and put into the storage, so that a page goes on with them at once.

import { Oracle } from './oracle.mjs';
import { GAMES, seal, toLink } from './records.mjs';

/** Returns what the storage holds of the game of this seed after these drops. */
export const stored = (seed, drops) => ({ [GAMES[0]]: seal(`1 1 1 ${toLink({ kind: 'seed', seed, drops })}`) });

/**
 * Plays a game until a condition holds.
 *
 * @param {number} seed
 * @param {(game: Oracle) => { slot: number, at: object }} choose Chooses each drop.
 * @param {(game: Oracle) => boolean} wanted The condition. It is called after every drop.
 * @returns {Promise<{ game: Oracle, drops: object[], stored: Record<string, string> }>} No more drops can be made in
 * the game.
 */
export async function position(seed, choose, wanted) {
  const game = await Oracle.play(seed);
  const drops = [];
  try {
    do {
      const { slot, at } = choose(game);
      drops.push({ slot, at });
      await game.drop({ slot, at });
    } while (!wanted(game) && !game.over);
  } finally {
    game.stop();
  }
  if (!wanted(game)) throw new Error(`The game of seed ${seed} is over, and the condition never held.`);
  return { game, drops, stored: stored(seed, drops) };
}
