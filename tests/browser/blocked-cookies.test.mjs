// What Chromium does if the player has blocked cookies, and so the storage.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchToKill } from './chromium.mjs';
import { test } from './fixture.mjs';
import { Table, until } from './table.mjs';
import { watch } from './watch.mjs';

const BLOCK = 2;

test('With cookies blocked, opening a database fails: there is a notice, and a game to play.', async (desk) => {
  const profile = mkdtempSync(join(tmpdir(), 'blockers-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const { browser, kill } = await launchToKill(profile);
  desk.atTheEnd(async () => {
    await kill();
    rmSync(profile, { recursive: true, force: true });
  });
  const page = await browser.contexts()[0].newPage();
  await page.addInitScript(watch);
  await page.goto(`${desk.url}?seed=7`);
  const table = await (await Table.sit(page, { touch: false })).ready();
  const opening = await page.evaluate(
    () => new Promise((resolve) => (indexedDB.open('any').onerror = ({ target }) => resolve(target.error.name))),
  );
  assert.equal(opening, 'UnknownError');
  assert.match(await table.notice(), /^Your saved data cannot be read \([^\n]+\)\./);
  await table.isPlayable();
  await until(async () => (await table.notice()).includes('Your game cannot be saved ('), 'a notice that the game is not stored');
});
