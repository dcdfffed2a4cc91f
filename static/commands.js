// The commands that need more than the launcher, and what is wrong with those that the loader does not carry out. The loader
// fetches this for the first of them; from then on all commands come through here, so that they keep their order.
//
// Some are answered here; the others go to the frame, which reads their arguments (widget/live_chat/commands.py).

// widget/live_chat/table.py, by tools/commands.py: what takes an argument, what needs one, and what starts the frame.
const COMMANDS = {
  init: { takes: "widget id, or {widgetId, boot}", needs: true },
  auth: { takes: "JWT", needs: true, starts: true },
  logout: { takes: "" },
  clear: { takes: "widget id, optional" },
  show: { takes: "" },
  hide: { takes: "" },
  show_launcher: { takes: "" },
  hide_launcher: { takes: "" },
  show_thread_list: { takes: "", starts: true },
  set_theme: { takes: "name of a theme: light, dark, auto, or one that is configured", needs: true },
  set_language: { takes: "language tag, optional" },
  send: { takes: "{type: 'BASIC', message?, attachment?, fileName?, threadId?}, {type: 'DRAFT', message, threadId?} or {type: 'CUSTOM_DATA', customData, agentMessage?, userMessage?, threadId?}", needs: true, starts: true },
  send_contextual_data: { takes: "{metadata, multiThreadStrategy?: 'ACTIVE' | 'ALL'}", needs: true },
  get_threads: { takes: "", starts: true },
  get_active_thread: { takes: "", starts: true },
  create_thread: { takes: "as for send, without DRAFT and threadId", needs: true, starts: true },
  show_thread: { takes: "id of a thread", needs: true, starts: true },
  open_new_thread: { takes: "", starts: true },
}
// end

// widget/ui/languages.py, by tools/commands.py: our languages, by the beginnings of the tags that mean them.
const TAGS = {
  'ar-ae': 'ar-AE', 'ar': 'ar-AE', 'bs-ba': 'bs-BA', 'bs': 'bs-BA', 'da-dk': 'da-DK', 'da': 'da-DK', 'de-de': 'de-DE', 'de': 'de-DE',
  'el-gr': 'el-GR', 'el': 'el-GR', 'en-us': 'en-US', 'en': 'en-US', 'es-es': 'es-ES', 'es': 'es-ES', 'es-la': 'es-LA', 'es-419': 'es-LA',
  'es-ar': 'es-LA', 'es-bo': 'es-LA', 'es-br': 'es-LA', 'es-bz': 'es-LA', 'es-cl': 'es-LA', 'es-co': 'es-LA', 'es-cr': 'es-LA',
  'es-cu': 'es-LA', 'es-do': 'es-LA', 'es-ec': 'es-LA', 'es-gt': 'es-LA', 'es-hn': 'es-LA', 'es-mx': 'es-LA', 'es-ni': 'es-LA',
  'es-pa': 'es-LA', 'es-pe': 'es-LA', 'es-pr': 'es-LA', 'es-py': 'es-LA', 'es-sv': 'es-LA', 'es-us': 'es-LA', 'es-uy': 'es-LA',
  'es-ve': 'es-LA', 'fr-fr': 'fr-FR', 'fr': 'fr-FR', 'hr-hr': 'hr-HR', 'hr': 'hr-HR', 'hu-hu': 'hu-HU', 'hu': 'hu-HU', 'it-it': 'it-IT',
  'it': 'it-IT', 'ja-jp': 'ja-JP', 'ja': 'ja-JP', 'ko-kr': 'ko-KR', 'ko': 'ko-KR', 'lt-lt': 'lt-LT', 'lt': 'lt-LT', 'lv-lv': 'lv-LV',
  'lv': 'lv-LV', 'pl-pl': 'pl-PL', 'pl': 'pl-PL', 'pt-br': 'pt-BR', 'pt': 'pt-BR', 'pt-pt': 'pt-PT', 'pt-ao': 'pt-PT', 'pt-ch': 'pt-PT',
  'pt-cv': 'pt-PT', 'pt-gq': 'pt-PT', 'pt-gw': 'pt-PT', 'pt-lu': 'pt-PT', 'pt-mo': 'pt-PT', 'pt-mz': 'pt-PT', 'pt-st': 'pt-PT',
  'pt-tl': 'pt-PT', 'ro-ro': 'ro-RO', 'ro': 'ro-RO', 'mo': 'ro-RO', 'ru-ru': 'ru-RU', 'ru': 'ru-RU', 'sl-si': 'sl-SI', 'sl': 'sl-SI',
  'sq-al': 'sq-AL', 'sq': 'sq-AL', 'sr-latn': 'sr-Latn', 'sr': 'sr-Latn', 'sh': 'sr-Latn', 'cnr': 'sr-Latn', 'sv-se': 'sv-SE',
  'sv': 'sv-SE', 'th-th': 'th-TH', 'th': 'th-TH', 'tr-tr': 'tr-TR', 'tr': 'tr-TR', 'uk-ua': 'uk-UA', 'uk': 'uk-UA', 'zh-hans': 'zh-Hans',
  'zh': 'zh-Hans', 'zh-hant': 'zh-Hant', 'zh-hk': 'zh-Hant', 'zh-mo': 'zh-Hant', 'zh-tw': 'zh-TW', 'zh-hant-tw': 'zh-TW',
}
// server/snippet.py, by tools/commands.py: what the launcher is called in each language before the frame can tell: open, close, frame.
const LAUNCHER = {
  'ar-AE': ["ar-AE", "فتح المحادثة", "إغلاق المحادثة", "الدردشة"],
  'bs-BA': ["bs-BA", "Otvori razgovor", "Zatvori razgovor", "Razgovor"],
  'da-DK': ["da-DK", "Åbn chat", "Luk chat", "Chat"],
  'de-DE': ["de-DE", "Chat öffnen", "Chat schließen", "Chat"],
  'el-GR': ["el-GR", "Άνοιγμα συνομιλίας", "Κλείσιμο συνομιλίας", "Συνομιλία"],
  'en-US': ["en-US", "Open chat", "Close chat", "Chat"],
  'es-ES': ["es-ES", "Abrir el chat", "Cerrar el chat", "Chat"],
  'es-LA': ["es-419", "Abrir el chat", "Cerrar el chat", "Chat"],
  'fr-FR': ["fr-FR", "Ouvrir le chat", "Fermer le chat", "Chat"],
  'hr-HR': ["hr-HR", "Otvori razgovor", "Zatvori razgovor", "Razgovor"],
  'hu-HU': ["hu-HU", "Csevegés megnyitása", "Csevegés bezárása", "Csevegés"],
  'it-IT': ["it-IT", "Apri la chat", "Chiudi la chat", "Chat"],
  'ja-JP': ["ja-JP", "チャットを開く", "チャットを閉じる", "チャット"],
  'ko-KR': ["ko-KR", "채팅 열기", "채팅 닫기", "채팅"],
  'lt-LT': ["lt-LT", "Atidaryti pokalbį", "Uždaryti pokalbį", "Pokalbis"],
  'lv-LV': ["lv-LV", "Atvērt tērzēšanu", "Aizvērt tērzēšanu", "Tērzēšana"],
  'pl-PL': ["pl-PL", "Otwórz czat", "Zamknij czat", "Czat"],
  'pt-BR': ["pt-BR", "Abrir o chat", "Fechar o chat", "Chat"],
  'pt-PT': ["pt-PT", "Abrir o chat", "Fechar o chat", "Chat"],
  'ro-RO': ["ro-RO", "Deschideți chatul", "Închideți chatul", "Chat"],
  'ru-RU': ["ru-RU", "Открыть чат", "Закрыть чат", "Чат"],
  'sl-SI': ["sl-SI", "Odpri klepet", "Zapri klepet", "Klepet"],
  'sq-AL': ["sq-AL", "Hap bisedën", "Mbyll bisedën", "Biseda"],
  'sr-Latn': ["sr-Latn", "Otvori razgovor", "Zatvori razgovor", "Razgovor"],
  'sv-SE': ["sv-SE", "Öppna chatten", "Stäng chatten", "Chatt"],
  'th-TH': ["th-TH", "เปิดแชท", "ปิดแชท", "แชท"],
  'tr-TR': ["tr-TR", "Sohbeti aç", "Sohbeti kapat", "Sohbet"],
  'uk-UA': ["uk-UA", "Відкрити чат", "Закрити чат", "Чат"],
  'zh-Hans': ["zh-Hans", "打开聊天", "关闭聊天", "聊天"],
  'zh-Hant': ["zh-Hant", "開啟對話", "關閉對話", "對話"],
  'zh-TW': ["zh-TW", "開啟聊天", "關閉聊天", "聊天"],
}
const THEMES = { auto: { base: 'auto' }, light: { base: 'light' }, dark: { base: 'dark' } }
const LARGEST = 10 * 1024 * 1024 // bytes of an attachment
const PATIENCE = 10_000 // ms to wait for the page that forgets
const API = 'live-chat:own' // a release says where its platform is (tools/release.py); otherwise it is where this comes from
const CLEARED = 'The conversation was cleared before this was answered.'
const NOT_TRUSTED = {
  code: 'DOMAIN_NOT_TRUSTED',
  message: `The chat may not run on ${location.hostname}: it is none of its trusted domains.`,
  hint: 'Who runs the chat can trust the domain: in the agents’ console, Settings, Trusted domains.',
}
const ID = /^[\w-]{1,64}$/
const TAG = /^[a-z]{2,3}([-_][a-z\d]{1,8})*$/i

const failure = ({ message, ...more }) => Object.assign(new Error(message), { name: 'LiveChatError', ...more })

const refuse = (code, message, hint) => { throw failure({ code, message, hint }) }

// An id of this call's own: the frame knows by it a call that comes again, and the server the message that it made.
const newId = () => Date.now().toString(36) + [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(36).padStart(2, '0')).join('')

const checkId = id => {
  if (typeof id !== 'string' || !ID.test(id)) refuse('INVALID_ARGUMENT', 'This is not a widget id.', 'Copy it from the snippet.')
}

// The language that a tag means: itself, else by what it begins with (RFC 4647, section 3.4), else English.
const languageOf = tag => {
  for (let start = tag.toLowerCase().replaceAll('_', '-'); start; start = start.slice(0, Math.max(start.lastIndexOf('-'), 0))) {
    if (Object.hasOwn(TAGS, start)) return TAGS[start]
  }
  return 'en-US'
}

// Attachments

const dataUrl = blob => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.onload = () => resolve(reader.result)
  reader.onerror = () => reject(reader.error)
  reader.readAsDataURL(blob)
})

const tooLarge = () => refuse('ATTACHMENT_TOO_LARGE', 'The attachment has more than 10 MB.', 'Send a smaller file.')

// Whatever the page may read is read here, in its name; the frame could not.
const fetched = async address => {
  try {
    const answer = await fetch(new URL(address, document.baseURI))
    if (!answer.ok) throw new Error(`it answers ${answer.status}`)
    return await answer.blob()
  } catch ({ message }) {
    refuse('ATTACHMENT_UNREACHABLE', `The attachment cannot be read: ${message}.`, 'Give an address that your page may fetch, or a data URL.')
  }
}

const withData = async argument => {
  const { attachment } = Object(argument)
  if (typeof attachment !== 'string') return argument
  if (attachment.length > 3 * LARGEST) tooLarge()
  if (attachment.startsWith('data:')) return argument
  const blob = await fetched(attachment)
  if (blob.size > LARGEST) tooLarge()
  return { ...argument, attachment: await dataUrl(blob) }
}

// The storages of this page, which keep what a frame is denied

const inStorages = (use, names = ['localStorage', 'sessionStorage']) => names.forEach(name => {
  try {
    use(window[name])
  } catch { /* a site without storage has nothing to forget */ }
})

const forgetHere = (prefix, names) => inStorages(storage => {
  Object.keys(storage).filter(name => name.startsWith(prefix)).forEach(name => storage.removeItem(name))
}, names)

export const commands = home => {
  const asked = new Map() // what the frame has still to answer
  const listeners = { message: new Set(), state: new Set(), visibility: new Set(), form_submitted: new Set() }
  let turn = Promise.resolve() // what has to be over before the next command begins
  let prepared = Promise.resolve() // messages go in their order, however long an attachment takes
  let visit = 0 // a number for each visitor; what was begun for another does not go on
  let mayChange = false // another widget may take the place of this one
  let theme, language, themes, state = null
  let refusal // why there can be no widget on this site

  const tellAll = (type, value) => listeners[type].forEach(listen => listen(value))

  // The frame

  const ask = (command, argument = null) => new Promise((resolve, reject) => {
    const { frame } = home.widget
    const message = { type: 'command', id: newId(), command, argument }
    try {
      JSON.stringify(message)
    } catch {
      refuse('INVALID_ARGUMENT', 'The argument is not JSON.', 'Give plain values.')
    }
    asked.set(message.id, { message, resolve, reject })
    if (COMMANDS[command]?.starts) frame.start()
    frame.tell(message)
  })

  const settle = ({ id, error, result }) => {
    const question = asked.get(id)
    asked.delete(id)
    error ? question?.reject(failure(error)) : question?.resolve(result)
  }

  // A document that comes later, the first or one that is tried again, is asked what none has answered.
  const greet = ({ frame }) => () => {
    if (language) frame.tell({ type: 'command', id: newId(), command: 'set_language', argument: language })
    asked.forEach(({ message }) => frame.tell(message))
  }

  const adopt = widget => {
    if (!widget) return
    Object.assign(widget.frame.heard, {
      result: settle,
      state: now => { state = now; tellAll('state', now) },
      message: told => tellAll('message', told),
      form_submitted: ({ form }) => tellAll('form_submitted', { type: form }),
    })
    widget.frame.connected = greet(widget)
  }

  const visibility = () => {
    const { widget } = home
    return widget?.isOpen() ? 'maximized' : widget?.launcher.hidden === false ? 'minimized' : 'hidden'
  }

  // What is changed and changed again at once is told once.
  let lastVisibility = visibility()
  home.changed = () => queueMicrotask(() => {
    const now = visibility()
    if (now !== lastVisibility) tellAll('visibility', lastVisibility = now)
  })

  const drop = message => {
    visit++
    for (const [, { reject }] of asked) reject(failure({ code: 'CLEARED', message, hint: 'Nothing is left to do.' }))
    asked.clear()
    state = null
  }

  // Another visitor

  // A page on the frame's origin forgets what is kept there, and takes leave of the server.
  const forgetThere = (id, stored) => new Promise((resolve, reject) => {
    const gone = new AbortController()
    const element = document.createElement('iframe')
    const over = done => () => { gone.abort(); element.remove(); clearTimeout(timer); done() }
    const late = () => reject(failure({ code: 'UNREACHABLE', message: 'What this browser keeps could not be forgotten.', hint: 'Call it again when there is a connection. Until then there is no chat.' }))
    const timer = setTimeout(over(late), PATIENCE)
    addEventListener('message', ({ source, data }) => {
      if (source !== element.contentWindow) return
      if (data === 'live-chat:hello') source.postMessage({ type: 'live-chat:forget', stored }, home.page.origin)
      else if (data?.type === 'live-chat:forgotten') over(() => resolve(data.keep ?? {}))()
    }, { signal: gone.signal })
    element.hidden = true
    element.style.display = 'none'
    element.src = new URL(`forget.html?id=${id}`, home.page)
    document.documentElement.append(element)
  })

  // The widget as it begins, for another visitor.
  const begin = ({ id, boot }) => {
    home.widget = home.createWidget(id, boot)
    adopt(home.widget)
    home.changed()
  }

  const end = (widget, message) => {
    widget.remove()
    drop(message)
    theme = language = undefined
    home.page.searchParams.delete('lang')
  }

  const reset = async id => {
    const { widget } = home
    const own = widget?.id === id
    const prefix = `live-chat:${id}/`
    const stored = {}
    inStorages(storage => Object.keys(storage).forEach(name => { if (name.startsWith(prefix)) stored[name.slice(prefix.length)] = storage[name] }))
    if (own) {
      end(widget, CLEARED)
      inStorages(storage => storage.removeItem('live-chat'))
    }
    home.remember({ left: id })
    const keep = await forgetThere(id, stored)
    forgetHere(prefix)
    Object.entries(keep).forEach(([name, text]) => { try { localStorage[prefix + name] = text } catch { /* as above */ } })
    if (own) {
      inStorages(storage => storage.removeItem('live-chat'))
      begin(widget)
      mayChange = true
    } else home.remember({ left: undefined })
  }

  // Colours

  // `theme` is {base, colors}; the frame reads it for itself (static/theme.js).
  const dress = () => {
    const { frame, root } = home.widget
    frame.theme = theme
    frame.tell({ type: 'theme', theme: theme ?? null })
    const { '--accent': accent = '', '--accent-ink': ink = '' } = theme?.colors ?? {}
    root.style.setProperty('--live-chat-accent', accent)
    root.style.setProperty('--live-chat-accent-ink', ink)
  }

  const configured = async id => {
    const api = API.startsWith('http') ? API : home.page.origin
    try {
      const answer = await fetch(`${api}/widgets/${id}/themes`)
      if (answer.status === 403) throw failure(NOT_TRUSTED)
      if (!answer.ok) throw new Error(`the server answers ${answer.status}`)
      return (await answer.json()).themes
    } catch (error) {
      const { code, message } = error
      if (code === NOT_TRUSTED.code) throw error
      refuse('UNREACHABLE', `The themes could not be fetched: ${message}.`, 'Try again.')
    }
  }

  const found = async name => {
    if (Object.hasOwn(THEMES, name)) return THEMES[name]
    const { id } = home.widget
    if (themes?.id !== id || !Object.hasOwn(themes.all, name)) themes = { id, all: await configured(id) }
    if (Object.hasOwn(themes.all, name)) return themes.all[name]
    const names = [...Object.keys(THEMES), ...Object.keys(themes.all)].join(', ')
    refuse('UNKNOWN_THEME', `The widget has no theme '${name}'.`, `Use ${names}, or configure it.`)
  }

  // What is answered here

  const inView = (command, argument) => {
    home.widget.does.show()
    return ask(command, argument)
  }

  const message = (command, argument) => {
    const ready = prepared.then(() => withData(argument))
    prepared = ready.catch(() => {})
    const visitor = visit
    return ready.then(given => {
      if (visit !== visitor) refuse('CLEARED', CLEARED, 'Nothing is left to do.')
      return ask(command, given)
    })
  }

  const answers = {
    init(command, argument) {
      const { widgetId, boot = 'intent' } = Object(argument) === argument ? argument : { widgetId: argument }
      const id = widgetId ?? home.widget?.id ?? refuse('MISSING_ARGUMENT', "'init' needs a widget id.", "Call liveChat('init', '<widget id>') first.")
      checkId(id)
      if (!home.BOOTS.includes(boot)) refuse('INVALID_ARGUMENT', 'There is no such boot.', `Use ${home.BOOTS.join(', ')}.`)
      if (home.widget?.id !== id) {
        if (home.widget && !mayChange) refuse('ALREADY_INITIALIZED', `This page has widget ${home.widget.id}.`, "Call 'clear' or 'logout' first.")
        home.widget?.remove()
        begin({ id, boot })
      }
      mayChange = false
      return { widgetId: id }
    },
    async logout(command) {
      await reset(home.widget.id)
      return { command }
    },
    async clear(command, id = home.widget?.id) {
      checkId(id)
      await reset(id)
      return { command }
    },
    async set_theme(command, name) {
      if (typeof name !== 'string') refuse('INVALID_ARGUMENT', 'The name of a theme is a text.', "Call liveChat('set_theme', 'dark').")
      const visitor = visit
      const chosen = await found(name)
      if (visit === visitor) {
        theme = chosen
        dress()
      }
      return { theme: name }
    },
    async set_language(command, wanted = 'en-US') {
      if (typeof wanted !== 'string') refuse('INVALID_ARGUMENT', 'A language tag is a text.', "Call liveChat('set_language', 'de-DE').")
      if (!TAG.test(wanted)) refuse('UNKNOWN_LANGUAGE', `'${wanted.slice(0, 40)}' is not the tag of a language.`, "Call liveChat('set_language', 'de-DE').")
      language = languageOf(wanted)
      home.page.searchParams.set('lang', language) // a frame that starts later begins with it
      if (home.widget.frame.isConnected()) return ask(command, language)
      const [lang, open, close, frame] = LAUNCHER[language]
      Object.assign(home.texts, { lang, open, close, frame })
      home.widget.draw()
      return { language }
    },
    send: message,
    create_thread: message,
    show_thread_list: inView,
    show_thread: inView,
    open_new_thread: inView,
  }

  const carryOut = async (command, argument) => {
    const known = typeof command === 'string' && Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
    if (refusal) throw refusal
    if (!known) refuse('UNKNOWN_COMMAND', `There is no command '${String(command)}'.`, `Use ${Object.keys(COMMANDS).join(', ')}.`)
    const given = argument ?? undefined
    if (!home.widget && command !== 'init' && !(command === 'clear' && given)) refuse('NOT_INITIALIZED', `'${command}' came before 'init'.`, "Call liveChat('init', '<widget id>') first.")
    if (given === undefined && known.needs && command !== 'init') refuse('MISSING_ARGUMENT', `'${command}' needs an argument.`, `It takes ${known.takes}.`)
    if (given !== undefined && !known.takes) refuse('INVALID_ARGUMENT', `'${command}' takes no argument.`, `Call liveChat('${command}', null, callback).`)
    const { does } = home.widget ?? {}
    if (does && Object.hasOwn(does, command)) {
      does[command]()
      return { command }
    }
    return (answers[command] ?? ask)(command, given)
  }

  const run = (command, argument) => {
    const done = turn.then(() => carryOut(command, argument))
    if (command === 'clear' || command === 'logout') turn = done.catch(() => {})
    return done
  }

  // The object API

  const outcome = async done => {
    try {
      return { success: true, data: await done }
    } catch (error) {
      return { success: false, error }
    }
  }

  const sdk = {
    sendMessage: payload => outcome(run('send', payload)),
    createThread: payload => outcome(run('create_thread', payload)),
    getThreads: () => outcome(run('get_threads')),
    getActiveThread: () => outcome(run('get_active_thread')),
    showThread: id => outcome(run('show_thread', id)),
    openNewThread: () => outcome(run('open_new_thread')),
    on(name, listen) {
      if (name !== 'messageReceived' || typeof listen !== 'function') refuse('INVALID_ARGUMENT', "There is only 'messageReceived'.", "Call on('messageReceived', function).")
      listeners.message.add(({ author, ...told }) => { if (author.type === 'agent') listen(told) })
    },
  }

  // When something is wrong

  const restart = () => {
    const { widget } = home
    if (!widget) return
    end(widget, CLEARED)
    forgetHere(`live-chat:${widget.id}/`, ['sessionStorage'])
    begin(widget)
  }

  // Where the browser has left the frame out, because the site may not have it, no hole is left either.
  const unheard = async () => {
    const { widget } = home
    try {
      await configured(widget.id)
    } catch (error) {
      if (error.code !== NOT_TRUSTED.code || refusal) return
      refusal = error
      console.error(`${error.message} ${error.hint}`)
      for (const [, { reject }] of asked) reject(error)
      asked.clear()
      widget.remove()
      home.widget = undefined
    }
  }

  adopt(home.widget)
  const { left } = home.remembered()
  if (left && home.widget) run('clear', left).catch(error => console.warn(error))

  return {
    run,
    sdk,
    ask,
    visibility,
    state: () => state,
    // Returns a function that ends it.
    on(type, listen) {
      listeners[type].add(listen)
      return () => listeners[type].delete(listen)
    },
    // What the loader cannot mend alone: a frame that has loaded and says nothing, else a visitor, also of this tab, whom
    // another has forgotten.
    mend: silent => silent ? unheard() : restart(),
    // Takes the widget out of the page, until it is initialized again; nothing is forgotten.
    destroy() {
      home.widget?.remove()
      drop('The widget was taken away before this was answered.')
      home.widget = undefined
    },
  }
}
