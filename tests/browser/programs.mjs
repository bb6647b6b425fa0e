// Finds the programs that the tests start. None of them is part of the project.

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

/**
 * Returns the path of a program, in the first folder of the PATH that has it, as the shell does. A name with a slash is
 * a path.
 */
function which(name) {
  const paths = name.includes('/')
    ? [name]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find(isProgram);
}

/**
 * Returns the path of a program: the value of the environment variable, or else the first of the names that is on the
 * PATH.
 *
 * @param {string} what The name of the program in error messages.
 * @param {string} variable
 * @param {string[]} names
 */
export function find(what, variable, names) {
  const named = process.env[variable];
  const found = named ? which(named) : names.map(which).find(Boolean);
  if (found) return found;
  throw new Error(
    named
      ? `${variable} is '${named}', which is not a program.`
      : `No ${what} on the PATH (${names.join(', ')}): run \`make setup\`, or name one in ${variable}.`,
  );
}
