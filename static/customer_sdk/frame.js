// The hidden frame with Python in it, on the platform's own origin, and the channel to it.

import { keeping } from './keeping.js'

const SAYS_HELLO = 5000 // ms from when the frame's page has loaded, at most
const RETRIES = [1, 2, 4, 8, 16, 32] // s before the frame is loaded once more

// `opened` is called with each document that the frame loads, and may send at once: the channel keeps it until Python listens.
// `heard` is given every message, `failed` the reason why a document has not opened.
export const openFrame = (url, { opened, heard, failed }) => {
  const kept = keeping('customer-sdk/')
  const element = document.createElement('iframe')
  const retries = [...RETRIES]
  let port, timer

  const connect = ({ source, origin, data }) => {
    if (data !== 'live-chat:hello' || source !== element.contentWindow || origin !== url.origin) return
    clearTimeout(timer)
    port?.close()
    const { port1, port2 } = new MessageChannel()
    port = port1
    port.onmessage = receive
    source.postMessage({ type: 'live-chat:connect', stored: kept.all() }, url.origin, [port2])
    opened()
  }

  const receive = ({ data }) => {
    const message = read(data)
    if (message.type === 'store') kept.set(message)
    else if (message.type === 'failed') again(message.reason)
    else heard(message)
  }

  const load = () => { element.src = url.href }

  const again = reason => {
    port?.close()
    port = undefined
    const wait = retries.shift()
    if (wait) timer = setTimeout(load, wait * 1000)
    failed(reason)
  }

  element.title = 'Customer SDK'
  element.style.setProperty('display', 'none', 'important')
  element.onload = () => { if (!port) timer = setTimeout(again, SAYS_HELLO, `${url.href} does not answer.`) }
  addEventListener('message', connect)
  load()
  // Not into the body: sites that replace the body on the way to the next page keep their client.
  document.documentElement.append(element)

  return {
    send: message => port.postMessage(message),
    close() {
      clearTimeout(timer)
      removeEventListener('message', connect)
      port?.close()
      element.remove()
    },
  }
}

// What is no message is one without a type, which nobody hears.
const read = data => {
  try {
    return Object(JSON.parse(data))
  } catch {
    return {}
  }
}
