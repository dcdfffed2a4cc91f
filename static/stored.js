// The frame's storage, and its channel to the site's page.
//
// A browser may deny a frame of another site any storage. Then the site's page keeps the texts for us in its own, or a
// visitor would be a stranger on every page. Where that fails too, they live as long as this page.

const PATIENCE = 2000 // ms to wait for a site's page that does not speak to us

let sitePort = null
let unsaid = [] // for the site's page, until it is there

const tellSite = message => sitePort ? sitePort.postMessage(JSON.stringify(message)) : unsaid.push(message)

const granted = area => {
  try {
    return window[area]
  } catch {
    return null
  }
}

// Texts by name, in one of our storages or in the like one of the site's page.
const texts = (own, forTab) => {
  const kept = {}
  const tell = (name, text) => tellSite({ type: 'store', name, text, forTab })

  return {
    own,

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
      tell(name, text)
    },

    remove(name) {
      own?.removeItem(name)
      if (!(name in kept)) return
      delete kept[name]
      tell(name, null)
    },

    names: start => Object.keys({ ...own, ...kept }).filter(name => name.startsWith(start)),

    // What the site's page kept; it counts only where we have nothing of our own, for it is not ours to trust.
    keep: found => Object.entries(found ?? {}).forEach(([name, text]) => {
      if (!own && typeof text === 'string') kept[name] ??= text
    }),
  }
}

export const stored = texts(granted('localStorage'), false) // for good
export const storedForTab = texts(granted('sessionStorage'), true) // for as long as this tab

// `site` settles when we may begin: at once when we have storage of our own, else when the site's page has told what it
// keeps. What it says later waits in the port until Python listens. `dress` is given the colours that it wants.
export const connectToSite = dress => {
  const alone = parent === window
  const connected = window.answerOfSite.then(({ data, ports }) => {
    sitePort = ports[0]
    dress(data.theme)
    for (const area of [stored, storedForTab]) area.keep(data.stored)
    unsaid.splice(0).forEach(tellSite)
    dispatchEvent(new Event('live-chat:connected'))
  })
  const patience = new Promise(resolve => setTimeout(resolve, PATIENCE))
  return { port: () => sitePort, site: stored.own || alone ? Promise.resolve() : Promise.race([connected, patience]) }
}
