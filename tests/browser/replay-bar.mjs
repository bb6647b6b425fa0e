// The page object of a replay's controls.

import assert from 'node:assert/strict';
import { eventually, frames, until } from './table.mjs';

export class ReplayBar {
  constructor({ page }) {
    this.page = page;
    this.whole = page.getByRole('group', { name: 'Replay' });
    const button = (name) => this.whole.getByRole('button', { name, exact: true });
    [this.pause, this.play, this.step] = ['Pause', 'Play', 'Next move'].map(button);
    [this.playOn, this.share, this.close] = ['Continue from here', 'Share', 'Back to your game'].map(button);
    this.speed = this.whole.getByRole('button', { name: /^Speed / });
    this.slider = this.whole.getByRole('slider', { name: 'Move' });
    this.line = page.locator('#replay-text');
  }

  text() {
    return this.line.textContent();
  }

  /** Waits until the text is this one, or matches this pattern. */
  async says(expected) {
    await eventually(async () => {
      if (expected instanceof RegExp) assert.match(await this.text(), expected);
      else assert.equal(await this.text(), expected);
    });
  }

  /** Returns after how many drops of the game the replay is. */
  async position() {
    return Number(/: move (\d+) of \d+, /.exec(await this.text())?.[1]);
  }

  /** Waits until there is a replay. */
  async opened() {
    await until(() => this.whole.isVisible(), 'a replay');
    return this;
  }

  /**
   * Pauses the replay, wherever it is. A short one may have come to its end by itself, and have no button to pause it.
   */
  async paused() {
    const isPaused = async () => {
      if (await this.play.isVisible()) return true;
      await this.pause.click({ timeout: 1000 }).catch(() => {});
      // A second click would play on, so the program must have handled this one.
      await frames(this.page, 3);
      return false;
    };
    await until(isPaused, 'the replay to pause');
  }

  /** Waits until there is no replay. */
  async closed() {
    await until(async () => !(await this.whole.isVisible()), 'the end of the replay');
  }

  /** Waits until the replay is at this drop. */
  async isAt(drop, total) {
    await until(async () => (await this.text()).includes(`: move ${drop} of ${total}, `), `move ${drop} of ${total}`, 60_000);
  }

  /** Sets the highest speed, from the usual one. */
  async fast() {
    for (const pace of ['2×', '4×', '8×']) {
      await this.speed.click();
      await until(async () => (await this.speed.textContent()) === pace, pace);
    }
  }
}
