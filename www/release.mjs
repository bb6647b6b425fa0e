// Finishes a release build: smaller scripts, one style sheet, a content security policy that allows only the page's own
// files, and a service worker for offline use. Trunk runs this at the end of every build, with the new files in a
// staging folder (see Trunk.toml). Other builds stay as they are.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { minify } from 'terser';
import { policyFor } from './release/policy.mjs';
import { joinSheets } from './release/sheets.mjs';
import { makeWorker } from './release/worker.mjs';

/** The file name of the worker. www/offline.js reads it from the page. */
const WORKER = 'sw.js';

/** The meta elements are inserted after this one, before everything that they apply to. */
const FIRST_LINE = /<meta charset="?utf-8"?\s*\/?>/i;

function finished(html) {
  if (!FIRST_LINE.test(html)) throw new Error('index.html has no <meta charset="utf-8">.');
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">`;
  return html.replace(FIRST_LINE, (line) => `${line}${policy}<meta name="worker" content="${WORKER}">`);
}

/** Minifies the scripts of wasm-bindgen. Trunk's own minifier does not understand all of their syntax. */
async function minifyScripts(folder) {
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const script = join(folder, name);
    const { code } = await minify(readFileSync(script, 'utf8'), { module: true, ecma: 2020 });
    writeFileSync(script, code);
  }
}

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
if (!TRUNK_STAGING_DIR) throw new Error('Trunk runs this script: use `make build`.');
if (TRUNK_PROFILE === 'release') {
  const folder = resolve(TRUNK_STAGING_DIR);
  await minifyScripts(folder);
  const page = join(folder, 'index.html');
  writeFileSync(page, finished(joinSheets(readFileSync(page, 'utf8'), folder)));
  // The worker contains hashes of all files, so it comes last.
  await makeWorker(folder, WORKER);
}
