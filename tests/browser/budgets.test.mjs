// The page stays within the budgets of www/budgets.json: the bytes until it is playable, and all that it loads by
// itself within ten seconds. They are bodies without headers, each compressed by itself with brotli at quality 11; a
// file that is requested twice counts once.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { NAMED_BY_CONTENT } from '../../www/release/worker.mjs';
import { test } from './fixture.mjs';
import { isKept } from './playing.mjs';
import { DIST } from './publishing.mjs';
import { serve } from './server.mjs';

const BUDGETS = JSON.parse(readFileSync(new URL('../../www/budgets.json', import.meta.url), 'utf8'));
/** A page with this much room left needs a smaller budget, so that what was saved is not spent unnoticed. */
const SLACK = 0.02;

const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function check(paths, budget, what) {
  const sizes = [...paths].map((path) => [path, packed(readFileSync(join(DIST, path)))]);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const list = sizes.map(([path, size]) => `${size} ${path}`).join('\n');
  assert.ok(sum <= budget, `${sum} bytes ${what}, and ${budget} are allowed:\n${list}`);
  assert.ok(sum >= budget * (1 - SLACK), `Only ${sum} bytes ${what}: lower the budget, which is ${budget}.\n${list}`);
}

/** The types of files with a hash in their names. */
const TYPES = { css: 'text/css', js: 'text/javascript', wasm: 'application/wasm' };

test('Each file of the program is requested once, also for offline use, if the host says nothing about caching.', async (desk) => {
  const requested = [];
  const answer = ({ url }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const [, ending] = path.match(NAMED_BY_CONTENT) ?? [];
    if (!ending) return false;
    requested.push(path);
    const body = readFileSync(join(DIST, path));
    response.writeHead(200, { 'content-type': TYPES[ending], 'content-length': body.length });
    response.end(body);
    return true;
  };
  const server = await serve(DIST, { dev: true }, answer);
  desk.atTheEnd(() => server.close());
  desk.url = server.url;
  await isKept(await desk.open({ workers: true }));
  assert.deepEqual(requested.sort(), [...new Set(requested)]);
  assert.equal(requested.length, 4, 'the style sheet, the script, and both parts');
});

test('The page stays within its budgets.', async (desk) => {
  const requested = new Set();
  const note = ({ url }) => {
    requested.add(new URL(url, 'http://localhost').pathname.replace(/\/$/, '/index.html'));
    return false;
  };
  const server = await serve(DIST, { dev: true }, note);
  desk.atTheEnd(() => server.close());
  desk.url = server.url;
  const table = await desk.open({ workers: true });
  // The late part may have been requested since.
  const early = [...requested].filter((path) => !path.endsWith('_late.wasm') && !path.endsWith('sw.js'));
  await isKept(table);
  await sleep(10_000);
  assert.ok([...requested].some((path) => path.endsWith('_late.wasm')), 'the late part is requested');
  check(early.filter((path) => !path.startsWith('/icons/') && !path.endsWith('.webmanifest')), BUDGETS.untilPlayable, 'until playable');
  check(requested, BUDGETS.withinTenSeconds, 'within ten seconds');
});
