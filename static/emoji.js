// The picker of emoji: a dialog over the composer, with a field to search in, the groups, and the emoji of them. What is chosen
// goes into the text where the caret is. It is made anew each time, and knows nothing but the page's textarea.

const STYLE = `
  .emoji-picker { position: fixed; inset: auto; margin: 0; padding: 0; width: min(352px, calc(100vw - 16px)); height: min(380px, calc(100dvh - 96px)); overflow: hidden; flex-direction: column;
    border: 1px solid var(--line); border-radius: 16px; background: var(--raised, var(--paper)); color: var(--ink); font: 14px/1.4 var(--sans, system-ui, sans-serif); box-shadow: 0 2px 6px #0b1f1a1f, 0 16px 44px #0b1f1a40; }
  .emoji-picker:popover-open { display: flex; }
  .emoji-picker input { margin: 10px 10px 6px; padding: 8px 12px; min-height: 40px; box-sizing: border-box; border: 1px solid var(--edge, var(--line)); border-radius: 10px; background: var(--paper); color: inherit; font: inherit; font-size: 16px; }
  .emoji-picker nav { display: flex; padding: 0 6px; border-bottom: 1px solid var(--line); }
  .emoji-picker nav button { flex: 1; min-width: 0; height: 36px; padding: 0; border: 0; border-radius: 8px 8px 0 0; background: none; font: 18px/1 "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif; cursor: pointer; opacity: .6; }
  .emoji-picker nav button:hover, .emoji-picker nav button[aria-current] { opacity: 1; background: color-mix(in srgb, currentColor 9%, transparent); }
  .emoji-picker [role=listbox] { flex: 1; min-height: 0; overflow-y: auto; padding: 0 8px 8px; scrollbar-width: thin; }
  .emoji-picker [role=group] { display: grid; grid-template-columns: repeat(auto-fill, minmax(38px, 1fr)); }
  .emoji-picker h3 { grid-column: 1 / -1; margin: 8px 4px 4px; font: 600 12.5px/1.4 inherit; font-family: inherit; color: var(--ink-2, inherit); }
  .emoji-picker [role=option] { display: grid; place-items: center; height: 38px; border-radius: 10px; cursor: pointer; font: 24px/1 "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif; }
  .emoji-picker [role=option]:hover { background: color-mix(in srgb, currentColor 9%, transparent); }
  .emoji-picker :focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
  .emoji-picker p { margin: 0; padding: 8px 14px; min-height: 36px; box-sizing: border-box; border-top: 1px solid var(--line); color: var(--ink-2, inherit); overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
`
const GAP = 8 // px between the picker and the button, and the edges of the window
const MARKS = /\p{Mark}/gu
const BETWEEN_WORDS = /[^\p{Letter}\p{Number}]+/gu
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u

const style = new CSSStyleSheet()
style.replaceSync(STYLE)

const make = (name, attributes, ...children) => {
  const element = document.createElement(name)
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value))
  element.append(...children)
  return element
}

// Words as they are searched for: in small letters, without what stands above and below them, a space before each.
const plain = text => ` ${text.toLowerCase().normalize('NFKD').replace(MARKS, '').replace(BETWEEN_WORDS, ' ')}`

// A word is found by its beginning; where there is nothing between words, by any part.
const says = (searched, word) => searched.includes(WITHOUT_SPACES.test(word) ? word : ` ${word}`)

// What a flag is called: the name of the country whose letters it is made of.
const country = (flag, countries) => {
  const letters = [...flag].map(letter => String.fromCharCode(letter.codePointAt(0) - 0x1f1e6 + 65)).join('')
  return countries?.of(letters) ?? letters
}

const countriesIn = tag => {
  try {
    return new Intl.DisplayNames([tag], { type: 'region' })
  } catch { return undefined }
}

// Where a system draws two letters for a flag, flags are no use.
const drawsFlags = () => {
  const canvas = document.createElement('canvas').getContext('2d')
  canvas.font = '20px sans-serif'
  return canvas.measureText('🇳🇴').width < 1.6 * canvas.measureText('😀').width
}

// The field

const textarea = () => document.querySelector('#message')

const insert = emoji => {
  const field = textarea()
  const { selectionStart: start, selectionEnd: end, value, maxLength } = field
  if (maxLength >= 0 && value.length - (end - start) + emoji.length > maxLength) return
  field.setRangeText(emoji, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

// The picker

const option = (emoji, name, others = '') => {
  const element = make('div', { role: 'option', 'aria-label': name, 'aria-selected': 'false', tabindex: '-1' }, emoji)
  element.searched = plain(`${name} ${others}`)
  return element
}

const group = (slug, listed, words, tag) => {
  const countries = slug === 'flags' ? countriesIn(tag) : undefined
  const options = listed.map(([emoji, name, others]) => option(emoji, name ?? country(emoji, countries), others))
  return make('div', { role: 'group', 'aria-label': words[slug], id: `emoji-${slug}` }, make('h3', { 'aria-hidden': 'true' }, words[slug]), ...options)
}

export const open = ({ button, words, emoji, tag }) => {
  const shown = Object.entries(emoji).filter(([slug]) => slug !== 'flags' || drawsFlags())
  const groups = shown.map(([slug, listed]) => group(slug, listed, words, tag))
  const options = groups.flatMap(each => [...each.querySelectorAll('[role=option]')])
  const field = make('input', { type: 'search', 'aria-label': words.search, placeholder: words.search, autocomplete: 'off', 'aria-controls': 'emoji-list' })
  const tabs = shown.map(([slug, [[first]]]) => make('button', { type: 'button', 'aria-label': words[slug], title: words[slug], 'data-group': slug }, first))
  const list = make('div', { role: 'listbox', id: 'emoji-list', 'aria-label': words.title }, ...groups)
  const said = make('p', { role: 'status' })
  const picker = make('div', { class: 'emoji-picker', popover: 'auto', role: 'dialog', 'aria-label': words.title }, field, make('nav', {}, ...tabs), list, said)

  const visible = () => options.filter(({ hidden }) => !hidden)
  const close = () => {
    picker.hidePopover()
    textarea().focus()
  }
  const choose = chosen => {
    close()
    insert(chosen.textContent)
  }
  // One of them can be reached by Tab; arrows lead to the others.
  const point = wanted => {
    options.forEach(each => { each.tabIndex = each === wanted ? 0 : -1 })
  }
  const search = () => {
    const wanted = plain(field.value).split(' ').filter(Boolean)
    for (const each of options) each.hidden = !wanted.every(word => says(each.searched, word))
    for (const each of groups) each.hidden = !each.querySelector('[role=option]:not([hidden])')
    const found = visible()
    said.textContent = found.length ? '' : words.none
    list.scrollTop = 0
    point(found[0])
  }

  // The nearest one of the next row in a direction, by where they stand.
  const inNextRow = (from, step) => {
    const all = visible()
    const rest = step > 0 ? all.slice(all.indexOf(from) + 1) : all.slice(0, all.indexOf(from)).reverse()
    const row = rest.find(({ offsetTop }) => offsetTop !== from.offsetTop)?.offsetTop
    const away = ({ offsetLeft }) => Math.abs(offsetLeft - from.offsetLeft)
    return rest.filter(({ offsetTop }) => offsetTop === row).sort((one, two) => away(one) - away(two))[0]
  }
  const walked = (from, key) => {
    const all = visible(), place = all.indexOf(from)
    const on = getComputedStyle(picker).direction === 'rtl' ? -1 : 1
    switch (key) {
      case 'ArrowRight': return all[place + on]
      case 'ArrowLeft': return all[place - on]
      case 'ArrowDown': return inNextRow(from, 1)
      case 'ArrowUp': return inNextRow(from, -1) ?? field
      case 'Home': return all[0]
      case 'End': return all.at(-1)
    }
  }
  const pressed = event => {
    event.stopPropagation() // the page's own keys mean nothing here
    const { key, target } = event
    const chosen = target.closest('[role=option]')
    if (event.isComposing) return
    if (key === 'Escape') close()
    else if (target === field && key === 'ArrowDown') visible()[0]?.focus()
    else if (target === field && key === 'Enter') visible()[0] && choose(visible()[0])
    else if (chosen && (key === 'Enter' || key === ' ')) choose(chosen)
    else if (chosen && walked(chosen, key)) walked(chosen, key).focus()
    else return
    event.preventDefault()
  }

  field.addEventListener('input', event => { event.stopPropagation(); search() })
  picker.addEventListener('keydown', pressed)
  picker.addEventListener('focusin', ({ target }) => {
    if (!target.matches('[role=option]')) return
    point(target)
    said.textContent = target.ariaLabel
  })
  picker.addEventListener('pointerover', ({ target }) => { if (target.matches('[role=option]')) said.textContent = target.ariaLabel })
  picker.addEventListener('click', ({ target }) => {
    const { group: slug } = target.closest('button')?.dataset ?? {}
    if (slug) list.querySelector(`#emoji-${slug}`).scrollIntoView({ block: 'start' })
    else if (target.matches('[role=option]')) choose(target)
  })
  list.addEventListener('scroll', () => {
    const here = groups.findLast(each => each.offsetTop - list.offsetTop <= list.scrollTop + 8) ?? groups[0]
    tabs.forEach(each => { each.toggleAttribute('aria-current', `emoji-${each.dataset.group}` === here.id) })
  })
  picker.addEventListener('toggle', ({ newState }) => { if (newState === 'closed') picker.remove() })

  if (!document.adoptedStyleSheets.includes(style)) document.adoptedStyleSheets.push(style)
  document.body.append(picker)
  picker.showPopover()
  const place = button.getBoundingClientRect(), { width } = picker.getBoundingClientRect()
  picker.style.left = `${Math.max(GAP, Math.min(place.left, innerWidth - width - GAP))}px`
  picker.style.bottom = `${innerHeight - place.top + GAP}px`
  tabs[0].toggleAttribute('aria-current', true)
  point(options[0])
  // Where keys are drawn on the screen they would cover what there is to choose from.
  if (matchMedia('(pointer: coarse)').matches) options[0].focus()
  else field.focus()
}
