// The launcher on the site's own page, and the way from the page's liveChat(command, argument, callback) into the frame.
//
// It is all that a site loads before somebody wants to chat: no storage, no request, no Python until then. The window
// is a frame on the platform's own origin; the two talk over a MessageChannel that this script opens.

(() => {

if (window.liveChat?.loaded) return

const TEXTS = { open: 'Open chat', close: 'Close chat', frame: 'Chat', unread: 'unread' }
const HINTS = 'Commands: init, show, hide, show_launcher, hide_launcher, send.'
const REMEMBER = 'live-chat' // in the site's storage, from the first conversation on: {open, known}

const origin = new URL(document.currentScript.src).origin
const waiting = [...(window.liveChat?.q ?? [])]
let widget // its parts in the page, once 'init' has come

class LiveChatError extends Error {
  constructor({ code, message, hint }) {
    super(message)
    Object.assign(this, { name: 'LiveChatError', code, hint })
  }
}

const refuse = (code, message, hint) => { throw new LiveChatError({ code, message, hint }) }

// Commands

const commands = {
  init(argument) {
    const id = typeof argument === 'object' && argument !== null ? argument.widgetId : argument
    const missing = id === undefined || id === null
    if (missing && widget) return { widgetId: widget.id }
    if (missing) refuse('MISSING_ARGUMENT', "'init' needs the id of a widget.", "Call liveChat('init', '<widget id>').")
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) refuse('INVALID_ARGUMENT', 'A widget id is a text such as 00000000-0000-4000-8000-000000000001.', 'Copy it from the snippet.')
    if (widget && widget.id !== id) refuse('ALREADY_INITIALIZED', `This page already has the widget ${widget.id}.`, 'Reload the page to use another one.')
    widget ??= createWidget(id)
    return { widgetId: id }
  },
  show: () => widget.show(),
  hide: () => widget.hide(),
  show_launcher: () => widget.showLauncher(),
  hide_launcher: () => widget.hideLauncher(),
  send: argument => argument === undefined || argument === null
    ? refuse('MISSING_ARGUMENT', "'send' needs a message.", "Call liveChat('send', {type: 'BASIC', message: 'Hello'}).")
    : widget.ask('send', argument),
}

const run = async (command, argument) => {
  if (!Object.hasOwn(commands, command)) refuse('UNKNOWN_COMMAND', `There is no command '${String(command)}'.`, HINTS)
  if (!widget && command !== 'init') refuse('NOT_INITIALIZED', `'${command}' came before 'init'.`, "Call liveChat('init', '<widget id>') first.")
  return await commands[command](argument) ?? { command }
}

// Error first, exactly one of the two set; without a callback, a promise.
const call = (command, argument, callback) => {
  const outcome = run(command, argument)
  if (typeof callback !== 'function') return outcome
  outcome.then(result => callback(undefined, result), error => callback(error, undefined))
}

// The widget in the page

const createWidget = id => {
  const root = document.createElement('live-chat')
  const shadow = root.attachShadow({ mode: 'open' })
  const style = new CSSStyleSheet()
  style.replaceSync(STYLE)
  shadow.adoptedStyleSheets = [style]

  const launcher = document.createElement('button')
  launcher.type = 'button'
  launcher.append(...icons())
  const badge = document.createElement('span')
  badge.className = 'badge'
  badge.hidden = true
  launcher.append(badge)
  shadow.append(launcher)

  const frame = createFrame(id, shadow)
  let open = false

  const remember = change => {
    try {
      localStorage[REMEMBER] = JSON.stringify({ ...remembered(), ...change })
    } catch { /* a site without storage forgets */ }
  }
  const draw = () => {
    launcher.ariaLabel = open ? TEXTS.close : badge.hidden ? TEXTS.open : `${TEXTS.open}, ${badge.textContent} ${TEXTS.unread}`
    launcher.ariaExpanded = open
    root.toggleAttribute('open', open)
    frame.visible(open)
  }
  const set = (value, { focus = false } = {}) => {
    if (open === value) return
    open = value
    if (frame.known) remember({ open })
    if (open) frame.start()
    draw()
    if (focus) open ? frame.focus() : launcher.focus()
  }
  const widget = {
    id,
    show: () => set(true),
    hide: () => set(false),
    showLauncher() { launcher.hidden = false },
    hideLauncher() { set(false); launcher.hidden = true },
    ask: (command, argument) => { frame.start(); return frame.ask(command, argument) },
  }

  frame.heard = {
    hide: () => set(false, { focus: true }),
    unread: ({ count }) => { badge.textContent = count; badge.hidden = !count; draw() },
    known() { frame.known = true; remember({ open, known: true }) },
  }
  launcher.onclick = () => set(!open, { focus: true })
  // Who reaches for the launcher will want the chat: let it come meanwhile.
  launcher.onpointerenter = launcher.onfocus = () => frame.start()
  launcher.onkeydown = ({ key }) => { if (key === 'Escape') set(false) }

  draw()
  // Not into the body: sites that replace the body on the way to the next page keep the chat.
  document.documentElement.append(root)
  const { open: wasOpen, known } = remembered()
  frame.known = Boolean(known)
  if (wasOpen) set(true)
  // Somebody who has written before hears from us without asking; the page comes first.
  else if (known) whenLoaded(() => frame.start())
  return widget
}

const afterPainting = call => requestAnimationFrame(() => requestAnimationFrame(call))

const whenLoaded = call => document.readyState === 'complete' ? call() : addEventListener('load', call, { once: true })

const remembered = () => {
  try {
    return Object(JSON.parse(localStorage[REMEMBER] ?? '{}'))
  } catch { return {} }
}

// The frame, and the channel into it

const createFrame = (id, shadow) => {
  const kept = keeping(`live-chat:${id}/`)
  const asked = new Map()
  let element, port, lastId = 0, isVisible = false, isFocused = false

  const tell = message => port?.postMessage(JSON.stringify(message))
  const tellPage = () => tell({ type: 'page', url: location.href, title: document.title, referrer: document.referrer })

  const hear = ({ data }) => {
    const { type, ...message } = JSON.parse(data)
    if (type === 'store') kept.set(message)
    else if (type === 'result') settle(message)
    else self.heard[type]?.(message)
  }

  const settle = ({ id, error, result }) => {
    const question = asked.get(id)
    asked.delete(id)
    error ? question?.reject(new LiveChatError(error)) : question?.resolve(result)
  }

  // Each document that the frame loads, the first and one that is tried again, gets a channel of its own and hears what is
  // so. Only a document on the platform's origin can receive it.
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    port = port1
    port.onmessage = hear
    element.contentWindow.postMessage({ type: 'live-chat:connect', stored: kept.all() }, origin, [port2])
    tellPage()
    tell({ type: 'visible', visible: isVisible })
    if (isFocused) tell({ type: 'focus' })
    asked.forEach(({ message }) => tell(message))
  }

  const self = {
    known: false,
    heard: {},
    start() {
      if (element) return
      element = document.createElement('iframe')
      element.title = TEXTS.frame
      element.allow = 'clipboard-write'
      element.src = `${origin}/widget/?id=${encodeURIComponent(id)}`
      element.onload = connect
      watchPage(tellPage)
      shadow.prepend(element)
    },
    focus() {
      isFocused = true
      // A frame that was not drawn until now does not always take it: wait until it is.
      afterPainting(() => {
        if (!isFocused) return
        element.focus()
        tell({ type: 'focus' })
      })
    },
    visible(value) {
      if (value === isVisible) return
      isVisible = value
      isFocused &&= value
      tell({ type: 'visible', visible: value })
    },
    ask: (command, argument) => new Promise((resolve, reject) => {
      const message = { type: 'command', id: ++lastId, command, argument }
      try {
        JSON.stringify(message)
      } catch {
        refuse('INVALID_ARGUMENT', `'${command}': the argument cannot be written as JSON.`, 'Give plain values, without cycles or BigInt.')
      }
      asked.set(message.id, { message, resolve, reject })
      tell(message)
    }),
  }
  return self
}

// What the frame asks us to keep, because the browser denies it storage of its own.
const keeping = prefix => ({
  all() {
    try {
      const names = Object.keys(localStorage).filter(name => name.startsWith(prefix))
      return Object.fromEntries(names.map(name => [name.slice(prefix.length), localStorage[name]]))
    } catch { return {} }
  },
  set({ name, text }) {
    try {
      text === null ? localStorage.removeItem(prefix + name) : localStorage.setItem(prefix + name, text)
    } catch { /* a site without storage forgets */ }
  },
})

// Sites that change their address without loading a page: the agent should see where the visitor is.
const watchPage = moved => {
  let last = location.href
  const look = () => { if (location.href !== last) { last = location.href; moved() } }
  window.navigation?.addEventListener('navigatesuccess', look)
  addEventListener('popstate', look)
  addEventListener('hashchange', look)
}

// How it looks; the site can move it with live-chat { --live-chat-z-index: 10; --live-chat-bottom: 80px }

const shape = (name, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
  element.append(...children)
  return element
}

const icon = (name, ...shapes) => shape('svg', { class: name, viewBox: '0 0 32 32', 'aria-hidden': true }, ...shapes)

const icons = () => [
  icon('talk',
    shape('path', { d: 'M9 6h14a6 6 0 0 1 6 6v6a6 6 0 0 1-6 6h-9l-5.6 4.4A.9.9 0 0 1 7 27.7V23.7A6 6 0 0 1 3 18v-6a6 6 0 0 1 6-6z' }),
    ...[10.5, 16, 21.5].map(cx => shape('circle', { cx, cy: 15, r: 1.6 }))),
  icon('down', shape('path', { d: 'M8 12.5l8 8 8-8' })),
]

const STYLE = `
  :host { --accent: #14594a; position: fixed; inset: auto 20px var(--live-chat-bottom, 20px) auto; z-index: var(--live-chat-z-index, 9999); }
  button { position: relative; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 22px 22px 8px 22px; cursor: pointer; color: #fff; background: var(--accent);
    box-shadow: 0 1px 2px #0b1f1a33, 0 8px 24px #0b1f1a40; transition: transform .18s cubic-bezier(.2, .9, .3, 1.3), border-radius .18s; }
  button:hover { transform: translateY(-2px); }
  button:active { transform: scale(.96); }
  button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px var(--accent); }
  :host([open]) button { border-radius: 22px; }
  svg { position: absolute; inset: 14px; width: 32px; height: 32px; transition: opacity .15s, transform .2s; }
  .talk path { fill: #fff; } .talk circle { fill: var(--accent); }
  .down { fill: none; stroke: #fff; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; opacity: 0; transform: rotate(-60deg); }
  :host([open]) .talk { opacity: 0; transform: scale(.6); } :host([open]) .down { opacity: 1; transform: none; }
  .badge { position: absolute; top: -5px; right: -5px; min-width: 22px; height: 22px; padding: 0 6px; box-sizing: border-box; border-radius: 11px;
    font: 700 13px/22px system-ui, sans-serif; text-align: center; color: #fff; background: #c2361c; box-shadow: 0 0 0 2px #fff; }
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

// From here on the page talks to us; first, what it said before, in its order.
window.liveChat = Object.assign(call, { loaded: true })
waiting.forEach(([command, argument, callback]) => call(command, argument, callback))

})()
