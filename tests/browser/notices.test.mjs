// Notices: a confirmation disappears by itself, an error stays until its reason is gone, and each is shown once.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { cell } from './rules.mjs';
import { centre, until } from './table.mjs';

/** How long a confirmation stays, in milliseconds: `BRIEF` in src/ports/web/announcer.rs. */
const BRIEF = 2500;

/**
 * Runs in the page before the program. There is no share sheet, and a clipboard. The timers of confirmations run only
 * when the test lets them.
 */
function withClipboard(brief) {
  delete Navigator.prototype.share;
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } });
  const start = window.setTimeout.bind(window);
  const held = [];
  window.setTimeout = (action, delay, ...rest) => (delay === brief ? held.push(action) : start(action, delay, ...rest));
  window.expire = () => held.splice(0).forEach((action) => action());
  window.timers = held;
}

const opened = (desk, options) =>
  desk.open({ query: '?seed=7', ...options, prepare: (page) => page.addInitScript(withClipboard, BRIEF) });

const expire = ({ page }) => page.evaluate(() => window.expire());
const isGone = (table) => until(async () => (await table.notice()) === '', 'the notice to disappear');

async function share(table) {
  await table.openMenu();
  await table.page.locator('#share').click();
  await until(() => table.notice(), 'a notice');
}

async function importFile({ page }, text) {
  const file = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from(text) };
  await page.locator('#import-file').setInputFiles(file);
}

test('A confirmation disappears after a moment, and does not move the board.', async (desk) => {
  const table = await opened(desk, { size: [390, 844] });
  const board = await table.board.boundingBox();
  await share(table);
  assert.equal(await table.notice(), 'Link copied');
  await table.frames(5);
  assert.deepEqual(await table.board.boundingBox(), board);
  await expire(table);
  await isGone(table);
});

test('A confirmation stays while the pointer or the focus is on it.', async (desk) => {
  const table = await opened(desk);
  const { page } = table;
  await share(table);
  const { x, y } = centre(await page.locator('#notice').boundingBox());
  await page.mouse.move(x, y);
  await expire(table);
  assert.equal(await table.notice(), 'Link copied');
  await page.locator('#notice-close').focus();
  await page.mouse.move(1, 1);
  await expire(table);
  assert.equal(await table.notice(), 'Link copied');
  await page.locator('#open-menu').focus();
  await expire(table);
  await isGone(table);
});

test('A confirmation is shown once, and its time begins again when it is repeated.', async (desk) => {
  const table = await opened(desk);
  await share(table);
  await table.page.evaluate(() => (window.first = window.timers.splice(0)));
  for (let n = 0; n < 5; n += 1) await share(table);
  assert.equal(await table.notice(), 'Link copied');
  await table.page.evaluate(() => window.first.forEach((action) => action()));
  assert.equal(await table.notice(), 'Link copied', 'the timer of the first one has no effect');
  await expire(table);
  await isGone(table);
});

test('An error stays, is shown once, and disappears when its reason is gone.', async (desk) => {
  const table = await opened(desk);
  for (let n = 0; n < 3; n += 1) await importFile(table, 'nothing');
  await until(() => table.notice(), 'a notice');
  await share(table);
  await expire(table);
  const sentence = /^Import failed, nothing was changed: this is not a backup[^\n]*$/;
  await until(async () => sentence.test(await table.notice()), 'only the error');
  await table.drop({ slot: 0, at: cell(0, 0) });
  assert.match(await table.notice(), sentence);
  await table.hearing(() => table.newGameButton.click());
  await isGone(table);
});

for (const [what, options, solve] of [
  ['a seed that is none', { query: '?seed=none' }, (table) => table.newGameButton.click()],
  ['a damaged link', { query: '#g=rubbish' }, (table) => table.page.evaluate(() => (location.hash = 'g=AQMABwEAAOr0miE'))],
]) {
  test(`The notice about ${what} takes its room from the table, and disappears when its reason is gone.`, async (desk) => {
    const table = await opened(desk, { size: [390, 844], ...options });
    assert.notEqual(await table.notice(), '');
    await table.atRest();
    const box = await table.page.locator('#notice').boundingBox();
    for (const id of ['bar', 'grid', 'stage']) {
      const { y } = await table.page.locator(`#${id}`).boundingBox();
      assert.ok(y >= box.y + box.height, `#${id} begins at ${y}, below ${JSON.stringify(box)}`);
    }
    await expire(table);
    assert.notEqual(await table.notice(), '');
    await solve(table);
    await isGone(table);
    // The line of a replay takes less room.
    const top = async () => (await table.page.locator('#stage').boundingBox()).y;
    await until(async () => (await top()) < box.y + box.height, 'the room for the table');
  });
}

test('After a translator has changed a notice, it is still shown once, can be closed, and disappears with its reason.', async (desk) => {
  const table = await opened(desk);
  const { page } = table;
  const translated = () =>
    page.evaluate(() => {
      const font = document.createElement('font');
      font.textContent = 'Übersetzt.';
      document.getElementById('notice-text').replaceChildren(font);
    });
  await importFile(table, 'nothing');
  await until(() => table.notice(), 'a notice');
  await translated();
  await importFile(table, 'nothing');
  await importFile(table, 'blockers backup 1\n');
  await until(async () => (await table.notice()).includes('\n'), 'another notice');
  assert.deepEqual((await table.notice()).split('\n').slice(0, 1), ['Übersetzt.']);
  assert.equal((await table.notice()).split('\n').length, 2);
  await table.hearing(() => table.newGameButton.click());
  await isGone(table);

  await importFile(table, 'nothing');
  await until(() => table.notice(), 'a notice');
  await translated();
  await page.locator('#notice-close').click();
  await isGone(table);
});
