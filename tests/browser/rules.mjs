// As much of the rules as a player needs to know: what the shapes look like, where they fit, what they would complete. What
// a drop does is not decided here but by the oracle.

export const SIZE = 10;

export const LETTERS = { r: 'red', b: 'blue', g: 'green', o: 'orange', p: 'purple', y: 'yellow' };

/** The shapes by number, with the names that the page gives them. */
export const SHAPES = [
  ['Hook', 'XX', '.X', '.X'],
  ['J', 'X..', 'XXX'],
  ['Big square', 'XXX', 'XXX', 'XXX'],
  ['Dot', 'X'],
  ['Upright three', 'X', 'X', 'X'],
  ['Flat three', 'XXX'],
  ['L', 'X..', 'X..', 'XXX'],
  ['Turned L', 'XXX', '..X', '..X'],
  ['Square', 'XX', 'XX'],
  ['Upright five', 'X', 'X', 'X', 'X', 'X'],
  ['Flat five', 'XXXXX'],
  ['Z', 'XX.', '.XX'],
  ['Upright Z', 'X.', 'XX', '.X'],
].map(([name, ...picture]) => ({
  name,
  rows: picture.length,
  columns: picture[0].length,
  cells: picture.flatMap((line, row) =>
    [...line].flatMap((mark, column) => (mark === 'X' ? [{ row, column }] : [])),
  ),
}));

/** A place on the board, or in the tray: what a hand can be told to go to. Both count from 0. */
export const cell = (row, column) => ({ row, column });
export const slot = (number) => ({ slot: number });

/** A board is a list of 100, in reading order, of colour names or null. */
export const isTaken = (board, { row, column }) => board[row * SIZE + column] !== null;

export const covered = (shape, at) => shape.cells.map(({ row, column }) => cell(at.row + row, at.column + column));

export function fits(board, shape, at) {
  const isInside = at.row + shape.rows <= SIZE && at.column + shape.columns <= SIZE;
  return isInside && !covered(shape, at).some((one) => isTaken(board, one));
}

/** The board with a shape on it, before anything is cleared. */
export function filled(board, shape, at, colour = 'red') {
  const after = [...board];
  for (const { row, column } of covered(shape, at)) after[row * SIZE + column] = colour;
  return after;
}

/** The numbers of the rows and columns of a board that are complete. */
export function complete(board) {
  const numbers = [...Array(SIZE).keys()];
  return {
    rows: numbers.filter((row) => numbers.every((column) => isTaken(board, { row, column }))),
    columns: numbers.filter((column) => numbers.every((row) => isTaken(board, { row, column }))),
  };
}

export function lines(board) {
  const { rows, columns } = complete(board);
  return rows.length + columns.length;
}

/** The board without its complete lines. */
export function cleared(board) {
  const { rows, columns } = complete(board);
  return board.map((colour, n) => (rows.includes(Math.floor(n / SIZE)) || columns.includes(n % SIZE) ? null : colour));
}

/** Every drop that is possible: `{ slot, at, shape }`, by slot and then in reading order. */
export function* possibleDrops({ board, staged }) {
  for (const [number, piece] of staged.entries()) {
    if (!piece) continue;
    for (let n = 0; n < SIZE * SIZE; n += 1) {
      const at = cell(Math.floor(n / SIZE), n % SIZE);
      if (fits(board, piece.shape, at)) yield { slot: number, at, shape: piece.shape };
    }
  }
}

/** A player who takes the first place there is: the game is over soon. */
export function firstFit(game) {
  return possibleDrops(game).next().value;
}

/** One who clears lines where that is possible, and else takes the first place. */
export function greedy(game) {
  const clears = ({ shape, at }) => lines(filled(game.board, shape, at)) > 0;
  return [...possibleDrops(game)].find(clears) ?? firstFit(game);
}
