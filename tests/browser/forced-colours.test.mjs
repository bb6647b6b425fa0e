// Forced colours, as in a contrast theme of Windows: what is marked only by a colour elsewhere can still be seen.

import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { test } from './fixture.mjs';
import { until } from './table.mjs';

const set = (name, value) => [(one, [name, value]) => one.setAttribute(name, value), [name, value]];

/** A state, the panel it is in, its element, and how to end the state. */
const STATES = [
  ['the current kind of game', 'menu', 'kind-classic', ...set('aria-current', 'false')],
  ['the chosen statistics', 'statistics', 'of-all', ...set('aria-pressed', 'false')],
  ['a checked box', 'settings', 'setting-magnet', (box) => (box.checked = false)],
  ['a disabled button', null, 'undo', ...set('aria-disabled', 'false')],
  ['a disabled button of the menu', 'menu', 'watch', ...set('aria-disabled', 'false')],
  ['the switch of the sound', null, 'mute', ...set('aria-pressed', 'true')],
  ['the focus on a button', null, 'open-menu', (button) => button.blur()],
  ['the focus on a shape', null, 'slot-2', (slot) => slot.blur()],
];

const luminance = ([red, green, blue]) => {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Returns how many pixels of two pictures have a contrast of at least 3 to each other. */
function differences(one, other) {
  let count = 0;
  for (let n = 0; n < one.data.length; n += 4) {
    const [a, b] = [one, other].map(({ data }) => luminance(data.subarray(n, n + 3)) + 0.05);
    if (Math.max(a, b) / Math.min(a, b) >= 3) count += 1;
  }
  return count;
}

for (const theme of ['light', 'dark']) {
  for (const [what, panel, id, end, argument] of STATES) {
    test(`In ${theme} forced colours ${what} can be seen.`, async (desk) => {
      const prepare = (page) => page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      const table = await desk.open({ theme, prepare, size: [1024, 768] });
      const { page } = table;
      await page.mouse.move(1, 1);
      if (panel) {
        await page.evaluate(() => document.getElementById('open-menu').click());
        await until(() => page.locator('#menu').isVisible(), 'the menu');
      }
      if (panel && panel !== 'menu') {
        await page.evaluate((panel) => document.getElementById(`open-${panel}`).click(), panel);
        await until(() => page.locator(`#${panel}`).isVisible(), panel);
      }
      const element = page.locator(`#${id}`);
      // A key before it makes the focus visible.
      await page.keyboard.press('Shift');
      if (what.startsWith('the focus')) await element.focus();
      else await page.evaluate(() => document.activeElement.blur());
      const { x, y, width, height } = await element.boundingBox();
      const clip = { x: x - 6, y: y - 6, width: width + 12, height: height + 12 };
      const picture = async () => PNG.sync.read(await page.screenshot({ clip }));
      const marked = await picture();
      await element.evaluate(end, argument);
      await page.mouse.move(2, 2);
      const count = differences(marked, await picture());
      assert.ok(count >= 25, `${count} pixels differ`);
    });
  }
}
