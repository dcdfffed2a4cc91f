// The basket: lines of { slug, glaze, quantity } in localStorage, shared by every page and tab of the shop.

import { find } from './catalogue.js'

const KEY = 'fern-and-kiln:basket'
const MOST = 12

/** Fires 'change' after the basket has changed, here or in another tab. */
export const changes = new EventTarget()

/** The lines, in the order they were added, each with its piece. */
export const lines = () => JSON.parse(localStorage.getItem(KEY) ?? '[]')
  .map(line => ({ ...line, piece: find(line.slug) }))
  .filter(line => line.piece)

/** How many pieces there are in all. */
export const count = () => lines().reduce((sum, line) => sum + line.quantity, 0)

/** What they cost, in pounds. */
export const total = () => lines().reduce((sum, line) => sum + line.quantity * line.piece.price, 0)

/** Put `quantity` more pieces in this glaze into the basket; a negative number takes out. A line that reaches zero goes. */
export const add = (slug, glaze, quantity) => {
  const kept = lines()
  const line = kept.find(other => other.slug === slug && other.glaze === glaze)
  if (line) line.quantity = Math.min(MOST, line.quantity + quantity)
  else kept.push({ slug, glaze, quantity })
  save(kept.filter(other => other.quantity > 0))
}

const save = kept => {
  localStorage.setItem(KEY, JSON.stringify(kept.map(({ slug, glaze, quantity }) => ({ slug, glaze, quantity }))))
  changes.dispatchEvent(new Event('change'))
}

addEventListener('storage', ({ key }) => key === KEY && changes.dispatchEvent(new Event('change')))
