// Finishes a release build: a program in two parts, smaller scripts, one style sheet, a content security policy that
// allows only the page's own files, and a service worker for offline use. Trunk runs this at the end of every build,
// with the new files in a staging folder (see Trunk.toml). Other builds stay as they are.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { minify } from 'terser';
import { instrument, splitProgram } from './release/parts.mjs';
import { policyFor } from './release/policy.mjs';
import { joinSheets } from './release/sheets.mjs';
import { nameWords } from './release/words.mjs';
import { makeWorker } from './release/worker.mjs';

/** The file name of the worker. */
const WORKER = 'sw.js';

/** The meta elements are inserted after this one, before everything that they apply to. */
const FIRST_LINE = /<meta charset="?utf-8"?\s*\/?>/i;

/** Returns the page with its policy, and with the names of files that its scripts load. */
function finished(html, names) {
  if (!FIRST_LINE.test(html)) throw new Error('index.html has no <meta charset="utf-8">.');
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">`;
  const files = Object.entries(names).map(([name, file]) => `<meta name="${name}" content="${file}">`);
  return html.replace(FIRST_LINE, (line) => [line, policy, ...files].join(''));
}

/** Minifies the scripts of wasm-bindgen. Trunk's own minifier does not understand all of their syntax. */
async function minifyScripts(folder) {
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const script = join(folder, name);
    const { code } = await minify(readFileSync(script, 'utf8'), { module: true, ecma: 2020 });
    writeFileSync(script, code);
  }
}

const { TRUNK_PROFILE, TRUNK_STAGING_DIR, BLOCKERS_COUNT_CALLS } = process.env;
if (!TRUNK_STAGING_DIR) throw new Error('Trunk runs this script: use `make build`.');
const folder = resolve(TRUNK_STAGING_DIR);
if (BLOCKERS_COUNT_CALLS) {
  instrument(folder);
} else if (TRUNK_PROFILE === 'release') {
  const page = join(folder, 'index.html');
  const { html, late } = splitProgram(folder, readFileSync(page, 'utf8'));
  await minifyScripts(folder);
  const words = nameWords(folder);
  writeFileSync(page, finished(joinSheets(html, folder), { worker: WORKER, late, words }));
  // The worker contains hashes of all files, so it comes last.
  await makeWorker(folder, WORKER, words);
}
