// The page object of the browser tests. It plays with a mouse or a finger, and reads what a screen reader would read.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHAPES, SIZE } from './rules.mjs';

/** How far above the finger the lower edge of a carried shape is, in cells: `Lift::Usual` in src/world/settings.rs. */
const LIFT = 1.5;
/**
 * How long a test waits for a state of the page, in milliseconds. It says nothing about how fast the page must be: it
 * is long enough for a machine that is busy with other work.
 */
const PATIENCE = 45_000;

/**
 * Calls `check` until it does not throw, and returns its result. After the time limit it throws what `check` throws.
 */
export async function eventually(check, patience = PATIENCE) {
  const end = performance.now() + patience;
  for (let pause = 5; ; pause = Math.min(2 * pause, 40)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(pause);
  }
}

/** Calls `condition` until it returns something truthy, and returns that. `what` completes the message of the error. */
export async function until(condition, what, patience = PATIENCE) {
  const end = performance.now() + patience;
  for (let pause = 5; ; pause = Math.min(2 * pause, 40)) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Timed out waiting for ${what}.`);
    await sleep(pause);
  }
}

/** Waits until the page has drawn this many frames. They do not count as frames that the program requests. */
export function frames(page, count) {
  return page.evaluate(async (wanted) => {
    for (let left = wanted; left > 0; left -= 1) await new Promise((drawn) => window.watched.requestFrame(drawn));
  }, count);
}

/** Waits until the program has no frame to draw: nothing moves, and every input has been handled. */
export async function atRest(page) {
  const isAtRest = (patience) => window.watched.until(() => window.watched.pending === 0, patience);
  if (!(await page.evaluate(isAtRest, PATIENCE))) throw new Error('Timed out waiting for the page to be at rest.');
}

/**
 * Waits until a dialog is closed and the program has handled that: the browser closes a dialog at once, and the program
 * handles the event in the next frame. Until then it ignores most input.
 */
export async function closed(dialog) {
  await until(async () => !(await dialog.isVisible()), 'the dialog to close');
  await frames(dialog.page(), 3);
}

/**
 * A mouse presses the middle of a slot, where the middle of the shape is, and keeps hold of that point of the shape.
 */
class Mouse {
  constructor(page) {
    this.mouse = page.mouse;
  }
  hold(shape) {
    return { x: shape.columns / 2, y: shape.rows / 2 };
  }
  async press({ x, y }) {
    await this.mouse.move(x, y);
    await this.mouse.down();
  }
  async move({ x, y }) {
    await this.mouse.move(x, y, { steps: 2 });
  }
  async release() {
    await this.mouse.up();
  }
  async click({ x, y }) {
    await this.mouse.click(x, y);
  }
}

/** A finger covers what it touches, so the carried shape is above it. */
class Finger {
  #at;

  constructor(page, devtools) {
    this.page = page;
    this.devtools = devtools;
  }
  send(type, ...points) {
    const touchPoints = points.map(({ x, y }, id) => ({ x, y, id }));
    return this.devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
  hold(shape) {
    return { x: shape.columns / 2, y: shape.rows + LIFT };
  }
  async press(point) {
    this.#at = point;
    await this.send('touchStart', point);
  }
  async move(point) {
    const { x, y } = this.#at;
    for (const share of [1 / 3, 2 / 3, 1]) {
      await this.send('touchMove', { x: x + (point.x - x) * share, y: y + (point.y - y) * share });
    }
    this.#at = point;
  }
  async release() {
    await this.send('touchEnd');
  }
  /** Another finger comes down while this one stays. */
  async second(point) {
    await this.send('touchStart', this.#at, point);
  }
  /** The system cancels the touch, as it does for one of its own gestures. */
  async cancel() {
    await this.send('touchCancel');
  }
  async click({ x, y }) {
    await this.page.touchscreen.tap(x, y);
  }
}

export const centre = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

export class Table {
  #held;

  static async sit(page, { touch }) {
    const hand = touch ? new Finger(page, await page.context().newCDPSession(page)) : new Mouse(page);
    return new Table(page, hand);
  }

  constructor(page, hand) {
    this.page = page;
    this.hand = hand;
    this.board = page.getByRole('grid', { name: 'Board' });
    this.tray = page.getByRole('listbox', { name: 'Shapes' });
    const controls = page.getByRole('group', { name: 'Controls' });
    const button = (name) => controls.getByRole('button', { name, exact: true });
    [this.newGameButton, this.undoButton, this.redoButton] = ['New game', 'Undo', 'Redo'].map(button);
    [this.menuButton, this.muteButton] = ['Menu', 'Mute'].map(button);
    this.slider = controls.getByRole('slider', { name: 'Volume' });
    this.menu = page.getByRole('dialog', { name: 'Play', exact: true });
    this.question = page.getByRole('dialog', { name: 'End your current game?' });
    this.replacing = page.getByRole('dialog', { name: 'Replace everything?' });
    this.over = page.getByRole('dialog', { name: 'Game over' });
    this.failure = page.getByRole('alertdialog', { name: 'The game has stopped' });
    this.elsewhere = page.getByRole('alertdialog', { name: 'Blockers is open in another tab' });
  }

  /** Waits until there is a game, a new one or one that goes on. */
  async ready() {
    const isReady = (patience) => window.watched.until(() => window.watched.see().slots.every(Boolean), patience);
    if (!(await this.page.evaluate(isReady, PATIENCE))) {
      const shown = await this.page.evaluate(() => document.body.innerText.trim());
      throw new Error(`Timed out waiting for a game. The page shows:\n${shown}`);
    }
    return this;
  }

  /** Waits until every slot has a shape that fits, as at the beginning of a game. */
  async dealt() {
    await until(async () => (await this.see()).slots.every((name) => name?.endsWith('fits')), 'three shapes that fit');
    return this;
  }

  // Acting.

  /**
   * Presses the middle of a slot, and so picks up the shape in it, if there is one. In English the page says which
   * shape that is.
   */
  async press({ slot, shape }) {
    const { name, box } = await this.page.evaluate((number) => window.watched.slot(number), slot);
    this.#held = shape ?? SHAPES.find((shape) => name.startsWith(`${shape.name}, `));
    await this.hand.press(centre(box));
  }

  /**
   * Moves the shape that is held so that its top-left cell is over this cell; or moves the pointer to a slot, or to a
   * point.
   */
  async moveTo(place) {
    await this.hand.move(await this.pointFor(place));
  }

  /** Returns the point where the pointer must be for that. */
  async pointFor({ row, column, slot, ...point }) {
    if (slot !== undefined) return centre(await this.slotBox(slot));
    if (row === undefined) return point;
    const { x, y, width } = await this.page.evaluate(() => window.watched.board());
    const hold = this.hand.hold(this.#held);
    const side = width / SIZE;
    return { x: x + (column + hold.x) * side, y: y + (row + hold.y) * side };
  }

  async release() {
    await this.hand.release();
  }

  /** Drags and drops, and does not wait for the result. */
  async drag(from, to) {
    await this.press(from);
    await this.moveTo(to);
    await this.release();
  }

  /** Drags and drops, and waits until the page has announced the result. Returns that sentence. */
  async drop({ slot, at }) {
    return this.hearing(() => this.drag({ slot }, at));
  }

  async dropAll(drops) {
    for (const drop of drops) assert.match(await this.drop(drop), / placed/);
  }

  /** Does something, and waits until the page has announced a result. Returns that sentence. */
  async hearing(act) {
    const before = (await this.heard()).length;
    await act();
    const sentence = await this.page.evaluate(
      ([count, patience]) => window.watched.until(() => window.watched.results().slice(count).at(-1), patience),
      [before, PATIENCE],
    );
    if (!sentence) throw new Error('Timed out waiting for an announcement.');
    return sentence;
  }

  /** Does something that loads the page again, and waits until it has a game. */
  async reloading(act) {
    await Promise.all([this.page.waitForEvent('load'), act()]);
    return this.ready();
  }

  async openMenu() {
    await this.menuButton.click();
    await until(() => this.menu.isVisible(), 'the menu');
  }

  /** Presses Escape until no dialog is open. After the statistics and the settings the menu is open again. */
  async closeDialogs() {
    const open = () => this.page.evaluate(() => document.querySelector('dialog[open]')?.id);
    for (let id = await open(); id; id = await open()) {
      await this.page.keyboard.press('Escape');
      await closed(this.page.locator(`#${id}`));
    }
  }

  /** Changes the size of the window, or turns it, and waits until the page has the new size. */
  async resize(width, height) {
    await this.page.setViewportSize({ width, height });
    await until(() => this.page.evaluate((size) => innerWidth === size, width), 'the new size');
    await this.frames(3);
  }

  // Reading.

  /** Returns all that can be read on the board, in the tray and of the score, at one moment. */
  see() {
    return this.page.evaluate(() => window.watched.see());
  }

  /**
   * Returns every sentence that the live region has announced about drops and games. Those that only say where the
   * shape that is held fits are left out.
   */
  heard() {
    return this.page.evaluate(() => window.watched.results());
  }

  /** Returns the notices that are shown, '' for none. */
  async notice() {
    const alert = this.page.locator('[role=alert]');
    return (await alert.isVisible()) ? (await alert.textContent()).trim() : '';
  }

  /** Returns the id of the element that has the focus. */
  focused() {
    return this.page.evaluate(() => document.activeElement.id);
  }

  /** Returns the values in the panel at the end of a game, by their labels. */
  totals() {
    return this.over.evaluate((panel) => {
      const texts = (tag) => [...panel.querySelectorAll(tag)].map((one) => one.textContent);
      return Object.fromEntries(texts('dt').map((term, n) => [term, texts('dd')[n]]));
    });
  }

  async slotBox(number) {
    return (await this.page.evaluate((slot) => window.watched.slot(slot), number)).box;
  }

  // Waiting.

  frames(count = 2) {
    return frames(this.page, count);
  }

  atRest() {
    return atRest(this.page);
  }

  /** Waits until the table shows this. If it never does, the error says where it differs. */
  async shows(expected) {
    const compare = async ([wanted, patience]) => {
      await window.watched.until(() => window.watched.differences(wanted).length === 0, patience);
      return window.watched.differences(wanted);
    };
    const differences = await this.page.evaluate(compare, [expected, PATIENCE]);
    if (differences.length > 0) assert.fail(`The table does not show what it must:\n${differences.join('\n')}`);
  }

  /** Waits until this element has the focus. */
  async hasFocus(id) {
    await eventually(async () => assert.equal(await this.focused(), id, 'what has the focus'));
  }

  /** Drops the first shape into the board's upper left corner, and checks that it is there. */
  async isPlayable() {
    // A notice that has just been shown moves the board, and the program follows in the next frames.
    const place = () => this.page.evaluate(() => JSON.stringify(window.watched.board()));
    for (let before = null, now = await place(); before !== now; now = await place()) {
      before = now;
      await this.frames(3);
      await this.atRest();
    }
    const { slots, cells } = await this.see();
    const shape = SHAPES.find(({ name }) => slots[0].startsWith(`${name}, `));
    const colour = slots[0].split(', ')[2];
    assert.match(await this.drop({ slot: 0, at: { row: 0, column: 0 } }), new RegExp(`^${shape.name} placed`));
    const after = [...cells];
    for (const { row, column } of shape.cells) after[row * SIZE + column] = cellName(row, column, colour);
    await this.shows({ cells: after, slots: ['empty slot', slots[1], slots[2]] });
  }
}

/**
 * Returns a number and a day as the page writes them, in English by default. Only the language counts, not the country.
 */
export const written = (number, language = 'en') =>
  new Intl.NumberFormat(language, { useGrouping: 'min2' }).format(number);
export const dayName = (day, language = 'en-US') =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));

/** Returns the accessible name that a cell must have. */
export const cellName = (row, column, colour) => `row ${row + 1}, column ${column + 1}, ${colour ?? 'empty'}`;

function slotName(piece) {
  if (!piece) return 'empty slot';
  const count = piece.shape.cells.length;
  const cells = `${count} ${count === 1 ? 'cell' : 'cells'}`;
  return `${piece.shape.name}, ${cells}, ${piece.colour}, ${piece.fits ? 'fits' : 'does not fit'}`;
}

/** Returns what the table must show of this game. */
export function tableOf({ board, staged, score, best }) {
  return {
    cells: board.map((colour, n) => cellName(Math.floor(n / SIZE), n % SIZE, colour)),
    slots: staged.map(slotName),
    score: written(score),
    best: written(best),
  };
}

export const EMPTY_BOARD = { cells: tableOf({ board: Array(100).fill(null), staged: [] }).cells };
