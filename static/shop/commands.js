// Draws a command's examples, with a button to run each, and says what came of it.

import { element } from './element.js'
import { examples } from './examples.js'
import { text } from './words.js'

const { command, language } = document.querySelector('[data-command]').dataset

// The text of a function without what is around its body.
const source = run => {
  const lines = run.toString().replace(/^(async )?\(\) => (\{\n)?/, '').replace(/\n\s*\}$/, '').split('\n')
  const indent = Math.min(...lines.slice(1).filter(Boolean).map(line => /^ */.exec(line)[0].length), 99)
  return lines.map((line, place) => place || line.startsWith(' ') ? line.slice(Math.min(indent, /^ */.exec(line)[0].length)) : line).join('\n')
}

const told = value => JSON.stringify(value, null, 2) ?? text('done')

const example = ({ says, run }) => {
  const output = element('output', { ariaLive: 'polite', dir: 'auto' })
  const button = element('button', { type: 'button', className: 'button' }, text('Run'))
  button.addEventListener('click', async () => {
    output.className = ''
    output.textContent = '…'
    try {
      output.textContent = told(await run())
    } catch ({ code, message, hint }) {
      output.className = 'failed'
      output.textContent = [code, message, hint].filter(Boolean).join('\n')
    }
  })
  return element('section', { className: 'example', ariaLabel: says }, element('h2', {}, says), element('pre', { dir: 'ltr' }, element('code', {}, source(run))), button, output)
}

document.querySelector('#examples').append(...(examples[command] ?? []).map(example))

// The chat speaks as the page does.
liveChat('set_language', language, error => { if (error) console.warn(error) })

const languages = document.querySelector('#language')
languages.addEventListener('change', () => languages.form.requestSubmit())
