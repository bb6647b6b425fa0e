// The audio output runs only while there is something to hear. It would keep the device awake otherwise.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { natively, play } from './playing.mjs';
import { eventually, until } from './table.mjs';

const SEED = '?seed=7';

/** Runs in the page before the program: counts the notes, and collects the audio contexts. */
function listening() {
  window.contexts = [];
  window.notes = 0;
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor(...options) {
      super(...options);
      window.contexts.push(this);
    }
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    window.notes += 1;
    return start.apply(this, when);
  };
}

const states = ({ page }) => page.evaluate(() => window.contexts.map((context) => context.state));
const becomes = (table, state) => eventually(async () => assert.deepEqual(await states(table), [state]));
const notes = ({ page }) => page.evaluate(() => window.notes);

/** Does something, and waits until a note was played. */
async function hears(table, act) {
  const before = await notes(table);
  await act();
  await until(async () => (await notes(table)) > before, 'a note');
}

/** Simulates that the page is hidden or visible: a page of these tests is always visible. */
const setHidden = ({ page }, hidden) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

for (const [what, sound] of [
  ['muted', 'off 0.5'],
  ['at volume 0', 'on 0'],
]) {
  test(`While the sound is ${what} there is no audio context, and there is one as soon as the sound is on.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: SEED, before: listening, stored: { 'blockers.sound': sound } });
    await play(table, game, { drops: 2 });
    await table.page.keyboard.press('u');
    await table.frames(3);
    assert.deepEqual(await states(table), []);
    await hears(table, () => (sound === 'on 0' ? table.slider.fill('40') : table.page.keyboard.press('m')));
    await becomes(table, 'running');
  });
}

/** What ends the sound, and what brings it back before the next drop. */
const ENDS = [
  ['after some seconds of silence', async () => {}, async () => {}],
  ['when it is muted', (table) => table.page.keyboard.press('m'), (table) => table.page.keyboard.press('m')],
  ['at volume 0', (table) => table.slider.fill('0'), (table) => table.slider.fill('50')],
  ['while the page is hidden', (table) => setHidden(table, true), (table) => setHidden(table, false)],
];

for (const [when, end, begin] of ENDS) {
  test(`The audio output is suspended ${when}, and the next drop is heard.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: SEED, before: listening });
    await hears(table, () => play(table, game, { drops: 1 }));
    await becomes(table, 'running');
    await end(table);
    await becomes(table, 'suspended');
    await begin(table);
    await hears(table, () => play(table, game, { drops: 1 }));
    await becomes(table, 'running');
    await becomes(table, 'suspended');
  });
}

test('A game that is played by keys is heard after a silence, too.', async (desk) => {
  const table = await desk.open({ query: SEED, before: listening });
  await hears(table, () => table.page.keyboard.press('1'));
  await becomes(table, 'suspended');
  await hears(table, () => table.page.keyboard.press('Enter'));
  await becomes(table, 'running');
});
