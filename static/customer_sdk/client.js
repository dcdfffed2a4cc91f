// What a page gets of init: methods that give promises, uploads, histories, events.

import { openCalls } from './calls.js'
import { createEmitter, observableKeys } from './emitter.js'
import { DESTROYED, failure, isObject } from './failure.js'
import { first, OF_AUTH, today } from './vocabulary.js'

const CANCELED = { code: 'UPLOAD_CANCELED', message: 'Upload cancelled.', hint: '' }

export const createClient = (config, url) => {
  const words = config.organizationId === undefined ? first : today
  const emitter = createEmitter(words.events)
  const calls = openCalls(config, url, emitter.emit)
  let destroyed = false

  const call = (method, args, beside) => calls.ask({ type: 'call', method, args }, beside)

  const answered = method => (...args) => call(method, args).promise

  // It gives no promise that could be awaited: what is wrong with it, the page hears as of any error of its own.
  const told = method => (...args) => {
    if (destroyed) throw failure(DESTROYED)
    call(method, args).promise.catch(error => { if (!destroyed) reportError(error) })
  }

  // A promise that can be cancelled; today's SDK calls the promise `promise`.
  const upload = method => (...args) => {
    const { file, onProgress } = Object.assign({}, ...args.filter(isObject))
    const { id, promise } = call(method, args, { file: isFile(file) ? file : undefined, onProgress })
    const cancel = () => { calls.recall(id, CANCELED) || calls.tell({ type: 'cancel', upload: id }) }
    return Object.assign(promise, { promise, cancel })
  }

  const history = method => (...args) => historyOf(calls, call(method, args))

  const made = (names, make) => Object.fromEntries(names.map(name => [name, make(name)]))

  return Object.freeze({
    ...made(words.answered, answered),
    ...made(words.told, told),
    ...made(words.uploads, upload),
    ...made(words.histories, history),
    auth: Object.freeze(Object.fromEntries(OF_AUTH.map(name => [name, answered(`auth.${name}`)]))),
    on: emitter.on,
    once: emitter.once,
    off: emitter.off,
    ...Object.fromEntries(observableKeys().map(key => [key, () => emitter.observable])),
    destroy() {
      destroyed = true
      calls.close()
      emitter.end()
    },
  })
}

// Also one of another window's, which is no instance of this one's Blob.
const isFile = value => /^\[object (File|Blob)\]$/.test(Object.prototype.toString.call(value))

// The pages of a chat's history, from the newest. `next` may be called again before it has answered: each call gets a page of
// its own. `done` comes with the last page, so a `for await` goes on until after that.
const historyOf = (calls, { id, promise }) => {
  let ended = false
  promise.catch(() => {}) // each `next` says it

  const next = async () => {
    await promise
    if (ended) return { done: true, value: undefined }
    const { done, value } = await calls.ask({ type: 'next', history: id }).promise
    if (done && !ended) calls.tell({ type: 'release', history: id })
    ended ||= done
    return { done, value }
  }

  forgotten.register(next, () => calls.tell({ type: 'release', history: id }))
  return {
    next,
    async *[Symbol.asyncIterator]() {
      for (let step = {}; !step.done;) {
        step = await next()
        if (step.value !== undefined) yield step.value
      }
    },
  }
}

// Nobody holds a history any more: Python need not either.
const forgotten = new FinalizationRegistry(release => release())
