// The program has a small stack, so that the page needs less memory. What a page does must leave much of it free.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { keepProgram } from './exports.mjs';
import { test } from './fixture.mjs';
import { endsAs, natively, playToTheEnd } from './playing.mjs';
import { backup, bests } from './records.mjs';
import { closed, until } from './table.mjs';

const CONFIG = readFileSync(new URL('../../.cargo/config.toml', import.meta.url), 'utf8');
/** In bytes. The stack is at the beginning of the memory, and is used from its end. */
const STACK = Number(CONFIG.match(/-zstack-size=(\d+)/)[1]);
const MOST = STACK / 4;

/** The buttons of the menu, and the panels that they open. */
const PANELS = [
  ['Statistics', 'Statistics'],
  ['Settings', 'Settings'],
  ['Help', 'How to play'],
];

/** Returns how many bytes of the stack have been used at most. */
const used = ({ page }) =>
  page.evaluate((size) => size - new Uint8Array(window.program.memory.buffer, 0, size).findIndex((byte) => byte !== 0), STACK);

test('A game, the panels, a replay and a backup need at most a quarter of the stack.', async (desk) => {
  const seed = 7;
  const game = await natively(desk, seed);
  const table = await desk.open({ query: `?seed=${seed}`, prepare: (page) => page.addInitScript(keepProgram) });
  await playToTheEnd(table, game);
  await endsAs(table, game);
  for (const [button, panel] of PANELS) {
    await table.openMenu();
    await table.page.getByRole('button', { name: button }).click();
    await until(() => table.page.getByRole('dialog', { name: panel }).isVisible(), panel);
    await table.closeDialogs();
  }
  await table.openMenu();
  await table.page.locator('#watch').click();
  await closed(table.menu);
  await until(() => table.page.locator('#replay').isVisible(), 'the replay');
  const file = { name: 'blockers.txt', mimeType: 'text/plain', buffer: Buffer.from(backup({ 'blockers.bests': bests({ seed: 500 }) })) };
  await table.page.locator('#import-file').setInputFiles(file);
  await until(() => table.replacing.isVisible(), 'the question');
  await table.replacing.getByRole('button', { name: 'Replace' }).click();
  await closed(table.replacing);
  await table.atRest();
  const most = await used(table);
  assert.ok(most > 0 && most <= MOST, `${most} bytes of ${STACK} are used`);
});
