// What can go wrong, as an Error with a `code`, a sentence, and a `hint`.

export const failure = ({ message, ...more }) => Object.assign(new Error(message), more)

export const isObject = value => typeof value === 'object' && value !== null

export const DESTROYED = { code: 'SDK_DESTROYED', message: 'The client has ended.', hint: 'Make a new client.' }

export const RESTARTED = {
  code: 'CONNECTION_LOST',
  message: 'Connection lost.',
  hint: 'The request may or may not have arrived: look before you repeat it.',
}

export const notStarted = origin => ({
  code: 'START_FAILED',
  message: 'The SDK could not start.',
  hint: `See the console. The page's content security policy has to allow ${origin} in frame-src.`,
})
