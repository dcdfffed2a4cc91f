// Before any other script: the window that is opened can be typed in at once, whatever else is still on its way. It says hello to
// the site's page, which then gives it the focus and answers once; early.js takes the answer up.

window.answerOfSite = new Promise(resolve => addEventListener('message', function hear(event) {
  const { source, data, ports } = event
  if (source !== parent || parent === window || data?.type !== 'live-chat:connect' || !ports[0]) return
  removeEventListener('message', hear)
  resolve(event)
}))

addEventListener('focus', () => {
  if (document.activeElement === document.body) document.querySelector('#message')?.focus()
})

// Who sends already now is not heard before early.js is there: the text stays where it is, and goes then.
addEventListener('submit', event => {
  event.preventDefault()
  window.sentBefore = true
})
addEventListener('keydown', ({ key, shiftKey, isComposing, target }) => {
  if (key === 'Enter' && !shiftKey && !isComposing && target.id === 'message') window.sentBefore = true
})

if (parent !== window) parent.postMessage('live-chat:hello', '*') // it says nothing of us, whoever that is
