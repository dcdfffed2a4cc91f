// Starts Python from the frozen image (tools/freeze.mjs writes it): nothing is imported, nothing is built, only laid out.

import { breath } from './breath.js'
import { loadFirst, mixed, OPTIONS, trampoline } from './frozen.js'

const SLICE = 1 << 19 // words that are laid out between two breaths: some milliseconds

// Everything is fetched at once; `files` are the addresses (tools/release.py). Fails when anything is amiss, and then nothing
// has happened yet.
export const thaw = async ({ python, library, image }) => {
  const compiled = WebAssembly.compileStreaming(fetch(library))
  const bytes = fetched(image)
  const scripts = Promise.all([import(`${python}pyodide.mjs`), import(`${python}pyodide.asm.mjs`)])

  const start = ([{ loadPyodide }, { default: createModule }]) => {
    const createPyodideModule = async settings => {
      const [module] = await Promise.all([createModule(settings), loadFirst(settings, compiled)])
      const image = opened(await bytes)
      await layOut(module, image)
      module.API.restoreSnapshot = () => image.state
      return module
    }
    return loadPyodide({ ...OPTIONS, indexURL: python, createPyodideModule, _loadSnapshot: new Uint8Array(1) })
  }
  const [started] = await Promise.all([overheard(() => scripts.then(start)), compiled, bytes])
  started.pyimport('random').seed() // or every visitor would draw the same numbers
  return started
}

const fetched = async address => {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.arrayBuffer()
}

// A number, the length of what follows; the header, JSON; the words of all blocks.
const opened = bytes => {
  const length = new DataView(bytes).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)))
  return { ...header, words: new Uint32Array(bytes, 4 + length) }
}

// Pyodide would lay a whole memory over the module's, at one go; ours is the difference, and the page breathes between. The
// module does nothing until it is there.
const layOut = async (module, image) => {
  const place = trampoline(module)
  const own = module.HEAPU32[place]
  module.growMemory(image.size)
  await layOver(module.HEAPU32, image)
  module.HEAPU32[place] = own
}

// The image fits the memory it was made for and no other: the sum of what comes out tells. With anything else in it, Python
// could do anything at all.
const layOver = async (memory, { size, varying, blocks, sum, words }) => {
  if (memory.byteLength < size) throw new Error('there is not enough memory')
  for (const place of varying) memory[place] = 0
  let at = 0, found = 0
  for (const [first, length] of blocks) {
    for (let i = first; i < first + length; i++) {
      found = mixed(found, memory[i] ^= words[at++])
      if (at % SLICE === 0) await breath()
    }
  }
  if (found !== sum) throw new Error('the image is damaged, or of another build')
}

// Pyodide waits for ever when its module cannot be had: hear it from the browser.
const overheard = start => new Promise((resolve, reject) => {
  const { instantiateStreaming } = WebAssembly
  WebAssembly.instantiateStreaming = (...module) => {
    WebAssembly.instantiateStreaming = instantiateStreaming
    const instantiated = instantiateStreaming(...module)
    instantiated.catch(reject)
    return instantiated
  }
  start().then(resolve, reject)
})
