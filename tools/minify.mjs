// Writes a script or a style sheet as a release has it: with everything that it imports in it, and as short as it gets.
//
//     node minify.mjs FILE OUT RUNTIME [classic]     FILE     .js, .css: with its imports; .mjs (Pyodide's): as it is, only shorter
//                                                    RUNTIME  build/runtime, which a page knows as /runtime/
//                                                    classic  a <script> that is no module, and leaves no names behind
//
// esbuild puts together, Terser shortens: of the two its scripts are the smaller.

import { readFileSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { minify } from 'terser'

const [file, out, runtime] = process.argv.slice(2, 5).map(path => resolve(path))
const classic = process.argv[5] === 'classic'
const script = extname(file) !== '.css'

// What pages have at lasting addresses: the browser's Python, and our own scripts.
const atAddresses = {
  name: 'addresses',
  setup({ onResolve }) {
    onResolve({ filter: /^\/runtime\// }, ({ path }) => ({ path: runtime + path.slice('/runtime'.length) }))
    onResolve({ filter: /^\/static\// }, ({ path }) => ({ path: fileURLToPath(new URL(`..${path}`, import.meta.url)) }))
  },
}

const shorterStyle = async style => (await transform(style, { loader: 'css', minify: true })).code.trim()

// A style sheet that a script has as a text: const STYLE = `...`
const withShorterStyle = {
  name: 'style',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const [, style] = /const STYLE = `([^`$\\]*)`/.exec(text) ?? []
      return { contents: style === undefined ? text : text.replace(style, await shorterStyle(style)) }
    })
  },
}

const together = async () => {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: classic ? 'iife' : 'esm',
    minifySyntax: true, // leaves out what is not reached
    minify: !script,
    define: { 'import.meta.compiled': 'true' },
    plugins: [atAddresses, withShorterStyle],
    logLevel: 'error',
  })
  return text
}

const shorter = async text => (await minify(text, { module: true, compress: { passes: 2 } })).code

const text = extname(file) === '.mjs' ? readFileSync(file, 'utf8') : await together()
writeFileSync(out, script ? await shorter(text) : text)
