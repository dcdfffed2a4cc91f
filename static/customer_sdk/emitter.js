// Events by name: handlers, and an observable of them all.
//
// A handler that fails costs neither the client nor the other handlers: the page hears of it as of any error of its own.

import { failure, isObject } from './failure.js'

const EVERY = '*' // its handlers get the name and the payload of every event, after the event's own

export const createEmitter = names => {
  const known = [...names, EVERY]
  const handlers = new Map()

  const check = (name, handler) => {
    if (!known.includes(name)) refuse(`\`name\`: there is no event '${String(name)}'; there are ${known.join(', ')}`)
    if (typeof handler !== 'function') refuse('`handler`: it is not a function')
  }

  // Both return what takes the handler off.
  const on = (name, handler, once = false) => {
    check(name, handler)
    const entry = { handler, once }
    handlers.set(name, [...handlers.get(name) ?? [], entry])
    return () => remove(name, each => each !== entry)
  }

  // Without a handler, all of the name's; without a name, all there are.
  const off = (name, handler) => {
    if (name === undefined) return handlers.clear()
    if (handler === undefined) return void handlers.delete(name)
    const last = (handlers.get(name) ?? []).find(each => each.handler === handler)
    remove(name, each => each !== last)
  }

  const remove = (name, kept) => {
    const left = (handlers.get(name) ?? []).filter(kept)
    left.length ? handlers.set(name, left) : handlers.delete(name)
  }

  const call = (name, ...event) => {
    for (const entry of handlers.get(name) ?? []) {
      if (entry.once) remove(name, each => each !== entry)
      try {
        entry.handler(...event)
      } catch (error) {
        reportError(error)
      }
    }
  }

  const emit = (name, payload) => {
    call(name, payload)
    call(EVERY, name, payload)
  }

  // Observers of all events as pairs; they complete when the client is destroyed.
  const observers = new Set()
  const observable = {
    subscribe(observer) {
      if (!isObject(observer)) throw new TypeError('Expected the observer to be an object.')
      const off = on(EVERY, (...event) => observer.next?.(event))
      observers.add(observer)
      const unsubscribe = () => { off(); observers.delete(observer) }
      return Object.assign(unsubscribe, { unsubscribe })
    },
  }

  const end = () => {
    handlers.clear()
    const left = [...observers]
    observers.clear()
    left.forEach(observer => observer.complete?.())
  }

  return { on: (name, handler) => on(name, handler), once: (name, handler) => on(name, handler, true), off, emit, end, observable }
}

const refuse = message => { throw failure({ code: 'WRONG_ARGUMENT', message, hint: 'Correct the argument that the message names.' }) }

// The keys under which stream libraries look for it: what Symbol.observable is here, what the ponyfill will make it, and what
// RxJS takes where there is none.
export const observableKeys = () => [Symbol.observable, Symbol.for('https://github.com/benlesh/symbol-observable'), '@@observable']
  .filter(key => key !== undefined)
