// What the tests get that run in several browser engines. A test fails if the page logs something, has an error, or
// tries to load something from another server.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { after, test as nodeTest } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import LogInspector from 'selenium-webdriver/bidi/logInspector.js';
import { launch as launchChromium } from './chromium.mjs';
import { DrivenPage } from './driven.mjs';
import { ENGINES, launch } from './engines.mjs';
import { DIST } from './publishing.mjs';
import { serve } from './server.mjs';
import { Table } from './table.mjs';
import { watch } from './watch.mjs';

/** The engine of this run. */
export const ENGINE = process.env.BLOCKERS_ENGINE ?? 'chromium';
/** In milliseconds. It only ends a test that hangs. */
const TIME_LIMIT = 240_000;

const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url));
/** In milliseconds. */
const PICTURE_LIMIT = 5_000;

/** A page that must not be stored is not kept for Back either. */
const CACHING = ['cache-control', 'no-cache'];

/**
 * Runs in the page before everything else, and keeps what it logs, its errors, and what its policy blocks: WebKit has
 * no other way to report that. The list is kept when the page is loaded again.
 */
function keepComplaints() {
  const complaints = JSON.parse(sessionStorage.getItem('complaints') ?? '[]');
  const add = (sentence) => {
    complaints.push(sentence);
    sessionStorage.setItem('complaints', JSON.stringify(complaints));
  };
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const log = console[level];
    console[level] = (...values) => {
      add(`The page logs (${level}): ${values.join(' ')}`);
      log.apply(console, values);
    };
  }
  addEventListener('error', ({ message, target }) => add(`The page has an error: ${message ?? target.outerHTML}`), true);
  addEventListener('unhandledrejection', ({ reason }) => add(`The page has an unhandled rejection: ${reason}`));
  addEventListener('securitypolicyviolation', (event) => add(`The policy blocks ${event.blockedURI} (${event.violatedDirective})`));
}

/** Runs in the page: returns what was kept, and the addresses of other servers that it has loaded something from. */
function complaintsOf() {
  const strays = performance.getEntriesByType('resource').filter(({ name }) => !name.startsWith(`${location.origin}/`));
  return [...JSON.parse(sessionStorage.getItem('complaints') ?? '[]'), ...strays.map(({ name }) => `The page requests ${name}`)];
}

/** Returns a function that answers requests for the page with these functions in front of it, which the page calls. */
function withScripts(folder, scripts) {
  return ({ url }, response) => {
    if (!['/', '/index.html'].includes(new URL(url, 'http://localhost').pathname)) return false;
    const html = readFileSync(resolve(folder, 'index.html'), 'utf8');
    const first = scripts.map((script) => `<script>(${script})()</script>`).join('');
    response.setHeader(...CACHING).setHeader('content-type', 'text/html; charset=utf-8');
    // The policy applies to what comes after it.
    return response.end(html.replace(/<meta charset/, `${first}$&`));
  };
}

/** What one test gets. */
class Desk {
  isNoisy = false;
  #t;
  #servers;

  constructor(t, page, servers) {
    this.#t = t;
    this.#servers = servers;
    this.page = page;
  }

  /**
   * Opens the page for a new player: every test has a server of its own, and so an origin and a storage of its own.
   *
   * @param {object} options
   * @param {string} options.query What follows the page's address.
   * @param {string} options.folder The folder of the built page.
   * @param {Function} options.answer Answers requests before the server: see `serve`.
   * @param {boolean} options.noisy Whether the page may log and have errors.
   * @param {boolean} options.ready Whether to wait for a game.
   */
  async open({ query = '', folder = DIST, answer = () => false, noisy = false, ready = true } = {}) {
    this.isNoisy = noisy;
    const page = withScripts(folder, [keepComplaints, watch]);
    const setHeaders = (response) => response.setHeader(...CACHING);
    this.server = await serve(folder, { dev: true, setHeaders }, (...both) => answer(...both) || page(...both));
    this.#servers.push(this.server);
    await this.page.goto(this.server.url + query);
    const table = await Table.sit(this.page, { touch: false });
    return ready ? table.ready() : table;
  }

  atTheEnd(cleanup) {
    this.#t.after(cleanup);
  }
}

/** Starts an engine with a page. Playwright drives Chromium only. */
async function start(engine, preferences) {
  const logged = [];
  if (engine === 'chromium') {
    // Playwright turns the back/forward cache off.
    const browser = await launchChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    return { page: await browser.newPage(), logged, stop: () => browser.close() };
  }
  const { driver, stop } = await launch(engine, preferences);
  if (ENGINES[engine].bidi) {
    const inspector = await LogInspector(driver);
    await inspector.onLog(({ level, text }) => logged.push(`The browser logs (${level}): ${text}`));
  }
  return { page: new DrivenPage(driver), logged, stop };
}

/**
 * Makes a function that declares tests in an engine. It starts with the first test, and again after a test that has
 * failed.
 *
 * @param {string} engine `chromium`, or one of `ENGINES`.
 * @param {Record<string, unknown>} preferences Of Firefox.
 * @returns {(name: string, body: (desk: Desk) => Promise<void>) => void} `name` is a true sentence about the page.
 */
export function testIn(engine, preferences = {}) {
  let browser = null;
  // They stay until the browser has ended: another server at the same port would be the same origin.
  const servers = [];
  const stop = async () => {
    await browser?.stop();
    browser = null;
  };
  after(async () => {
    await stop();
    await Promise.all(servers.map((server) => server.close()));
  });
  return (name, body) =>
    nodeTest(name, { timeout: TIME_LIMIT }, async (t) => {
      let passed = false;
      // This runs after a test that has exceeded the time limit, too.
      t.after(async () => {
        if (passed) return;
        t.diagnostic(`It is in ${relative('', process.argv[1])}, in ${engine}.`);
        // To look at. An engine that hangs cannot take one.
        mkdirSync(PICTURES, { recursive: true });
        const path = `${PICTURES}${engine}-${name.replaceAll(/\W+/g, '-').slice(0, 60)}.png`;
        await Promise.race([browser?.page.screenshot({ path }).catch(() => {}), sleep(PICTURE_LIMIT, undefined, { ref: false })]);
        await stop();
      });
      browser ??= await start(engine, preferences);
      const { page, logged } = browser;
      logged.length = 0;
      const desk = new Desk(t, page, servers);
      await body(desk);
      if (!desk.isNoisy) {
        const complaints = [...logged, ...(await page.evaluate(complaintsOf))];
        assert.deepEqual(complaints, [], 'what the page logged and requested');
      }
      await page.goto('about:blank');
      passed = true;
    });
}
