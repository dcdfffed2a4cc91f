// Runs Python snippets in the browser's Python under Node: a line of JSON in for each, a line of JSON out.
//
//     node run.mjs RUNTIME ROOT SITE_PACKAGES      RUNTIME: build/runtime, absolute; ROOT: the folder with the packages
//                                                  `widget` and `tests`; SITE_PACKAGES: where pytest is installed
//
// In: the snippet, a string. Out: {"value": what its last expression gave}, or {"error": its traceback}.

import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const [runtime, root, sitePackages] = process.argv.slice(2)

const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href)
const { packages } = JSON.parse(await readFile(`${runtime}/pyodide-lock.json`, 'utf8'))
const python = await loadPyodide({
  indexURL: `${runtime}/`,
  packages: Object.keys(packages),
  env: { HOME: '/home/pyodide', PYTHONDONTWRITEBYTECODE: '1' },
  stdout: console.error, // ours is for the answers
})
for (const folder of ['widget', 'tests']) python.mountNodeFS(`/code/${folder}`, `${root}/${folder}`)
python.mountNodeFS('/site-packages', sitePackages)

const run = python.runPython(`
import json, sys, traceback
from pyodide.code import eval_code_async

sys.path.insert(0, "/code")
sys.path.append("/site-packages")  # last: pytest, for what tests import of it

async def run(code):
    try:
        return json.dumps({"value": await eval_code_async(code, {"__name__": "__main__"})})
    except BaseException:
        return json.dumps({"error": traceback.format_exc()})

run
`)

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await run(JSON.parse(line))}\n`)
}
