// What an app needs of its page, and its Python last: PyScript's, or in a release the frozen one.

import { paint } from '/static/paint.js'
import { startPython } from '/static/python.js'

window.appPage = { paint }

// Where language.js has begun before us, Python takes the words from here; an app of your own may do without.
const language = window.liveChatLanguage
const spoken = language?.begun.then(begun => { Object.assign(language, begun) })
await startPython('sidebar_app.main', spoken)
