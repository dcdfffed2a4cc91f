// What an app needs of its page, and PyScript last: it cannot start where a frame is denied its database, as browsers do to
// frames of other sites.

import { paint } from '/static/paint.js'

window.appPage = { paint }

const databaseDenied = () => new Promise(answer => {
  const request = indexedDB.open('sidebar-app')
  request.onsuccess = () => { request.result.close(); answer(false) }
  request.onerror = event => { event.preventDefault(); answer(true) }
})

if (await databaseDenied().catch(() => true)) await import('/runtime/fake-indexeddb/auto/index.mjs')
await import('/runtime/pyscript/core.js')
