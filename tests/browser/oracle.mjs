// Plays games natively: `headless play` prints what the table must show after each drop.

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LETTERS, SHAPES, cell, filled, lines } from './rules.mjs';

/** Returns the path of `headless`, in its newest build. BLOCKERS_ORACLE names another program. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url));
  const builds = ['debug', 'release'].map((profile) => `${target}/${profile}/headless`).filter(existsSync);
  const [newest] = builds.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  const found = process.env.BLOCKERS_ORACLE ?? newest;
  if (!found) throw new Error(`There is no program headless in ${target}: run \`cargo build -p blockers-headless\` first.`);
  return found;
}

const staged = ({ hand, colours, enabled = [true, true, true] }) =>
  hand.map((number, n) => (number === null ? null : { shape: SHAPES[number], colour: colours[n], fits: enabled[n] }));

/** A game that is played natively. Its fields say what is on the table. */
export class Oracle {
  board = Array(100).fill(null);
  staged = [];
  score = 0;
  best = 0;
  drops = 0;
  lines = 0;
  over = false;
  /** The answer to the last drop, in the format of the traces. */
  last = null;

  #process;
  #answers;

  /** @param {'classic' | 'kind' | 'daily' | 'seed'} kind The kind of game. */
  static async play(seed, kind = 'classic') {
    const oracle = new Oracle();
    const call = ['play', '--seed', String(seed), '--kind', kind];
    oracle.#process = spawn(program(), call, { stdio: ['pipe', 'pipe', 'inherit'] });
    oracle.#answers = createInterface({ input: oracle.#process.stdout })[Symbol.asyncIterator]();
    oracle.staged = staged(await oracle.#answer());
    return oracle;
  }

  async #answer() {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('The oracle has stopped.');
    return JSON.parse(value);
  }

  /** Makes a drop, `{ slot, at }`, and returns itself. */
  async drop({ slot, at }) {
    const before = this.board;
    const shape = this.staged[slot]?.shape;
    this.#process.stdin.write(`${slot} ${at.row} ${at.column}\n`);
    const answer = await this.#answer();
    if (answer.ok) {
      this.drops += 1;
      this.lines += lines(filled(before, shape, at));
    }
    this.board = [...answer.board.replaceAll('/', '')].map((letter) => LETTERS[letter] ?? null);
    this.staged = staged(answer);
    this.score = answer.score;
    this.best = Math.max(this.best, answer.score);
    this.over = answer.over;
    this.last = answer;
    return this;
  }

  stop() {
    this.#process.kill();
  }
}

/**
 * Finds a seed and its first drops that lead to what a test needs.
 *
 * @param {(game: Oracle) => object} choose Chooses each drop.
 * @param {(game: Oracle) => boolean} wanted The condition. It is called after every drop.
 * @param {number} most The number of drops after which the next seed is tried.
 * @returns {Promise<{ seed: number, drops: { slot: number, at: object }[] }>}
 */
export async function rehearse(choose, wanted, most) {
  for (let seed = 0; seed < 1000; seed += 1) {
    const game = await Oracle.play(seed);
    try {
      const drops = [];
      while (drops.length < most && !game.over) {
        drops.push(choose(game));
        await game.drop(drops.at(-1));
        if (wanted(game)) return { seed, drops };
      }
    } finally {
      game.stop();
    }
  }
  throw new Error('None of 1000 seeds leads to what the test needs.');
}

let scoring;
/** Returns the beginning of a game: two drops, the second of which clears a row and leaves a shape in the tray. */
export function scoringGame() {
  scoring ??= rehearse(inRow, ({ score }) => score > 0, 2);
  return scoring;
}

/** Chooses drops that fill the top row. */
function inRow({ staged, board }) {
  const flat = staged.findIndex((piece) => piece?.shape.name === 'Flat five');
  const number = flat < 0 ? staged.findIndex(Boolean) : flat;
  return { slot: number, at: cell(0, board[0] ? 5 : 0) };
}
