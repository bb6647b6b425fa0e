// The page as a player has it: hands that press, move and release, and eyes that read what a screen reader would say.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHAPES, SIZE } from './rules.mjs';

/** How far above the finger the lower edge of a touched shape hangs, in cells: LOOK.md's and src/input/carrying.rs's. */
const LIFT = 1.5;
/** How long the page may take for anything before a test gives up, in milliseconds. */
const PATIENCE = 6000;

/** Asks again and again until the answer is true, and returns it. */
export async function until(asked, what, patience = PATIENCE) {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await asked();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await sleep(10);
  }
}

/** A mouse keeps the place that it pressed; that is the middle of a slot, where the middle of the shape is. */
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
    await this.mouse.move(x, y, { steps: 3 });
  }
  async release() {
    await this.mouse.up();
  }
  async click({ x, y }) {
    await this.mouse.click(x, y);
  }
}

/** A finger covers what it touches, so the shape hangs above it. */
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
  /** The system takes the touch away, as it does for a gesture of its own. */
  async cancel() {
    await this.send('touchCancel');
  }
  async click({ x, y }) {
    await this.page.touchscreen.tap(x, y);
  }
}

export const centre = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Runs in every page before anything else: listens to the live region, and counts the frames that are asked for. */
export function watch() {
  const requestFrame = window.requestAnimationFrame.bind(window);
  const watched = { heard: [], frames: 0, requestFrame };
  Object.defineProperty(window, 'watched', { value: watched });
  window.requestAnimationFrame = (callback) => {
    watched.frames += 1;
    return requestFrame(callback);
  };
  document.addEventListener('DOMContentLoaded', () => {
    const region = document.querySelector('[role=status][aria-live=polite]');
    // Not every page of the origin is the program's.
    if (!region) return;
    const hear = () => watched.heard.push(region.textContent);
    new MutationObserver(hear).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

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

  /** Waits until there is a game on the table, a new one or one that goes on. */
  async ready() {
    await until(async () => (await this.see()).slots.every(Boolean), 'a game on the table');
    return this;
  }

  /** Waits until there is a whole hand to play, as at the beginning of a game. */
  async dealt() {
    await until(async () => (await this.see()).slots.every((name) => name?.endsWith('fits')), 'a hand in the tray');
    return this;
  }

  // Hands.

  /** Presses the middle of a slot, and so takes up the shape in it, if there is one. */
  async press({ slot }) {
    const { slots } = await this.see();
    this.#held = SHAPES.find(({ name }) => slots[slot].startsWith(`${name}, `));
    await this.hand.press(centre(await this.slotBox(slot)));
  }

  /** Moves the shape that is held so that its top-left cell is above this one; or the pointer to a slot, or to a point. */
  async moveTo(place) {
    await this.hand.move(await this.pointFor(place));
  }

  /** Where the pointer must be for that. */
  async pointFor({ row, column, slot, ...point }) {
    if (slot !== undefined) return centre(await this.slotBox(slot));
    if (row === undefined) return point;
    const { x, y, width } = await this.board.boundingBox();
    const hold = this.hand.hold(this.#held);
    const side = width / SIZE;
    return { x: x + (column + hold.x) * side, y: y + (row + hold.y) * side };
  }

  async release() {
    await this.hand.release();
  }

  /** Drags and drops. Waits for nothing. */
  async drag(from, to) {
    await this.press(from);
    await this.moveTo(to);
    await this.release();
  }

  /** Drags and drops, and waits until the page has said what came of it. Returns that sentence. */
  async drop({ slot, at }) {
    const before = (await this.heard()).length;
    await this.drag({ slot }, at);
    await until(async () => (await this.heard()).length > before, 'a sentence about the drop');
    return (await this.heard()).at(-1);
  }

  async dropAll(drops) {
    for (const drop of drops) assert.match(await this.drop(drop), / placed/);
  }

  /** Does something that loads the page anew, and waits until it has a game again. */
  async reloading(act) {
    await Promise.all([this.page.waitForEvent('load'), act()]);
    return this.ready();
  }

  async openMenu() {
    await this.menuButton.click();
    await until(() => this.menu.isVisible(), 'the menu');
  }

  /** Changes the size of the window, or turns it, and waits until the page has followed. */
  async resize(width, height) {
    await this.page.setViewportSize({ width, height });
    await until(() => this.page.evaluate((size) => innerWidth === size, width), 'the new size');
    await this.frames(3);
  }

  // Eyes.

  /** All that can be read on the table, at one moment. */
  see() {
    return this.page.evaluate(() => {
      const names = (role) => [...document.querySelectorAll(`[role=${role}]`)].map((one) => one.ariaLabel);
      // They are called something else in every language.
      const output = (id) => document.getElementById(id).textContent;
      return { cells: names('gridcell'), slots: names('option'), score: output('score'), best: output('best') };
    });
  }

  /**
   * Every sentence that the live region has said about drops and games. Of a shape that is picked up it also says where it fits,
   * and of one that is moved by keys whether it fits there.
   */
  heard() {
    return this.page.evaluate(() =>
      window.watched.heard.filter((said) => !said.includes(' picked up. ') && !/^(fits|does not fit)\b/.test(said)),
    );
  }

  /** The notices that are shown, '' for none. */
  async notice() {
    const alert = this.page.locator('[role=alert]');
    return (await alert.isVisible()) ? (await alert.textContent()).trim() : '';
  }

  /** The id of what has the focus. */
  focused() {
    return this.page.evaluate(() => document.activeElement.id);
  }

  /** What the panel at the end says, by its own labels. */
  totals() {
    return this.over.evaluate((panel) => {
      const texts = (tag) => [...panel.querySelectorAll(tag)].map((one) => one.textContent);
      return Object.fromEntries(texts('dt').map((term, n) => [term, texts('dd')[n]]));
    });
  }

  slotBox(number) {
    return this.tray.getByRole('option').nth(number).boundingBox();
  }

  /** Waits until so many frames have been drawn, without being counted among those that the program asks for. */
  frames(count = 2) {
    return this.page.evaluate(async (left) => {
      for (; left > 0; left -= 1) await new Promise((drawn) => window.watched.requestFrame(drawn));
    }, count);
  }

  // Both.

  /** Waits until the table shows this, and says where it does not if it never does. */
  async shows(expected) {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const found = differences(await this.see(), expected);
      if (found.length === 0) return;
      if (performance.now() > end) assert.fail(`The table does not show what it must:\n${found.join('\n')}`);
      await sleep(10);
    }
  }

  /** Plays a drop of the first shape to the board's upper left corner and checks that it lies there. */
  async isPlayable() {
    const { slots, cells } = await this.see();
    const shape = SHAPES.find(({ name }) => slots[0].startsWith(`${name}, `));
    const colour = slots[0].split(', ')[2];
    assert.match(await this.drop({ slot: 0, at: { row: 0, column: 0 } }), new RegExp(`^${shape.name} placed`));
    const after = [...cells];
    for (const { row, column } of shape.cells) after[row * SIZE + column] = cellName(row, column, colour);
    await this.shows({ cells: after, slots: ['empty slot', slots[1], slots[2]] });
  }
}

/** A sentence about each thing that is not as expected. */
function differences(seen, expected) {
  return Object.entries(expected).flatMap(([what, value]) =>
    [value].flat().flatMap((one, n) => {
      const other = [seen[what]].flat()[n];
      return one === other ? [] : [`${what}: expected '${one}', found '${other}'`];
    }),
  );
}

/** How the page writes a number and a day, in English if nothing else is asked for. It goes by the language alone. */
export const written = (number, language = 'en') =>
  new Intl.NumberFormat(language, { useGrouping: 'min2' }).format(number);
export const dayName = (day, language = 'en-US') =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));

/** What the page must call things. */
export const cellName = (row, column, colour) => `row ${row + 1}, column ${column + 1}, ${colour ?? 'empty'}`;

function slotName(piece) {
  if (!piece) return 'empty slot';
  const count = piece.shape.cells.length;
  const cells = `${count} ${count === 1 ? 'cell' : 'cells'}`;
  return `${piece.shape.name}, ${cells}, ${piece.colour}, ${piece.fits ? 'fits' : 'does not fit'}`;
}

/** What the table must show where a game is as far as this one. */
export function tableOf({ board, staged, score, best }) {
  return {
    cells: board.map((colour, n) => cellName(Math.floor(n / SIZE), n % SIZE, colour)),
    slots: staged.map(slotName),
    score: written(score),
    best: written(best),
  };
}

export const EMPTY_BOARD = { cells: tableOf({ board: Array(100).fill(null), staged: [] }).cells };
