// Plays the release build of the page in Chromium, as a player would. Its last line says how many tests passed.
//
// `node tests/browser/run.mjs [WORDS]` runs only the tests with these words in their names. BLOCKERS_DIST names another
// folder with the built page.

import { launch } from './chromium.mjs';
import { runAll } from './runner.mjs';
import { serve } from './server.mjs';

import './games.mjs';
import './kinds.mjs';
import './questions.mjs';
import './settings.mjs';
import './drags.mjs';
import './keyboard.mjs';
import './undo.mjs';
import './replays.mjs';
import './links.mjs';
import './backups.mjs';
import './statistics.mjs';
import './resizes.mjs';
import './memory.mjs';
import './saves.mjs';
import './tabs.mjs';
import './kills.mjs';
import './stillness.mjs';
import './layout.mjs';
import './accessibility.mjs';
import './names.mjs';
import './announcements.mjs';
import './phones.mjs';
import './languages.mjs';
import './pictures.mjs';
import './bad-input.mjs';
import './storage.mjs';
import './failures.mjs';
import './secure.mjs';
import './offline.mjs';

const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
const browser = await launch();
const { passed, failed } = await runAll(browser, server.url, process.argv[2] ?? '');
await browser.close();
await server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
