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
/** No command takes this long, but a Firefox that hangs must not hold up everything. */
const COMMAND_LIMIT = 60_000;
/** So many lines of what the driver said last are told when something is wrong. */
const TOLD = 12;

/** geckodriver, at a port of its own choice. Firefox speaks through it, too, so what it said is of both. */
class Driver {
  said = [];
  #id;

  static async start() {
    const driver = new Driver();
    const program = find('geckodriver', 'GECKODRIVER', ['geckodriver']);
    driver.process = spawn(program, ['--port', '0', '--websocket-port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    // It takes Firefox with it. A process that a signal ends has no exit of its own.
    process.once('exit', () => driver.process.kill());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
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
    if (!driver.url) throw driver.error(`(${program}) has ended before it listened`);
    return driver;
  }

  /** An error with what was said last. */
  error(sentence) {
    const said = this.said.length > 0 ? ['It and Firefox said last:', ...this.said] : ['It said nothing.'];
    return new Error([`geckodriver ${sentence}.`, ...said].join('\n'));
  }

  /** Starts Firefox, and returns where it speaks BiDi. */
  async session() {
    const options = { ...OPTIONS, binary: find('Firefox', 'FIREFOX', ['firefox']) };
    const firefox = { browserName: 'firefox', webSocketUrl: true, 'moz:firefoxOptions': options };
    const answer = await fetch(`${this.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ capabilities: { alwaysMatch: firefox } }),
      signal: AbortSignal.timeout(START_LIMIT),
    }).catch((error) => {
      throw this.error(`could not start Firefox: ${error.message}`);
    });
    const { value } = await answer.json();
    if (!answer.ok) throw this.error(`could not start Firefox: ${value.message}`);
    this.#id = value.sessionId;
    return value.capabilities.webSocketUrl;
  }

  /** Ends both. */
  async stop() {
    if (this.#id) await fetch(`${this.url}/session/${this.#id}`, { method: 'DELETE' }).catch(() => {});
    this.process.kill();
  }
}

/** A Firefox that is led by WebDriver BiDi. */
export class WebDriver {
  #driver;
  #socket;
  #awaited = new Map();
  #heard = new Map();
  #number = 0;

  static async start() {
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
      for (const { method, fail } of this.#awaited.values()) fail(driver.error(`has lost Firefox, which was to do ${method}`));
      this.#awaited.clear();
    });
  }

  #take({ type, id, result, error, message, method, params }) {
    if (type === 'event') {
      this.#heard.get(method)?.forEach((hear) => hear(params));
      return;
    }
    const command = this.#awaited.get(id);
    if (type === 'success') command?.done(result);
    else command?.fail(new Error(`Firefox refuses ${command.method}: ${error}: ${message}`));
  }

  /** Orders something, and returns the answer. */
  async command(method, params) {
    if (this.#socket.readyState !== WebSocket.OPEN) throw this.#driver.error(`has no Firefox any more that could do ${method}`);
    this.#number += 1;
    const id = this.#number;
    let limit;
    try {
      return await new Promise((done, fail) => {
        limit = setTimeout(() => fail(this.#driver.error(`has a Firefox that does not do ${method}`)), COMMAND_LIMIT);
        this.#awaited.set(id, { method, done, fail });
        this.#socket.send(JSON.stringify({ id, method, params }));
      });
    } finally {
      clearTimeout(limit);
      this.#awaited.delete(id);
    }
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
