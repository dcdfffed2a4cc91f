// The Customer SDK's hidden frame before Python: it starts Python, and hands it the channel to the site's page.

import { startPython } from './python.js'
import { connectToSite, stored } from './stored.js'

const { port } = connectToSite(() => { /* nobody sees it: no colours */ })
const { answerOfSite } = window
let started = false

const tell = text => port().postMessage(text)

// The site's page tries again, and tells who waits.
const failed = async reason => {
  if (started) return
  console.error('The Customer SDK could not start:', reason)
  await answerOfSite
  tell(JSON.stringify({ type: 'failed', reason: String(reason?.message ?? reason) }))
}

// What Python needs of this page (widget/browser/calling_page.py).
window.liveChatPage = {
  stored,
  tell,
  // A text, and a file or nothing: whatever else a page may send.
  listen(hear) {
    started = true
    port().onmessage = ({ data }) => hear(String(data?.text), data?.file instanceof Blob ? data.file : undefined)
  },
}

addEventListener('unhandledrejection', ({ reason }) => failed(reason))
addEventListener('error', ({ error }) => { if (error) failed(error) })

// A page of its own has nobody to work for.
if (parent !== window) startPython('widget.sdk_main', answerOfSite).catch(failed)
