// The page's style sheets as one: each would be a request of its own, and the first picture waits for all of them.

import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINK = /<link\b[^>]*\brel="?stylesheet\b[^>]*>/gi;
const ADDRESS = /\bhref="?([^"\s>]+)/i;

/**
 * @param {string} html The page, with its sheets in the order in which they hold.
 * @param {string} folder Where their files are. One takes their place, named by what is in it, as trunk names files.
 * @returns {string} The page with that one.
 */
export function joinSheets(html, folder) {
  const links = html.match(LINK);
  if (!links) throw new Error('index.html has no style sheet.');
  const files = links.map((link) => join(folder, ADDRESS.exec(link)[1]));
  const sheet = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  for (const file of files) rmSync(file);
  const name = `style-${createHash('sha256').update(sheet).digest('hex').slice(0, 16)}.css`;
  writeFileSync(join(folder, name), sheet);
  return html.replace(LINK, (link) => (link === links[0] ? `<link rel="stylesheet" href="./${name}">` : ''));
}
