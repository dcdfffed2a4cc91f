// Small builders, so that no page text is ever parsed as HTML.

/** A new element with these properties and children; false and null children are left out. */
export const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties)
  node.append(...children.filter(child => child !== null && child !== false))
  return node
}

/** One drawing of icons.svg, hidden from assistive technology: the button around it has the name. */
export const icon = name => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  svg.classList.add('icon')
  svg.setAttribute('aria-hidden', 'true')
  use.setAttribute('href', `/shop/icons.svg#${name}`)
  svg.append(use)
  return svg
}

/** A modal dialog with a heading and a close button, put at the end of the page. A click outside closes it. */
export const dialog = (kind, title, ...children) => {
  const close = element('button', { type: 'button', ariaLabel: 'Close', onclick: () => node.close() }, icon('close'))
  const heading = element('h2', { id: `${kind}-title` }, title)
  const node = element('dialog', { className: kind }, element('div', { className: 'bar' }, heading, close), ...children)
  node.setAttribute('aria-labelledby', heading.id)
  node.addEventListener('click', ({ target }) => target === node && node.close())
  document.body.append(node)
  return node
}
