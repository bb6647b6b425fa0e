// The inspector of the event bus (key I) has a part of the window of its own, and can be scrolled by everybody.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { almostOver } from './states.mjs';
import { centre, frames, until } from './table.mjs';

const inspector = ({ page }) => page.locator('#inspector');
const scrolled = (table) => inspector(table).evaluate((one) => one.scrollTop);

async function opened(desk, options) {
  const table = await desk.open({ query: '?seed=7', ...options });
  const stage = await table.page.locator('#stage').boundingBox();
  await table.page.keyboard.press('i');
  await until(() => inspector(table).isVisible(), 'the inspector');
  // The table makes room for it.
  const area = ({ width, height }) => width * height;
  await until(async () => area(await table.page.locator('#stage').boundingBox()) < area(stage), 'another layout');
  await table.atRest();
  return table;
}

const WAYS = {
  'the wheel': async (table) => {
    const { x, y } = centre(await inspector(table).boundingBox());
    await table.page.mouse.move(x, y);
    await table.page.mouse.wheel(0, 300);
  },
  keys: async (table) => {
    await inspector(table).focus();
    await table.page.keyboard.press('PageDown');
  },
  'a finger': async (table) => {
    const { x, y } = centre(await inspector(table).boundingBox());
    await table.hand.press({ x, y });
    await table.hand.move({ x, y: y - 120 });
    await table.hand.release();
  },
};

for (const [what, scroll] of Object.entries(WAYS)) {
  for (const size of [[1280, 800], [390, 844]]) {
    test(`At ${size.join(' x ')} the inspector is scrolled by ${what}, and nothing else is.`, async (desk) => {
      const table = await opened(desk, { size, touch: what === 'a finger' });
      await scroll(table);
      await until(async () => (await scrolled(table)) > 0, 'the inspector to be scrolled');
      assert.deepEqual(await table.page.evaluate(() => [scrollX, scrollY]), [0, 0]);
      await table.isPlayable();
    });
  }
}

test('The inspector can be reached with Tab, and has a name.', async (desk) => {
  const table = await opened(desk);
  await table.page.locator('#volume').focus();
  await table.page.keyboard.press('Tab');
  await table.hasFocus('inspector');
  assert.equal(await table.page.getByRole('region', { name: 'Event bus' }).count(), 1);
});

test('The inspector begins with the last drops, and all its columns are visible on a phone.', async (desk) => {
  const table = await opened(desk, { size: [390, 844] });
  await table.isPlayable();
  await until(async () => /^\s+\d+\s+Turned L placed\. Score 0\./.test(await inspector(table).textContent()), 'the drop');
  const [content, width] = await inspector(table).evaluate((one) => [one.scrollWidth, one.clientWidth]);
  assert.ok(content <= width, `${content} in ${width}`);
});

test('The inspector covers neither the panel at the end of a game nor a notice.', async (desk) => {
  const { drops, stored } = await almostOver(desk);
  for (const size of [[1280, 800], [390, 844]]) {
    const table = await opened(desk, { stored, size });
    const { page } = table;
    await table.drop(drops.at(-1));
    await until(() => table.over.isVisible(), 'the end of the game');
    await page.evaluate(() => (location.hash = 'g=no-game'));
    await until(() => table.notice(), 'a notice');
    await frames(page, 60);
    // Playwright clicks only what is not covered.
    await page.locator('#over-share').hover();
    await page.locator('#notice-close').click();
    await until(async () => (await table.notice()) === '', 'the notice to be closed');
    assert.match(await table.hearing(() => page.locator('#play-again').click()), /^New game/);
  }
});
