// Files that an agent has attached and not sent: kept in IndexedDB until they are, over reloads and crashes. Where that is
// denied or full, only their names are kept, for this tab, so that the agent can be told what is gone.
//
// A file belongs to the page that it was attached in. While a page lives it holds a lock of its name; what belongs to no
// living page is the next one's, and no two have the same.

const STORE = 'files'
const NAMES = 'live-chat-agent:files'
const LOCK = 'live-chat-agent:page:'
const page = window.isSecureContext ? crypto.randomUUID() : ''

navigator.locks?.request(LOCK + page, () => new Promise(() => {}))

const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open('live-chat-agent', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
let opened

const inStore = async (mode, use) => {
  if (!navigator.locks) throw new Error('nobody can tell whose a file is')
  const transaction = (await (opened ??= open())).transaction(STORE, mode)
  const request = use(transaction.objectStore(STORE))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

const names = () => {
  try {
    return JSON.parse(sessionStorage[NAMES] ?? '[]')
  } catch { return [] }
}

const putNames = change => {
  try {
    sessionStorage[NAMES] = JSON.stringify(change(names()))
  } catch { /* a browser that keeps nothing forgets */ }
}

const keep = async (id, agent, about, blob) => {
  try {
    await inStore('readwrite', store => store.put({ id, agent, about, blob, page }))
  } catch {
    putNames(kept => [...kept.filter(each => each.id !== id), { id, agent, about }])
  }
}

const forget = async id => {
  putNames(kept => kept.filter(each => each.id !== id))
  await inStore('readwrite', store => store.delete(id)).catch(() => {})
}

// What this page, or one that is gone, has kept for an agent, as [what was noted about it, the file or null].
const takeOver = async agent => {
  const lost = names().filter(each => each.agent === agent)
  const left = await navigator.locks?.request(NAMES, async () => {
    const held = new Set((await navigator.locks.query()).held.map(({ name }) => name))
    const all = await inStore('readonly', store => store.getAll())
    const orphans = all.filter(each => each.agent === agent && (each.page === page || !held.has(LOCK + each.page)))
    await Promise.all(orphans.map(each => keep(each.id, agent, each.about, each.blob)))
    return orphans
  }).catch(() => [])
  return [...left ?? [], ...lost].map(({ about, blob }) => [about, blob ?? null])
}

// What Python needs of it (agent_console/browser_files.py).
window.keptFiles = { keep, forget, takeOver }
