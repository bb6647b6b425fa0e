// What only WebKit does.

import assert from 'node:assert/strict';
import { testIn } from './engine-tests.mjs';
import { Keys } from './keys.mjs';
import { until } from './table.mjs';

const test = testIn('webkit');

test('A window that is resized soon after a drop shows nothing of the shape that it should not.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  const { page } = table;
  await page.locator('#open-menu').click();
  await page.locator('#open-settings').click();
  await page.locator('#setting-motion').selectOption('reduced');
  // The settings close into the menu.
  for (let n = 0; n < 2; n += 1) {
    await page.keyboard.press('Escape');
    await table.frames(5);
  }
  // WebKit keeps the old picture of a canvas that has a new size until something is drawn on it.
  const drawn = () => page.evaluate(() => document.getElementById('moving').getContext('2d').clearRect(0, 0, 1, 1));
  await table.resize(1000, 760);
  for (let n = 0; n < 6; n += 1) {
    const { slots } = await table.see();
    await table.drop({ slot: slots.findIndex((name) => name !== 'empty slot'), at: { row: 4 * (n % 3) , column: 5 * Math.floor(n / 3) } });
    await table.frames(n);
    await table.resize(...(n % 2 ? [1000, 760] : [560, 760]));
    await table.atRest();
    const before = await page.screenshot();
    await drawn();
    await table.frames(2);
    assert.ok(before.equals(await page.screenshot()), `the same picture, resized ${n} frames after the drop`);
  }
});
