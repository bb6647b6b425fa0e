// Drives Firefox with the part of Playwright's interface (browser, contexts, pages, locators) that these tests use.
// Playwright itself cannot drive an unmodified Firefox, but only its own build.

import { writeFileSync } from 'node:fs';
import { until } from './table.mjs';
import { WebDriver } from './webdriver.mjs';

/** WebDriver's names of the keys that are not characters. */
const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Home: '\uE011', End: '\uE010' };
Object.assign(KEYS, { ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015' });

/** The elements that have a role without a `role` attribute. */
const IMPLICIT = { button: 'button', dialog: 'dialog[open]' };

/** Starts Firefox without a window. */
export async function launchFirefox() {
  const driver = await WebDriver.start();
  const contexts = new Set();
  const subscribe = (event, handle) =>
    driver.on(event, (params) => {
      const page = params.context ?? params.source?.context;
      for (const context of contexts) if (context.has(page)) handle(context, params);
    });
  await subscribe('log.entryAdded', (context, { type, level, text }) => {
    if (type === 'console') context.emit('console', { type: () => level, text: () => text ?? '' });
    else context.emit('weberror', { error: () => text });
  });
  await subscribe('network.beforeRequestSent', (context, { request }) => context.emit('request', { url: () => request.url }));
  await subscribe('browsingContext.load', (context, { context: page }) => context.loaded(page));
  return {
    async newContext(options) {
      const context = new Context(driver, options);
      await context.open();
      contexts.add(context);
      return context;
    },
    close: () => driver.close(),
  };
}

/** A user context, which has its own storage. */
class Context {
  #driver;
  #options;
  #id;
  #pages = [];
  #listeners = [];

  constructor(driver, { hasTouch, ...options }) {
    if (hasTouch) throw new Error('These tests use Firefox by mouse and by keys only.');
    this.#driver = driver;
    this.#options = options;
  }

  async open() {
    ({ userContext: this.#id } = await this.#driver.command('browser.createUserContext', {}));
  }

  async addInitScript(script) {
    const params = { functionDeclaration: String(script), userContexts: [this.#id] };
    await this.#driver.command('script.addPreloadScript', params);
  }

  async newPage() {
    const { context } = await this.#driver.command('browsingContext.create', { type: 'tab', userContext: this.#id });
    const page = new Page(this.#driver, context, this);
    this.#pages.push(page);
    const { viewport, deviceScaleFactor: devicePixelRatio } = this.#options;
    await this.#driver.command('browsingContext.setViewport', { context, viewport, devicePixelRatio });
    this.emit('page', page);
    return page;
  }

  pages() {
    return this.#pages;
  }

  has(id) {
    return this.#pages.some((page) => page.id === id);
  }

  on(event, listener) {
    this.#listeners.push({ event, listener });
  }

  emit(event, value) {
    for (const one of this.#listeners) if (one.event === event) one.listener(value);
  }

  loaded(id) {
    this.#pages.find((page) => page.id === id).loaded();
  }

  /** If Firefox has crashed, this fails; an error about the crash has been thrown before. */
  async close() {
    await this.#driver.command('browser.removeUserContext', { userContext: this.#id }).catch(() => {});
  }
}

class Page {
  #driver;
  #context;
  #loads = [];

  constructor(driver, id, context) {
    this.#driver = driver;
    this.#context = context;
    this.id = id;
    this.mouse = new Mouse(this);
    this.keyboard = new Keyboard(this);
  }

  context() {
    return this.#context;
  }

  /** Pages have no events here but `load`, which `waitForEvent` waits for. */
  on() {}

  waitForEvent() {
    return new Promise((resolve) => this.#loads.push(resolve));
  }

  loaded() {
    for (const resolve of this.#loads.splice(0)) resolve();
  }

  command(method, params) {
    return this.#driver.command(method, { context: this.id, ...params });
  }

  async goto(url) {
    await this.command('browsingContext.navigate', { url, wait: 'complete' });
  }

  async reload() {
    await this.command('browsingContext.reload', { wait: 'complete' });
  }

  /** Calls a function in the page, and returns its result. The argument and the result are passed as JSON. */
  async evaluate(script, argument, ...nodes) {
    const json = JSON.stringify(argument);
    const call = `async (json, ...nodes) => JSON.stringify(await (${script})(...nodes, json && JSON.parse(json)))`;
    const { result, exceptionDetails } = await this.#driver.command('script.callFunction', {
      functionDeclaration: call,
      arguments: [json === undefined ? { type: 'undefined' } : { type: 'string', value: json }, ...nodes],
      awaitPromise: true,
      target: { context: this.id },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  act(source) {
    return this.command('input.performActions', { actions: [source] });
  }

  getByRole(role, { name } = {}) {
    return new Locator(this, null, { role, name });
  }

  async screenshot({ path }) {
    const { data } = await this.command('browsingContext.captureScreenshot', {});
    writeFileSync(path, Buffer.from(data, 'base64'));
  }
}

/** Finds what has this role and name in the accessibility tree. It is searched each time it is used. */
class Locator {
  #within;
  #value;
  #number;

  constructor(page, within, value, number = 0) {
    this.page = page;
    this.#within = within;
    this.#value = value;
    this.#number = number;
  }

  getByRole(role, { name } = {}) {
    return new Locator(this.page, this, { role, name });
  }

  nth(number) {
    return new Locator(this.page, this.#within, this.#value, number);
  }

  async #located(locator, { within, most }) {
    const startNodes = within && [within];
    const { nodes } = await this.page.command('browsingContext.locateNodes', { locator, startNodes, maxNodeCount: most });
    return nodes.map(({ sharedId }) => ({ sharedId }));
  }

  /** Searching the names of the whole page takes a second, so only the elements that may have the role are searched. */
  async #found() {
    const within = await this.#within?.#found();
    if (within === null) return null;
    const { role } = this.#value;
    const value = [`[role=${role}]`, IMPLICIT[role]].filter(Boolean).join();
    const nodes = await this.#located({ type: 'css', value }, { within });
    const isIt = async (node) => {
      const [first] = await this.#located({ type: 'accessibility', value: this.#value }, { within: node, most: 1 });
      return first?.sharedId === node.sharedId;
    };
    const are = await Promise.all(nodes.map(isIt));
    return nodes.filter((_, n) => are[n])[this.#number] ?? null;
  }

  async evaluate(script, argument) {
    const { role, name } = this.#value;
    const node = await until(() => this.#found(), `${role} '${name ?? this.#number}'`);
    return this.page.evaluate(script, argument, node);
  }

  async isVisible() {
    return (await this.#found()) !== null;
  }

  boundingBox() {
    return this.evaluate((element) => element.getBoundingClientRect().toJSON());
  }

  async click() {
    const { x, y, width, height } = await this.boundingBox();
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }
}

class Mouse {
  #page;
  #at = { x: 0, y: 0 };

  constructor(page) {
    this.#page = page;
  }

  #act(...actions) {
    return this.#page.act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  async move(x, y, { steps = 1 } = {}) {
    const from = this.#at;
    const part = (n) => ({ x: from.x + ((x - from.x) * n) / steps, y: from.y + ((y - from.y) * n) / steps });
    this.#at = { x, y };
    const moves = Array.from({ length: steps }, (_, n) => ({ type: 'pointerMove', ...part(n + 1) }));
    await this.#act(...moves);
  }

  async down() {
    await this.#act({ type: 'pointerDown', button: 0 });
  }

  async up() {
    await this.#act({ type: 'pointerUp', button: 0 });
  }

  async click(x, y) {
    await this.move(x, y);
    await this.#act({ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 });
  }
}

class Keyboard {
  #page;

  constructor(page) {
    this.#page = page;
  }

  async press(key) {
    const value = KEYS[key] ?? key;
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
    await this.#page.act({ type: 'key', id: 'keys', actions });
  }
}
