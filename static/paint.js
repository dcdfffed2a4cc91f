// Puts new markup in place of old with as few changes to the page as possible, so that focus, selection, what is being
// typed, and what is being read stay where they are.

import { Idiomorph } from '/runtime/idiomorph.js'

const NEAR = 60 // px from the end that count as being at the end

const callbacks = {
  // What carries data-own belongs to the person at the page: it is drawn once.
  beforeNodeMorphed: (old, fresh) => !(old.dataset && 'own' in old.dataset && fresh.dataset && 'own' in fresh.dataset) || keep(old, fresh),
}

const keep = (old, fresh) => {
  for (const name of ['disabled', 'placeholder', 'dir', 'aria-expanded', 'aria-controls', 'aria-activedescendant', 'aria-invalid']) {
    fresh.hasAttribute(name) ? old.setAttribute(name, fresh.getAttribute(name)) : old.removeAttribute(name)
  }
  return false
}

const atEnd = element => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR

// The first row that can be seen, and where: after a change above it, it should still be there.
const anchor = scroller => {
  const top = scroller.getBoundingClientRect().top
  const row = [...scroller.querySelectorAll('li[id]')].find(row => row.getBoundingClientRect().bottom > top)
  return row && { row, offset: row.getBoundingClientRect().top }
}

const restore = (scroller, anchor) => {
  if (anchor?.row.isConnected) scroller.scrollTop += anchor.row.getBoundingClientRect().top - anchor.offset
}

// A whole area at once.

const scrolled = () => [...document.querySelectorAll('[data-stick]')].map(scroller =>
  ({ scroller, key: scroller.dataset.key, end: atEnd(scroller), anchor: anchor(scroller) }))

export const paint = (root, markup) => {
  const before = scrolled()
  Idiomorph.morph(root, markup, { morphStyle: 'innerHTML', callbacks })
  for (const { scroller, key, end, anchor } of before) {
    if (end || scroller.dataset.key !== key) scroller.scrollTop = scroller.scrollHeight
    else restore(scroller, anchor)
  }
}

// The window, whose log is long: what is around the log, if it has changed, and of the log only the rows that have
// (widget/ui/painting.py). With `toEnd` the newest is to be seen, else what is being read stays where it is.
export const paintWindow = (root, around, rows, toEnd) => {
  const scroller = document.querySelector('#scroll')
  const before = toEnd ? null : anchor(scroller)
  if (around) Idiomorph.morph(root, around, { morphStyle: 'innerHTML', callbacks })
  if (rows) arrange(document.querySelector('#log'), JSON.parse(rows), toEnd)
  if (toEnd) scroller.scrollTop = scroller.scrollHeight
  else restore(scroller, before)
}

const arrange = (log, { order, fresh, above }, toEnd) => {
  const wanted = new Set(order)
  const old = new Map([...log.children].map(row => [row.id, row]))
  for (const [id, row] of old) if (!wanted.has(id)) row.remove()
  const made = new Map(elements(Object.values(fresh).join('')).map(row => [row.id, row]))
  const arrives = toEnd && old.size > 0 && made.size <= FEW && !stillness.matches
  let place = log.firstElementChild
  for (const id of order) {
    const row = old.get(id) ?? made.get(id)
    if (row === place) place = place.nextElementSibling
    else log.insertBefore(row, place)
    if (!old.has(id)) arrives && row.animate(ARRIVAL, 180)
    else if (made.has(id)) Idiomorph.morph(row, made.get(id), { morphStyle: 'outerHTML' })
  }
  number(log, above)
}

// Where rows are left out, each says which one it is, for those who do not see the scrollbar. How many there are in all is
// not known.
const number = (log, above) => {
  let place = above
  for (const row of log.children) {
    const numbered = above !== null && !row.classList.contains('day')
    if (numbered) place++
    set(row, 'aria-posinset', numbered ? place : null)
    set(row, 'aria-setsize', numbered ? -1 : null)
  }
}

const set = (element, name, value) => {
  if (value === null) element.removeAttribute(name)
  else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, value)
}

const elements = markup => [...new DOMParser().parseFromString(markup, 'text/html').body.children]

const FEW = 4 // rows that may come with a movement, at once
const ARRIVAL = [{ opacity: 0, transform: 'translateY(6px)' }, { opacity: 1, transform: 'none' }]
const stillness = matchMedia('(prefers-reduced-motion: reduce)')

// Calls before the screen is drawn next; a page that nobody sees is not drawn, and is called soon.
export const nextFrame = call => {
  const go = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    call()
  }
  const frame = requestAnimationFrame(go)
  const timer = setTimeout(go, UNSEEN)
}

const UNSEEN = 100 // ms without a frame

// Whether somebody holds on to a row: by the focus, or by having selected text.
export const isHeld = () => {
  const log = document.querySelector('#log')
  const selection = document.getSelection()
  return log.contains(document.activeElement) || !selection.isCollapsed && selection.containsNode(log, true)
}

// Whether the focus is where nothing can be written any more, or nowhere.
export const isFree = () => [document.body, document.querySelector('#message')].includes(document.activeElement)

export const scrollToEnd = selector => {
  const scroller = document.querySelector(selector)
  scroller.scrollTo({ top: scroller.scrollHeight })
}

export const isAtEnd = selector => atEnd(document.querySelector(selector))
