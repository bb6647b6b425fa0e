// What is still there after a reload: the best score and the sound settings. And the sound itself.

import assert from 'node:assert/strict';
import { readRecord } from './database.mjs';
import { test } from './fixture.mjs';
import { scoringGame } from './oracle.mjs';
import { reload } from './playing.mjs';
import { bests } from './records.mjs';
import { cell } from './rules.mjs';
import { EMPTY_BOARD, eventually, until } from './table.mjs';

/** Waits until this is stored under this key. */
const isStored = ({ page }, key, text) => eventually(async () => assert.equal(await readRecord(page, key), text));

test('The best score is stored when it is beaten, and not only when the game ends.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const query = `?seed=${seed}`;
  const table = await desk.open({ query });
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '10' });
  await isStored(table, 'blockers.bests', bests({ seed: 10 }));
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

test('A score that is no best score leaves the stored one unchanged.', async (desk) => {
  const { seed, drops } = await scoringGame();
  const stored = bests({ seed: 500 });
  const table = await desk.open({ query: `?seed=${seed}`, stored: { 'blockers.bests': stored } });
  await table.dropAll(drops);
  await table.shows({ score: '10', best: '500' });
  assert.equal(await readRecord(table.page, 'blockers.bests'), stored);
});

/**
 * Runs in the page before the program: counts the audio contexts and the oscillators. The page's clock stands still:
 * the program drops a sound that comes too late, and on a busy machine any of them may.
 */
function countSounds() {
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
      window.audio = this;
    }
  };
  const started = performance.now();
  Performance.prototype.now = () => started;
}

const sounds = ({ page }) => page.evaluate(() => window.sounds);
const oscillators = async (table) => (await sounds(table)).oscillators;

/** Waits until the browser has unlocked the sound, and what the program has kept for that moment is played. */
async function isAudible(table) {
  await until(() => table.page.evaluate(() => window.audio?.state === 'running'), 'the sound to be unlocked');
  await table.frames(3);
}

const isMuted = (table, muted) =>
  until(async () => (await table.muteButton.getAttribute('aria-pressed')) === String(muted), `muted: ${muted}`);

for (const [hand, touch] of [
  ['mouse', false],
  ['finger', true],
]) {
  test(`There is no sound before the first touch, and one for every drop by ${hand} after it.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', before: countSounds, touch, size: [390, 844] });
    await table.frames(10);
    assert.deepEqual(await sounds(table), { oscillators: 0, contexts: 0 });
    await table.drop({ slot: 0, at: cell(0, 0) });
    // The first drop may come before the browser has unlocked the sound.
    await isAudible(table);
    for (const { slot, at } of [
      { slot: 1, at: cell(5, 5) },
      { slot: 2, at: cell(0, 0) },
    ]) {
      await table.press({ slot });
      await table.moveTo(at);
      await table.frames(3);
      // The sound of picking up is played by now.
      const before = await oscillators(table);
      await table.hearing(() => table.release());
      await until(async () => (await oscillators(table)) > before, `a sound for the drop at ${JSON.stringify(at)}`);
    }
    assert.equal((await sounds(table)).contexts, 1);
  });
}

test('Mute is silent, is shown as pressed, and is remembered; pressed again, there is sound again.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: countSounds });
  await isMuted(table, false);
  await table.muteButton.click();
  await isMuted(table, true);
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.drop({ slot: 1, at: cell(0, 0) });
  await table.frames(10);
  assert.equal(await oscillators(table), 0);
  await isStored(table, 'blockers.sound', 'off 0.7');

  await reload(table);
  await isMuted(table, true);
  await table.muteButton.click();
  await isMuted(table, false);
  await isAudible(table);
  await table.drop({ slot: 1, at: cell(5, 5) });
  await until(async () => (await oscillators(table)) > 0, 'a sound');
});

test('The volume is remembered, even while muted, and at 0 there is no sound.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: countSounds });
  assert.equal(await table.slider.inputValue(), '70');
  await table.slider.focus();
  for (let n = 0; n < 6; n += 1) await table.page.keyboard.press('ArrowLeft');
  await table.muteButton.click();
  await isMuted(table, true);
  await reload(table);
  assert.equal(await table.slider.inputValue(), '40');
  assert.equal(await table.muteButton.getAttribute('aria-pressed'), 'true');

  await table.slider.focus();
  await table.page.keyboard.press('Home');
  await eventually(async () => assert.equal(await table.slider.inputValue(), '0'));
  await table.frames(10);
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.frames(10);
  assert.equal(await oscillators(table), 0);
});
