// Stands in for the loader on a site that the widget may not run on (server/trusting.py): it says so, to who looks into the
// browser's console and to whoever calls.

(() => {

const hint = 'Who runs the chat can trust the domain: in the agents’ console, Settings, Trusted domains.'
const message = `The chat may not run on ${location.hostname}: it is none of its trusted domains.`
const error = Object.assign(new Error(message), { name: 'LiveChatError', code: 'DOMAIN_NOT_TRUSTED', hint })
const waiting = window.liveChat?.q ?? []

const call = (command, argument, callback) => {
  if (typeof callback !== 'function') return Promise.reject(error)
  callback(error, undefined)
}

const sdk = { getWidget: () => sdk, on() {} }
for (const name of ['sendMessage', 'createThread', 'getThreads', 'getActiveThread', 'showThread', 'openNewThread']) {
  sdk[name] = async () => ({ success: false, error })
}

console.error(`${message} ${hint}`)
window.liveChat = Object.assign(call, { loaded: true })
window.LiveChatSDK = function () { return sdk }
for (const [, , callback] of waiting) if (typeof callback === 'function') callback(error, undefined)

})()
