// A display without a screen, which WebKitGTK needs. `node tests/browser/display.mjs COMMAND...` runs a command with
// one.

import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { find, start } from './programs.mjs';

/**
 * Starts Xvfb, which chooses a free display.
 *
 * @returns {Promise<{ name: string, stop: () => void }>} `name` is the value of DISPLAY.
 */
export async function startDisplay() {
  const xvfb = start(find('Xvfb', 'XVFB', ['Xvfb']), ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp']);
  const number = await Promise.race([once(xvfb.opened, 'data'), xvfb.ended.then(() => null)]);
  if (!number) throw new Error(`Xvfb has ended. ${xvfb.report()}`);
  return { name: `:${String(number).trim()}`, stop: xvfb.stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const display = await startDisplay();
  const [command, ...args] = process.argv.slice(2);
  const env = { ...process.env, DISPLAY: display.name };
  process.exitCode = (await start(command, args, { env, stdio: 'inherit' }).ended) ?? 1;
  display.stop();
}
