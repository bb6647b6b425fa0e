// The page's database, past the program: what is in it, and what is to be in it before the program begins.

/** A page of the same origin that is nobody's. The server need not have it. */
const BLANK = 'blank.html';

/**
 * Everything that is stored. Whatever the program asked the database for before is done then: its writes are waited for.
 *
 * @param {import('playwright-core').Page} page Any page of the program's origin.
 * @returns {Promise<Record<string, string>>}
 */
export function readRecords(page) {
  return page.evaluate(work, { version: 1, records: {} });
}

/**
 * Waits until the spare database, in a bucket of its own, has all that the first one has.
 *
 * @param {import('playwright-core').Page} page Any page of the program's origin.
 */
export function bothWritten(page) {
  return page.waitForFunction(same, undefined, { polling: 5 });
}

/** What is stored under this key; `undefined` for nothing. */
export async function readRecord(page, key) {
  return (await readRecords(page))[key];
}

/**
 * Stores these records, and leaves others alone. No page of the program must be open.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url Of the program's page.
 * @param {Record<string, string>} records
 * @param {object} options
 * @param {number} options.version Of the database; the program's is 1.
 * @param {boolean} options.spare Into the spare database too, where there is one.
 */
export async function storeRecords(context, url, records, { version = 1, spare = true } = {}) {
  const page = await context.newPage();
  await page.route(url + BLANK, (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html>' }));
  await page.goto(url + BLANK);
  await page.evaluate(work, { version, records, spare });
  await page.close();
}

/** Runs in a page: puts these records into the database, into both if that is wanted, and returns all that is in it then. */
async function work({ version, records, spare }) {
  const bucket = spare && navigator.storageBuckets ? await navigator.storageBuckets.open('spare') : null;
  const factories = bucket ? [indexedDB, bucket.indexedDB] : [indexedDB];
  const workIn = (factory) => new Promise((resolve, reject) => {
    const request = factory.open('blockers', version);
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
        // A connection that stays open would be in the way of a newer version.
        database.close();
        resolve(Object.fromEntries(keys.result.map((key, n) => [key, texts.result[n]])));
      };
    };
  });
  const [all] = await Promise.all(factories.map(workIn));
  return all;
}

/** Runs in a page: are both databases the same? */
async function same() {
  const bucket = await navigator.storageBuckets.open('spare');
  const [first, spare] = await Promise.all(
    [indexedDB, bucket.indexedDB].map(
      (factory) =>
        new Promise((resolve) => {
          const request = factory.open('blockers');
          // It is the program that furnishes it; until then it is like no other.
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
