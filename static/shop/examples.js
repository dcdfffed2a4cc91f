// What can be tried on the page of each command. The page shows the functions as they stand here.

import { text } from './words.js'

export const examples = {
  init: [
    { says: text('The same widget again does nothing'), run: () => liveChat('init', '00000000-0000-4000-8000-000000000001') },
    { says: text('Another widget is refused until clear or logout'), run: () => liveChat('init', 'another-widget') },
  ],
  auth: [
    {
      says: text('Sign in as Ana, by a token that the shop’s server signs'),
      run: async () => {
        const jwt = await (await fetch('/commands/token?person=ana@example.com')).text()
        return liveChat('auth', jwt)
      },
    },
    {
      says: text('A token that was used before is refused'),
      run: async () => {
        const jwt = await (await fetch('/commands/token?person=ana@example.com')).text()
        await liveChat('auth', jwt)
        return liveChat('auth', jwt)
      },
    },
  ],
  logout: [{ says: text('Leave, and forget'), run: () => liveChat('logout') }],
  clear: [
    { says: text('Forget this visitor'), run: () => liveChat('clear') },
    { says: text('Forget what is kept of one widget'), run: () => liveChat('clear', '00000000-0000-4000-8000-000000000001') },
  ],
  show: [{ says: text('Open the window'), run: () => liveChat('show') }],
  hide: [{ says: text('Close the window'), run: () => liveChat('hide') }],
  show_launcher: [{ says: text('Show the launcher'), run: () => liveChat('show_launcher') }],
  hide_launcher: [{ says: text('Hide the launcher'), run: () => liveChat('hide_launcher') }],
  show_thread_list: [{ says: text('Show the conversations'), run: () => liveChat('show_thread_list') }],
  set_theme: [
    { says: text('Dark'), run: () => liveChat('set_theme', 'dark') },
    { says: text('Light'), run: () => liveChat('set_theme', 'light') },
    { says: text('As the visitor’s system has it'), run: () => liveChat('set_theme', 'auto') },
    { says: text('A theme that is configured for this shop'), run: () => liveChat('set_theme', 'clay') },
    { says: text('A theme that nobody has configured'), run: () => liveChat('set_theme', 'neon') },
  ],
  set_language: [
    { says: text('German'), run: () => liveChat('set_language', 'de-DE') },
    { says: text('Arabic, from right to left'), run: () => liveChat('set_language', 'ar-AE') },
    { says: text('Japanese'), run: () => liveChat('set_language', 'ja-JP') },
    { says: text('English again'), run: () => liveChat('set_language') },
  ],
  send: [
    { says: text('A message'), run: () => liveChat('send', { type: 'BASIC', message: 'Do you ship to Norway?' }) },
    {
      says: text('A message with an attachment'),
      run: () => liveChat('send', { type: 'BASIC', message: 'Does it come in green?', attachment: 'data:text/plain;base64,SGVsbG8=', fileName: 'note.txt' }),
    },
    { says: text('A draft, for the visitor to go on with'), run: () => liveChat('send', { type: 'DRAFT', message: 'Hi, I need help with my order number ' }) },
    {
      says: text('Data, and what agent and visitor read about it'),
      run: () => liveChat('send', {
        type: 'CUSTOM_DATA',
        customData: { orderId: 'ORD-6789', action: 'track_order' },
        agentMessage: 'Asks where order ORD-6789 is.',
        userMessage: 'Track my order.',
      }),
    },
    { says: text('A text that is too long'), run: () => liveChat('send', { type: 'BASIC', message: 'x'.repeat(4097) }) },
  ],
  send_contextual_data: [
    { says: text('What is in the basket'), run: () => liveChat('send_contextual_data', { metadata: { color: 'green', size: 'M', seconds_since_last_cart_visit: 178 } }) },
  ],
  get_threads: [{ says: text('All conversations'), run: () => liveChat('get_threads') }],
  get_active_thread: [{ says: text('The one that goes on'), run: () => liveChat('get_active_thread') }],
  create_thread: [{ says: text('Another conversation'), run: () => liveChat('create_thread', { type: 'BASIC', message: 'Something else: do you repair?' }) }],
  show_thread: [
    {
      says: text('The newest conversation'),
      run: async () => {
        const [newest] = await liveChat('get_threads')
        return liveChat('show_thread', newest.id)
      },
    },
    { says: text('One that is not there'), run: () => liveChat('show_thread', 'nowhere') },
  ],
  open_new_thread: [{ says: text('An empty conversation'), run: () => liveChat('open_new_thread') }],
}
