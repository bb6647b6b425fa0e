// The page's service worker, made by Workbox. It keeps all files of the page as they were built together, so a page is never
// half old and half new, and answers with them. A newer one waits until the player wants it or no page is open any more.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Trunk names these files by what is in them; the others get a revision. */
const NAMED_BY_CONTENT = /-[0-9a-f]{10,16}(_bg)?\.(js|css|wasm)$/;

/** It has Workbox in it, which asks for this. */
const LICENCE = '/* Made by Workbox, which is in it: Copyright Google LLC, MIT licence. */\n';

/**
 * @param {string} folder With everything that is to be kept, in its last form.
 * @param {string} name Of the worker's file, in that folder.
 */
export async function makeWorker(folder, name) {
  // It is large, and most builds do not need it.
  const { generateSW } = await import('workbox-build');
  // What browsers there were when Workbox was published is good enough, and no news to whoever builds.
  process.env.BROWSERSLIST_IGNORE_OLD_DATA = 'true';
  const swDest = join(folder, name);
  const { warnings } = await generateSW({
    swDest,
    globDirectory: folder,
    globPatterns: ['**/*'],
    dontCacheBustURLsMatching: NAMED_BY_CONTENT,
    maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
    // The page is the same for every seed. No other address gets it in the place of what the server has there: it names its
    // files relative to itself, and would not find them.
    ignoreURLParametersMatching: [/./],
    cleanupOutdatedCaches: true,
    skipWaiting: false,
    clientsClaim: false,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    mode: 'production',
    // The game itself needs newer ones than these.
    babelPresetEnvTargets: ['chrome >= 96', 'firefox >= 96', 'safari >= 15.4'],
  });
  // A file that is left out would be missing without a line.
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  writeFileSync(swDest, LICENCE + readFileSync(swDest, 'utf8'));
}
