// Reads the sections of a WebAssembly module, and changes the names of its functions, imports and exports.

const CUSTOM = 0;
const IMPORT = 2;
const EXPORT = 7;
const CODE = 10;
const DATA = 11;
const FUNCTION_NAMES = 1;

/** The kinds of imports. */
const FUNCTION = 0;
const TABLE = 1;
const GLOBAL = 3;

/** The magic number and the version. */
const HEADER = 8;

/** A reader of numbers in LEB128 and of names, as the binary format has them. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('The module ends inside of a number.');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}

function written(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
  return Buffer.from([...bytes, number]);
}

const counted = (...parts) => [written(parts.reduce((sum, part) => sum + part.length, 0)), ...parts];
const text = (value) => counted(Buffer.from(value));
const section = (id, ...content) => Buffer.concat([Buffer.from([id]), ...counted(...content)]);

function* sections(bytes) {
  for (const reader = new Reader(bytes, HEADER); reader.at < bytes.length; ) {
    const start = reader.at;
    const id = reader.number();
    const length = reader.number();
    const end = reader.at + length;
    yield { id, length, whole: bytes.subarray(start, end), reader: new Reader(bytes.subarray(0, end), reader.at) };
    reader.at = end;
  }
}

/** Skips what an import declares, and returns `true` if it is a function. */
function isFunctionImport(reader) {
  const kind = reader.number();
  if (kind === FUNCTION || kind === TABLE || kind === GLOBAL) reader.number();
  if (kind === GLOBAL) {
    reader.number();
  } else if (kind !== FUNCTION) {
    const hasMaximum = reader.number() & 1;
    reader.number();
    if (hasMaximum) reader.number();
  }
  return kind === FUNCTION;
}

/** Returns the functions of a module in order, each with its name and its bytes, and the bytes of its data. */
export function readModule(bytes) {
  let imported = 0;
  let data = 0;
  const sizes = [];
  const names = new Map();
  for (const { id, length, reader } of sections(bytes)) {
    if (id === IMPORT) {
      for (let left = reader.number(); left > 0; left--) {
        reader.text();
        reader.text();
        if (isFunctionImport(reader)) imported++;
      }
    } else if (id === CODE) {
      for (let left = reader.number(); left > 0; left--) {
        const size = reader.number();
        sizes.push(size);
        reader.at += size;
      }
    } else if (id === DATA) {
      data = length;
    } else if (id === CUSTOM && reader.text() === 'name') {
      while (reader.at < reader.bytes.length) {
        const kind = reader.number();
        const end = reader.number() + reader.at;
        for (let left = kind === FUNCTION_NAMES ? reader.number() : 0; left > 0; left--) {
          names.set(reader.number(), reader.text());
        }
        reader.at = end;
      }
    }
  }
  if (names.size === 0) throw new Error('The module has no names of functions.');
  const functions = sizes.map((size, place) => ({ name: names.get(imported + place) ?? '', size }));
  return { functions, imported, data };
}

/** Returns the module without its custom sections, and with these names for its functions. */
export function renamed(bytes, names) {
  const { imported } = readModule(bytes);
  const parts = [bytes.subarray(0, HEADER)];
  for (const { id, whole } of sections(bytes)) if (id !== CUSTOM) parts.push(whole);
  const entries = names.flatMap((name, place) => [written(imported + place), ...text(name)]);
  const content = [Buffer.from([FUNCTION_NAMES]), ...counted(written(names.length), ...entries)];
  parts.push(section(CUSTOM, ...text('name'), ...content));
  return Buffer.concat(parts);
}

/** Returns the names of all exports. */
export function exportsOf(bytes) {
  const names = [];
  for (const { id, reader } of sections(bytes)) {
    for (let left = id === EXPORT ? reader.number() : 0; left > 0; left--) {
      names.push(reader.text());
      // The kind and the index.
      reader.number();
      reader.number();
    }
  }
  return names;
}

/** Returns the modules and names of all imports. */
export function importsOf(bytes) {
  const names = [];
  for (const { id, reader } of sections(bytes)) {
    for (let left = id === IMPORT ? reader.number() : 0; left > 0; left--) {
      names.push({ module: reader.text(), name: reader.text() });
      isFunctionImport(reader);
    }
  }
  return names;
}

/**
 * Returns the module with other names for its imports and exports.
 *
 * @param {(module: string, name: string) => [string, string]} importAs The new module and name of an import.
 * @param {(name: string) => string} exportAs The new name of an export.
 */
export function reconnected(bytes, importAs, exportAs) {
  const parts = [bytes.subarray(0, HEADER)];
  for (const { id, whole, reader } of sections(bytes)) {
    if (id !== IMPORT && id !== EXPORT) {
      parts.push(whole);
      continue;
    }
    const count = reader.number();
    const entries = [written(count)];
    for (let left = count; left > 0; left--) {
      const names = id === IMPORT ? importAs(reader.text(), reader.text()) : [exportAs(reader.text())];
      const start = reader.at;
      if (id === IMPORT) {
        isFunctionImport(reader);
      } else {
        reader.number();
        reader.number();
      }
      entries.push(...names.flatMap(text), reader.bytes.subarray(start, reader.at));
    }
    parts.push(section(id, ...entries));
  }
  return Buffer.concat(parts);
}
