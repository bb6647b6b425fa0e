// The part of the rules that is needed to choose drops: the shapes, where they fit, and which lines they would
// complete. What a drop does is decided by oracle.mjs.

export const SIZE = 10;

export const LETTERS = { r: 'red', b: 'blue', g: 'green', o: 'orange', p: 'purple', y: 'yellow' };

/** The shapes by number, with their names in the page. */
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

/** A place on the board, and one in the tray, as `Table` takes them. Both count from 0. */
export const cell = (row, column) => ({ row, column });
export const slot = (number) => ({ slot: number });

/** Returns `true` if a cell is taken. A board is a list of 100 colour names or `null`, in reading order. */
export const isTaken = (board, { row, column }) => board[row * SIZE + column] !== null;

export const covered = (shape, at) => shape.cells.map(({ row, column }) => cell(at.row + row, at.column + column));

export function fits(board, shape, at) {
  const isInside = at.row + shape.rows <= SIZE && at.column + shape.columns <= SIZE;
  return isInside && !covered(shape, at).some((one) => isTaken(board, one));
}

/** Returns the board with a shape on it, before anything is cleared. */
export function filled(board, shape, at, colour = 'red') {
  const after = [...board];
  for (const { row, column } of covered(shape, at)) after[row * SIZE + column] = colour;
  return after;
}

/** Returns the numbers of the rows and columns of a board that are complete. */
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

/** Returns the board without its complete lines. */
export function cleared(board) {
  const { rows, columns } = complete(board);
  return board.map((colour, n) => (rows.includes(Math.floor(n / SIZE)) || columns.includes(n % SIZE) ? null : colour));
}

/** Yields every drop that is possible: `{ slot, at, shape }`, by slot and then in reading order. */
export function* possibleDrops({ board, staged }) {
  for (const [number, piece] of staged.entries()) {
    if (!piece) continue;
    for (let n = 0; n < SIZE * SIZE; n += 1) {
      const at = cell(Math.floor(n / SIZE), n % SIZE);
      if (fits(board, piece.shape, at)) yield { slot: number, at, shape: piece.shape };
    }
  }
}

/** Chooses the first possible drop: the game is over soon. */
export function firstFit(game) {
  return possibleDrops(game).next().value;
}

/** Chooses the first drop that clears a line, or else the first possible drop. */
export function greedy(game) {
  const clears = ({ shape, at }) => lines(filled(game.board, shape, at)) > 0;
  return [...possibleDrops(game)].find(clears) ?? firstFit(game);
}
