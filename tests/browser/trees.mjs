// The accessibility tree of the page, as a text that people can read. The expected ones are in trees/.

import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { LETTERS, SIZE } from './rules.mjs';
import { cellName } from './table.mjs';

const FOLDER = new URL('trees/', import.meta.url);

const fileOf = (state) => `${state.replaceAll(' ', '-')}.yml`;

/** While one of these is visible, a screen reader finds nothing else of the page. */
export const MODAL = 'dialog:modal, [aria-modal=true]:not([hidden])';

/**
 * Returns the page's tree, without what is behind a modal dialog: Playwright's tree includes what is inert.
 *
 * @param {import('playwright-core').Page} page
 */
export async function treeOf(page) {
  const modal = page.locator(MODAL);
  const tree = await ((await modal.count()) > 0 ? modal : page.locator('body')).ariaSnapshot();
  return `${folded(tree.split('\n')).join('\n')}\n`;
}

/**
 * Writes the cells of a row as a letter for each colour and a point for an empty cell, if they have the names that they
 * must have.
 */
function folded(lines) {
  const after = [];
  for (let n = 0, row = 0; n < lines.length; n += 1) {
    const [, indent] = /^( *)- row .*:$/.exec(lines[n]) ?? [];
    const colours = indent === undefined ? null : coloursOf(lines.slice(n + 1, n + 1 + SIZE), row);
    if (colours) {
      after.push(`${indent}- row: ${colours.join(' ')}`);
      n += SIZE;
      row += 1;
    } else {
      after.push(lines[n]);
    }
  }
  return after;
}

const letters = { '.': undefined, ...LETTERS };

function coloursOf(lines, row) {
  const found = lines.map((line, column) =>
    Object.keys(letters).find((letter) => line.trim() === `- gridcell "${cellName(row, column, letters[letter])}"`),
  );
  return found.length === SIZE && found.every(Boolean) ? found : null;
}

/** Returns the expected tree of this state, '' if there is none. */
export function keptTree(state) {
  return keptFiles().includes(fileOf(state)) ? readFileSync(new URL(fileOf(state), FOLDER), 'utf8') : '';
}

/** Writes these trees, by their states, and deletes all others. */
export function keepTrees(trees) {
  for (const file of keptFiles()) rmSync(new URL(file, FOLDER));
  for (const [state, tree] of trees) writeFileSync(new URL(fileOf(state), FOLDER), tree);
}

/** Returns the files of states that do not exist. */
export function strayFiles(states) {
  const files = states.map(fileOf);
  return keptFiles().filter((file) => !files.includes(file));
}

const keptFiles = () => readdirSync(FOLDER).filter((file) => file.endsWith('.yml'));
