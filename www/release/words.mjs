// The texts in other languages than English, which the page loads when it needs them.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'l10n';
/** The program contains these. */
const BUILT_IN = 'en.ftl';

/** Returns a file without comments and empty lines. */
const short = (text) => text.split('\n').filter((line) => line && !line.startsWith('#')).join('\n') + '\n';

/**
 * Gives the files of a build a hash in their names.
 *
 * @param {string} build The folder of the build.
 * @returns {string} The address of the files, with `*` in place of the language's code.
 */
export function nameWords(build) {
  const folder = join(build, FOLDER);
  rmSync(join(folder, BUILT_IN));
  const files = readdirSync(folder).sort().map((name) => [name, short(readFileSync(join(folder, name), 'utf8'))]);
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  for (const [name, text] of files) {
    rmSync(join(folder, name));
    writeFileSync(join(folder, name.replace('.ftl', `-${hash}.ftl`)), text);
  }
  return `${FOLDER}/*-${hash}.ftl`;
}

/**
 * Returns the part of the service worker that renews the texts that the page has kept: with an update each language
 * gets the new ones, and the old ones are removed when the new version takes over.
 *
 * @param {string} address As `nameWords` returns it.
 */
export const renewal = (address) => `
(() => {
  const [before, after] = ${JSON.stringify(address.split('*'))};
  const codeOf = ({ url }) => url.slice(url.lastIndexOf('/') + 1).split('-')[0];
  const kept = async () => {
    const cache = await caches.open('words');
    return { cache, requests: await cache.keys() };
  };
  const renew = async () => {
    const { cache, requests } = await kept();
    const codes = new Set(requests.map(codeOf));
    await Promise.all([...codes].map(async (code) => {
      const address = before + code + after;
      if (!(await cache.match(address))) await cache.add(address);
    }));
  };
  const tidy = async () => {
    const { cache, requests } = await kept();
    await Promise.all(requests.map((request) => request.url.endsWith(after) || cache.delete(request)));
  };
  self.addEventListener('install', (event) => event.waitUntil(renew()));
  self.addEventListener('activate', (event) => event.waitUntil(tidy()));
})();
`;
