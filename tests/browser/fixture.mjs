// What every browser test gets: a way to open the page, and a set of checks around the test. A test fails if one of its
// pages logs something or sends a request to another server. Of a test that fails, a picture of each of its pages is
// kept.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';
import { after, test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { storeRecordsIn } from './database.mjs';
import { serve } from './server.mjs';
import { Table } from './table.mjs';
import { watch } from './watch.mjs';

/** In milliseconds. It only ends a test that hangs, so it is long enough for a machine that is busy with other work. */
const TIME_LIMIT = 480_000;
/** The size of the window where a test does not choose one. A small window takes less time to draw. */
const SIZE = [640, 480];
const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url));

/**
 * What the program logs about a dead letter, where the test has made the storage fail, or has given it a bad file or
 * link.
 */
const REPORT = new RegExp(
  ' gave up on (`blockers\\.[\\w.]+` of topic `record changed` after .*: .* cannot be saved ' +
    '|event \\d+ of topic `command` after .*: (Import failed|This link is damaged))',
);

/** Runs in every page before the program: a service worker would answer requests that a test wants to intercept. */
function withoutWorkers() {
  delete Navigator.prototype.serviceWorker;
}

/** The pages of one test. */
class Desk {
  /** Sentences about what a page logged or requested, and must not. */
  complaints = [];
  #contexts = [];
  #cleanups = [];

  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }

  /**
   * Opens the page for a new player.
   *
   * @param {object} options
   * @param {string} options.query What follows the page's address.
   * @param {[number, number]} options.size The size of the window.
   * @param {number} options.scale Device pixels per CSS pixel.
   * @param {string} options.locale The player's language and country, such as `de-DE`.
   * @param {string} options.zone The player's time zone, such as `America/Los_Angeles`.
   * @param {boolean} options.touch Play by finger instead of by mouse.
   * @param {'light' | 'dark'} options.theme The colour scheme of the player's system.
   * @param {Record<string, string>} options.stored What the storage holds.
   * @param {Function} options.before Runs in the page before the program.
   * @param {Function} options.prepare Gets Playwright's page before it loads anything.
   * @param {boolean} options.workers Whether the page may have a service worker.
   * @param {boolean} options.strays Whether the page may send requests to other servers, because the test checks them.
   * @param {boolean} options.noisy Whether the page may log to the console.
   * @param {boolean} options.ready Whether to wait for a game.
   */
  async open({ query = '', size = SIZE, scale = 1, touch = false, noisy = false, ready = true, ...rest } = {}) {
    const { locale = 'en-US', zone = 'UTC' } = rest;
    const context = await this.browser.newContext({
      viewport: { width: size[0], height: size[1] },
      deviceScaleFactor: scale,
      hasTouch: touch,
      locale,
      timezoneId: zone,
      isMobile: touch,
      colorScheme: rest.theme,
    });
    this.#contexts.push(context);
    this.#listen(context, { noisy, strays: rest.strays });
    if (!rest.workers) await context.addInitScript(withoutWorkers);
    const page = await context.newPage();
    // Before `before`, which may take the database away.
    if (rest.stored) await storeRecordsIn(page, this.url, rest.stored);
    await context.addInitScript(watch);
    if (rest.before) await context.addInitScript(rest.before);
    return this.#load(page, { query, touch, ready, prepare: rest.prepare });
  }

  /** Opens another page for the same player, with the same storage. */
  async openIn(context, { query = '', touch = false, ready = true, prepare } = {}) {
    return this.#load(await context.newPage(), { query, touch, ready, prepare });
  }

  async #load(page, { query, touch, ready, prepare }) {
    await prepare?.(page);
    await page.goto(this.url + query);
    const table = await Table.sit(page, { touch });
    return ready ? table.ready() : table;
  }

  #listen(context, { noisy, strays }) {
    const complain = (sentence) => this.complaints.push(sentence);
    if (!noisy) {
      context.on('console', (message) => {
        if (!REPORT.test(message.text())) complain(`The page logs (${message.type()}): ${message.text()}`);
      });
      context.on('weberror', (error) => complain(`The page has an error: ${error.error()}`));
    }
    if (strays) return;
    context.on('request', (request) => {
      // The address of a file that the page itself makes begins with `blob:`, and no request leaves the page.
      const address = request.url().replace(/^blob:/, '');
      if (!address.startsWith(this.url)) complain(`The page requests ${request.url()}`);
    });
    context.on('page', (page) =>
      page.on('websocket', (socket) => complain(`The page opens a socket to ${socket.url()}`)),
    );
  }

  /** Calls this at the end of the test, whether it passes or not. */
  atTheEnd(cleanup) {
    this.#cleanups.push(cleanup);
  }

  /** Takes a picture of every page, to look at after a failure. */
  async picture(name) {
    mkdirSync(PICTURES, { recursive: true });
    const file = name.replaceAll(/\W+/g, '-').slice(0, 60);
    for (const [n, page] of this.#contexts.flatMap((context) => context.pages()).entries()) {
      await page.screenshot({ path: `${PICTURES}${file}-${n}.png`, timeout: 5000 }).catch(() => {});
    }
  }

  async clear() {
    await Promise.all(this.#cleanups.map((cleanup) => cleanup()));
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** Starts what the tests of a file share: a server for the built page, and a browser. */
async function start(launch) {
  const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
  try {
    const browser = await launch();
    return { server, browser, stop: () => Promise.all([server.close(), browser.close()]) };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/**
 * Makes a function that declares tests in a browser, which starts with the first test that runs.
 *
 * @param {() => Promise<import('playwright-core').Browser>} launch
 * @returns {(name: string, body: (desk: Desk) => Promise<void>) => void} `name` is a true sentence about the page.
 */
export function testWith(launch) {
  let shared;
  after(async () => (await shared?.catch(() => null))?.stop());
  return (name, body) =>
    nodeTest(name, { timeout: TIME_LIMIT }, async (t) => {
      shared ??= start(launch);
      const { server, browser } = await shared;
      const desk = new Desk(browser, server.url);
      let passed = false;
      // This runs after a test that has exceeded the time limit, too.
      t.after(async () => {
        if (!passed) {
          t.diagnostic(`It is in ${relative('', process.argv[1])}.`);
          for (const sentence of desk.complaints) t.diagnostic(sentence);
          await desk.picture(name);
        }
        await desk.clear();
      });
      await body(desk);
      assert.deepEqual(desk.complaints, [], 'what the pages logged and requested');
      passed = true;
    });
}

export const test = testWith(launch);
