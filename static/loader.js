// The launcher on the site's own page, and the way from the page's liveChat(command, argument, callback) into the frame.
//
// It is all that a site loads before somebody wants to chat: no storage, no request, no Python until then. The window
// is a frame on the platform's own origin; the two talk over a MessageChannel that this script opens. Every site pays for
// what stands here, so it is kept short: 3,000 bytes, minified and compressed. Commands that need more than the launcher
// are in commands.js, which is fetched for the first of them.

(() => {

if (window.liveChat?.loaded) return

const { dataset, src } = document.currentScript
const TEXTS = { lang: 'en', open: 'Open chat', close: 'Close chat', frame: 'Chat', ...dataset } // the site may say them in its language, until the frame does in the visitor's
const REMEMBER = 'live-chat' // in the site's storage, from the first conversation on: {open, known, texts}; and {left} while somebody is being forgotten

// When the frame, and Python in it, may start: each of them also when those before it would. An open window, a command that
// needs it, and a visitor who has written before never wait for more.
const BOOTS = ['click', 'intent', 'idle', 'load']

const page = new URL('widget/index.html', src) // the frame's, beside this script
const { origin } = page
const waiting = [...(window.liveChat?.q ?? [])]
const home = { BOOTS, page, texts: TEXTS, remembered, remember } // what commands.js has of us; `widget`, once 'init' has come
let rest // commands.js, once something has needed it

// Commands: what they give when they are carried out here, nothing when they are for commands.js: also what is wrong.

const init = argument => {
  const { widgetId = home.widget?.id, boot = 'intent' } = Object(argument) === argument ? argument : { widgetId: argument ?? undefined }
  const id = home.widget?.id ?? widgetId
  if (id !== widgetId || typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id) || !BOOTS.includes(boot)) return
  home.widget ??= createWidget(id, boot)
  return { widgetId }
}

const here = (command, argument) => {
  if (command === 'init') return init(argument)
  const { does } = home.widget ?? {}
  if (!does || argument != null || !Object.hasOwn(does, command)) return
  does[command]()
  return { command }
}

const more = () => rest ??= import(new URL('commands.js', page)).then(({ commands }) => commands(home)).catch(({ message }) => {
  rest = undefined
  throw Object.assign(new Error(message), { name: 'LiveChatError', code: 'COMMANDS_UNAVAILABLE', hint: 'Check script-src.' })
})

// Once commands.js is there, or on its way, everything goes through it: so it keeps its order.
const answer = async (command, argument) => (!rest && here(command, argument)) || (await more()).run(command, argument)

// Error first, exactly one of the two set; without a callback, a promise.
const call = (command, argument, callback) => {
  const outcome = answer(command, argument)
  if (typeof callback !== 'function') return outcome
  outcome.then(result => callback(undefined, result), error => callback(error, undefined))
}

const sdk = { getWidget: () => sdk }
for (const name of ['sendMessage', 'createThread', 'getThreads', 'getActiveThread', 'showThread', 'openNewThread', 'on']) {
  sdk[name] = async (...given) => (await more()).sdk[name](...given)
}

// The widget in the page

const createWidget = (id, boot) => {
  const root = document.createElement('live-chat')
  const shadow = root.attachShadow({ mode: 'open' })
  const style = new CSSStyleSheet()
  style.replaceSync(STYLE)
  shadow.adoptedStyleSheets = [style]

  const launcher = document.createElement('button')
  launcher.type = 'button'
  const badge = document.createElement('span')
  badge.hidden = true
  launcher.append(...icons(), badge)
  shadow.append(launcher)

  const frame = createFrame(id, shadow)
  let open = false

  const draw = () => {
    root.lang = TEXTS.lang
    launcher.ariaLabel = open ? TEXTS.close : TEXTS.open
    launcher.ariaExpanded = open
    root.toggleAttribute('open', open)
    frame.visible(open)
    home.changed?.()
  }
  const set = (value, focus) => {
    if (open === value) return
    open = value
    if (frame.known) remember({ open })
    if (open) frame.start()
    draw()
    if (focus) open ? frame.focus() : launcher.focus()
  }
  const show = value => { launcher.hidden = !value; draw() }

  Object.assign(frame.heard, {
    hide: () => set(false, true),
    unread({ count, texts }) {
      badge.textContent = count
      badge.hidden = !count
      Object.assign(TEXTS, texts)
      shadow.firstChild.title = TEXTS.frame
      if (frame.known && !count) remember({ texts })
      draw()
    },
    known() { frame.known = true; remember({ open, known: true }) },
  })
  launcher.onclick = () => set(!open, true)
  // Who reaches for the launcher, by pointer, touch or key, will want the chat: let it come meanwhile.
  if (boot !== 'click') launcher.onpointerenter = launcher.onfocus = frame.start
  launcher.onkeydown = ({ key }) => { if (key === 'Escape') set(false) }

  const { open: wasOpen, known, texts } = remembered()
  Object.assign(TEXTS, texts)
  draw()
  // Not into the body: sites that replace the body on the way to the next page keep the chat.
  document.documentElement.append(root)
  frame.known = Boolean(known)
  if (wasOpen) set(true)
  // Somebody who has written before hears from us without asking; the page comes first.
  else if (known || boot === 'load') whenLoaded(frame.start)
  else if (boot === 'idle' && isSpared()) whenLoaded(() => (window.requestIdleCallback ?? setTimeout)(frame.start))

  return {
    id, boot, root, frame, launcher, draw,
    isOpen: () => open,
    does: { show: () => set(true), hide: () => set(false), show_launcher: () => show(true), hide_launcher() { set(false); show(false) } },
    remove() { root.remove(); frame.end() },
  }
}

const whenLoaded = call => document.readyState === 'complete' ? call() : addEventListener('load', call, { once: true })

// Whether device and connection can spare what nobody has asked for, as far as the browser tells.
const isSpared = () => {
  const { saveData, type, effectiveType = '4g' } = navigator.connection ?? {}
  return !saveData && type !== 'cellular' && effectiveType === '4g' && !(navigator.deviceMemory < 4)
}

function remembered() {
  try {
    return Object(JSON.parse(localStorage[REMEMBER] ?? '{}'))
  } catch { return {} }
}

function remember(change) {
  try {
    localStorage[REMEMBER] = JSON.stringify({ ...remembered(), ...change })
  } catch { /* a site without storage forgets */ }
}

// The frame, and the channel into it

const createFrame = (id, shadow) => {
  const kept = keeping(`live-chat:${id}/`)
  const ended = new AbortController()
  const { signal } = ended
  let element, port, isVisible = false, isFocused = false

  const tellPage = () => self.tell({ type: 'page', url: location.href, title: document.title, referrer: document.referrer })

  const hear = ({ data }) => {
    const { type, ...message } = JSON.parse(data)
    if (type === 'store') kept.set(message)
    else self.heard[type]?.(message)
  }

  // Only a document that is there can take it, and it does not always take it again: let go first.
  const giveFocus = () => {
    if (!isFocused || !port) return
    element.blur()
    element.focus()
    self.tell({ type: 'focus' })
  }

  // Each document that the frame loads, the first and one that is tried again, says hello, gets a channel of its own, and
  // hears what is so. Only a document on the platform's origin can receive it.
  const connect = ({ source, data }) => {
    if (data !== 'live-chat:hello' || source !== element.contentWindow) return
    const { port1, port2 } = new MessageChannel()
    port = port1
    port.onmessage = hear
    source.postMessage({ type: 'live-chat:connect', stored: kept.all(), theme: self.theme }, origin, [port2])
    tellPage()
    self.tell({ type: 'visible', visible: isVisible })
    giveFocus()
    if (isFocused) self.focus()
    self.connected?.()
  }

  const self = {
    heard: {}, // what to do about each type of message
    isConnected: () => port,
    tell: message => port?.postMessage(JSON.stringify(message)),
    start() {
      // What the last visitor left is forgotten first: commands.js does that when it comes.
      if (element || signal.aborted || remembered().left && more()) return
      element = document.createElement('iframe')
      element.title = TEXTS.frame
      page.searchParams.set('id', id)
      element.src = page
      element.onload = () => port || more().then(({ mend }) => mend(element)) // it is silent: the browser may have left it out
      addEventListener('message', connect, { signal })
      watchPage(tellPage, signal)
      shadow.prepend(element)
    },
    // Nothing that it has said and we have not heard counts any more.
    end() { ended.abort(); port?.close() },
    focus() {
      isFocused = true
      // A frame that was not drawn until now, or whose document has just come, does not always take it: wait a little.
      requestAnimationFrame(() => requestAnimationFrame(giveFocus))
    },
    visible(value) {
      if (value === isVisible) return
      isVisible = value
      isFocused &&= value
      self.tell({ type: 'visible', visible: value })
    },
  }
  return self
}

// What the frame asks us to keep, because the browser denies it storage of its own: for good, or for as long as this tab.
const keeping = prefix => ({
  all() {
    try {
      const texts = Object.entries({ ...localStorage, ...sessionStorage }).filter(([name]) => name.startsWith(prefix))
      return Object.fromEntries(texts.map(([name, text]) => [name.slice(prefix.length), text]))
    } catch { return {} }
  },
  set({ name, text, forTab }) {
    try {
      const storage = forTab ? sessionStorage : localStorage
      text === null ? storage.removeItem(prefix + name) : storage.setItem(prefix + name, text)
    } catch { /* a site without storage forgets */ }
  },
})

// Sites that change their address without loading a page: the agent should see where the visitor is.
const watchPage = (moved, signal) => {
  let last = location.href
  const look = () => { if (location.href !== last) { last = location.href; moved() } }
  window.navigation?.addEventListener('navigatesuccess', look, { signal })
  addEventListener('popstate', look, { signal })
}

// How it looks; the site can move it with live-chat { --live-chat-z-index: 10; --live-chat-bottom: 80px }

const shape = (name, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  Object.entries(attributes).forEach(attribute => element.setAttribute(...attribute))
  element.append(...children)
  return element
}

const icon = (name, ...paths) =>
  shape('svg', { class: name, viewBox: '0 0 32 32', 'aria-hidden': true }, ...paths.map(d => shape('path', { d })))

const icons = () => [
  icon('talk', 'M9 6h14a6 6 0 0 1 6 6v6a6 6 0 0 1-6 6h-9l-5.6 4.4A.9.9 0 0 1 7 27.7V23.7A6 6 0 0 1 3 18v-6a6 6 0 0 1 6-6z', 'M10.5 15h0m5.5 0h0m5.5 0h0'),
  icon('down', 'M8 12.5l8 8 8-8'),
]

const STYLE = `
  :host { --accent: var(--live-chat-accent, #14594a); position: fixed; inset: auto 20px var(--live-chat-bottom, 20px) auto; z-index: var(--live-chat-z-index, 9999); }
  button { position: relative; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 22px 22px 8px 22px; cursor: pointer; color: var(--live-chat-accent-ink, #fff); background: var(--accent);
    box-shadow: 0 1px 2px #0b1f1a33, 0 8px 24px #0b1f1a40; transition: transform .18s cubic-bezier(.2, .9, .3, 1.3), border-radius .18s; }
  button:hover { transform: translateY(-2px); }
  button:active { transform: scale(.96); }
  button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px var(--accent); }
  :host([open]) button { border-radius: 22px; }
  svg { position: absolute; inset: 14px; width: 32px; height: 32px; fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; transition: opacity .15s, transform .2s; }
  .talk :first-child { fill: currentColor; stroke: none; } .talk :last-child { stroke: var(--accent); }
  .down { opacity: 0; transform: rotate(-60deg); }
  :host([open]) .talk { opacity: 0; transform: scale(.6); } :host([open]) .down { opacity: 1; transform: none; }
  span { position: absolute; top: -5px; right: -5px; min-width: 22px; padding: 0 6px; box-sizing: border-box; border-radius: 11px;
    font: 700 13px/22px system-ui, sans-serif; text-align: center; background: #c2361c; box-shadow: 0 0 0 2px #fff; }
  iframe { position: absolute; bottom: 76px; right: 0; width: 396px; max-width: calc(100vw - 40px); height: min(660px, calc(100dvh - 120px)); border: 0; border-radius: 20px; color-scheme: normal;
    background: Canvas; box-shadow: 0 2px 6px #0b1f1a1f, 0 24px 64px #0b1f1a47; transform-origin: bottom right; transition: opacity .16s, transform .2s cubic-bezier(.2, .9, .3, 1), display .2s allow-discrete; }
  :host(:not([open])) iframe { display: none; opacity: 0; transform: translateY(12px) scale(.97); }
  @starting-style { :host([open]) iframe { opacity: 0; transform: translateY(12px) scale(.97); } }
  [hidden] { display: none !important; }
  @media print { :host { display: none; } }
  @media (max-width: 520px) {
    :host([open]) iframe { position: fixed; inset: 0; width: 100%; max-width: none; height: 100%; border-radius: 0; }
    :host([open]) button { display: none; }
  }
  @media (prefers-reduced-motion: reduce) { button, svg, iframe { transition: none !important; } }
  @media (prefers-color-scheme: dark) { iframe { background: #10201c; } }
`

// Somebody has taken leave in another tab: nothing of theirs stays in this one.
addEventListener('storage', ({ key, newValue }) => { if (key === REMEMBER && !newValue) more().then(({ mend }) => mend()) })

// From here on the page talks to us; first, what it said before, in its order.
home.createWidget = createWidget
window.liveChat = Object.assign(call, { loaded: true, more })
window.LiveChatSDK = function () { return sdk }
waiting.forEach(([command, argument, callback]) => call(command, argument, callback))

})()
