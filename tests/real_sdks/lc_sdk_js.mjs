// Runs LiveChat's lc-sdk-js as it is published: a line of JSON in, a line of JSON out.
//
//     node lc_sdk_js.mjs FOLDER ADDRESS      FOLDER: where npm installed it; ADDRESS: host:port of the server
//
// In: {"list": "Agent.RTM"}, answered by its methods; or {"client": "Agent.RTM", "token": {...}, "calls": [[name, ...args]],
// "hear": [push]}. Out: {"outcomes": [{"value"} | {"error"}], "heard": [[push, payload]]}.

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

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  const answer = asked.list ? methods(asked.list) : await run(asked)
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
