// Returns where everything is, as boxes in CSS pixels: the parts of the table, and what opens over it.

import assert from 'node:assert/strict';

export const inside = (inner, outer) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

export const overlap = (one, other) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** What is hidden in a window that is narrower than any phone: see www/style/controls.css. */
const DISPENSABLE = ['volume'];
const NARROW = 300;

/**
 * Returns the parts of the table, of the bar and of the row of buttons, which must all be visible, each with its box.
 */
export async function things({ page, board, tray, slider, ...table }) {
  const options = await tray.getByRole('option').all();
  const found = {
    ...Object.fromEntries(options.map((option, n) => [`slot ${n + 1}`, option])),
    title: page.getByRole('heading', { name: 'BLOCKERS' }),
    score: page.getByRole('status', { name: 'Score', exact: true }),
    best: page.getByRole('status', { name: 'Best', exact: true }),
    'new game': table.newGameButton,
    undo: table.undoButton,
    redo: table.redoButton,
    menu: table.menuButton,
    mute: table.muteButton,
    volume: slider,
  };
  const isNarrow = (await page.evaluate(() => innerWidth)) < NARROW;
  const boxes = [];
  for (const [name, locator] of Object.entries(found)) {
    if (await locator.isVisible()) boxes.push([name, await locator.boundingBox()]);
    else assert.ok(isNarrow && DISPENSABLE.includes(name), `the ${name} is not visible`);
  }
  const { x, y, width, height } = await board.boundingBox();
  // The canvas has a frame around the board's cells, of 0.16 cells: see src/view/canvas.rs.
  const frame = 0.016 * width;
  return [['board', { x: x - frame, y: y - frame, width: width + 2 * frame, height: height + 2 * frame }], ...boxes];
}

/**
 * Returns everything that opens over the table, with long texts in it: its id, its box, `true` because it may cover
 * other things, and whether it cuts something off at its side.
 */
export function panels({ page }) {
  return page.evaluate(() => {
    const say = (ids, text) => {
      for (const id of ids) document.getElementById(id).textContent = text;
    };
    say(['failure-reason'], 'unreachable '.repeat(20));
    const long = 'Same number, same shapes. Challenge a friend. Best 123450.';
    say(['about-classic', 'about-kind', 'about-seed', 'no-seed'], long);
    say(['about-daily'], '2026-11-23: 123450 points with undo. Play again for practice. Best 123450.');
    say(['question-text'], 'Continuing from this replay ends your current game.');
    say(['replay-text'], 'Daily, 2026-11-23: move 1234 of 5678, 123450 points, verified');
    const boxOf = (panel) => {
      panel.style.animation = 'none';
      const { x, y, width, height } = panel.getBoundingClientRect();
      return [panel.id, { x, y, width, height }, true, panel.scrollWidth > panel.clientWidth + 1];
    };
    const shown = ['over', 'failure', 'elsewhere', 'replay'].map((id) => {
      const panel = document.getElementById(id);
      panel.hidden = false;
      const box = boxOf(panel);
      panel.hidden = true;
      return box;
    });
    const opened = ['menu', 'statistics', 'settings', 'help', 'question'].map((id) => {
      const dialog = document.getElementById(id);
      dialog.showModal();
      const box = boxOf(dialog);
      dialog.close();
      return box;
    });
    return [...shown, ...opened];
  });
}
