// What a site may write and what it may not; TypeScript reads it in test_declarations.py.

import { type Failure, init, type today } from '../../static/customer_sdk/customer-sdk.js'

const log: (...said: unknown[]) => void = () => {}

const todays = async () => {
  const sdk = init({ organizationId: 'o', clientId: 'demo', customerDataProvider: async () => ({ name: 'Jo', sessionFields: { plan: 'gold' } }) })
  const getToken = async () => ({ accessToken: 'a', entityId: 'e', expiresIn: 1, creationDate: 1 })
  init({ organizationId: 'o', clientId: 'demo', identityProvider: () => ({ getToken, getFreshToken: getToken, hasToken: () => true, invalidate: () => {} }) })
  // @ts-expect-error: an identity provider has four methods
  init({ organizationId: 'o', clientId: 'demo', identityProvider: () => ({ getToken }) })
  const off: () => void = sdk.on('incoming_event', ({ chatId, event }) => {
    if (event.type === 'message') log(chatId, event.text.trim(), event.customId?.length)
    if (event.type === 'file') log(event.thumbnails?.default.width)
    // @ts-expect-error: a system message has no url
    if (event.type === 'system_message') log(event.url)
  })
  sdk.on('*', (name, payload) => {
    if (name === 'customer_id') log(payload.length)
    if (name === 'availability_updated') log(payload.availability === 'online')
  })
  const { chat } = await sdk.startChat({ chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } }, continuous: true })
  const sent = await sdk.sendEvent({ chatId: chat.id, event: { type: 'custom', content: { a: [1] } } })
  if (sent.type === 'custom') log(sent.content)
  const upload = sdk.uploadFile({ file: new Blob(['a']), onProgress: part => log(part.toFixed(1)) })
  upload.cancel()
  log((await upload.promise).url)
  for await (const { threads } of sdk.getChatHistory({ chatId: chat.id })) threads.forEach(thread => log(thread.events.length))
  const { done, value } = await sdk.getChatHistory({ chatId: chat.id }).next()
  log(done, value?.threads)
  const statuses = await sdk.listGroupStatuses()
  log(statuses['0'] === 'online')
  await sdk.sendEvent({ chatId: 'c', event: { type: 'message', text: 'x' } }).catch((error: Failure) => log(error.code, error.hint))
  log((await sdk.auth.getToken()).accessToken)
  off()
  sdk.off('incoming_event')
  sdk.destroy()
  const event: today.Event | undefined = chat.thread?.events[0]
  return event

  // @ts-expect-error: there is no such event
  sdk.on('new_event', () => {})
  // @ts-expect-error: the text is missing
  sdk.sendEvent({ chatId: 'c', event: { type: 'message' } })
  // @ts-expect-error: the chat's id is missing
  sdk.deactivateChat({})
  // @ts-expect-error: a rating is 0 or 1
  sdk.rateChat({ chatId: 'c', rating: { score: 2 } })
  // @ts-expect-error: those are the first words
  sdk.closeThread('c')
}

const firsts = async () => {
  const sdk = init({ license: 1000001, clientId: 'demo', customer: { name: 'Jo', fields: { plan: 'gold' } } })
  sdk.on('connected', ({ chatsSummary, totalChats }) => log(chatsSummary[0]?.lastEvent, totalChats))
  sdk.once('user_data', user => log(user.type === 'agent' ? user.jobTitle : user.fields))
  sdk.on('connection_lost', () => log('lost'))
  const chat = await sdk.startChat({ events: [{ type: 'message', text: 'Hello' }] })
  await sdk.sendEvent(chat.id, { type: 'message', text: 'x' }, { attachToLastThread: true })
  log((await sdk.sendFile(chat.id, { file: new Blob([]), customId: 'c' }, { onProgress: log })).url)
  sdk.setSneakPeek(chat.id, 'wri')
  for await (const events of sdk.getChatHistory(chat.id)) events.forEach(event => log(event.timestamp))

  // @ts-expect-error: the event is missing
  sdk.sendEvent(chat.id)
  // @ts-expect-error: a licence is a number
  init({ license: '1000001', clientId: 'demo' })
}

export { firsts, todays }
