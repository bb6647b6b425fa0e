// What the release page has, and a page in the making has not: one style sheet, a policy that lets in nothing but the page itself,
// and a worker that keeps the page for when there is no line. Trunk runs this at the end of every build, with the new files in a
// folder that is not yet dist/ (see Trunk.toml).

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { policyFor } from './release/policy.mjs';
import { joinSheets } from './release/sheets.mjs';
import { makeWorker } from './release/worker.mjs';

/** The worker's file. www/offline.js finds its name in the page. */
const WORKER = 'sw.js';

/** What is said of a page in its head must stand before all that it is said of. */
const FIRST_LINE = /<meta charset="?utf-8"?\s*\/?>/i;

function finished(html) {
  if (!FIRST_LINE.test(html)) throw new Error('index.html does not say that it is UTF-8, and what follows that has no place.');
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">`;
  return html.replace(FIRST_LINE, (line) => `${line}${policy}<meta name="worker" content="${WORKER}">`);
}

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
if (!TRUNK_STAGING_DIR) throw new Error('This is a part of the build: `make build`.');
if (TRUNK_PROFILE === 'release') {
  const folder = resolve(TRUNK_STAGING_DIR);
  const page = join(folder, 'index.html');
  writeFileSync(page, finished(joinSheets(readFileSync(page, 'utf8'), folder)));
  // It knows every file by its contents, so it comes last.
  await makeWorker(folder, WORKER);
}
