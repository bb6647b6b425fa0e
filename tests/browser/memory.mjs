// What outlives the page: the best score and the settings of sound; and the sound itself.

import assert from 'node:assert/strict';
import { readRecord } from './database.mjs';
import { scoringGame } from './oracle.mjs';
import { reload } from './playing.mjs';
import { bests } from './records.mjs';
import { cell } from './rules.mjs';
import { test } from './runner.mjs';
import { EMPTY_BOARD, until } from './table.mjs';

test('The best score is stored when it is beaten, and not only when the game ends.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const query = `?seed=${seed}`;
  const table = await desk.open({ query });
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '10' });
  assert.equal(await readRecord(table.page, 'blockers.bests'), bests({ seed: 10 }));
  await reload(table);
  await table.shows({ score: '10', best: '10' });
  await table.newGameButton.click();
  await table.shows({ ...EMPTY_BOARD, score: '0', best: '10' });
  await readRecord(table.page, 'blockers.bests');
  const context = table.page.context();
  await table.page.close();
  const next = await desk.openIn(context, { query });
  await next.shows({ score: '0', best: '10' });
});

test('A score that beats nothing leaves the stored one alone.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const stored = bests({ seed: 500 });
  const table = await desk.open({ query: `?seed=${seed}`, stored: { 'blockers.bests': stored } });
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '500' });
  assert.equal(await readRecord(table.page, 'blockers.bests'), stored);
});

/** Runs in the page before the program: counts what could be heard. */
function countOscillators() {
  window.sounds = { oscillators: 0, contexts: 0 };
  const create = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    window.sounds.oscillators += 1;
    return create.call(this);
  };
  const Original = AudioContext;
  window.AudioContext = class extends Original {
    constructor(...options) {
      super(...options);
      window.sounds.contexts += 1;
    }
  };
}

const oscillators = ({ page }) => page.evaluate(() => window.sounds.oscillators);

for (const [hand, touch] of [
  ['mouse', false],
  ['finger', true],
]) {
  test(`There is no sound before the first touch, and one for every drop by ${hand} after it.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', before: countOscillators, touch, size: [390, 844] });
    await table.frames(10);
    assert.deepEqual(await table.page.evaluate(() => window.sounds), { oscillators: 0, contexts: 0 });
    await table.drop({ slot: 0, at: cell(0, 0) });
    await until(async () => (await table.page.evaluate(() => window.sounds.contexts)) === 1, 'the sound to be unlocked');
    // The first drop may come before the sound is ready.
    await table.frames(10);
    for (const drop of [
      { slot: 1, at: cell(5, 5) },
      { slot: 2, at: cell(0, 0) },
    ]) {
      const before = await oscillators(table);
      await table.drop(drop);
      await until(async () => (await oscillators(table)) > before, `a sound for ${JSON.stringify(drop)}`);
    }
    assert.equal(await table.page.evaluate(() => window.sounds.contexts), 1);
  });
}

test('Mute is silent, says that it is on, and is remembered; once more, and there is sound again.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: countOscillators });
  const muted = () => table.muteButton.getAttribute('aria-pressed');
  assert.equal(await muted(), 'false');
  await table.muteButton.click();
  await until(async () => (await muted()) === 'true', 'mute');
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.drop({ slot: 1, at: cell(0, 0) });
  await table.frames(10);
  assert.equal(await oscillators(table), 0);
  assert.equal(await readRecord(table.page, 'blockers.sound'), 'off 0.7');

  await reload(table);
  assert.equal(await muted(), 'true');
  await table.muteButton.click();
  await until(async () => (await muted()) === 'false', 'sound');
  await table.frames(10);
  await table.drop({ slot: 1, at: cell(5, 5) });
  await until(async () => (await oscillators(table)) > 0, 'a sound');
});

test('The volume is remembered, also while muted, and none of it is silence.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: countOscillators });
  assert.equal(await table.slider.inputValue(), '70');
  await table.slider.focus();
  for (let n = 0; n < 6; n += 1) await table.page.keyboard.press('ArrowLeft');
  await table.muteButton.click();
  await until(async () => (await table.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');
  await reload(table);
  assert.equal(await table.slider.inputValue(), '40');
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');

  await table.slider.focus();
  await table.page.keyboard.press('Home');
  assert.equal(await table.slider.inputValue(), '0');
  await table.frames(10);
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.frames(10);
  assert.equal(await oscillators(table), 0);
});
