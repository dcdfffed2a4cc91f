// In a sidebar frame, before Python: listens to the Agent App around it, shakes hands at once (a page gives up long before
// Python has started), and gives the frame's own scripts a LiveChat. What Python is there for waits in order.
//
// Whether the page around is one to trust is Python's to say (widget/agent_app/origins.py). Until then it learns nothing
// but that somebody is here.
{
  const MARK = '@@livechat/postmessenger'
  const MOST = 1000 // messages kept for Python; no Agent App says more

  const heard = []
  let hear = (...message) => { if (heard.length < MOST) heard.push(message) }

  addEventListener('message', ({ data, origin, source }) => {
    if (source !== parent || source === window) return
    const answered = data?.[MARK] === true && data.type === 'handshake'
    if (answered) parent.postMessage({ ...data, type: 'response', data: { error: false, result: {} } }, origin)
    let text
    try { text = JSON.stringify(data) } catch { return } // no message of an Agent App has circles in it
    if (text) hear(text, origin, answered)
  })

  // The frame's scripts.

  const handlers = new Map()
  const waiting = []
  let python
  let sessionId = null
  let profile = null
  let theme = new URLSearchParams(location.search).get('theme') === 'dark' ? 'dark' : 'light'

  const call = (method, ...args) => new Promise((resolve, reject) => {
    const go = () => python(method, JSON.stringify(args)).then(resolve, reject)
    python ? go() : waiting.push(go)
  })

  const send = (message, data = null) => call('send_message', message, data)

  const listening = {
    on: (name, handler) => handlers.set(name, [...handlers.get(name) ?? [], handler]).get(name).length,
    off: (name, handler) => {
      handlers.set(name, handler ? (handlers.get(name) ?? []).filter(each => each !== handler) : [])
    },
    getTheme: () => theme,
    getCustomerProfile: () => profile,
    sendMessage: send,
  }

  const refresh = () => {
    sessionId = null
    return call('refresh_session_id')
  }

  const beside = {
    putMessage: text => call('put_message', text),
    watchMessages: () => call('watch_messages'),
    sendQuickReplies: (title, buttons) => call('send_quick_replies', title, buttons),
    sendCards: cards => call('send_cards', cards),
  }

  const places = {
    DetailsWidget: { ...beside, refreshSession: refresh, modifySection: section => call('modify_customer_details_section', section) },
    MessageBoxWidget: {
      ...beside,
      putMessage: message => send('put_messagebox_message', typeof message === 'string'
        ? { type: 'message', value: message }
        : { type: 'rich_message', payload: message }),
    },
    FullscreenWidget: {
      setNotificationBadge: count => send('set_fullscreen_widget_notification_badge', count),
      navigate: path => send('navigate_from_fullscreen_widget', path),
      setReportsFilters: filters => send('set_reports_filters', filters),
    },
    SettingsWidget: { redirect: url => send('redirect', url) },
  }

  const create = methods => async ({ origins = [] } = {}) => {
    await call('init', origins)
    return { ...listening, ...methods, trackEvent: (name, properties) => call('track', name, properties ?? {}) }
  }

  window.LiveChat = {
    ...listening,
    ...beside,
    init: ({ origins = [] } = {}) => call('init', origins),
    getSessionId: () => sessionId,
    refreshSessionId: refresh,
    getMessages: () => call('get_messages'),
    track: (name, properties) => call('track', name, properties ?? {}),
    modifyCustomerDetailsSection: section => call('modify_customer_details_section', section),
    ...Object.fromEntries(Object.entries(places).map(([place, methods]) => [`create${place}`, create(methods)])),
  }

  // What Python needs of this page (widget/browser/agent_app.py).
  window.liveChatApp = {
    listen: listener => {
      hear = listener
      heard.splice(0).forEach(message => hear(...message))
    },
    post: (text, origin) => { parent.postMessage(JSON.parse(text), origin) },
    // A browser that does not tell the page's origin leaves it to the page's first message.
    origin: () => location.ancestorOrigins?.[0] ?? '',
    serve: answer => {
      python = answer
      waiting.splice(0).forEach(go => go())
    },
    tell: (name, text) => {
      const data = JSON.parse(text)
      if (name === 'session') sessionId = data?.session_id ?? null
      if (name === 'customer_profile') profile = data
      if (name === 'customer_profile_hidden') profile = null
      if (name === 'change_theme') theme = data?.theme === 'dark' ? 'dark' : 'light'
      for (const handler of handlers.get(name) ?? []) {
        try { handler(data) } catch (error) { reportError(error) } // one that fails does not stop the others
      }
    },
  }
}
