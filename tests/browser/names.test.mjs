// Plays the page by its roles and names only, as a screen reader reads them.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { announced, listen } from './listening.mjs';
import { SHAPES, SIZE, covered, greedy } from './rules.mjs';
import { centre, until } from './table.mjs';

/** A player who uses nothing but roles, names and announcements. */
class Listener {
  constructor(page) {
    this.page = page;
    this.board = page.getByRole('grid', { name: 'Board' });
    this.tray = page.getByRole('listbox', { name: 'Shapes' });
    this.score = page.getByRole('status', { name: 'Score', exact: true });
  }

  /** Returns the game, as far as names say it. */
  async reads() {
    const board = (await namesIn(this.board, 'gridcell')).map((name, n) => {
      const [row, column, colour] = name.split(', ');
      assert.deepEqual([row, column], [`row ${Math.floor(n / SIZE) + 1}`, `column ${(n % SIZE) + 1}`]);
      return colour === 'empty' ? null : colour;
    });
    const options = await namesIn(this.tray, 'option');
    const staged = options.map((name) => {
      const [shapeName, , colour] = name.split(', ');
      const shape = SHAPES.find(({ name }) => name === shapeName);
      return shape ? { name, shape, colour } : null;
    });
    return { board, staged, score: Number(await this.score.textContent()) };
  }

  /** Returns all that was announced. A sentence that is announced twice in a row ends in a space, which is removed. */
  async sentences() {
    return (await announced(this.page)).map(({ text }) => text.replace(/\u00a0$/, ''));
  }

  /** Returns the name of the board's active cell. */
  hasFocusOn() {
    return this.board.evaluate((grid) => document.getElementById(grid.getAttribute('aria-activedescendant'))?.ariaLabel ?? '');
  }

  async isOver({ row, column }) {
    const place = `row ${row + 1}, column ${column + 1}, `;
    await until(async () => (await this.hasFocusOn()).startsWith(place), `the active cell at ${place}`);
  }

  cell({ row, column }) {
    return this.board.getByRole('row').nth(row).getByRole('gridcell').nth(column);
  }

  /** Moves the shape to the upper left corner, and from there to the cell. Returns a function that drops it. */
  async byKeys({ name }, { row, column }) {
    const { keyboard } = this.page;
    const press = async (key, times) => {
      for (let n = 0; n < times; n += 1) await keyboard.press(key);
    };
    await this.tray.getByRole('option', { name }).first().focus();
    await keyboard.press('Enter');
    await until(async () => (await this.sentences()).at(-1).includes(' picked up. '), 'it to be picked up');
    await press('Home', 1);
    await press('ArrowUp', SIZE);
    await this.isOver({ row: 0, column: 0 });
    await press('ArrowDown', row);
    await press('ArrowRight', column);
    await this.isOver({ row, column });
    await until(async () => /^fits(, clears |$)/.test((await this.sentences()).at(-1)), 'it to fit there');
    return () => keyboard.press('Enter');
  }

  /** Activates the option, as a screen reader does on a phone. Returns a function that activates the cell. */
  async byActivating({ name }, at) {
    await this.tray.getByRole('option', { name }).first().evaluate((option) => option.click());
    await until(async () => (await this.sentences()).at(-1).includes(' picked up. '), 'it to be picked up');
    return () => this.cell(at).evaluate((cell) => cell.click());
  }

  /**
   * Drags from the middle of the option to the middle of the cells to be covered. Returns a function that releases the
   * mouse.
   */
  async byDragging({ name, shape }, { row, column }) {
    const { mouse } = this.page;
    const from = centre(await this.tray.getByRole('option', { name }).first().boundingBox());
    const last = { row: row + shape.rows - 1, column: column + shape.columns - 1 };
    const ends = await Promise.all([{ row, column }, last].map((at) => this.cell(at).boundingBox()));
    const [one, other] = ends.map(centre);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((one.x + other.x) / 2, (one.y + other.y) / 2, { steps: 4 });
    await until(async () => (await this.sentences()).at(-1).includes(' picked up. '), 'it to be picked up');
    return () => mouse.up();
  }
}

/** Returns the names of everything of this role. */
async function namesIn(locator, role) {
  const lines = (await locator.ariaSnapshot()).split('\n').map((line) => line.trim());
  return lines.flatMap((line) => (line.startsWith(`- ${role} `) ? [/"([^"]*)"/.exec(line)[1]] : []));
}

test('Ten drops can be played by roles and names alone, and each is announced in one polite sentence.', async (desk) => {
  const { page } = await desk.open({ query: '?seed=7', before: listen });
  const player = new Listener(page);
  let cleared = 0;
  for (let n = 0; n < 10; n += 1) {
    const before = await player.reads();
    const { slot, at } = greedy(before);
    const piece = before.staged[slot];
    const method = ['byKeys', 'byDragging', 'byActivating'][n % 3];
    const drop = await player[method](piece, at);
    const heard = (await announced(page)).length;
    await drop();
    await until(async () => (await announced(page)).length > heard, 'a sentence about the drop');
    const [{ politeness, text }, ...rest] = (await announced(page)).slice(heard);
    assert.deepEqual([politeness, rest], ['polite', []]);

    const [, points, score] = /^[^.]* placed(?:, [^.]* cleared, (\d+) points)?\. Score (\d+)\./.exec(text) ?? [];
    assert.ok(text.startsWith(`${piece.name.split(', ')[0]} placed`), text);
    const after = await player.reads();
    assert.equal(after.score, Number(score), text);
    assert.equal(after.score - before.score, Number(points ?? 0), text);
    if (points) {
      cleared += 1;
    } else {
      for (const { row, column } of covered(piece.shape, at)) {
        assert.equal(after.board[row * SIZE + column], piece.colour, text);
      }
    }
    assert.equal((await announced(page)).length, heard + 1, 'nothing else is announced');
  }
  assert.ok(cleared > 0, 'drops that clear nothing check nothing about points');
  assert.equal((await player.sentences()).filter((sentence) => sentence.includes(' placed')).length, 10);
});
