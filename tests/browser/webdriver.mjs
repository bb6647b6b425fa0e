// Starts the Firefox of this machine under geckodriver, and speaks WebDriver BiDi with it: commands that are answered, and
// events. What is said is specified at https://w3c.github.io/webdriver-bidi/.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { find } from './programs.mjs';

// The same ones as for the tests in Rust.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const OPTIONS = settings['moz:firefoxOptions'];

/** A Firefox with a profile of its own has been seen to need 20 seconds where all is busy; nothing waits for this long else. */
const START_LIMIT = 120_000;
/** So many lines of what the driver said last are told when something is wrong. */
const TOLD = 12;

/** geckodriver, at a port of its own choice. Firefox speaks through it, too, so what it said is of both. */
class Driver {
  said = [];

  static async start() {
    const driver = new Driver();
    const program = find('geckodriver', 'GECKODRIVER', ['geckodriver']);
    driver.process = spawn(program, ['--port', '0', '--websocket-port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    process.once('exit', () => driver.process.kill());
    const ended = new Promise((resolve) => driver.process.once('error', resolve).once('exit', resolve));
    const listening = new Promise((resolve) => {
      for (const stream of [driver.process.stdout, driver.process.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          driver.said = [...driver.said, line].slice(-TOLD);
          const [, place] = /\tListening on ([\d.]+:\d+)$/.exec(line) ?? [];
          if (place) resolve(`http://${place}`);
        });
      }
    });
    driver.url = await Promise.race([listening, ended.then(() => null)]);
    if (!driver.url) throw driver.error(`${program} has ended before it listened`);
    return driver;
  }

  /** An error with what was said last. */
  error(sentence) {
    return new Error([`${sentence}. geckodriver and Firefox said last:`, ...this.said].join('\n'));
  }

  /** Starts Firefox, and returns where it speaks BiDi. */
  async session() {
    const named = process.env.FIREFOX ? { binary: find('Firefox', 'FIREFOX', []) } : {};
    const firefox = { browserName: 'firefox', webSocketUrl: true, 'moz:firefoxOptions': { ...OPTIONS, ...named } };
    const answer = await fetch(`${this.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ capabilities: { alwaysMatch: firefox } }),
      signal: AbortSignal.timeout(START_LIMIT),
    }).catch((error) => {
      throw this.error(`geckodriver could not start Firefox: ${error.message}`);
    });
    const { value } = await answer.json();
    if (!answer.ok) throw this.error(`geckodriver could not start Firefox: ${value.message}`);
    this.#id = value.sessionId;
    return value.capabilities.webSocketUrl;
  }

  #id;

  /** Ends both. */
  async stop() {
    if (this.#id) await fetch(`${this.url}/session/${this.#id}`, { method: 'DELETE' }).catch(() => {});
    this.process.kill();
  }
}

/** What a browser has that is led by WebDriver BiDi. */
export class WebDriver {
  #driver;
  #socket;
  #awaited = new Map();
  #heard = new Map();
  #number = 0;

  static async firefox() {
    const driver = await Driver.start();
    try {
      const socket = new WebSocket(await driver.session());
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return new WebDriver(driver, socket);
    } catch (error) {
      await driver.stop();
      throw error;
    }
  }

  constructor(driver, socket) {
    this.#driver = driver;
    this.#socket = socket;
    socket.on('message', (text) => this.#take(JSON.parse(text)));
    socket.on('close', () => {
      for (const { fail, method } of this.#awaited.values()) fail(driver.error(`Firefox has gone instead of doing ${method}`));
      this.#awaited.clear();
    });
  }

  #take({ type, id, result, error, message, method, params }) {
    if (type === 'event') {
      this.#heard.get(method)?.forEach((hear) => hear(params));
      return;
    }
    const { done, fail, method: asked } = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (type === 'success') done(result);
    else fail(new Error(`Firefox refuses ${asked}: ${error}: ${message}`));
  }

  /** Orders something, and returns the answer. */
  command(method, params) {
    return new Promise((done, fail) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return fail(this.#driver.error(`Firefox is not there for ${method}`));
      this.#number += 1;
      this.#awaited.set(this.#number, { done, fail, method });
      this.#socket.send(JSON.stringify({ id: this.#number, method, params }));
    });
  }

  /** Hears of these events from now on. */
  async on(event, hear) {
    if (this.#heard.has(event)) {
      this.#heard.get(event).push(hear);
      return;
    }
    this.#heard.set(event, [hear]);
    await this.command('session.subscribe', { events: [event] });
  }

  async close() {
    await this.#driver.stop();
  }
}
