// Writes the frozen runtime's image: the memory of a Python that has imported the widget and built its models.
//
//     node freeze.mjs RUNTIME LIBRARY SITE WARM OUT     RUNTIME  build/runtime
//                                                       LIBRARY  the one compiled library
//                                                       SITE     a folder with the packages, unpacked, and the widget
//                                                       WARM     the Python program that imports and builds
//
// What is written is the difference to the memory of a module that has just been started, without what is equal: a browser
// starts such a module by itself and lays the difference over it (static/thaw.js). It compresses to two thirds of the memory.

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadFirst, mixed, OPTIONS, trampoline } from '../static/frozen.js'

const [runtime, so, site, warm, out] = process.argv.slice(2).map(path => resolve(path))
const SITE = '/lib/python3.14/site-packages'
const BLOCK = 1024 // words that are left out or written together

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

// The memory after everything is imported, and what Python knows of JavaScript's objects.
const warmed = async () => {
  const python = await loadPyodide({ ...options, _makeSnapshot: true })
  python.mountNodeFS(SITE, site)
  python.runPython(readFileSync(warm, 'utf8'), { filename: 'warm.py' })
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

const { words, state } = await warmed()
const before = await untouched()
later()
const apart = varying(before, await untouched())
for (const place of apart) before.words[place] = 0
words[before.trampoline] = 0
const { blocks, sum, changed } = difference(words, before.words)
writeFileSync(out, file({ size: words.byteLength, varying: apart, blocks, sum, state }, changed))
process.exit(0) // Python's event loop would keep Node alive
