// Every state of the page, in windows of every size and in every language: everything is inside of the window, nothing
// is cut off, and nothing covers anything else. There is one page for each language, and its window changes its size.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { misfits, succeed } from './fitting.mjs';
import { bests } from './records.mjs';
import { almostOver, fixed, stateOfFailure, statesOfNewGame, statesOfOldGame, takeFile } from './states.mjs';
import { until } from './table.mjs';

const SIZES = [
  [320, 480],
  [320, 568],
  [360, 640],
  [390, 844],
  [568, 320],
  [844, 390],
  [768, 1024],
  [900, 640],
  [1024, 768],
  [1280, 800],
  [1920, 1080],
  [2560, 1440],
  // The first one again, so that every state is also seen in a small window that was large.
  [430, 932],
];
const LANGUAGES = ['en-US', 'de-DE', 'es-ES', 'ar-EG'];
const LARGE = 123_456;

/** The states of one page, one after the other. */
async function* statesOfPage(table, old) {
  const { page } = table;
  const click = (id) => page.locator(`#${id}`).click();
  yield* statesOfNewGame(table);

  const lines = async () => (await table.notice()).split('\n').filter(Boolean);
  for (const [before, link] of ['AA', 'BB', 'CC'].entries()) {
    await page.evaluate((hash) => (location.hash = hash), `g=${link}`);
    // The page reads the address later, so the next link comes after this notice.
    await until(async () => (await lines()).length === before + 1, `notice ${link}`);
  }
  yield ['three notices', table];
  await click('notice-close');

  await page.keyboard.press('i');
  await until(() => page.locator('#inspector').isVisible(), 'the inspector');
  yield ['inspector', table];
  await page.keyboard.press('i');

  await takeFile(table, old.stored);
  await until(async () => (await page.locator('#undo').getAttribute('aria-disabled')) === 'false', 'the other game');
  await page.evaluate(() => {
    delete Navigator.prototype.share;
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  });
  await click('open-menu');
  await click('share');
  await until(() => page.locator('#notice a').isVisible(), 'the link');
  yield ['link to be copied', table];
  await click('notice-close');

  for await (const [state] of statesOfOldGame(table, old)) {
    yield [state, table];
    if (state === 'replay') {
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } }));
      await click('replay-share');
      await until(() => table.notice(), 'a confirmation');
      // It stays as long as it has the focus.
      await page.locator('#notice-close').focus();
      yield ['link copied', table];
      await click('notice-close');
    }
    if (state === 'game over') {
      await page.keyboard.press('i');
      await page.evaluate(() => (location.hash = 'g=no-game'));
      await until(() => table.notice(), 'a notice');
      yield ['game over, a notice and the inspector', table];
      await page.keyboard.press('i');
      await click('notice-close');
    }
  }

  await page.evaluate(() => {
    document.getElementById('app').inert = true;
    document.getElementById('elsewhere').hidden = false;
  });
  yield ['open elsewhere', table];
  await page.evaluate(() => {
    document.getElementById('elsewhere').hidden = true;
  });
  yield* stateOfFailure(table);
}

/** In milliseconds; see `PATIENCE` in table.mjs. */
const PATIENCE = 45_000;

/** Changes the size of the window, and waits until the program has laid everything out for it. */
async function resize({ page }, [width, height]) {
  await page.setViewportSize({ width, height });
  const isLaidOut = await page.evaluate(
    ([width, height, patience]) =>
      window.watched.until(() => {
        const [stage, canvas] = ['stage', 'rest'].map((id) => document.getElementById(id));
        // A program that has stopped lays nothing out any more.
        const isStopped = ['failure', 'elsewhere'].some((id) => !document.getElementById(id).hidden);
        // The stage can begin at half a pixel, and the canvas has the whole pixels that it covers.
        const isClose = (a, b) => Math.abs(a - b) <= 1;
        const isCurrent = isClose(canvas.width, stage.clientWidth) && isClose(canvas.height, stage.clientHeight);
        const isDone = isStopped || (isCurrent && window.watched.pending === 0);
        return innerWidth === width && innerHeight === height && isDone;
      }, patience),
    [width, height, PATIENCE],
  );
  assert.ok(isLaidOut, `the layout of ${width} x ${height}`);
}

test('In every state, size and language everything is in the window, and nothing is cut off or covered.', async (desk) => {
  const best = { 'blockers.bests': bests({ seed: LARGE, classic: LARGE, kind: LARGE }) };
  const game = await almostOver(desk);
  const old = { ...game, stored: { ...game.stored, ...best } };
  const found = new Map();
  const walk = async (locale) => {
    const table = await desk.open(fixed({ locale, noisy: true, stored: best }));
    const number = new Intl.NumberFormat(locale.slice(0, 2)).format(LARGE);
    for await (const [state] of statesOfPage(table, old)) {
      const before = table.page.viewportSize();
      await succeed(table.page, number);
      for (const size of SIZES) {
        await resize(table, size);
        for (const sentence of await misfits(table.page)) {
          const where = `${size.join(' x ')} ${locale}`;
          const key = `${state}: ${sentence}`;
          found.set(key, [...(found.get(key) ?? []), where]);
        }
      }
      await resize(table, [before.width, before.height]);
    }
  };
  await Promise.all(LANGUAGES.map(walk));
  const sentences = [...found].map(([key, places]) => `${key} (${places.join(', ')})`);
  assert.equal(sentences.join('\n'), '');
});
