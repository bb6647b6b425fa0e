// Starts the Firefox of this machine under geckodriver, and sends it commands and receives events by WebDriver BiDi,
// which is specified at https://w3c.github.io/webdriver-bidi/.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { find } from './programs.mjs';

// The options are the same as for the tests in Rust.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const OPTIONS = settings['moz:firefoxOptions'];

/** How long Firefox may take to start, in milliseconds. On a busy machine it has taken 20 seconds. */
const START_LIMIT = 120_000;
/** How long a command may take, in milliseconds, so that a Firefox that hangs does not block the tests. */
const COMMAND_LIMIT = 60_000;
/** How many of the last lines of the driver's output an error has. */
const LINES = 12;

/** geckodriver, at a port that it chooses. Its output includes Firefox's. */
class Driver {
  output = [];
  #id;

  static async start() {
    const driver = new Driver();
    const program = find('geckodriver', 'GECKODRIVER', ['geckodriver']);
    driver.process = spawn(program, ['--port', '0', '--websocket-port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    // It ends Firefox, too. There is no `exit` event if a signal ends this process.
    process.once('exit', () => driver.process.kill());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
    const ended = new Promise((resolve) => driver.process.once('error', resolve).once('exit', resolve));
    const listening = new Promise((resolve) => {
      for (const stream of [driver.process.stdout, driver.process.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          driver.output = [...driver.output, line].slice(-LINES);
          const [, address] = /\tListening on ([\d.]+:\d+)$/.exec(line) ?? [];
          if (address) resolve(`http://${address}`);
        });
      }
    });
    driver.url = await Promise.race([listening, ended.then(() => null)]);
    if (!driver.url) throw driver.error(`(${program}) has ended before it listened`);
    return driver;
  }

  /** Returns an error with the last lines of the output. */
  error(sentence) {
    const output = this.output.length > 0 ? ['Its last lines of output, with those of Firefox:', ...this.output] : ['It had no output.'];
    return new Error([`geckodriver ${sentence}.`, ...output].join('\n'));
  }

  /** Starts Firefox, and returns the address of its BiDi socket. */
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

/** A Firefox that is driven by WebDriver BiDi. */
export class WebDriver {
  #driver;
  #socket;
  #pending = new Map();
  #listeners = new Map();
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
    socket.on('message', (text) => this.#receive(JSON.parse(text)));
    socket.on('close', () => {
      for (const { method, fail } of this.#pending.values()) fail(driver.error(`lost the connection to Firefox during ${method}`));
      this.#pending.clear();
    });
  }

  #receive({ type, id, result, error, message, method, params }) {
    if (type === 'event') {
      this.#listeners.get(method)?.forEach((listener) => listener(params));
      return;
    }
    const command = this.#pending.get(id);
    if (type === 'success') command?.done(result);
    else command?.fail(new Error(`Firefox rejects ${command.method}: ${error}: ${message}`));
  }

  /** Sends a command, and returns the result. */
  async command(method, params) {
    if (this.#socket.readyState !== WebSocket.OPEN) throw this.#driver.error(`has no connection to Firefox for ${method}`);
    this.#number += 1;
    const id = this.#number;
    let limit;
    try {
      return await new Promise((done, fail) => {
        limit = setTimeout(() => fail(this.#driver.error(`has no answer from Firefox to ${method}`)), COMMAND_LIMIT);
        this.#pending.set(id, { method, done, fail });
        this.#socket.send(JSON.stringify({ id, method, params }));
      });
    } finally {
      clearTimeout(limit);
      this.#pending.delete(id);
    }
  }

  /** Calls the listener for each of these events from now on. */
  async on(event, listener) {
    if (this.#listeners.has(event)) {
      this.#listeners.get(event).push(listener);
      return;
    }
    this.#listeners.set(event, [listener]);
    await this.command('session.subscribe', { events: [event] });
  }

  async close() {
    await this.#driver.stop();
  }
}
