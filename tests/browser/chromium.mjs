// Starts the Chromium of this machine under Playwright, which is installed without browsers here.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { find } from './programs.mjs';

// The options are the same as for the tests in Rust. Whether there is a window is an option of `launch`.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const ARGS = settings['goog:chromeOptions'].args.filter((arg) => arg !== '--headless');

/**
 * Features that cost processor time, and that no test is about: the popups of the address bar are pages that Chromium
 * loads for each window, and a spare renderer is a process for the next page. Without them a page opens in half the
 * time.
 */
const EXPENSIVE = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'SpareRendererForSitePerProcess',
];
/**
 * The features that Playwright disables on Linux. Only the last `--disable-features` counts, so they have to be
 * repeated.
 */
const PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];
ARGS.push(`--disable-features=${[...PLAYWRIGHT, ...EXPENSIVE].join()}`);

/** Importing it takes half a second, which the tests of other engines do not need. */
const playwright = () => import('playwright-core');

/** Returns the path of the Chromium to use. */
export const findChromium = () => find('Chromium', 'CHROMIUM', ['chromium', 'chromium-browser', 'google-chrome']);

/**
 * Starts Chromium without a window.
 *
 * @param {import('playwright-core').LaunchOptions} options For Playwright; `args` are added to the usual ones, and
 * those in `without` are left out.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launch({ args = [], without = [], ...options } = {}) {
  const { chromium } = await playwright();
  const usual = ARGS.filter((arg) => !without.includes(arg));
  return chromium.launch({ executablePath: findChromium(), args: [...usual, ...args], ...options });
}

/** How long Chromium may take to start, in milliseconds. On a busy machine it takes several seconds. */
const START_LIMIT = 90_000;

/** Files that a killed Chromium leaves in the profile's folder, and that would block the next one. */
const REMNANTS = ['SingletonLock', 'SingletonSocket', 'SingletonCookie', 'DevToolsActivePort'];

/**
 * Starts Chromium with this profile, without a window, for a test that will kill it. Playwright only connects to it: it
 * would delete the profile of a browser that it started itself.
 *
 * @param {string} profile A folder, which may have been used before.
 * @returns {Promise<{ browser: import('playwright-core').Browser, kill: () => Promise<void> }>} `kill` ends all its
 * processes at the same moment, by SIGKILL.
 */
export async function launchToKill(profile) {
  for (const name of REMNANTS) rmSync(join(profile, name), { force: true });
  // The first four are among Playwright's own.
  const own = ['--headless', '--password-store=basic', '--disable-extensions', '--no-default-browser-check'];
  own.push('--hide-crash-restore-bubble', '--window-size=1024,768');
  const places = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  // Detached, its processes are a process group, which can be killed at once.
  const child = spawn(findChromium(), [...ARGS, ...own, ...places], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    if (isRunning()) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  try {
    const { chromium } = await playwright();
    const browser = await chromium.connectOverCDP(await devtoolsAddress(profile, isRunning));
    return { browser, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Returns the address of Chromium's developer tools, which it writes to a file. */
async function devtoolsAddress(profile, isRunning) {
  const file = join(profile, 'DevToolsActivePort');
  for (const end = performance.now() + START_LIMIT; performance.now() < end; await sleep(10)) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (path) return `ws://127.0.0.1:${port}${path}`;
    if (!isRunning()) break;
  }
  throw new Error(`Chromium has not started its developer tools within ${START_LIMIT / 1000} seconds.`);
}
