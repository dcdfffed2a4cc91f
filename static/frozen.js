// What whoever writes the image (tools/freeze.mjs) and whoever starts from it (thaw.js) do alike.
//
// The image is the memory of a Python that has imported and built everything. It fits only a module that was started the
// very same way, so the way is here once.

// The one compiled library, under the name that Python's import asks for.
export const LIBRARY = '/lib/python3.14/site-packages/pydantic_core/_pydantic_core.cpython-314-wasm32-emscripten.so'

// Where its functions begin in the module's table. Engines put different numbers of entries there before; from a place that
// all of them reach, the pointers in the image mean the same functions everywhere.
const TABLE_BASE = 20000

// The same strings for every language and machine, because they lie in the memory too. No docstrings, no asserts, no columns
// in tracebacks: half the size of all code. And one seed of hashing: sets were built with it, and every build of the same files
// is the same image.
export const OPTIONS = {
  packages: [],
  lockFileContents: { info: { abi_version: '2026_0' }, packages: {} },
  _sysExecutable: 'python',
  env: {
    HOME: '/home/pyodide',
    LANG: 'C.UTF-8',
    _: 'python',
    PYTHONHASHSEED: '0',
    PYTHONOPTIMIZE: '2',
    PYTHONNODEBUGRANGES: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  },
}

// Loads the library before the interpreter starts; `library` is the compiled WebAssembly.Module, or will be. The promise is
// for those who want to know when that fails: the module would wait for ever.
export const loadFirst = (settings, library) => new Promise((resolve, reject) => {
  settings.preRun.unshift(module => {
    module.addRunDependency('library')
    load(module, library).then(() => { module.removeRunDependency('library'); resolve() }, reject)
  })
})

const load = async (module, library) => {
  const flags = { loadAsync: true, global: true, nodelete: true, allowUndefined: true }
  const compiled = await library
  module.wasmTable.grow(TABLE_BASE - module.wasmTable.length)
  module.preloadedWasm[LIBRARY] = await module.loadWebAssemblyModule(compiled, flags, LIBRARY)
  await module.loadDynamicLibrary(LIBRARY, flags)
}

// CPython calls C functions through a trampoline that each engine picks for itself (none on iOS). This is the place of that
// choice, in words; no image may bring its own.
export const trampoline = module =>
  (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2]) >>> 2

// One more word in the sum that tells whether an image is whole.
export const mixed = (sum, word) => Math.imul(sum ^ word, 0x01000193)
