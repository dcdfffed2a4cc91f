// The search: a dialog that narrows the catalogue down while one types.

import { pieces, pounds } from './catalogue.js'
import { dialog, element } from './element.js'

const field = element('input', { type: 'search', ariaLabel: 'Search the pieces', placeholder: 'A mug, a glaze, a kind of tea' })
const found = element('ul')
const outcome = element('p', { role: 'status' })
const search = dialog('search', 'Search', field, outcome, found)

/** Ask what the visitor is looking for. */
export const open = () => {
  field.value = ''
  narrow()
  search.showModal()
  field.focus()
}

const matches = ({ name, words }, wanted) => wanted.every(word => `${name} ${words}`.toLowerCase().includes(word))

const result = ({ slug, name, price }) => element('li', {},
  element('img', { src: `/shop/art/${slug}.svg`, alt: '' }),
  element('a', { href: `/product/${slug}` }, name),
  element('span', { className: 'price' }, pounds(price)))

const narrow = () => {
  const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = pieces.filter(piece => matches(piece, wanted))
  outcome.replaceChildren(hits.length ? '' : 'Nothing by that name. Ask us in the chat: we may have one on the shelf.')
  found.replaceChildren(...hits.map(result))
}

field.addEventListener('input', narrow)
