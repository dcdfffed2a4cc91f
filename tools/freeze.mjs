// Writes the frozen runtime's images, one for each program: the memory of a Python that has imported it and built its models.
//
//     node freeze.mjs RUNTIME LIBRARY SITE TOOLS MODULE=OUT...     RUNTIME  build/runtime
//                                                                 LIBRARY  the one compiled library
//                                                                 SITE     a folder with the packages, unpacked, and the widget
//                                                                 TOOLS    the folder of warm.py, which imports and builds, and trim.py
//                                                                 MODULE   a program: the module whose `main` a page calls
//
// What is written is the difference to the memory of a module that has just been started, without what is equal: a browser
// starts such a module by itself and lays the difference over it (static/thaw.js). It compresses to two thirds of the memory.

import crypto from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadFirst, mixed, OPTIONS, trampoline } from '../static/frozen.js'

const [runtime, so, site, tools] = process.argv.slice(2, 6).map(path => resolve(path))
const programs = process.argv.slice(6).map(program => program.split('='))
const SITE = '/lib/python3.14/site-packages'
const BLOCK = 64 // words that are left out or written together

const load = async name => import(pathToFileURL(`${runtime}/${name}`).href)
const { loadPyodide } = await load('pyodide.mjs')
const { default: createModule } = await load('pyodide.asm.mjs')
const library = new WebAssembly.Module(readFileSync(so))

const createPyodideModule = settings => {
  loadFirst(settings, library)
  return createModule(settings)
}
const options = { ...OPTIONS, indexURL: `${runtime}/`, createPyodideModule }

// The memory of a module whose Python has not started, as the browser will have it.
const untouched = () => new Promise((resolve, reject) => {
  const stopHere = async settings => {
    const module = await createPyodideModule(settings)
    resolve({ words: module.HEAPU32.slice(), trampoline: trampoline(module) })
    return new Promise(() => {}) // it goes no further
  }
  loadPyodide({ ...options, _loadSnapshot: new Uint8Array(1), createPyodideModule: stopHere }).catch(reject)
})

// The words that no two starts have alike: random numbers, the time, and what each engine chooses for itself.
const varying = (one, other) => {
  const places = [one.trampoline]
  one.words.forEach((word, place) => { if (word !== other.words[place]) places.push(place) })
  return places
}

// Another time of day and of the process, in all its digits.
const later = () => {
  const { now } = Date, sinceStart = performance.now.bind(performance)
  Date.now = () => now() + 1e12
  performance.now = () => sinceStart() + 1e11 + 0.123456
}

// From here on no chance and no time: the same files become the same image. Each visitor's Python draws its own numbers
// (static/thaw.js).
const still = () => {
  crypto.randomFillSync = bytes => bytes.fill(0)
  Date.now = performance.now = () => 0
}

// A Python in which everything of a program is imported, and tools/trim.py beside it.
const warmed = async program => {
  const python = await loadPyodide({ ...options, _makeSnapshot: true })
  python.mountNodeFS(SITE, site)
  const warm = python.toPy({ __name__: 'warm', PROGRAM: program })
  python.runPython(readFileSync(`${tools}/warm.py`, 'utf8'), { globals: warm, filename: 'warm.py' })
  warm.destroy()
  const trim = python.toPy({ __name__: 'trim' })
  python.runPython(readFileSync(`${tools}/trim.py`, 'utf8'), { globals: trim, filename: 'trim.py' })
  return { python, trim }
}

// The names that Pyodide's scripts and the interpreter may mention; C ends its texts with a zero.
const foreign = () => {
  const scripts = ['pyodide.mjs', 'pyodide.asm.mjs'].map(name => readFileSync(`${runtime}/${name}`, 'latin1')).join(' ')
  const interpreter = readFileSync(`${runtime}/pyodide.asm.wasm`, 'latin1')
  return new Set([...scripts.match(/[A-Za-z_]\w{2,}/g), ...interpreter.match(/(?<=\0)[A-Za-z_]\w{2,}(?=\0)/g)])
}

// What a program can reach.
const reached = async program => {
  const { trim } = await warmed(program)
  return trim.get('reached')([`${program}:main`], [...foreign()]).toJs({ dict_converter: Object.fromEntries })
}

// Memory that is free again still says what was in it, and each piece what is free beside it. Takes all there is, from large to
// small, up to where the memory would have to grow, and fills it with zeros. Only the large pieces are given back.
const wipe = module => {
  const end = module._sbrk(0), large = []
  for (let size = 2 ** 20; size >= 8; size -= size > 1024 ? size / 2 : 8) {
    let place
    while ((place = module._malloc(size)) < end) {
      module.HEAPU8.fill(0, place, place + size)
      if (size >= 1024) large.push(place)
    }
    module._free(place)
  }
  large.forEach(place => module._free(place))
}

// The memory after everything is imported, and what Python knows of JavaScript's objects.
const taken = async (program, { names, modules }) => {
  const { python, trim } = await warmed(program)
  trim.get('trim')(names, modules)
  trim.destroy()
  wipe(python._module)
  const snapshot = python.makeMemorySnapshot()
  const [, start, length] = new Uint32Array(snapshot.buffer, 0, 3) // before it: magic, start of the memory, length of the JSON
  const state = JSON.parse(new TextDecoder().decode(snapshot.subarray(48, 48 + length)))
  return { words: new Uint32Array(snapshot.buffer, start), state }
}

// The blocks that differ, as [first word, words] and the words, each combined with what is there before.
const difference = (words, before) => {
  const blocks = [], changed = []
  let sum = 0
  for (let first = 0; first < words.length; first += BLOCK) {
    const block = words.slice(first, first + BLOCK).map((word, i) => word ^ (before[first + i] ?? 0))
    if (block.every(word => word === 0)) continue
    for (const word of words.subarray(first, first + BLOCK)) sum = mixed(sum, word)
    changed.push(block)
    const last = blocks.at(-1)
    if (last && last[0] + last[1] === first) last[1] += block.length
    else blocks.push([first, block.length])
  }
  return { blocks, sum, changed }
}

// A number, the length of what follows; JSON, filled up with spaces to whole words; the blocks.
const file = (header, blocks) => {
  const text = JSON.stringify(header)
  const json = Buffer.from(text + ' '.repeat(-Buffer.byteLength(text) & 3))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  return Buffer.concat([length, json, ...blocks.map(block => Buffer.from(block.buffer))])
}

const before = await untouched()
later()
const apart = varying(before, await untouched())
still()
for (const place of apart) before.words[place] = 0
for (const [program, out] of programs) {
  const { words, state } = await taken(program, await reached(program))
  words[before.trampoline] = 0
  const { blocks, sum, changed } = difference(words, before.words)
  writeFileSync(resolve(out), file({ size: words.byteLength, varying: apart, blocks, sum, state }, changed))
}
process.exit(0) // Python's event loop would keep Node alive
