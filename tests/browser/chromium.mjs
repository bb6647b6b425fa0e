// Starts the Chromium of this machine under Playwright, which brings none of its own here.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { find } from './programs.mjs';

// The same ones as for the tests in Rust; whether there is a window is an option of `launch`.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const ARGS = settings['goog:chromeOptions'].args.filter((arg) => arg !== '--headless');

/** The path of the Chromium to use. */
export const findChromium = () => find('Chromium', 'CHROMIUM', ['chromium', 'chromium-browser', 'google-chrome']);

/**
 * Starts Chromium without a window.
 *
 * @param {import('playwright-core').LaunchOptions} options For Playwright; `args` are added to those needed everywhere.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launch({ args = [], ...options } = {}) {
  return chromium.launch({ executablePath: findChromium(), args: [...ARGS, ...args], ...options });
}

/** What Chromium leaves in a profile's folder when it is killed, and what would be in the next one's way. */
const REMNANTS = ['SingletonLock', 'SingletonSocket', 'SingletonCookie', 'DevToolsActivePort'];

/**
 * Starts Chromium with this profile, without a window, for somebody who will kill it. Playwright is only connected to it:
 * what it starts itself it also tidies up.
 *
 * @param {string} profile A folder, which may have been used before.
 * @returns {Promise<{ browser: import('playwright-core').Browser, kill: () => Promise<void> }>} `kill` ends all its processes
 * in the same moment, and gives none of them the time to do anything.
 */
export async function launchToKill(profile) {
  for (const name of REMNANTS) rmSync(join(profile, name), { force: true });
  // The first four are among those that Playwright gives.
  const own = ['--headless', '--password-store=basic', '--disable-extensions', '--no-default-browser-check'];
  own.push('--hide-crash-restore-bubble', '--window-size=1024,768');
  const places = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  // Its processes are a group of their own, and can be killed together.
  const child = spawn(findChromium(), [...ARGS, ...own, ...places], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const isThere = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    if (isThere()) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  try {
    const browser = await chromium.connectOverCDP(await devtoolsAddress(profile, isThere));
    return { browser, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Chromium says in a file where its developer tools listen. */
async function devtoolsAddress(profile, isThere) {
  const file = join(profile, 'DevToolsActivePort');
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(10)) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (path) return `ws://127.0.0.1:${port}${path}`;
    if (!isThere()) break;
  }
  throw new Error('Chromium does not say where its developer tools are.');
}
