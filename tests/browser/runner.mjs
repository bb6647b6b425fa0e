// Runs the tests one after the other, each with pages of its own, and sees to it that every page was quiet.

import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { storeRecords } from './database.mjs';
import { serve } from './server.mjs';
import { Table, watch } from './table.mjs';

const TIME_LIMIT = 90_000;
const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url));

/**
 * A report of what was given up is for whoever looks into it, where the test has taken the storage away, or has brought a
 * file or a link that is none.
 */
const REPORT = new RegExp(
  ' gave up on (`blockers\\.[\\w.]+` of topic `record changed` after .*: .* cannot be saved ' +
    '|event \\d+ of topic `command` after .*: (Import failed|This link is damaged))',
);

const tests = [];

/**
 * @param {string} name A sentence that is true.
 * @param {(desk: Desk) => Promise<void>} body
 */
export function test(name, body) {
  tests.push({ name, body });
}

/** Runs in every page before anything else: a worker would answer in the place of what a test has put there. */
function withoutWorkers() {
  delete Navigator.prototype.serviceWorker;
}

/** Where a test sits: it opens pages, and clears them away at the end. */
class Desk {
  #contexts = [];
  #complaints = [];
  #ends = [];

  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }

  /**
   * Opens the page for a new player.
   *
   * @param {object} options
   * @param {string} options.query What follows the page's address.
   * @param {[number, number]} options.size Of the window.
   * @param {number} options.scale Device pixels per CSS pixel.
   * @param {string} options.locale The player's language and country, such as `de-DE`.
   * @param {boolean} options.touch Play by finger instead of by mouse.
   * @param {'light' | 'dark'} options.theme What the player's system has.
   * @param {Record<string, string>} options.stored What the storage holds.
   * @param {Function} options.before Runs in the page before the program.
   * @param {Function} options.prepare Gets Playwright's page before it loads anything.
   * @param {boolean} options.workers The browser knows service workers, and the page may have one.
   * @param {boolean} options.strays The page may try to ask others than its server: it is seen elsewhere that it does not.
   * @param {boolean} options.noisy The console may say something.
   * @param {boolean} options.ready Wait for a game.
   */
  async open({ query = '', size = [1024, 768], scale = 1, touch = false, noisy = false, ready = true, ...rest } = {}) {
    const { locale = 'en-US' } = rest;
    const context = await this.browser.newContext({
      viewport: { width: size[0], height: size[1] },
      deviceScaleFactor: scale,
      hasTouch: touch,
      locale,
      isMobile: touch,
      colorScheme: rest.theme,
    });
    this.#contexts.push(context);
    this.#listen(context, { noisy, strays: rest.strays });
    if (!rest.workers) await context.addInitScript(withoutWorkers);
    // What runs before the program may take the database away.
    if (rest.stored) await storeRecords(context, this.url, rest.stored);
    await context.addInitScript(watch);
    if (rest.before) await context.addInitScript(rest.before);
    return this.openIn(context, { query, touch, ready, prepare: rest.prepare });
  }

  /** Opens a page once more, for the same player: with the same storage. */
  async openIn(context, { query = '', touch = false, ready = true, prepare } = {}) {
    const page = await context.newPage();
    await prepare?.(page);
    await page.goto(this.url + query);
    const table = await Table.sit(page, { touch });
    return ready ? table.ready() : table;
  }

  #listen(context, { noisy, strays }) {
    const complain = (sentence) => this.#complaints.push(sentence);
    if (!noisy) {
      context.on('console', (message) => {
        if (!REPORT.test(message.text())) complain(`The console says (${message.type()}): ${message.text()}`);
      });
      context.on('weberror', (error) => complain(`The page has an error: ${error.error()}`));
    }
    if (strays) return;
    context.on('request', (request) => {
      // A file that the page gives has an address that begins with `blob:`, and is nowhere but in the page.
      const address = request.url().replace(/^blob:/, '');
      if (!address.startsWith(this.url)) complain(`The page asks for ${request.url()}`);
    });
    context.on('page', (page) =>
      page.on('websocket', (socket) => complain(`The page opens a socket to ${socket.url()}`)),
    );
  }

  checkQuiet() {
    if (this.#complaints.length > 0) throw new Error(this.#complaints.join('\n'));
  }

  /** Takes a picture of every page, for whoever looks for the reason of a failure. */
  async picture(name) {
    mkdirSync(PICTURES, { recursive: true });
    const file = name.replaceAll(/\W+/g, '-').slice(0, 60);
    for (const [n, page] of this.#contexts.flatMap((context) => context.pages()).entries()) {
      await page.screenshot({ path: `${PICTURES}${file}-${n}.png`, timeout: 5000 }).catch(() => {});
    }
  }

  /** Does this when the test is through, however it went. */
  atTheEnd(end) {
    this.#ends.push(end);
  }

  async clear() {
    for (const end of this.#ends) end();
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** Runs the tests with these words in their names, and returns how many passed and failed. */
async function runAll(browser, url, words) {
  const count = { passed: 0, failed: 0 };
  for (const { name, body } of tests.filter(({ name }) => name.includes(words))) {
    const desk = new Desk(browser, url);
    const begin = performance.now();
    const giveUp = new AbortController();
    try {
      const tooLong = sleep(TIME_LIMIT, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error(`It is not through after ${TIME_LIMIT / 1000} seconds.`);
      });
      await Promise.race([body(desk), tooLong]);
      desk.checkQuiet();
      count.passed += 1;
      console.log(`ok      ${name} (${Math.round(performance.now() - begin)} ms)`);
    } catch (error) {
      count.failed += 1;
      await desk.picture(name);
      console.log(`FAILED  ${name}\n${inspect(error).replaceAll(/^/gm, '        ')}`);
      try {
        desk.checkQuiet();
      } catch (complaints) {
        if (complaints.message !== error.message) console.log(complaints.message.replaceAll(/^/gm, '        '));
      }
    } finally {
      giveUp.abort();
      await desk.clear();
    }
  }
  return count;
}

/**
 * Runs the tests in a browser. The last line says how many passed.
 *
 * The program's first argument are the words that must be in a test's name. BLOCKERS_DIST names another folder with the built
 * page.
 */
export async function runIn(launch) {
  const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
  const browser = await launch();
  const { passed, failed } = await runAll(browser, server.url, process.argv[2] ?? '');
  await browser.close();
  await server.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
