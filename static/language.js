// The window's language, before anything of the window is seen: what the site asks for (?lang=), else what it was when the
// visitor was last here, else the widget's own, else the browser's (widget/ui/languages.py has the table). The console's and
// the ready sidebar app's pages have it too: there it is the agent's.
//
// English stands in the page. The words of another language are fetched at once, before anything else is; until they are
// there, no words are seen (widget.css), and not for long. The same file is Python's dictionary.

window.liveChatLanguage = (() => {

const ENGLISH = 'en-US'
const PATIENCE = 2000 // ms to wait for a site's page that does not speak to us
const LONGEST = 8000 // ms that a file may take

const html = document.documentElement
const json = id => JSON.parse(document.querySelector(id)?.textContent ?? '{}')
const { words, tags, rtl, kept } = json('#languages')
const parameters = new URLSearchParams(location.search)
const name = kept ?? `live-chat:${parameters.get('id') ?? ''}:language`

// The one of ours that a tag means: itself, else by what it begins with (RFC 4647, section 3.4).
const found = tag => {
  for (let start = tag.toLowerCase().replaceAll('_', '-'); start; start = start.slice(0, Math.max(start.lastIndexOf('-'), 0))) {
    if (Object.hasOwn(tags, start)) return tags[start]
  }
}

const storage = () => {
  try {
    return localStorage
  } catch { return null }
}

// Where the browser denies us storage, the site's page may have kept it (stored.js).
const last = () => {
  const own = storage()
  if (own || parent === window || !window.answerOfSite) return Promise.resolve(own?.[name])
  const answer = window.answerOfSite.then(({ data }) => data.stored?.[name])
  return Promise.race([answer, new Promise(resolve => setTimeout(resolve, PATIENCE))])
}

const chosen = async () => {
  const asked = parameters.get('lang')
  if (asked) return found(asked) ?? ENGLISH
  const wishes = [await last(), json('#platform').language, ...navigator.languages]
  return wishes.map(tag => found(String(tag ?? ''))).find(Boolean) ?? ENGLISH
}

// The words of a language, as JSON; English needs none.
const load = async tag => {
  if (tag === ENGLISH) return '{}'
  const address = new URL(`${words}${tag}.json`, document.baseURI)
  const response = await fetch(address, { signal: AbortSignal.timeout(LONGEST), priority: 'high' })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.text()
}

// The page as it was served: its words one by one, but not what anybody has said.
const translate = (root, known) => {
  for (const element of root.querySelectorAll('*:not(#log *)')) {
    for (const name of ['aria-label', 'placeholder']) {
      if (known[element.getAttribute(name)]) element.setAttribute(name, known[element.getAttribute(name)])
    }
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && known[node.data]) node.data = known[node.data]
    if (element.localName === 'template') translate(element.content, known)
  }
}

const parsed = () => new Promise(resolve => {
  if (document.readyState === 'loading') document.addEventListener('readystatechange', resolve, { once: true })
  else resolve()
})

const begin = async () => {
  let tag = ENGLISH, texts = '{}'
  html.dataset.words = 'coming'
  try {
    const wish = await chosen()
    html.lang = wish
    html.dir = rtl.includes(wish) ? 'rtl' : 'ltr'
    const [known] = await Promise.all([load(wish), parsed()])
    const dictionary = JSON.parse(known)
    html.lang = dictionary[''] ?? wish
    translate(document, dictionary)
    tag = wish
    texts = known
  } catch (error) {
    html.lang = ENGLISH
    html.dir = 'ltr'
    console.warn('The chat is in English:', error)
  }
  delete html.dataset.words
  return { tag, texts }
}

// `begun` settles when the page has its words; it never fails.
return { name, begun: begin(), load }

})()
