// The frame's page before Python: it keeps what the visitor sends, so that typing never waits, and it starts Python.
//
// What is sent meanwhile lies in the outbox that Python reads (widget/rtm/outbox.py has the format). A visitor who comes from
// another page of the site sees what they saw there. When Python calls takeOver(), the page is its own.

import { offerEmoji } from './emoji_button.js'
import { lastViewOf } from './last_view.js'
import * as screen from './paint.js'
import { startPython } from './python.js'
import { connectToSite, stored, storedForTab } from './stored.js'
import { dress } from './theme.js'

const html = document.documentElement
const widget = new URLSearchParams(location.search).get('id') ?? ''
const pageId = randomId()
const outboxName = `live-chat:${widget}:outbox:${pageId}`
const draftName = `live-chat:${widget}:draft`
const input = () => document.querySelector('#message')
const outbox = []
const listening = new AbortController()

function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(36).padStart(2, '0')).join('')
}

// While this page lives it holds the lock of its name; an outbox whose page has no lock any more is anybody's to send.
navigator.locks?.request(`live-chat:page:${pageId}`, () => new Promise(() => {}))
  .catch(() => { /* denied, as storage is: then nobody can tell, and the server knows a text that comes twice */ })

// Whose token is here (widget/customer_sdk/auth.py keeps it).
const token = `@@lc_auth_token:${JSON.parse(document.querySelector('#platform').textContent).organization_id}`
const customer = () => JSON.parse(stored.get(token) ?? 'null')?.entityId

// In another tab somebody has taken leave (forget.js): nothing of theirs stays in this one.
addEventListener('storage', ({ key, newValue }) => { if (key === `${token}:left` && newValue) location.reload() })

const lastView = lastViewOf({ stored: storedForTab, name: `live-chat:${widget}:view`, customer, isAtEnd: screen.isAtEnd })

const { site, port } = connectToSite(dress)
const language = window.liveChatLanguage // language.js has begun before us
const ready = Promise.all([site, language.begun])
ready.then(([, { tag, texts }]) => {
  Object.assign(language, { tag, texts })
  lastView.show()
  if (input()) input().value ||= stored.get(draftName) ?? ''
})

// What the visitor does

const send = () => {
  const text = input().value.trim()
  if (!text) return
  const message = { custom_id: randomId(), text, created_at: new Date().toISOString() }
  outbox.push(message)
  stored.set(outboxName, JSON.stringify(outbox))
  stored.remove(draftName)
  input().value = ''
  showSending(message)
}

const showSending = ({ custom_id, text }) => {
  const bubble = document.querySelector('#sending').content.cloneNode(true)
  bubble.firstElementChild.id = `message-${custom_id}`
  bubble.querySelector('.text').textContent = text
  document.querySelector('#welcome')?.classList.remove('alone')
  document.querySelector('#log').append(bubble)
  screen.scrollToEnd('#scroll')
}

const hide = () => port()?.postMessage(JSON.stringify({ type: 'hide' }))
const actions = { hide, reload: () => location.reload() }
const on = (type, listen) => addEventListener(type, listen, { signal: listening.signal, capture: true })

on('submit', event => { event.preventDefault(); send() })
on('input', () => stored.set(draftName, input().value))
on('click', ({ target }) => actions[target.closest?.('[data-action]')?.dataset.action]?.())
on('keydown', event => {
  if (event.key === 'Escape' && !event.target.closest?.('.emoji-picker')) hide()
  // Keys may come before the focus does: they are for the composer, this one too.
  if (event.target === document.body && event.key.length === 1 && !event.ctrlKey && !event.metaKey) input()?.focus()
  // While an input method composes a character, Enter belongs to it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.target !== input()) return
  event.preventDefault()
  send()
})
offerEmoji()
if (window.sentBefore) send() // static/hello.js
// It may have been given the focus before there was a composer.
if (document.hasFocus() && document.activeElement === document.body) input()?.focus()

// WebKit gives it to nothing in a frame of another site before somebody has touched that: the first key is such a touch, and
// is written where it belongs.
addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (key.length === 1 && key !== ' ' && target === document.body && !ctrlKey && !metaKey && !altKey) input()?.focus()
})

// Python

const failed = reason => {
  if (html.dataset.liveChat !== 'starting') return
  html.dataset.liveChat = 'failed'
  console.error('The chat could not start:', reason)
  document.querySelector('#notice').replaceWith(document.querySelector('#failed').content.cloneNode(true))
}

on('unhandledrejection', ({ reason }) => failed(reason))
on('error', ({ error }) => { if (error) failed(error) })

// What Python needs of this page (widget/browser/page.py).
window.liveChatPage = {
  widget,
  pageId,
  outboxName,
  draftName,
  stored,
  storedForTab,
  screen,
  lastView,
  failed,
  dress: theme => dress(JSON.parse(theme)),
  port,
  sent: () => JSON.stringify(outbox),
  takeOver() {
    listening.abort()
    html.dataset.liveChat = 'ready'
  },
}

startPython('widget.main', ready).catch(failed)
