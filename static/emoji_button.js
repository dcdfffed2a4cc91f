// The button for emoji. What it opens is fetched when it is pressed for the first time: the picker (emoji.js), and the names
// in the reader's language. The page says where they are, beside its languages.

let picker, tries = 0

const fetched = async address => {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.json()
}

const load = async tag => {
  const { script, names } = JSON.parse(document.querySelector('#languages').textContent).emoji
  const address = new URL(script, document.baseURI)
  if (tries++) address.searchParams.set('again', tries) // a browser does not ask again for a script that has failed
  const [{ open }, emoji] = await Promise.all([import(address), fetched(new URL(`${names}${tag}.json`, document.baseURI))])
  return (button, words) => open({ button, words, emoji, tag })
}

// The words stand in the page, so that they are in its language (widget/ui/emoji.py).
const words = () => Object.fromEntries([...document.querySelectorAll('#emoji-words [data-word]')]
  .map(({ dataset, textContent }) => [dataset.word, textContent]))

const press = async button => {
  const tag = window.liveChatLanguage?.tag && document.documentElement.dataset.liveChat === 'starting'
    ? window.liveChatLanguage.tag // nobody but language.js knows it yet
    : button.dataset.emoji
  const failed = document.querySelector('#emoji-failed')
  failed.textContent = ''
  button.ariaBusy = true
  try {
    if (picker?.tag !== tag) picker = { tag, open: await load(tag) }
    picker.open(button, words())
  } catch (error) {
    console.warn('No emoji:', error)
    failed.textContent = words().failed
  } finally {
    button.ariaBusy = null
  }
}

// A press on the button closes what is open, before it is a click.
export const offerEmoji = () => {
  let wasOpen = false
  addEventListener('pointerdown', () => { wasOpen = Boolean(document.querySelector('.emoji-picker')) }, { capture: true })
  addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-emoji]')
    if (button && !wasOpen) press(button)
    wasOpen = false
  })
}
