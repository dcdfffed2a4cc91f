// Calls on their way to Python and back: who waits for which answer.
//
// What is asked before Python listens waits here, in its order. A frame that loads once more has forgotten what was asked of
// it: that fails, for it may have been done or not.

import { DESTROYED, failure, isObject, notStarted, RESTARTED } from './failure.js'
import { openFrame } from './frame.js'
import { OF_AUTH } from './vocabulary.js'

export const openCalls = (config, url, happened) => {
  const inFlight = new Map() // by id: { text, file, sent, resolve, reject, onProgress }
  const providers = providersOf(config)
  const init = json({ type: 'init', config: withPage(config), asks: Object.keys(providers) })
  let lastId = 0, ready = false, broken

  const frame = openFrame(url, {
    opened() {
      ready = false
      drop(({ sent }) => sent, RESTARTED)
      frame.send({ text: init })
    },
    heard: message => { if (Object.hasOwn(hear, message.type)) hear[message.type](message) },
    failed(reason) {
      ready = false
      broken = notStarted(url.origin)
      console.error('The Customer SDK could not start:', reason)
      drop(() => true, broken)
    },
  })

  const hear = {
    ready() {
      ready = true
      broken = undefined
      inFlight.forEach(send)
    },
    refused: ({ error }) => reportError(failure(error)),
    event: ({ name, payload }) => happened(name, payload),
    result({ id, value, error }) {
      const call = inFlight.get(id)
      inFlight.delete(id)
      error ? call?.reject(failure(error)) : call?.resolve(value)
    },
    progress({ id, part }) {
      try {
        inFlight.get(id)?.onProgress?.(part)
      } catch (error) {
        reportError(error)
      }
    },
    async ask({ id, of }) {
      const [name, method] = of.split('.')
      const text = await answer(method ? () => providers[name][method]() : providers[name], id)
      if (ready) frame.send({ text })
    },
  }

  const send = call => {
    if (call.sent) return
    call.sent = true
    frame.send({ text: call.text, file: call.file })
  }

  const drop = (which, error) => inFlight.forEach((call, id) => {
    if (!which(call)) return
    inFlight.delete(id)
    call.reject(failure(error))
  })

  // Returns the id of the call, and the promise of its answer.
  const ask = (message, { file, onProgress } = {}) => {
    const id = ++lastId
    const promise = new Promise((resolve, reject) => {
      if (broken) throw failure(broken)
      const call = { text: json({ ...message, id }), file, resolve, reject, onProgress }
      inFlight.set(id, call)
      if (ready) send(call)
    })
    return { id, promise }
  }

  return {
    ask,
    tell: message => { if (ready) frame.send({ text: json(message) }) },
    // A call that has not been sent is not sent any more.
    recall(id, error) {
      const call = inFlight.get(id)
      if (!call || call.sent) return false
      inFlight.delete(id)
      call.reject(failure(error))
      return true
    },
    close() {
      broken = DESTROYED
      ready = false
      frame.close()
      drop(() => true, DESTROYED)
    },
  }
}

// Functions and what is undefined are left out, as JSON does; a file goes beside the text.
const json = message => {
  try {
    return JSON.stringify(message)
  } catch (error) {
    const hint = 'Give plain values: texts, numbers, objects, arrays.'
    throw failure({ code: 'WRONG_ARGUMENT', message: `${message.method ?? message.type}: an argument is no JSON: ${error.message}`, hint })
  }
}

// The accounts server is told which page asks.
const withPage = config => ({ redirectUri: location.origin + location.pathname, ...config })

// The functions of the configuration, which Python asks: who the customer is, and what has the customer's token.
const providersOf = ({ customerDataProvider, identityProvider }) => ({
  ...typeof customerDataProvider === 'function' && { customerDataProvider: asObject(customerDataProvider) },
  ...typeof identityProvider === 'function' && { identityProvider: withMethods(identityProvider()) },
})

const asObject = provider => async () => {
  const value = await provider()
  if (!isObject(value)) throw new TypeError('customerDataProvider has given no object.')
  return value
}

const withMethods = identity => {
  const missing = OF_AUTH.find(name => typeof identity?.[name] !== 'function')
  if (missing === undefined) return identity
  const message = `init: \`identityProvider\`: what it gives has no method \`${missing}\``
  throw failure({ code: 'WRONG_ARGUMENT', message, hint: `Give an object with ${OF_AUTH.join(', ')}.` })
}

// What a provider gives; why it does not, the page is told as of any error of its own.
const answer = async (provide, id) => {
  try {
    return json({ type: 'answer', id, value: await provide() })
  } catch (error) {
    reportError(error)
    return json({ type: 'answer', id, error: String(error?.message ?? error) })
  }
}
