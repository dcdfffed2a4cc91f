// What an app needs of its page, and its Python last: PyScript's, or in a release the frozen one.

import { paint } from '/static/paint.js'
import { startPython } from '/static/python.js'

window.appPage = { paint }

await startPython('sidebar_app.main')
