// Chooses drops that make a typical game: the board gets full, lines are cleared, and the game goes on.

import { SIZE, cleared, filled, lines, possibleDrops } from './rules.mjs';

/**
 * Returns how jagged the free area is: the number of borders between free cells and taken ones, or the edge of the
 * board.
 */
function jaggedness(board) {
  const isFree = (row, column) => row >= 0 && column >= 0 && row < SIZE && column < SIZE && !board[row * SIZE + column];
  const around = (row, column) => [[row + 1, column], [row - 1, column], [row, column + 1], [row, column - 1]];
  return board.reduce((sum, colour, n) => {
    const [row, column] = [Math.floor(n / SIZE), n % SIZE];
    return colour ? sum : sum + around(row, column).filter(([r, c]) => !isFree(r, c)).length;
  }, 0);
}

/** Returns the possible drop with the greatest worth, the first of equals. */
export function best(game, worth) {
  return [...possibleDrops(game)].reduce((one, other) => (worth(other) > worth(one) ? other : one));
}

/** Returns how many rows and columns a drop would complete. */
export const completes = (game) => ({ shape, at }) => lines(filled(game.board, shape, at));

/** Prefers drops that clear lines, and then those that leave the free area in one piece. */
export const careful = (game) =>
  best(game, ({ shape, at }) => {
    const after = filled(game.board, shape, at);
    return 12 * lines(after) - jaggedness(cleared(after));
  });
