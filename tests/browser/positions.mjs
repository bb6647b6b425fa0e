// Games that are under way: played by the rules natively, and put into the storage, so that a page goes on with them at once.

import { Oracle } from './oracle.mjs';
import { GAMES, seal, toLink } from './records.mjs';

/** What the storage holds of the game of this seed after these drops. */
export const stored = (seed, drops) => ({ [GAMES[0]]: seal(`1 1 1 ${toLink({ kind: 'seed', seed, drops })}`) });

/**
 * A game as far as a player takes it.
 *
 * @param {number} seed
 * @param {(game: Oracle) => { slot: number, at: object }} choose The player.
 * @param {(game: Oracle) => boolean} wanted Is this it? It is asked after every drop.
 * @returns {Promise<{ game: Oracle, drops: object[], stored: Record<string, string> }>} The game does not go on any more.
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
  if (!wanted(game)) throw new Error(`The game of seed ${seed} is over, and never was as wanted.`);
  return { game, drops, stored: stored(seed, drops) };
}
