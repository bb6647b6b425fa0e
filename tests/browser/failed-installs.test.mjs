// A service worker whose installation fails leaves the files that it has fetched in the cache. They do no harm: the
// page and the present worker go on, and the next installation puts the cache in order.

import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from './fixture.mjs';
import { isKept, reload } from './playing.mjs';
import { publish, publishAnother, version } from './publishing.mjs';
import { cell } from './rules.mjs';
import { eventually, until } from './table.mjs';

const OPTIONS = { query: '?seed=7', workers: true, noisy: true };
/** A file that the worker caches. */
const ICON = 'icons/icon.svg';

const remove = ({ folder }) => renameSync(join(folder, ICON), join(folder, `${ICON}.away`));
const restore = ({ folder }) => renameSync(join(folder, `${ICON}.away`), join(folder, ICON));

/** Returns the addresses of all cached files. */
const cached = ({ page }) =>
  page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => url.slice(location.origin.length + 1)).sort();
  });

/** Returns the files that the worker of this folder caches, as `cached` does. */
function expected(folder) {
  const list = readFileSync(join(folder, 'sw.js'), 'utf8').matchAll(/\{url:"([^"]+)",revision:(?:null|"(\w+)")[^}]*\}/g);
  return [...list].map(([, url, revision]) => (revision ? `${url}?__WB_REVISION__=${revision}` : url)).sort();
}

/** Looks for a newer worker, and returns its last state. */
const update = ({ page }) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const worker = registration.installing;
    while (worker && !['redundant', 'installed', 'activated'].includes(worker.state)) {
      await new Promise((changed) => worker.addEventListener('statechange', changed, { once: true }));
    }
    return worker?.state;
  });

test('A first installation that fails leaves files in the cache; the next one completes them.', async (desk) => {
  const place = await publish(desk);
  remove(place);
  const table = await desk.open(OPTIONS);
  await until(async () => (await cached(table)).length > 0, 'some files to be cached');
  const hasNone = async () => !(await table.page.evaluate(() => navigator.serviceWorker.getRegistration()));
  await until(hasNone, 'the installation to fail');
  assert.ok((await cached(table)).length < expected(place.folder).length, 'not all files are cached');
  await table.isPlayable();
  restore(place);
  await reload(table);
  await isKept(table);
  assert.deepEqual(await cached(table), expected(place.folder));
});

test('A newer version that cannot be installed changes nothing; a complete one replaces the older files.', async (desk) => {
  const place = await publish(desk);
  const table = await desk.open(OPTIONS);
  await isKept(table);
  const before = await cached(table);
  assert.deepEqual(before, expected(place.folder));
  publishAnother(place);
  // The icon has changed, too.
  const worker = join(place.folder, 'sw.js');
  const script = readFileSync(worker, 'utf8');
  writeFileSync(worker, script.replace(new RegExp(`(url:"${ICON}",revision:")\\w+`), '$1changed'));
  remove(place);
  assert.equal(await update(table), 'redundant');
  const after = await cached(table);
  assert.ok(after.length > before.length && before.every((url) => after.includes(url)), 'files of both versions are cached');
  await table.drop({ slot: 0, at: cell(0, 0) });
  const game = await table.see();
  await reload(table);
  await table.shows(game);
  assert.equal(await version(table), '1');

  restore(place);
  assert.equal(await update(table), 'installed');
  await table.openMenu();
  await table.reloading(() => table.page.locator('#menu-update').click());
  assert.equal(await version(table), '2');
  await eventually(async () => assert.deepEqual(await cached(table), expected(place.folder)));
  await table.shows(game);
});
