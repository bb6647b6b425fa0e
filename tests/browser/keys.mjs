// Plays by keys only, and reads what a screen reader would read meanwhile.

import assert from 'node:assert/strict';
import { eventually, until } from './table.mjs';

export class Keys {
  constructor(table) {
    this.table = table;
    this.keyboard = table.page.keyboard;
    this.help = table.page.getByRole('dialog', { name: 'How to play' });
  }

  async press(...keys) {
    for (const key of keys) await this.keyboard.press(key);
  }

  /**
   * Returns what the page says is held: the number of its slot, the cell that is the board's active descendant, and
   * whether the board has the focus; `null` if nothing is held.
   */
  held() {
    return this.table.page.evaluate(() => {
      const options = [...document.querySelectorAll('[role=option]')];
      const number = options.findIndex((option) => option.ariaSelected === 'true');
      if (number < 0) return null;
      const grid = document.querySelector('[role=grid]');
      const active = document.getElementById(grid.getAttribute('aria-activedescendant'));
      const [, row, column] = /^row (\d+), column (\d+), /.exec(active.ariaLabel);
      return { slot: number, row: row - 1, column: column - 1, focused: document.activeElement === grid };
    });
  }

  /** Returns what a screen reader says of what is held: the name of the active cell, and the last announcement. */
  spoken() {
    return this.table.page.evaluate(() => {
      const grid = document.querySelector('[role=grid]');
      const active = document.getElementById(grid.getAttribute('aria-activedescendant'));
      return { cell: active.ariaLabel, announcement: window.watched.heard.at(-1).replace(/\u00a0$/, '') };
    });
  }

  /** Waits until a screen reader says this of what is held. */
  async speaks(expected) {
    await eventually(async () => assert.deepEqual(await this.spoken(), expected));
  }

  /** Waits until the shape of this slot is held, with the focus on the board. */
  async holds(number) {
    await until(async () => {
      const held = await this.held();
      return held?.slot === number && held.focused;
    }, `the shape of slot ${number + 1} to be held`);
  }

  async holdsNothing() {
    await until(async () => (await this.held()) === null, 'nothing to be held');
  }

  async isOver({ row, column }) {
    await until(async () => {
      const held = await this.held();
      return held?.row === row && held.column === column;
    }, `the shape over row ${row + 1}, column ${column + 1}`);
  }

  async pickUp(number) {
    await this.press(String(number + 1));
    await this.holds(number);
  }

  /** Moves what is held to a cell. */
  async lead(to) {
    const held = await this.held();
    const down = to.row - held.row;
    const right = to.column - held.column;
    for (let n = 0; n < Math.abs(down); n += 1) await this.press(down > 0 ? 'ArrowDown' : 'ArrowUp');
    for (let n = 0; n < Math.abs(right); n += 1) await this.press(right > 0 ? 'ArrowRight' : 'ArrowLeft');
    await this.isOver(to);
  }

  /** Does something, and waits until the page has announced a result. Returns that sentence. */
  hearing(act) {
    return this.table.hearing(act);
  }

  async drop({ slot: number, at }, key = 'Enter') {
    await this.pickUp(number);
    await this.lead(at);
    return this.hearing(() => this.press(key));
  }
}
