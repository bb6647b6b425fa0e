// Starts Firefox and two versions of WebKit under WebDriver, each with its own driver.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import selenium from 'selenium-webdriver';
import http from 'selenium-webdriver/http/index.js';
import { waitForServer } from 'selenium-webdriver/http/util.js';
import { findFreePort } from 'selenium-webdriver/net/portprober.js';
import { startDisplay } from './display.mjs';
import { find, start } from './programs.mjs';

/** How long a driver or a browser may take to start, in milliseconds. On a busy machine it has taken 20 seconds. */
const START_LIMIT = 120_000;
/** How long a browser may take to end, in milliseconds. */
const END_LIMIT = 5_000;
/** How long a script may run in a page, in milliseconds: longer than the tests wait for anything. */
const SCRIPT_LIMIT = 120_000;

// The options are the same as for the tests in Rust.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));

/** Returns the path of the browser of WPE WebKit, which its driver does not know. */
function findWpeBrowser() {
  const foldersIn = (path) => {
    const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${path}/${name}`);
  };
  const folders = ['/usr/libexec', ...foldersIn('/usr/lib')].flatMap(foldersIn);
  const paths = folders.filter((path) => path.includes('/wpe-webkit-')).map((path) => `${path}/MiniBrowser`);
  return find('browser of WPE WebKit', 'WPE_BROWSER', paths);
}

/**
 * The engines. `driver` has a variable that can name another driver, and the names of the usual ones. WebKit's sandbox
 * does not work for root, and its pages are the tests' own.
 */
export const ENGINES = {
  firefox: {
    driver: ['GECKODRIVER', 'geckodriver'],
    capabilities: (prefs) => {
      const binary = find('Firefox', 'FIREFOX', ['firefox', 'firefox-esr']);
      // Errors of the page and its console are reported by WebDriver BiDi.
      return { webSocketUrl: true, 'moz:firefoxOptions': { ...settings['moz:firefoxOptions'], binary, prefs } };
    },
    bidi: true,
  },
  webkit: {
    driver: ['WEBKIT_DRIVER', 'WebKitWebDriver'],
    capabilities: () => ({ 'webkitgtk:browserOptions': { args: ['--automation'] } }),
    environment: {
      GDK_BACKEND: 'x11',
      // Without it the player's language is `C`.
      LC_ALL: 'en_US.UTF-8',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    display: true,
  },
  'old-webkit': {
    driver: ['WPE_DRIVER', 'WPEWebDriver'],
    capabilities: () => ({ 'wpe:browserOptions': { binary: findWpeBrowser(), args: ['--automation', '--headless'] } }),
    environment: { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  },
};

/**
 * Starts an engine.
 *
 * @param {keyof ENGINES} name
 * @param {Record<string, unknown>} preferences Of Firefox, as in `about:config`.
 * @returns {Promise<{ driver: selenium.WebDriver, stop: () => Promise<void> }>}
 */
export async function launch(name, preferences = {}) {
  const { driver: [variable, ...names], capabilities, bidi, display: needsDisplay, environment } = ENGINES[name];
  const path = find(names[0], variable, names);
  const display = needsDisplay ? await startDisplay() : null;
  const port = await findFreePort('127.0.0.1');
  const args = [`--port=${port}`, ...(bidi ? [`--websocket-port=${await findFreePort('127.0.0.1')}`] : [])];
  const service = start(path, args, { env: { ...process.env, DISPLAY: display?.name, ...environment } });
  const kill = () => {
    service.stop();
    display?.stop();
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await waitForServer(url, START_LIMIT, service.ended);
    const executor = new http.Executor(Promise.resolve(new http.HttpClient(url)));
    const driver = selenium.WebDriver.createSession(executor, new selenium.Capabilities(capabilities(preferences)));
    await driver.manage().setTimeouts({ script: SCRIPT_LIMIT });
    const stop = async () => {
      // A browser that has crashed or hangs cannot be asked to end.
      await Promise.race([driver.quit().catch(() => {}), sleep(END_LIMIT, undefined, { ref: false })]);
      kill();
    };
    return { driver, stop };
  } catch (error) {
    kill();
    throw new Error(`${path} could not start a browser: ${error.message ?? 'it has ended'}. ${service.report()}`);
  }
}
