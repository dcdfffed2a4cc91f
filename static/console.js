// The console's page: what Python needs of it, and what only JavaScript does well (painting, sound, notifications).

import './console_files.js'
import './console_frames.js'
import { offerEmoji } from './emoji_button.js'
import { isAtEnd, paint, scrollToEnd } from './paint.js'
import { startPython } from './python.js'

const html = document.documentElement

// Python said why it cannot go on, or something failed before it could.
const failed = reason => {
  if (html.dataset.liveChat !== 'starting') return
  html.dataset.liveChat = 'failed'
  console.error('The console could not start:', reason)
  const text = document.querySelector('#starting')
  if (!text) return
  text.textContent = document.querySelector('#failed').content.textContent
  text.closest('[role]').role = 'alert'
}

addEventListener('error', ({ target, error, message }) => {
  if (target?.tagName === 'SCRIPT' || error) failed(error ?? message ?? `${target.src} did not load`)
}, true)
addEventListener('unhandledrejection', ({ reason }) => failed(reason))

// The icon of the tab, drawn here because it changes.
const drawing = dot => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path fill="#1a6b59" d="M13 8h17a9 9 0 0 1 9 9v9a9 9 0 0 1-9 9H17.5l-7.8 6.6A1 1 0 0 1 8 40.8V34a9 9 0 0 1-4-7.5V17a9 9 0 0 1 9-9z"/>${dot}</svg>`
const icons = {
  false: drawing(''),
  true: drawing('<circle cx="37" cy="11" r="10" fill="#d8412f" stroke="#fff" stroke-width="3"/>'),
}
let marked

const mark = unread => {
  if (unread === marked) return
  marked = unread
  document.querySelector('#icon').href = `data:image/svg+xml,${encodeURIComponent(icons[unread])}`
}

// A tab that is in front says so by a lock, and none of the others sounds while one is; of several hidden ones the first
// to get the lock of an arrival sounds.
const IN_FRONT = 'live-chat-agent:in-front'
let leaveFront

const followVisibility = () => {
  leaveFront?.()
  leaveFront = undefined
  if (document.visibilityState === 'visible') {
    navigator.locks?.request(IN_FRONT, { mode: 'shared' }, () => new Promise(resolve => { leaveFront = resolve }))
  }
}
document.addEventListener('visibilitychange', followVisibility)
followVisibility()

const someTabInFront = async () => (await navigator.locks.query()).held.some(({ name }) => name === IN_FRONT)

const once = async (arrival, act) => {
  if (!navigator.locks) return act()
  if (await someTabInFront() && document.visibilityState !== 'visible') return
  await navigator.locks.request(`live-chat-agent:arrival:${arrival}`, { ifAvailable: true }, async lock => {
    if (!lock) return
    act()
    await new Promise(resolve => setTimeout(resolve, 2000))
  })
}

// Two soft tones, a fifth apart.
let audio

const ring = () => {
  audio ??= new AudioContext()
  audio.resume()
  const start = audio.currentTime + 0.02
  for (const [hertz, delay] of [[660, 0], [990, 0.12]]) {
    const tone = new OscillatorNode(audio, { frequency: hertz })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0, start + delay)
    volume.gain.linearRampToValueAtTime(0.06, start + delay + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + delay + 0.5)
    tone.connect(volume).connect(audio.destination)
    tone.start(start + delay)
    tone.stop(start + delay + 0.6)
  }
}

const notify = (title, body, chat) => once(`note:${chat}`, () => {
  const note = new Notification(title, { body, tag: chat })
  note.onclick = () => { window.focus(); location.hash = chat; note.close() }
})

// What Python needs of this page (agent_console/browser.py).
window.consolePage = {
  failed,
  paint,
  isAtEnd,
  scrollToEnd,
  mark,
  chime: arrival => { once(arrival, ring) },
  notify,
  notifications: () => window.Notification?.permission ?? 'unavailable',
}

// language.js has begun before us; Python takes the words from here.
const language = window.liveChatLanguage
const spoken = language.begun.then(begun => { Object.assign(language, begun) })
offerEmoji()
startPython('agent_console.main', spoken).catch(failed)
