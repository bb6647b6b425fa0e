// Looks for the programs that the tests start: none of them is brought along.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first folder of the PATH that has a program counts, as for the shell. A name with a slash is a path already. */
function which(name) {
  const paths = name.includes('/')
    ? [name]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find(isProgram);
}

/**
 * The path of a program: what the environment variable says, or else the first of the names that is on the PATH.
 *
 * @param {string} what It is, for whoever reads that there is none.
 * @param {string} variable
 * @param {string[]} names
 */
export function find(what, variable, names) {
  const named = process.env[variable];
  const found = named ? which(named) : names.map(which).find(Boolean);
  if (found) return found;
  throw new Error(
    named
      ? `${variable} is '${named}', and no program is there.`
      : `No ${what} on the PATH (${names.join(', ')}): run \`make setup\`, or name one in ${variable}.`,
  );
}
