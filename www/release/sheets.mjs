// Joins the style sheets of the page: each would be a request of its own, and the first paint waits for all of them.

import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINK = /<link\b[^>]*\brel="?stylesheet\b[^>]*>/gi;
const ADDRESS = /\bhref="?([^"\s>]+)/i;

/** What a minifier makes of `(max-width: 420px)`. Safari understands it since version 16.4. */
const RANGE = /\((width|height)(<=|>=)([^()]+)\)/g;

/** Writes media queries in the form that older browsers understand, too. */
const plainQueries = (sheet) =>
  sheet.replace(RANGE, (_, feature, sign, length) => `(${sign === '<=' ? 'max' : 'min'}-${feature}:${length})`);

/**
 * @param {string} html The page.
 * @param {string} folder The folder with its style sheets. One file replaces them, named by its hash as Trunk does.
 * @returns {string} The page with the one style sheet.
 */
export function joinSheets(html, folder) {
  const links = html.match(LINK);
  if (!links) throw new Error('index.html has no style sheet.');
  const files = links.map((link) => join(folder, ADDRESS.exec(link)[1]));
  const sheet = plainQueries(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
  for (const file of files) rmSync(file);
  const name = `style-${createHash('sha256').update(sheet).digest('hex').slice(0, 16)}.css`;
  writeFileSync(join(folder, name), sheet);
  return html.replace(LINK, (link) => (link === links[0] ? `<link id="sheet" rel="stylesheet" href="./${name}">` : ''));
}
