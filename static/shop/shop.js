// Puts the shop's pages to work: basket, search, glazes, quantities, and the way to the chat.

import { add, changes, count } from './basket.js'
import { picture } from './catalogue.js'
import { open as openBasket } from './drawer.js'
import { open as openSearch } from './search.js'

const on = (type, selector, respond) => document.addEventListener(type, event => {
  const target = event.target.closest(selector)
  if (target) respond(target, event)
})

on('click', '[data-open="basket"]', openBasket)
on('click', '[data-open="search"]', openSearch)

on('submit', '[data-piece]', (form, event) => {
  event.preventDefault()
  const { glaze, quantity = 1 } = Object.fromEntries(new FormData(form))
  add(form.dataset.piece, glaze, Number(quantity))
  openBasket()
})

on('change', '[data-piece] [name="glaze"]', ({ form, value }) => {
  form.querySelector('img').src = picture(form.dataset.piece, value)
})

on('click', '[data-step]', ({ dataset, form }) => form.elements.quantity.stepUp(Number(dataset.step)))

// A page without the chat's snippet still has an address to write to.
on('click', '[data-ask]', () => {
  if (window.liveChat) window.liveChat('show')
  else location.assign('/help#contact')
})

on('submit', '.letter', (form, event) => {
  event.preventDefault()
  form.reset()
  form.querySelector('[role="status"]').textContent = 'Thank you. This shop is a demonstration, so no letter will come.'
})

const showCount = () => {
  document.querySelectorAll('[data-count]').forEach(badge => { badge.textContent = count() })
}
changes.addEventListener('change', showCount)
showCount()
