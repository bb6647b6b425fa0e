// Runs the browser tests in Chromium, against the release build of the page.
//
// `node tests/browser/run.mjs [WORDS]` runs only the tests with these words in their names. `node
// tests/browser/NAME.test.mjs` runs one file, and takes the options of Node's test runner. BLOCKERS_DIST names another
// folder with the built page.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINES } from './engines.mjs';
import { runFiles } from './suite.mjs';

const FOLDER = new URL('./', import.meta.url);
/** These take longest, so they start first. */
const LONG = ['kills', 'phones', 'storage', 'languages', 'accessibility', 'bad-input'].map((name) => `${name}.test.mjs`);
/** These are for other engines: see run-in.mjs. */
const OTHERS = Object.keys(ENGINES).map((name) => `${name}.test.mjs`);

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.test.mjs') && !OTHERS.includes(name));
const files = [...LONG, ...names.filter((name) => !LONG.includes(name))];
await runFiles(files.map((name) => fileURLToPath(new URL(name, FOLDER))), process.argv[2]);
