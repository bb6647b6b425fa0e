// How the page gets the texts of other languages than English, and what it does without them.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './fixture.mjs';
import { isKept, reload } from './playing.mjs';
import { publish } from './publishing.mjs';
import { until } from './table.mjs';
import { messagesOf } from './words.mjs';

const WORDS = /\/l10n\/de-\w+\.ftl$/;
const GERMAN = messagesOf('de');
const ENGLISH = messagesOf('en');

/** What the page says of the score and of a slot. */
const shown = ({ page }) =>
  page.evaluate(() => [document.querySelector('[data-word=score]').textContent, document.querySelector('[role=option]').ariaLabel]);

async function isIn(table, words) {
  const isFitting = async () => {
    const [score, slot] = await shown(table);
    return score === words.score && slot?.endsWith(words['piece-fits']);
  };
  await until(isFitting, `the texts in which the score is called ${words.score}`);
}

/** Returns the addresses of the words that are kept. */
const keptWords = ({ page }) =>
  page.evaluate(async () => (await (await caches.open('words')).keys()).map(({ url }) => new URL(url).pathname.slice(1)));

test('Texts that have come once are there offline.', async (desk) => {
  const { server } = await publish(desk);
  const table = await desk.open({ locale: 'de-DE', workers: true, noisy: true });
  await isIn(table, GERMAN);
  await isKept(table);
  await until(async () => (await keptWords(table)).length === 1, 'the texts to be kept');
  await server.close();
  await table.page.context().setOffline(true);
  await reload(table);
  await isIn(table, GERMAN);
});

test('An update replaces the texts that are kept, and no others.', async (desk) => {
  const { folder } = await publish(desk);
  const table = await desk.open({ locale: 'de-DE', workers: true, noisy: true });
  await isKept(table);
  // The first worker takes no page that was open before.
  await reload(table);
  await until(async () => (await keptWords(table)).length === 1, 'the texts to be kept');
  const [before] = await keptWords(table);
  const old = before.match(/-(\w+)\.ftl/)[1];
  const hash = '0123456789abcdef';
  for (const name of readdirSync(join(folder, 'l10n'))) {
    renameSync(join(folder, 'l10n', name), join(folder, 'l10n', name.replace(old, hash)));
  }
  for (const name of ['index.html', 'sw.js']) {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(old, hash));
  }
  const after = `l10n/de-${hash}.ftl`;
  await table.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await until(async () => (await keptWords(table)).includes(after), 'the new texts');
  assert.deepEqual((await keptWords(table)).sort(), [before, after].sort());
  await until(() => table.page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration()).waiting), 'the update');
  await table.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting.postMessage({ type: 'SKIP_WAITING' }));
  await until(async () => (await keptWords(table)).length === 1, 'the old texts to be removed');
  assert.deepEqual(await keptWords(table), [after]);
});

/** Answers the first requests for the texts in this way, and the later ones as usual. */
const answering = (respond, times) => (page) => page.route(WORDS, respond, { times });

const FAILURES = [
  ['cannot be had (503)', (route) => route.fulfill({ status: 503 })],
  ['are a page, as of a network that wants a login', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Log in</title>' })],
  ['do not arrive, because the connection breaks', (route) => route.abort()],
  ['are cut short', async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ body: body.slice(0, body.length / 2) });
  }],
];

for (const [how, respond] of FAILURES) {
  test(`If the texts ${how}, the game is in English until they come.`, async (desk) => {
    let isEnglish = false;
    const prepare = answering(async (route) => {
      await respond(route);
      isEnglish = true;
    }, 3);
    const table = await desk.open({ locale: 'de-DE', prepare, noisy: true });
    assert.ok(isEnglish);
    await isIn(table, GERMAN);
    assert.deepEqual((await keptWords(table)).length, 1);
  });
}

test('If the texts never come, the game starts in English.', async (desk) => {
  const table = await desk.open({ locale: 'de-DE', prepare: answering(() => {}, 100) });
  await isIn(table, ENGLISH);
  await table.isPlayable();
});

test('A language that is chosen in the settings is loaded, and the page stays as it is until then.', async (desk) => {
  let isHeld = true;
  const hold = async (route) => {
    while (isHeld) await sleep(20);
    await route.continue();
  };
  const table = await desk.open({ prepare: answering(hold, 1) });
  await table.openMenu();
  await table.page.getByRole('button', { name: 'Settings' }).click();
  await table.page.getByLabel('Language').selectOption('de');
  await table.closeDialogs();
  await isIn(table, ENGLISH);
  isHeld = false;
  await isIn(table, GERMAN);
  assert.deepEqual(await table.page.evaluate(() => document.documentElement.lang), 'de');
  await reload(table);
  await isIn(table, GERMAN);
});
