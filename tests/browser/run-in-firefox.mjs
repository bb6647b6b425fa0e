// Runs the tests of engines.test.mjs in Firefox, against the release build of the page.
//
// `node tests/browser/run-in-firefox.mjs [WORDS]` runs only the tests with these words in their names.

import { fileURLToPath } from 'node:url';
import { runFiles } from './suite.mjs';

await runFiles([fileURLToPath(new URL('engines.test.mjs', import.meta.url))], process.argv[2]);
