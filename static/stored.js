// The frame's storage, and its channel to the site's page.
//
// A browser may deny a frame of another site any storage. Then the site's page keeps the texts for us in its own, or a
// visitor would be a stranger on every page. Where that fails too, they live as long as this page.

const PATIENCE = 2000 // ms to wait for a site's page that does not speak to us

let sitePort = null
let unsaid = [] // for the site's page, until it is there
const kept = {}

const own = (() => {
  try {
    return window.localStorage
  } catch {
    return null
  }
})()

// What the site's page kept; it counts only where we have nothing of our own, for it is not ours to trust.
const keep = texts => Object.entries(texts ?? {}).forEach(([name, text]) => {
  if (typeof text === 'string') kept[name] ??= text
})

const tellSite = message => sitePort ? sitePort.postMessage(JSON.stringify(message)) : unsaid.push(message)

export const stored = {
  get: name => kept[name] ?? own?.getItem(name) ?? null,

  set(name, text) {
    try {
      if (own) {
        own.setItem(name, text)
        delete kept[name]
        return
      }
    } catch { /* full: keep it like one that has no storage, and before what is there */ }
    kept[name] = text
    tellSite({ type: 'store', name, text })
  },

  remove(name) {
    own?.removeItem(name)
    if (!(name in kept)) return
    delete kept[name]
    tellSite({ type: 'store', name, text: null })
  },

  names: start => Object.keys({ ...own, ...kept }).filter(name => name.startsWith(start)),
}

// `site` settles when we may begin: at once when we have storage of our own, else when the site's page has told what it
// keeps. What it says later waits in the port until Python listens.
export const connectToSite = () => {
  const connected = new Promise(resolve => {
    addEventListener('message', function listen({ source, data, ports }) {
      if (source !== parent || source === window || data?.type !== 'live-chat:connect' || !ports[0]) return
      removeEventListener('message', listen)
      sitePort = ports[0]
      if (!own) keep(data.stored)
      unsaid.splice(0).forEach(tellSite)
      dispatchEvent(new Event('live-chat:connected'))
      resolve()
    })
  })
  const patience = new Promise(resolve => setTimeout(resolve, PATIENCE))
  const alone = parent === window
  return { port: () => sitePort, site: own || alone ? Promise.resolve() : Promise.race([connected, patience]) }
}
