// Plays the release build of the page in Firefox. Its last line says how many tests passed.
//
// `node tests/browser/run-in-firefox.mjs [WORDS]` runs only the tests with these words in their names.

import { launchFirefox } from './firefox.mjs';
import { runIn } from './runner.mjs';

import './engines.mjs';

await runIn(launchFirefox);
