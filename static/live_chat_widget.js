// window.LiveChatWidget: LiveChat's page API, on the same commands as liveChat (static/commands.js).
//
// The snippet's object is there before: it has queued calls in `_q` as [method, arguments], and passes later ones to `_h`. Spec:
// widget-js-api, part A. Of greetings, ratings and cards nothing is told: who listens for that hears nothing.

const EVENTS = [
  'ready', 'availability_changed', 'visibility_changed', 'customer_status_changed', 'new_event', 'form_submitted', 'rating_submitted',
  'greeting_displayed', 'greeting_hidden', 'rich_message_button_clicked',
]
const TYPES = { BASIC: 'message', CUSTOM_DATA: 'rich_message' }

// A failure belongs to whoever made the call, who gets nothing back by this API: the console has it.
const report = done => done.catch(({ code, message }) => console.warn(`LiveChatWidget: ${code}: ${message}`))

const eventOf = ({ message: { type, moment, content }, author }) => ({
  timestamp: Date.parse(moment),
  type: content.attachment ? 'file' : TYPES[type],
  author,
})

// Texts only: what the server keeps about a visit are texts.
const texts = variables => Object.fromEntries(Object.entries(Object(variables)).map(([name, value]) => [name, String(value)]))

export const install = ({ run, ask, on, state, visibility, destroy }) => {
  const { __lc: config = {} } = window
  const listeners = new Map(EVENTS.map(name => [name, new Set()]))
  let ready = false, gone = false, availability, status

  const tell = (name, data) => [...listeners.get(name)].forEach(listen => listen(data))

  // What is known, in LiveChat's words

  const stateNow = () => ({ availability: state()?.availability ?? 'offline', visibility: visibility() })
  const customerData = () => state()?.customer
  const data = {
    state: stateNow,
    customer_data: customerData,
    chat_data: () => state()?.chat,
  }

  const heard = []
  heard.push(on('state', ({ availability: nowAvailable, customer }) => {
    if (!ready) {
      ready = true
      tell('ready', { state: stateNow(), customerData: customerData() })
    } else {
      if (nowAvailable !== availability) tell('availability_changed', { availability: nowAvailable })
      if (customer.status !== status) tell('customer_status_changed', { status: customer.status })
    }
    availability = nowAvailable
    status = customer.status
  }))
  heard.push(on('visibility', now => { if (ready) tell('visibility_changed', { visibility: now }) }))
  heard.push(on('message', told => tell('new_event', eventOf(told))))
  heard.push(on('form_submitted', told => tell('form_submitted', told)))

  // As LiveChat's widget is there with the page, so is this one, and connected: its state can be asked for.
  const id = config.organizationId ?? (config.license === undefined ? undefined : String(config.license))
  const begun = run('init', { widgetId: id, boot: 'load' }).then(() => { report(run('get_active_thread')) })

  // What can be asked for

  const both = (...commands) => Promise.all(commands.map(command => run(command)))
  const profile = change => begun.then(() => ask('update_customer', change))
  const variables = (given, merge) => begun.then(() => ask('session_variables', { variables: texts(given), merge }))

  const calls = {
    async maximize({ messageDraft } = {}) {
      await both('show_launcher', 'show')
      if (messageDraft) await run('send', { type: 'DRAFT', message: messageDraft })
    },
    minimize: () => both('show_launcher', 'hide'),
    hide: () => run('hide_launcher'),
    async destroy() {
      gone = true
      heard.forEach(end => end())
      destroy()
      if (window.LiveChatWidget) window.LiveChatWidget._h = null // what is called now is for the widget that comes next
    },
    set_session_variables: given => variables(given, false),
    update_session_variables: given => variables(given, true),
    set_customer_name: name => profile({ name }),
    set_customer_email: email => profile({ email }),
    // Of what this widget does not have, nothing is hidden, and nothing is tracked.
    async hide_greeting() {},
    async trigger_sales_tracker() {},
    async track_sales_event() {},
  }

  const checked = name => listeners.get(name) ?? console.warn(`LiveChatWidget: there is no event '${name}'.`)

  const methods = {
    call(name, argument) {
      if (!Object.hasOwn(calls, name)) console.warn(`LiveChatWidget: there is no method '${name}'.`)
      else if (!gone) report(calls[name](argument ?? undefined))
    },
    get: name => Object.hasOwn(data, name) ? data[name]() : console.warn(`LiveChatWidget: there is nothing called '${name}'.`),
    on(name, listen) {
      checked(name)?.add(listen)
      // Who comes late has not missed that.
      if (name === 'ready' && ready) listen({ state: stateNow(), customerData: customerData() })
    },
    once(name, listen) {
      const once = told => { methods.off(name, once); listen(told) }
      once.listen = listen
      methods.on(name, once)
    },
    off(name, listen) {
      const all = checked(name)
      all?.forEach(each => { if (each === listen || each.listen === listen) all.delete(each) })
    },
    init() {},
  }

  const handle = (method, given) => methods[method]?.(...given)

  const stub = () => ({
    _q: [], _h: null, _v: '2.0',
    on: (...given) => handle('on', given), once: (...given) => handle('once', given), off: (...given) => handle('off', given),
    get: (...given) => handle('get', given), call: (...given) => handle('call', given), init() {},
  })

  report(begun)
  const { params } = config
  if (params?.length) report(variables(Object.fromEntries(params.map(({ name, value }) => [name, value])), false))

  const api = window.LiveChatWidget ??= stub()
  const waiting = [...(api._q ?? [])]
  api._h = handle
  api._q = []
  waiting.forEach(([method, given]) => handle(method, given))

  window.LC_API = { ...window.LC_API, scriptTagVersion: () => 'LiveChatWidget' }
  window.LC_API.on_after_load?.()
}
