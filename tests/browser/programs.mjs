// Finds and starts the programs that the tests need. None of them is part of the project.

import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
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

/** How many of the last lines of a program's output an error has. */
const LINES = 12;

/** The process groups that are running, by the number of their first process; `null` before the first one. */
let groups = null;

/** Ends a process group, of which some or all processes may have ended. */
function end(group) {
  if (!groups.delete(group)) return;
  try {
    process.kill(-group, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Makes a list of process groups that end with this process. There is no `exit` event if a signal ends it. */
function groupsOfThisProcess() {
  process.once('exit', () => groups.forEach(end));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  return new Set();
}

/**
 * Starts a program in a process group of its own, which ends with this process at the latest: a driver that is killed
 * alone would leave its browser running.
 *
 * @param {string} path
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {{ stop: () => void, ended: Promise<number | null>, report: () => string, opened?: import('node:stream').Readable }}
 * `stop` ends the group. `ended` is settled with the exit status when the program has ended. `report` returns the last
 * lines of its output. `opened` reads what it writes to its file descriptor 3.
 */
export function start(path, args, { stdio = ['ignore', 'pipe', 'pipe', 'pipe'], ...options } = {}) {
  groups ??= groupsOfThisProcess();
  const child = spawn(path, args, { ...options, stdio, detached: true });
  if (child.pid !== undefined) groups.add(child.pid);
  const ended = new Promise((resolve) => child.once('error', () => resolve(null)).once('exit', resolve));
  let output = [];
  for (const input of [child.stdout, child.stderr].filter(Boolean)) {
    createInterface({ input }).on('line', (line) => {
      output = [...output, line].slice(-LINES);
    });
  }
  const report = () => ['The last lines of its output:', ...(output.length > 0 ? output : ['(none)'])].join('\n');
  return { stop: () => end(child.pid), ended, report, opened: child.stdio?.[3] };
}
