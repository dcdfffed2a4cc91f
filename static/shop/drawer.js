// The basket drawer: a dialog with the lines, their quantities and the total.

import { add, changes, count, lines, total } from './basket.js'
import { picture, pounds } from './catalogue.js'
import { dialog, element, icon } from './element.js'

const FREE_DELIVERY = 60

const body = element('div', { className: 'lines' })
const drawer = dialog('drawer', 'Your basket', body)

/** Show what is in the basket. */
export const open = () => {
  render()
  drawer.showModal()
}

const step = ({ slug, glaze, piece }, by) => {
  const label = `${by > 0 ? 'One more' : 'One fewer'}: ${piece.name}, ${glaze}`
  const id = `${by > 0 ? 'more' : 'fewer'}-${slug}-${glaze}`
  return element('button', { id, type: 'button', ariaLabel: label, onclick: () => add(slug, glaze, by) }, icon(by > 0 ? 'plus' : 'minus'))
}

const row = line => element('li', {},
  element('img', { src: picture(line.slug, line.glaze), alt: '' }),
  element('a', { href: `/product/${line.slug}` }, line.piece.name),
  element('span', { className: 'glaze' }, line.glaze),
  element('span', { className: 'stepper' }, step(line, -1), element('output', {}, line.quantity), step(line, 1)),
  element('span', { className: 'price' }, pounds(line.quantity * line.piece.price)))

const delivery = () => {
  const missing = FREE_DELIVERY - total()
  return missing > 0 ? `${pounds(missing)} more and delivery in the UK is free.` : 'Delivery in the UK is free.'
}

const empty = () => [
  element('p', {}, 'Nothing in it yet. The shelves are full, though.'),
  element('a', { className: 'button', href: '/#pieces', onclick: () => drawer.close() }, 'See the pieces'),
]

const checkout = () => {
  const note = element('p', { role: 'status' })
  const say = () => note.replaceChildren('This is a demonstration shop: the pots are drawn, and there is nothing to pay.')
  return [element('button', { className: 'button', type: 'button', onclick: say }, 'Checkout'), note]
}

const full = () => [
  element('ul', {}, ...lines().map(row)),
  element('p', { className: 'total' }, 'Total', element('output', {}, pounds(total()))),
  element('p', { className: 'delivery' }, delivery()),
  ...checkout(),
]

// The lines are drawn anew on each change, so the focus is put back on the button that was pressed.
const render = () => {
  const pressed = document.activeElement?.id
  body.replaceChildren(...(count() ? full() : empty()))
  if (drawer.open && !drawer.contains(document.activeElement)) {
    (document.getElementById(pressed) ?? drawer.querySelector('button')).focus()
  }
}

changes.addEventListener('change', () => drawer.open && render())
