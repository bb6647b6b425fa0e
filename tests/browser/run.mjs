// Plays the release build of the page in Chromium, as a player would. Its last line says how many tests passed.
//
// `node tests/browser/run.mjs [WORDS]` runs only the tests with these words in their names.

import { launch } from './chromium.mjs';
import { runIn } from './runner.mjs';

import './games.mjs';
import './kinds.mjs';
import './questions.mjs';
import './settings.mjs';
import './feel.mjs';
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
import './spare.mjs';
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

await runIn(launch);
