// Puts new markup in place of old with as few changes to the page as possible, so that focus, selection, what is being
// typed, and what is being read stay where they are.

import { Idiomorph } from '/runtime/idiomorph.js'

const NEAR = 60 // px from the end that count as being at the end

const callbacks = {
  // What carries data-own belongs to the person at the page: it is drawn once.
  beforeNodeMorphed: (old, fresh) => !(old.dataset && 'own' in old.dataset && fresh.dataset && 'own' in fresh.dataset) || keep(old, fresh),
}

const keep = (old, fresh) => {
  for (const name of ['disabled', 'placeholder', 'dir']) {
    fresh.hasAttribute(name) ? old.setAttribute(name, fresh.getAttribute(name)) : old.removeAttribute(name)
  }
  return false
}

const atEnd = element => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR

// The first row that can be seen, and where: after a change above it, it should still be there.
const anchor = scroller => {
  const top = scroller.getBoundingClientRect().top
  const row = [...scroller.querySelectorAll('[id]')].find(row => row.getBoundingClientRect().bottom > top)
  return row && { row, offset: row.getBoundingClientRect().top }
}

const scrolled = () => [...document.querySelectorAll('[data-stick]')].map(scroller =>
  ({ scroller, key: scroller.dataset.key, end: atEnd(scroller), anchor: anchor(scroller) }))

export const paint = (root, markup) => {
  const before = scrolled()
  Idiomorph.morph(root, markup, { morphStyle: 'innerHTML', callbacks })
  for (const { scroller, key, end, anchor } of before) {
    if (end || scroller.dataset.key !== key) scroller.scrollTop = scroller.scrollHeight
    else if (anchor?.row.isConnected) scroller.scrollTop += anchor.row.getBoundingClientRect().top - anchor.offset
  }
}

export const scrollToEnd = selector => {
  const scroller = document.querySelector(selector)
  scroller.scrollTo({ top: scroller.scrollHeight })
}

export const isAtEnd = selector => atEnd(document.querySelector(selector))
