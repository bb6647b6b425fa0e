// The controls of a replay, and what it says of itself.

import { until } from './table.mjs';

export class ReplayBar {
  constructor({ page }) {
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

  /** After how many drops of the game it is. */
  async position() {
    return Number(/: move (\d+) of \d+, /.exec(await this.text())?.[1]);
  }

  /** Waits until there is a replay. */
  async opened() {
    await until(() => this.whole.isVisible(), 'a replay');
    return this;
  }

  /** Waits until there is none any more. */
  async closed() {
    await until(async () => !(await this.whole.isVisible()), 'the end of the replay');
  }

  /** Waits until it is there. */
  async isAt(drop, total) {
    const place = `move ${drop} of ${total}`;
    await until(async () => (await this.text()).includes(`: ${place}, `), place, 20_000);
  }

  /** As fast as it goes, from the usual speed. */
  async fast() {
    for (const pace of ['2×', '4×', '8×']) {
      await this.speed.click();
      await until(async () => (await this.speed.textContent()) === pace, pace);
    }
  }
}
