// Runs the tests of browser engines in one of them, against the release build of the page: those that every engine must
// pass, and its own.
//
// `node tests/browser/run-in.mjs ENGINE [WORDS]` runs only the tests with these words in their names. The engines are
// `firefox`, `webkit` and `old-webkit`.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINES } from './engines.mjs';
import { runFiles } from './suite.mjs';

const [engine, words] = process.argv.slice(2);
if (!(engine in ENGINES)) throw new Error(`There is no engine '${engine}'; there are ${Object.keys(ENGINES).join(', ')}.`);
// The tests run in processes of their own.
process.env.BLOCKERS_ENGINE = engine;
const files = ['engines', 'downloads', 'panels', engine].map((name) => fileURLToPath(new URL(`${name}.test.mjs`, import.meta.url)));
await runFiles(files.filter(existsSync), words);
