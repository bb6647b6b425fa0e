// What an engine must do: take a mouse and keys, store a game, and keep the page. All else is the same program in each of them,
// and is tested in one.

import { Keys } from './keys.mjs';
import { endsAs, isKept, natively, playToTheEnd, reload } from './playing.mjs';
import { cell, firstFit } from './rules.mjs';
import { test } from './runner.mjs';
import { serve } from './server.mjs';
import { tableOf, until } from './table.mjs';

const OPTIONS = { query: '?seed=7', workers: true };

test('A whole game by mouse goes as the rules say, drop by drop, and is over when the page is loaded anew.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open(OPTIONS);
  await playToTheEnd(table, game);
  await endsAs(table, game);

  await reload(table);
  await until(() => table.over.isVisible(), 'the end of the game after a reload');
  await table.shows(tableOf(game));
  await endsAs(table, game);
});

test('A game by keys goes as the rules say.', async (desk) => {
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

test('The page that was opened once opens without a line, with its game.', async (desk) => {
  const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
  desk.atTheEnd(() => server.close());
  desk.url = server.url;
  // What a browser says of a line that is dead is its own.
  const table = await desk.open({ ...OPTIONS, noisy: true });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await isKept(table);
  await server.close();
  await reload(table);
  await table.shows(before);
});
