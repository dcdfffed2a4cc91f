// The window as the visitor last saw it, for their next page: painted at once, and Python takes over beneath it.
//
// It lasts as long as the tab, and is only for the customer whose token is here. It may have lain in the site's storage
// (stored.js), where anybody can write: so it is data and never markup. A node is [name, attributes, ...children], built
// anew from the names below; whatever else it says makes no node, no address to go to, and no id that the page relies on.

const LONGEST = 262_144 // characters that are kept: room for as many of the longest messages
const ROWS = 30 // that are kept, at most
const SETTLED = 300 // ms after the last scrolling
const SVG = 'http://www.w3.org/2000/svg'

const HTML_NAMES = new Set(['a', 'button', 'dd', 'details', 'div', 'dl', 'dt', 'footer', 'img', 'li', 'p', 'span', 'strong', 'summary', 'time', 'h1'])
const SVG_NAMES = new Set(['svg', 'path', 'circle'])
const ADDRESS = /^(https?:\/\/|mailto:)/i
const ANY = /^/

// What an attribute may say. No `style`, no `on...`; the ids are those of rows.
const ATTRIBUTES = {
  class: ANY, dir: ANY, width: /^\d+$/, height: /^\d+$/, datetime: ANY, type: /^button$/, role: ANY, alt: ANY, loading: ANY, hidden: ANY, disabled: ANY,
  'aria-label': ANY, 'aria-hidden': ANY, 'data-action': ANY, 'data-id': ANY,
  id: /^((message|event|day)-.+|welcome|older|menu)$/,
  href: ADDRESS, target: /^_blank$/, rel: /^noopener noreferrer/, src: /^(https?:\/)?\//i,
  viewBox: ANY, d: ANY, cx: ANY, cy: ANY, r: ANY, fill: ANY, stroke: ANY, 'stroke-width': ANY, 'stroke-linecap': ANY, 'stroke-linejoin': ANY,
}

const isAllowed = ([name, value]) => Object.hasOwn(ATTRIBUTES, name) && ATTRIBUTES[name].test(value)

const element = name => {
  if (SVG_NAMES.has(name)) return document.createElementNS(SVG, name)
  if (HTML_NAMES.has(name)) return document.createElement(name)
  throw new TypeError(`there is no ${name} in a window`)
}

const built = node => {
  if (typeof node === 'string') return document.createTextNode(node)
  const [name, attributes, ...children] = node
  const made = element(name)
  Object.entries(attributes).filter(isAllowed).forEach(attribute => made.setAttribute(...attribute))
  if (made.hasAttribute('href')) Object.assign(made, { target: '_blank', rel: 'noopener noreferrer nofollow' })
  made.append(...children.map(built))
  return made
}

const taken = node => {
  if (node.nodeType === Node.TEXT_NODE) return [node.data]
  if (node.nodeType !== Node.ELEMENT_NODE) return []
  const attributes = [...node.attributes].map(({ name, value }) => [name, value]).filter(isAllowed)
  return [[node.localName, Object.fromEntries(attributes), ...[...node.childNodes].flatMap(taken)]]
}

// The parts of the window that a conversation changes; the composer is always the page's own. Of a long conversation, neither
// the welcome nor the way to earlier messages may stand before the rows.
const parts = () => {
  const [scroll, log, head] = ['#scroll', '#log', '.head'].map(part => document.querySelector(part))
  return { scroll, log, head, start: [...scroll.querySelectorAll(':scope > :is(#welcome, #older)')] }
}

const visibleRow = (scroll, log) => {
  const { top } = scroll.getBoundingClientRect()
  const row = [...log.children].find(row => row.id && row.getBoundingClientRect().bottom > top)
  return row && { id: row.id, offset: row.getBoundingClientRect().top - top }
}

const picture = isAtEnd => {
  const { scroll, log, head, start } = parts()
  const rows = [...log.children].filter(row => row.id !== 'typing' && !row.classList.contains('uploading')).slice(-ROWS)
  return {
    head: [...head.children].flatMap(taken),
    start: start.flatMap(taken),
    rows: rows.flatMap(taken),
    place: isAtEnd('#scroll') ? null : visibleRow(scroll, log),
  }
}

// All of it is built before anything is put in its place: what cannot be read changes nothing.
const put = ({ head: headNodes, start: startNodes, rows, place }) => {
  const [inHead, inStart, inLog] = [headNodes, startNodes, rows].map(nodes => nodes.map(built))
  const { scroll, log, head, start } = parts()
  head.replaceChildren(...inHead)
  start.forEach(element => element.remove())
  scroll.prepend(...inStart)
  log.replaceChildren(...inLog, ...log.children) // what was sent before it could be painted stays, at the end
  log.getAnimations({ subtree: true }).forEach(animation => animation.cancel()) // it does not arrive, it is there
  const row = place ? document.getElementById(place.id) : null
  scroll.scrollTop = row ? scroll.scrollTop + row.getBoundingClientRect().top - scroll.getBoundingClientRect().top - place.offset : scroll.scrollHeight
}

// `stored` is of this tab; `customer` tells whose token is here; `isAtEnd` is paint.js's.
export const lastViewOf = ({ stored, name, customer, isAtEnd }) => {
  let conversation = null, isShown = false, settling

  const keep = () => {
    const text = JSON.stringify({ conversation, ...picture(isAtEnd) })
    text.length <= LONGEST ? stored.set(name, text) : stored.remove(name)
  }

  return {
    // Paints what was kept, for nobody else.
    show() {
      const text = stored.get(name)
      if (text === null) return
      try {
        const { conversation: kept, ...view } = JSON.parse(text.slice(0, LONGEST))
        if (!customer() || kept.customer_id !== customer()) throw new Error('of another customer')
        put(view)
        conversation = kept
        isShown = true
      } catch {
        stored.remove(name) // damaged, or not for us
      }
    },

    // The conversation of the view, as JSON (widget/customer_sdk/kept.py); null when none is shown.
    conversation: () => isShown ? JSON.stringify(conversation) : null,

    // Whether the log stands further up, where the visitor left it, or has scrolled to since.
    isInPlace: () => isShown && document.querySelector('#scroll').clientHeight > 0 && !isAtEnd('#scroll'),

    // Keeps what is on the page now, and what it shows; `kept` is null when there is nothing to keep.
    keep(kept) {
      conversation = JSON.parse(kept)
      conversation ? keep() : stored.remove(name)
    },

    scrolled() {
      clearTimeout(settling)
      if (conversation) settling = setTimeout(keep, SETTLED)
    },
  }
}
