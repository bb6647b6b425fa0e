// A page that is driven by WebDriver, with the part of Playwright's interface that `Table` and the tests of engines
// use.

import { writeFileSync } from 'node:fs';
import selenium from 'selenium-webdriver';
import { until } from './table.mjs';

/** Returns WebDriver's code of a key such as `a`, `ArrowLeft` or `Control`. */
const keyCode = (name) => selenium.Key[name.replace(/([a-z])([A-Z])/, '$1_$2').toUpperCase()] ?? name;

/**
 * Runs in the page: follows the steps, and returns what they lead to, or `null`. A step is a CSS selector, or a role
 * and a name: one request finds an element by them, and the older WebKit's driver does not know roles. Only what is
 * visible is found.
 */
function find(steps) {
  const implicit = { BUTTON: 'button', DIALOG: 'dialog', INPUT: 'slider' };
  const roleOf = (element) => element.getAttribute('role') ?? implicit[element.tagName];
  const nameOf = (element) => {
    const label = document.getElementById(element.getAttribute('aria-labelledby'));
    return element.getAttribute('aria-label') ?? (label ?? element).textContent.trim();
  };
  const isVisible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
  const is = (element, { role, name }) => !role || (roleOf(element) === role && nameOf(element) === name);
  return steps.reduce((within, { css = '*', ...step }) => {
    const all = [...(within?.querySelectorAll(css) ?? [])];
    return all.find((element) => isVisible(element) && is(element, step)) ?? null;
  }, document);
}

export class DrivenPage {
  #last = Promise.resolve();

  /** @param {selenium.WebDriver} driver */
  constructor(driver) {
    this.driver = driver;
    this.mouse = new Mouse(this);
    this.keyboard = new Keyboard(this);
  }

  /** Sends a command after those before it have ended. */
  send(command) {
    const result = this.#last.then(() => command(this.driver));
    this.#last = result.catch(() => {});
    return result;
  }

  goto(url) {
    return this.send((driver) => driver.get(url));
  }

  /** Loads the page again as a player does: geckodriver's own command bypasses the service worker. */
  reload() {
    return this.evaluate(() => location.reload());
  }

  /** Calls a function in the page, and returns its result. The argument and the result are passed as JSON. */
  evaluate(script, argument = null) {
    return this.send((driver) => driver.executeScript(`return (${script})(...arguments)`, argument));
  }

  /** Waits until another document than the present one has loaded. */
  async waitForEvent() {
    await this.evaluate(() => (window.isLeft = true));
    // During a navigation there may be no document.
    const isLoaded = () => this.evaluate(() => !window.isLeft && document.readyState === 'complete').catch(() => false);
    await until(isLoaded, 'another document');
  }

  getByRole(role, { name }) {
    return new Locator(this, [{ role, name }]);
  }

  locator(css) {
    return new Locator(this, [{ css }]);
  }

  /** Changes the size of the window until the page has this size: a window has borders. */
  async setViewportSize({ width, height }) {
    const size = await this.evaluate(() => [innerWidth, innerHeight]);
    await this.send(async (driver) => {
      const window = driver.manage().window();
      const outer = await window.getRect();
      await window.setRect({ width: outer.width + width - size[0], height: outer.height + height - size[1] });
    });
    const isThere = () => this.evaluate((wanted) => `${innerWidth} x ${innerHeight}` === wanted, `${width} x ${height}`);
    await until(isThere, `a page of ${width} x ${height}`);
  }

  /** Returns a picture of the page, and writes it to a file if there is a path. */
  async screenshot({ path } = {}) {
    const picture = Buffer.from(await this.send((driver) => driver.takeScreenshot()), 'base64');
    if (path) writeFileSync(path, picture);
    return picture;
  }
}

/** Finds an element each time it is used. */
class Locator {
  #page;
  #steps;

  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  page() {
    return this.#page;
  }

  getByRole(role, { name }) {
    return new Locator(this.#page, [...this.#steps, { role, name }]);
  }

  #found() {
    return this.#page.evaluate(find, this.#steps);
  }

  /** Returns WebDriver's element, when it is visible. */
  element() {
    return until(() => this.#found(), JSON.stringify(this.#steps));
  }

  async isVisible() {
    return (await this.#found()) !== null;
  }

  async evaluate(script, argument = null) {
    const element = await this.element();
    return this.#page.send((driver) => driver.executeScript(`return (${script})(...arguments)`, element, argument));
  }

  textContent() {
    return this.evaluate((element) => element.textContent);
  }

  async click() {
    const element = await this.element();
    await this.#page.send(() => element.click());
  }

  /** Chooses an option of a `<select>` as a player does. */
  async selectOption(value) {
    const element = await this.element();
    await this.#page.send(() => element.findElement(selenium.By.css(`option[value="${value}"]`)).click());
  }
}

class Mouse {
  #page;
  #at = { x: 0, y: 0 };

  constructor(page) {
    this.#page = page;
  }

  #act(build) {
    return this.#page.send((driver) => build(driver.actions({ async: true })).perform());
  }

  async move(x, y, { steps = 1 } = {}) {
    const from = this.#at;
    this.#at = { x, y };
    await this.#act((actions) => {
      for (let n = 1; n <= steps; n += 1) {
        const part = (one, other) => Math.round(one + ((other - one) * n) / steps);
        actions.move({ x: part(from.x, x), y: part(from.y, y), duration: 0 });
      }
      return actions;
    });
  }

  down() {
    return this.#act((actions) => actions.press());
  }

  up() {
    return this.#act((actions) => actions.release());
  }

  async click(x, y) {
    await this.move(x, y);
    await this.#act((actions) => actions.press().release());
  }
}

class Keyboard {
  #page;

  constructor(page) {
    this.#page = page;
  }

  /** Presses a key, or several at the same time, such as `Control+z`. */
  async press(keys) {
    const codes = keys.split('+').map(keyCode);
    await this.#page.send((driver) => {
      const actions = driver.actions({ async: true });
      for (const code of codes) actions.keyDown(code);
      for (const code of codes.toReversed()) actions.keyUp(code);
      return actions.perform();
    });
  }
}
