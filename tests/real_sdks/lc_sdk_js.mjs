// Runs LiveChat's lc-sdk-js as it is published: a line of JSON in, a line of JSON out.
//
//     node lc_sdk_js.mjs FOLDER ADDRESS      FOLDER: where npm installed it; ADDRESS: host:port of the server
//
// In: {"list": "Agent.RTM"}, answered by its methods; or {"client": "Agent.RTM", "token": {...}, "calls": [[name, ...args]],
// "hear": [push]}. Out: {"outcomes": [{"value"} | {"error"}], "heard": [[push, payload]]}.
// Or {"listen": "Agent.RTM", "token": {...}}, answered by the names of all pushes when it listens to them; and then
// {"until": [push]}, answered by those heard until these have been.

import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const [folder, apiUrl] = process.argv.slice(2)
const sdk = createRequire(`${folder}/`)('@livechat/lc-sdk-js')
const find = (name) => name.split('.').reduce((found, part) => found[part], sdk)

const methods = (name) => Object.getOwnPropertyNames(find(name).prototype).filter((method) => method !== 'constructor')

const make = (name, token) => {
  const Client = find(name)
  if (name === 'Agent.RTM') return new Client({ apiUrl })
  if (name === 'Customer.RTM') return new Client(token.organizationID, { apiUrl })
  return new Client('demo', () => token, { apiUrl })
}

const outcome = async (client, [name, ...args]) => {
  try {
    return { value: (await client[name](...args)) ?? null }
  } catch (error) {
    return { error: error instanceof Error ? error.message : error }
  }
}

const run = async ({ client: name, token, calls, hear = [] }) => {
  const client = make(name, token)
  const heard = []
  const all = hear.map((push) => new Promise((came) => client.on(push, (payload) => came(heard.push([push, payload])))))
  if (name.endsWith('RTM')) {
    await client.connect()
    if (calls[0][0] !== 'login') await client.login(`Bearer ${token.accessToken}`)
  }
  const outcomes = []
  for (const call of calls) outcomes.push(await outcome(client, call))
  await Promise.race([Promise.all(all), sleep(5000, null, { ref: false })])
  clearInterval(client.heartbeatInterval)
  client.socket?.close()
  return { outcomes, heard }
}

// Every push that the SDK names, from now on.
let listening
const listen = async (name, token) => {
  const { Pushes } = find(name.split('.')[0]).Objects
  const client = make(name, token)
  const heard = new Map()
  for (const push of new Set(Object.values(Pushes))) client.on(push, (payload) => heard.set(push, payload))
  await client.connect()
  await client.login(`Bearer ${token.accessToken}`)
  listening = { client, heard }
  return Object.values(Pushes)
}

const until = async (pushes) => {
  const { client, heard } = listening
  for (let turn = 0; turn < 500 && !pushes.every((push) => heard.has(push)); turn++) await sleep(10)
  clearInterval(client.heartbeatInterval)
  client.socket?.close()
  return Object.fromEntries(heard)
}

const answerTo = async (asked) => {
  if (asked.list) return methods(asked.list)
  if (asked.listen) return listen(asked.listen, asked.token)
  return asked.until ? until(asked.until) : run(asked)
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line)))}\n`)
}
