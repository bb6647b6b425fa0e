// A part of the browser may be incomplete, throw, or never answer: in old browsers, in browsers inside of other apps,
// and because of extensions. The game does without it. Parts that are missing altogether are in bad-input.test.mjs.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { natively, play } from './playing.mjs';
import { tableOf } from './table.mjs';

/** Each runs in the page before the program. The blank document that a page begins with has no locks and no buckets. */
const PARTS = {
  'AudioContext has no methods': () => {
    window.AudioContext = class {};
  },
  'resume() returns nothing, and the sound never starts': () => {
    AudioContext.prototype.resume = () => undefined;
    Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'suspended' });
  },
  'resume() never answers': () => {
    AudioContext.prototype.resume = () => new Promise(() => {});
    Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'suspended' });
  },
  'resume() throws, because the sound is interrupted': () => {
    AudioContext.prototype.resume = () => {
      throw new DOMException('There is a call.', 'InvalidStateError');
    };
    Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'interrupted' });
  },
  'suspend() does nothing': () => {
    AudioContext.prototype.suspend = () => Promise.resolve();
  },
  'suspend() is missing': () => delete AudioContext.prototype.suspend,
  'suspend() throws': () => {
    AudioContext.prototype.suspend = () => {
      throw new Error('It is closed.');
    };
  },
  'vibrate is undefined': () => Object.defineProperty(Navigator.prototype, 'vibrate', { value: undefined }),
  'vibrate() throws': () => {
    Navigator.prototype.vibrate = () => {
      throw new Error('It cannot.');
    };
  },
  'userActivation is undefined': () => Object.defineProperty(Navigator.prototype, 'userActivation', { value: undefined }),
  'locks throws': () => {
    const get = () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    };
    Object.defineProperty(Navigator.prototype, 'locks', { get });
  },
  'locks.request() returns nothing': () => {
    if (window.LockManager) LockManager.prototype.request = () => undefined;
  },
  'storageBuckets is undefined': () => Object.defineProperty(Navigator.prototype, 'storageBuckets', { value: undefined }),
  'storageBuckets.open() throws': () => {
    if (!window.StorageBucketManager) return;
    StorageBucketManager.prototype.open = () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    };
  },
  'storageBuckets.open() never answers': () => {
    if (window.StorageBucketManager) StorageBucketManager.prototype.open = () => new Promise(() => {});
  },
  'commit() is missing': () => delete IDBTransaction.prototype.commit,
};

for (const [what, before] of Object.entries(PARTS)) {
  test(`The game goes on although ${what}.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: '?seed=7', before });
    await play(table, game, { drops: 1 });
    // This changes the volume, and plays a sample of it.
    await table.page.keyboard.press('m');
    await table.page.keyboard.press('m');
    await play(table, game, { drops: 1 });
    await table.reloading(() => table.page.reload());
    await table.shows(tableOf(game));
    assert.equal(await table.notice(), '');
  });
}
