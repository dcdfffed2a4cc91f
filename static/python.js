// Starts a page's Python: compiled from the frozen image, or the ordinary way where that cannot be; as written by PyScript.

import { breath } from './breath.js'

// The compiled page names the files of a frozen Python, from where it is itself (tools/release.py).
const named = () => Object.entries(JSON.parse(document.querySelector('#frozen').textContent))
const frozen = () => Object.fromEntries(named().map(([role, address]) => [role, new URL(address, document.baseURI).href]))

const thawed = async () => {
  const { thaw } = await import('./thaw.js')
  return thaw(frozen())
}

const loaded = async reason => {
  console.warn('The chat starts the slow way:', reason.message)
  const { load } = await import('./load.js')
  return load(frozen())
}

// PyScript keeps notes in IndexedDB and cannot start where a frame of another site is denied it.
const databaseDenied = () => new Promise(answer => {
  const request = indexedDB.open('live-chat')
  request.onsuccess = () => { request.result.close(); answer(false) }
  request.onerror = event => { event.preventDefault(); answer(true) }
})

const startPyScript = async ready => {
  if (await databaseDenied().catch(() => true)) await import('/runtime/fake-indexeddb/auto/index.mjs')
  await ready
  await import('/runtime/pyscript/core.js')
}

// Something was wanted that the image leaves out (tools/trim.py): the page loads once more, for the whole Python. All that the
// visitor has written is kept.
const WHOLE = 'whole'
const startWhole = () => {
  const address = new URL(location)
  if (!import.meta.compiled || address.searchParams.has(WHOLE)) return
  address.searchParams.set(WHOLE, '')
  location.replace(address)
}
window.startWholePython = startWhole // for Python itself (widget/browser/left_out.py, tools/trim.py)
const MISSING = ['AttributeError', 'ImportError', 'ModuleNotFoundError', 'NameError']
const wantedMore = error => { if (MISSING.includes(error?.type)) startWhole() }
addEventListener('error', ({ error }) => wantedMore(error))
addEventListener('unhandledrejection', ({ reason }) => wantedMore(reason))

const frozenOrNot = async () => {
  if (new URLSearchParams(location.search).has(WHOLE)) throw new Error('something was wanted that the image leaves out')
  return thawed()
}

// Runs the `main` of a module of the widget as soon as the page is `ready` for it.
export const startPython = async (module, ready) => {
  // A build sets this. The page as written is PyScript's to read.
  if (!import.meta.compiled) return startPyScript(ready)
  const [python] = await Promise.all([frozenOrNot().catch(loaded), ready])
  await breath()
  await python.pyimport(module).main()
}
