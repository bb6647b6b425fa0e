// What a screen reader finds in the page, as a text that can be read by people too, and is kept in trees/.

import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cellName } from './table.mjs';
import { LETTERS, SIZE } from './rules.mjs';

const FOLDER = new URL('trees/', import.meta.url);

const fileOf = (state) => `${state.replaceAll(' ', '-')}.yml`;

/** As long as one of these is to be seen, nothing else of the page can be found. */
export const MODAL = 'dialog:modal, [aria-modal=true]:not([hidden])';

/**
 * The page's tree, without what lies behind a modal dialog. Playwright makes it of the document and does not know what is inert.
 *
 * @param {import('playwright-core').Page} page
 */
export async function treeOf(page) {
  const modal = page.locator(MODAL);
  const tree = await ((await modal.count()) > 0 ? modal : page.locator('body')).ariaSnapshot();
  return `${folded(tree.split('\n')).join('\n')}\n`;
}

/** The cells of a row as a letter for each colour and a point for none, if they are named as they must be. */
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

/** The tree that is kept of this state; '' if there is none. */
export function keptTree(state) {
  return keptFiles().includes(fileOf(state)) ? readFileSync(new URL(fileOf(state), FOLDER), 'utf8') : '';
}

/** Keeps these trees, by their states, and no others. */
export function keepTrees(trees) {
  for (const file of keptFiles()) rmSync(new URL(file, FOLDER));
  for (const [state, tree] of trees) writeFileSync(new URL(fileOf(state), FOLDER), tree);
}

/** The files of states that there are not. */
export function strayFiles(states) {
  const files = states.map(fileOf);
  return keptFiles().filter((file) => !files.includes(file));
}

const keptFiles = () => readdirSync(FOLDER).filter((file) => file.endsWith('.yml'));
