// What every browser engine must do: take a mouse and keys, store a game, and open offline. Everything else is the same
// program in each of them, and is tested in Chromium only.

import { launchFirefox } from './firefox.mjs';
import { testIn } from './fixture.mjs';
import { Keys } from './keys.mjs';
import { endsAs, isKept, natively, playToTheEnd, reload } from './playing.mjs';
import { cell, firstFit } from './rules.mjs';
import { serve } from './server.mjs';
import { tableOf, until } from './table.mjs';

const test = testIn(launchFirefox);
const OPTIONS = { query: '?seed=7', workers: true };

test('A whole game by mouse follows the rules, drop by drop, and is over after a reload.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open(OPTIONS);
  await playToTheEnd(table, game);
  await endsAs(table, game);

  await reload(table);
  await until(() => table.over.isVisible(), 'the end of the game after a reload');
  await table.shows(tableOf(game));
  await endsAs(table, game);
});

test('A game by keys follows the rules.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open(OPTIONS);
  const keys = new Keys(table);
  await table.shows(tableOf(game));
  for (let n = 0; n < 6; n += 1) {
    const drop = firstFit(game);
    await keys.drop(drop);
    await game.drop(drop);
    await table.shows(tableOf(game));
  }
});

test('A page that was opened once opens offline, with its game.', async (desk) => {
  const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
  desk.atTheEnd(() => server.close());
  desk.url = server.url;
  // A browser may log what it likes about a server that does not answer.
  const table = await desk.open({ ...OPTIONS, noisy: true });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await isKept(table);
  await server.close();
  await reload(table);
  await table.shows(before);
});
