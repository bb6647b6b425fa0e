// The texts that the storage holds: a second, independent implementation of the formats of src/records/ and of the
// rules' notation.

/** The keys of the game in progress: two records, written in turn. */
export const GAMES = ['blockers.game.0', 'blockers.game.1'];

/** The kinds of game, in the order in which records and links have them. */
const KINDS = ['classic', 'kind', 'daily', 'seed'];

/** The CRC-32 of bytes or of a text; Node's own came after version 20. */
function crc32(content) {
  let rest = 0xffffffff;
  for (const byte of Buffer.from(content)) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

const digits = (text) => crc32(text).toString(16).padStart(8, '0');

/** Returns the text with a checksum at its end. */
export const seal = (text) => `${text} ${digits(text)}`;

/** Returns the same text with a wrong checksum. */
export const broken = (sealed) => sealed.slice(0, -1) + (sealed.endsWith('0') ? '1' : '0');

/**
 * Returns the record of the best scores, those of games without undo and those of games with undo.
 *
 * @param {Record<string, number | string>} clean By the kind of game; 0 if it is missing.
 * @param {Record<string, number | string>} undone
 */
export function bests(clean, undone = {}) {
  const scores = [clean, undone].flatMap((scores) => KINDS.map((kind) => scores[kind] ?? 0));
  return seal(['1', ...scores].join(' '));
}

/** Returns a number as the bytes of an unsigned LEB128. */
function leb128(number) {
  const bytes = [];
  let rest = BigInt(number);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) + 0x80);
  return [...bytes, Number(rest)];
}

/** Returns a recorded game as a link, without the part before it in an address. */
export function toLink({ version = 1, kind, undos = 0, seed, drops }) {
  const bits = drops.map(({ slot, at }) => (100 * slot + 10 * at.row + at.column).toString(2).padStart(9, '0')).join('');
  const bytes = bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  const content = [version, KINDS.indexOf(kind), ...leb128(undos), ...leb128(seed), ...leb128(drops.length), ...bytes];
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(Buffer.from(content)));
  return Buffer.concat([Buffer.from(content), checksum]).toString('base64url');
}

/** Returns the recorded game of a valid link. The seed is a text, because it may be too large for a number. */
export function fromLink(link) {
  const bytes = [...Buffer.from(link, 'base64url')];
  const [, kind] = bytes.splice(0, 2);
  const number = () => {
    const end = bytes.findIndex((byte) => byte < 0x80);
    return bytes.splice(0, end + 1).reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n);
  };
  const [undos, seed, count] = [Number(number()), String(number()), Number(number())];
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const drops = Array.from({ length: count }, (_, n) => parseInt(bits.slice(9 * n, 9 * n + 9), 2)).map((drop) => ({
    slot: Math.floor(drop / 100),
    at: { row: Math.floor(drop / 10) % 10, column: drop % 10 },
  }));
  return { kind: KINDS[kind], undos, seed, drops };
}

/** Returns the record of a game in progress. */
export const saved = (recording) => seal(`1 1 1 ${toLink(recording)}`);

/** Returns the file that Export makes of these records, which must not have characters to be escaped. */
export function backup(records) {
  const lines = Object.entries(records).map(([key, text]) => `${key}\t${text}`);
  return `${seal(['blockers backup 1', ...lines, 'end'].join('\n'))}\n`;
}

/** Returns the saved games among some records, the newest first, each with its key, id, generation and recording. */
export function savedGames(records) {
  const games = GAMES.filter((key) => records[key]).map((key) => {
    const [, id, generation, link] = records[key].split(' ');
    return { key, id, generation: Number(generation), recording: fromLink(link) };
  });
  return games.sort((one, other) => other.generation - one.generation);
}
