// Copies of the built page, in which a test can replace files.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';

/** The folder with the built page. */
export const DIST = resolve(fileURLToPath(new URL('../../', import.meta.url)), process.env.BLOCKERS_DIST ?? 'dist');

/** Returns the folder of a copy of the page. It is removed at the end of the test. */
export function copyOfPage(desk) {
  const folder = mkdtempSync(join(tmpdir(), 'blockers-'));
  cpSync(DIST, folder, { recursive: true });
  desk.atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Serves a copy of the page, which the desk opens from now on. */
export async function publish(desk) {
  const folder = copyOfPage(desk);
  const server = await serve(folder);
  desk.url = server.url;
  desk.atTheEnd(() => server.close());
  return { folder, server };
}

/** Replaces the page by a newer version: another index.html, and a worker with the checksum of that. */
export function publishAnother({ folder }) {
  const [page, worker] = ['index.html', 'sw.js'].map((name) => join(folder, name));
  const revision = (html) => createHash('md5').update(html).digest('hex');
  const before = readFileSync(page, 'utf8');
  const after = before.replace('<html ', '<html data-version="2" ');
  const script = readFileSync(worker, 'utf8');
  assert.ok(script.includes(revision(before)), 'the worker has the checksum of the page');
  writeFileSync(page, after);
  writeFileSync(worker, script.replace(revision(before), revision(after)));
}

export const version = ({ page }) => page.evaluate(() => document.documentElement.dataset.version ?? '1');

/**
 * Returns a function that answers requests for the files of this pattern, for `serve`.
 *
 * @param {RegExp} pattern
 * @param {(response: import('node:http').ServerResponse, data: Buffer) => unknown} respond Gets the file's content.
 */
export function replacing(pattern, respond) {
  return ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (!pattern.test(pathname)) return false;
    respond(response, readFileSync(join(DIST, pathname)));
    return true;
  };
}
