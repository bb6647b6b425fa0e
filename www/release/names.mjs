// The names of Rust's functions, as the compiler writes them with `symbol-mangling-version=v0`.

/**
 * Returns the name without the numbers that tell versions of a crate apart, which change with every compiler, and
 * without those that wasm-bindgen and wasm-opt append to equal names.
 */
export const plainName = (name) => name.replace(/\[[0-9a-f]{9,16}\]/g, '').replace(/[.#_]\d+$/, '');

/**
 * Returns the name without the types that a generic function is compiled for: `<Vec<u8>>::push` and `<Vec<u16>>::push`
 * are both `<Vec<_>>::push`.
 */
export function typeless(name) {
  const plain = plainName(name).replaceAll('->', '');
  const kept = plain.match(/^<*/)[0].length;
  let result = '';
  let depth = 0;
  for (const letter of plain) {
    if (letter === '<') depth++;
    if (depth <= kept) result += letter;
    else if (letter === '<' && depth === kept + 1) result += '<_';
    if (letter === '>') {
      if (depth === kept + 1) result += '>';
      depth--;
    }
  }
  return result;
}
