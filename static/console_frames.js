// The frames that the console shows apps in. What they mean by what they post is Python's to say (agent_console/sidebar);
// here is only who posted it: nothing but the window inside one of these frames is listened to.

// An app keeps its own origin, and with it its storage. One on the console's own origin gets none: it could take itself
// out of the sandbox.
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'
const isOurs = url => new URL(url).origin === location.origin

const frames = new Map()
let hear = () => {}
let tellLoaded = () => {}

addEventListener('message', ({ data, origin, source }) => {
  if (!source) return // a frame that was removed
  const [app] = [...frames].find(([, frame]) => frame.contentWindow === source) ?? []
  if (!app) return
  let text
  try { text = JSON.stringify(data) } catch { return } // no message of an app has circles in it
  if (text) hear(app, text, origin)
})

const open = (app, url, title) => {
  const frame = document.createElement('iframe')
  frame.title = title
  frame.hidden = true
  frame.referrerPolicy = 'origin'
  frame.setAttribute('sandbox', isOurs(url) ? SANDBOX : `${SANDBOX} allow-same-origin`)
  frame.setAttribute('allow', 'clipboard-write')
  frame.addEventListener('load', () => { if (frames.get(app) === frame) tellLoaded(app) })
  frames.set(app, frame)
  frame.src = url
  document.querySelector('#apps').append(frame)
}

window.consoleFrames = {
  listen: (heard, loaded) => {
    hear = heard
    tellLoaded = loaded
  },
  open,
  close: app => {
    frames.get(app)?.remove()
    frames.delete(app)
  },
  show: app => {
    for (const [id, frame] of frames) frame.hidden = id !== app
  },
  post: (app, text, origin) => { frames.get(app)?.contentWindow?.postMessage(JSON.parse(text), origin) },
  isOurs,
  hasFocus: () => document.activeElement?.tagName === 'IFRAME',
  theme: () => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
}
