// How the page moves, and under which hand: what the player chose or the system wishes, and the panel at the end.

import assert from 'node:assert/strict';
import { film } from './film.mjs';
import { reload } from './playing.mjs';
import { slot } from './rules.mjs';
import { test } from './runner.mjs';
import { almostOver } from './states.mjs';
import { centre, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

const motionOf = (table) => table.page.evaluate(() => document.documentElement.dataset.motion);
const animationOf = (table, id) =>
  table.page.evaluate((id) => getComputedStyle(document.getElementById(id)).animationName, id);

for (const [system, choice, motion, animations] of [
  ['reduce', 'full', 'full', ['rise', 'arrive']],
  ['no-preference', 'reduced', 'reduced', ['fade', 'fade']],
]) {
  test(`The motion that was chosen, ${choice}, counts in the whole page, where the system wishes: ${system}.`, async (desk) => {
    const table = await desk.open({ ...QUERY, prepare: (page) => page.emulateMedia({ reducedMotion: system }) });
    assert.notEqual(await motionOf(table), motion, 'nothing is chosen yet');
    await table.openMenu();
    await table.menu.getByRole('button', { name: 'Settings' }).click();
    await table.page.locator('#setting-motion').selectOption(choice);
    const seen = async () => [await animationOf(table, 'over'), await animationOf(table, 'settings-hand')];
    await until(async () => (await motionOf(table)) === motion, `the motion ${motion}`);
    assert.deepEqual(await seen(), animations);
    await reload(table);
    assert.equal(await motionOf(table), motion);
    assert.deepEqual(await seen(), animations);
  });
}

for (const motion of ['full', 'reduced']) {
  test(`The panel at the end cannot be pressed before it is seen, with ${motion} motion.`, async (desk) => {
    const { drops, stored } = await almostOver(desk);
    const settings = { 'blockers.settings': `motion=${motion}` };
    const table = await desk.open({ stored: { ...stored, ...settings }, before: film });
    const step = (ms) => table.page.evaluate((ms) => window.film.step(ms), ms);
    await table.page.evaluate(() => window.film.hold());
    const { slot: number, at } = drops.at(-1);
    await table.press(slot(number));
    await step(0);
    await step(200);
    await table.moveTo(at);
    await step(0);
    await table.release();
    await step(0);
    assert.ok(await table.over.isVisible());
    // Where the panel will be is the board until then.
    const button = centre(await table.over.getByRole('button', { name: 'Play again' }).boundingBox());
    const top = () =>
      table.page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('#over, #stage')?.id, button);
    await step(0);
    assert.equal(await top(), 'stage');
    await step(100);
    assert.equal(await top(), 'stage');
    await step(1000);
    assert.equal(await top(), 'over');
  });
}

test('The cursor is a hand that can grab over a shape, and that has grabbed while one is dragged.', async (desk) => {
  const table = await desk.open(QUERY);
  const cursor = () =>
    table.page.evaluate(() => ['stage', 'slot-1'].map((id) => getComputedStyle(document.getElementById(id)).cursor));
  assert.deepEqual(await cursor(), ['auto', 'grab']);
  await table.press(slot(0));
  await until(async () => String(await cursor()) === 'grabbing,grabbing', 'the hand to close');
  await table.moveTo({ row: 4, column: 4 });
  assert.deepEqual(await cursor(), ['grabbing', 'grabbing']);
  await table.release();
  await until(async () => String(await cursor()) === 'auto,default', 'the hand to open over an empty slot');
});
