// What tests and measurements see of the running program.

/** Runs in a page before the program: keeps what its WebAssembly module exports in `window.program`. */
export function keepProgram() {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...source) => {
      const result = await original.apply(WebAssembly, source);
      window.program = (result.instance ?? result).exports;
      return result;
    };
  }
}
