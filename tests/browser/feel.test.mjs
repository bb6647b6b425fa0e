// How the page moves: the motion that the player chose or the system asks for, the panel at the end, and the cursor.

import assert from 'node:assert/strict';
import { film, step } from './film.mjs';
import { test } from './fixture.mjs';
import { reload } from './playing.mjs';
import { slot } from './rules.mjs';
import { almostOver } from './states.mjs';
import { centre, eventually, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

const motionOf = (table) => table.page.evaluate(() => document.documentElement.dataset.motion);
const animationOf = (table, id) =>
  table.page.evaluate((id) => getComputedStyle(document.getElementById(id)).animationName, id);

for (const [system, choice, motion, animations] of [
  ['reduce', 'full', 'full', ['rise', 'arrive']],
  ['no-preference', 'reduced', 'reduced', ['fade', 'fade']],
]) {
  test(`The chosen motion, ${choice}, applies to the whole page, where the system asks for: ${system}.`, async (desk) => {
    const table = await desk.open({ ...QUERY, prepare: (page) => page.emulateMedia({ reducedMotion: system }) });
    assert.notEqual(await motionOf(table), motion, 'nothing is chosen yet');
    await table.openMenu();
    await table.menu.getByRole('button', { name: 'Settings' }).click();
    await table.page.locator('#setting-motion').selectOption(choice);
    const isSeen = async () => {
      assert.equal(await motionOf(table), motion);
      assert.deepEqual([await animationOf(table, 'over'), await animationOf(table, 'settings-hand')], animations);
    };
    await eventually(isSeen);
    await reload(table);
    await eventually(isSeen);
  });
}

for (const motion of ['full', 'reduced']) {
  test(`With ${motion} motion the panel at the end cannot be pressed before it is visible.`, async (desk) => {
    const { drops, stored } = await almostOver(desk);
    const settings = { 'blockers.settings': `motion=${motion}` };
    const table = await desk.open({ stored: { ...stored, ...settings }, before: film });
    await table.page.evaluate(() => window.film.hold());
    const { slot: number, at } = drops.at(-1);
    await table.press(slot(number));
    await step(table, 0);
    await step(table, 200);
    await table.moveTo(at);
    await step(table, 0);
    await table.release();
    await step(table, 0);
    assert.ok(await table.over.isVisible());
    // Until then a press at the place of the button hits the board.
    const button = centre(await table.over.getByRole('button', { name: 'Play again' }).boundingBox());
    const top = () =>
      table.page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('#over, #stage')?.id, button);
    await step(table, 0);
    assert.equal(await top(), 'stage');
    await step(table, 100);
    assert.equal(await top(), 'stage');
    await step(table, 1000);
    assert.equal(await top(), 'over');
  });
}

test('The cursor is an open hand over a shape, and a closed hand while a shape is dragged.', async (desk) => {
  const table = await desk.open(QUERY);
  const cursor = () =>
    table.page.evaluate(() => ['stage', 'slot-1'].map((id) => getComputedStyle(document.getElementById(id)).cursor));
  assert.deepEqual(await cursor(), ['auto', 'grab']);
  await table.press(slot(0));
  await until(async () => String(await cursor()) === 'grabbing,grabbing', 'the closed hand');
  await table.moveTo({ row: 4, column: 4 });
  assert.deepEqual(await cursor(), ['grabbing', 'grabbing']);
  await table.release();
  await until(async () => String(await cursor()) === 'auto,default', 'the usual cursor over an empty slot');
});
