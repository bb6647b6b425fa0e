// Reads and writes the page's databases directly, without the program.

import { atRest } from './table.mjs';

/** A page of the same origin without the program. The server need not have it. */
const BLANK = 'blank.html';

/** The name of the databases in the root folder of a server. */
const NAME = 'blockers';

/**
 * Returns everything that is stored. Writes that the program began before are finished then, because transactions are
 * in order.
 *
 * @param {import('playwright-core').Page} page Any page of the program's origin.
 * @param {string} name The name of the database.
 * @returns {Promise<Record<string, string>>}
 */
export function readRecords(page, name = NAME) {
  return page.evaluate(work, { name, records: {} });
}

/** Returns everything that is stored in the spare database, which is in a bucket of its own. */
export function readSpare(page) {
  return page.evaluate(work, { name: NAME, records: {}, only: 'spare' });
}

/**
 * Waits until everything is in both databases. A finished write may be followed by another one, for changes that have
 * waited for it; that one begins in the next frame.
 *
 * @param {import('playwright-core').Page} page A page that runs the program.
 */
export async function bothWritten(page) {
  do {
    await page.waitForFunction(same, undefined, { polling: 20 });
    await atRest(page);
  } while (!(await page.evaluate(same)));
}

/** Returns what is stored under this key, or `undefined`. */
export async function readRecord(page, key) {
  return (await readRecords(page))[key];
}

/** Opens a new page of the program's origin that does not run the program. */
export async function openBlank(context, url) {
  const page = await context.newPage();
  await goBlank(page, url);
  return page;
}

async function goBlank(page, url) {
  // Without an icon the browser would ask for one that the server does not have.
  const body = '<!DOCTYPE html><link rel="icon" href="icons/icon.svg">';
  const answer = (route) => route.fulfill({ contentType: 'text/html', body });
  await page.route(url + BLANK, answer, { times: 1 });
  await page.goto(url + BLANK);
}

/**
 * Stores these records, and leaves the others unchanged. No page of the program must be open.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url Of the program's page.
 * @param {Record<string, string>} records
 * @param {object} options
 * @param {number} options.version Of the database; the program uses any.
 * @param {boolean} options.spare Whether to store them in the spare database, too, if there is one.
 */
export async function storeRecords(context, url, records, { version, spare = true } = {}) {
  const page = await openBlank(context, url);
  await page.evaluate(work, { name: NAME, version, records, only: spare ? undefined : 'first' });
  await page.close();
}

/** Stores these records in both databases by this page, which has not been used for anything yet. */
export async function storeRecordsIn(page, url, records) {
  await goBlank(page, url);
  await page.evaluate(work, { name: NAME, records });
}

/**
 * Runs in a page: puts these records into both databases, or into the first or the spare one only, and returns all that
 * is in it then; in the first one, if it is both.
 */
async function work({ name, version, records, only }) {
  const hasSpare = only === 'spare' || (only !== 'first' && Object.keys(records).length > 0);
  const bucket = hasSpare && navigator.storageBuckets ? await navigator.storageBuckets.open('spare') : null;
  const factories = [only === 'spare' ? null : indexedDB, bucket?.indexedDB].filter(Boolean);
  const workIn = (factory) => new Promise((resolve, reject) => {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => request.result.createObjectStore('records');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const fresh = Object.entries(records);
      const transaction = database.transaction('records', fresh.length > 0 ? 'readwrite' : 'readonly');
      const store = transaction.objectStore('records');
      for (const [key, text] of fresh) store.put(text, key);
      const [keys, texts] = [store.getAllKeys(), store.getAll()];
      transaction.onabort = () => reject(transaction.error);
      transaction.oncomplete = () => {
        // A connection that stays open would block a newer version.
        database.close();
        resolve(Object.fromEntries(keys.result.map((key, n) => [key, texts.result[n]])));
      };
    };
  });
  const [all] = await Promise.all(factories.map(workIn));
  return all;
}

/** Runs in a page: returns `true` if both databases have the same records. */
async function same() {
  const bucket = await navigator.storageBuckets.open('spare');
  const [first, spare] = await Promise.all(
    [indexedDB, bucket.indexedDB].map(
      (factory) =>
        new Promise((resolve) => {
          const request = factory.open('blockers');
          // The program has not created the object store yet: the two are not the same.
          request.onerror = () => resolve(Symbol('not there'));
          request.onupgradeneeded = () => request.transaction.abort();
          request.onsuccess = () => {
            const store = request.result.transaction('records').objectStore('records');
            const [keys, texts] = [store.getAllKeys(), store.getAll()];
            texts.onsuccess = () => {
              request.result.close();
              resolve(JSON.stringify([keys.result, texts.result]));
            };
          };
        }),
    ),
  );
  return first === spare;
}
