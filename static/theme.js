// The colours that a site has chosen for the window. They come from the site's page, which may say anything: only colours are
// taken, and only for the names below.

const NAMES = [
  '--paper', '--ground', '--raised', '--line', '--ink', '--ink-2', '--accent', '--accent-ink', '--accent-soft', '--accent-text', '--theirs', '--focus',
  '--head', '--head-ink', '--head-ink-2',
]
const COLOR = /^#[\da-f]{6}$/i
const BASES = ['light', 'dark']

export const dress = theme => {
  const { base, colors } = Object(theme)
  const root = document.documentElement
  if (BASES.includes(base)) root.dataset.theme = base
  else delete root.dataset.theme
  for (const name of NAMES) {
    const color = Object(colors)[name]
    root.style.setProperty(name, COLOR.test(color) ? color : '')
  }
}
