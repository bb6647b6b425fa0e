// Starts the Chromium of this machine under Playwright, which brings none of its own here.

import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

// The same ones as for the tests in Rust; whether there is a window is an option of `launch`.
const settings = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const ARGS = settings['goog:chromeOptions'].args.filter((arg) => arg !== '--headless');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first folder of the PATH that has a program counts, as for the shell. A name with a slash is a path already. */
function which(name) {
  const paths = name.includes('/')
    ? [name]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find(isProgram);
}

/** The path of the Chromium to use: what the environment variable CHROMIUM says, or else what is on the PATH. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  const found = named ? which(named) : NAMES.map(which).find(Boolean);
  if (found) return found;
  throw new Error(
    named
      ? `CHROMIUM is '${named}', and no program is there.`
      : `No Chromium on the PATH (${NAMES.join(', ')}): run \`make setup\`, or name one in CHROMIUM.`,
  );
}

/**
 * Starts Chromium without a window.
 *
 * @param {import('playwright-core').LaunchOptions} options For Playwright; `args` are added to those needed everywhere.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launch({ args = [], ...options } = {}) {
  return chromium.launch({ executablePath: findChromium(), args: [...ARGS, ...args], ...options });
}
