// Runs a method of LiveChat's Customer SDK for each line of stdin, and says on stdout what came of it and what happened.
//
//   node driver.cjs <folder with node_modules> <port> <JSON: how to sign in>
//   in:   {"id": 1, "of": "sdk", "method": "startChat", "args": [{}]}
//   out:  {"id": 1, "value": ...} or {"id": 1, "error": {"code", "message"}}, {"event": "connected", "value": ...}
const { createRequire } = require('node:module')
const { createInterface } = require('node:readline')

const [, , folder, port, signIn] = process.argv
const load = createRequire(`${folder}/`)
const local = address => address.replace(/^wss:..api[^/]*/, `wss://127.0.0.1:${port}`)
const WebSocket = globalThis.WebSocket ?? load('ws')
globalThis.WebSocket = class extends WebSocket {
  constructor(address) { super(local(address)) }
}

const say = message => process.stdout.write(`${JSON.stringify(message)}\n`)
process.on('uncaughtException', ({ message }) => say({ event: 'uncaught', value: message }))
process.on('unhandledRejection', reason => say({ event: 'unhandled', value: String(reason?.message ?? reason) }))

const { token, organizationId } = JSON.parse(signIn)
const getToken = async () => ({ ...token, creationDate: Date.now(), organizationId })
const identityProvider = () => ({ getToken, getFreshToken: getToken, hasToken: async () => true, invalidate: async () => {} })

const objects = { sdk: load('@livechat/customer-sdk').init({ organizationId, clientId: 'demo', identityProvider }, 'labs') }
objects.Object = { keys: () => Object.keys(objects.sdk) }
objects.sdk.on('*', (event, value) => say({ event, value: value ?? null }))

// Iterators and uploads cannot be said in JSON: they get a name, under which they can be asked again.
const named = (id, value) => {
  if (typeof value?.next !== 'function') return value ?? null
  objects[`object-${id}`] = value
  return { object: `object-${id}` }
}

createInterface({ input: process.stdin }).on('line', async line => {
  const { id, of, method, args } = JSON.parse(line)
  try {
    say({ id, value: named(id, await objects[of][method](...args)) })
  } catch ({ code, message }) {
    say({ id, error: { code, message } })
  }
})
