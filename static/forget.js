// Forgets what this origin keeps of a widget's visitor, and takes leave of the server: the page that a site's `logout` and `clear`
// load in place of the window (static/commands.js). It starts no Python, and shows nothing.

const widget = new URLSearchParams(location.search).get('id') ?? ''
const PATIENCE = 4000 // ms for the server to hear of it; the mark is there if it does not

const own = name => {
  try {
    return window[name]
  } catch {
    return null
  }
}
const storages = [own('localStorage'), own('sessionStorage')]

// Where the platform is stands in the window's own page.
const platform = async () => {
  const page = await (await fetch('./index.html')).text()
  return JSON.parse(/id="platform">([^]*?)<\/script>/.exec(page)[1])
}

const read = text => {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

// The token is taken back, and the cookies that only the server reads.
const leave = ({ accounts, client_id, organization_id }, { accessToken, refreshToken }) => {
  const left = fetch(`${accounts || location.origin}/v2/customer/token`, {
    method: 'DELETE',
    credentials: 'include',
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE),
    headers: accessToken ? { Authorization: `Bearer ${accessToken}` } : {},
    body: JSON.stringify({ client_id, organization_id, refresh_token: refreshToken }),
  })
  return left.then(answer => answer.text()).catch(() => { /* the mark sees to it that the next token is another's */ })
}

const forget = async stored => {
  const where = await platform()
  const token = `@@lc_auth_token:${where.organization_id}`
  const known = read(storages[0]?.getItem(token) ?? stored[token])
  for (const storage of storages) {
    Object.keys(storage ?? {}).filter(name => name === token || name.startsWith(`live-chat:${widget}:`)).forEach(name => storage.removeItem(name))
  }
  // Whoever comes next is somebody else, whatever the cookies say (widget/customer_sdk/auth.py). Other tabs hear of it, too.
  const mark = { [`${token}:left`]: `${Date.now()}` }
  if (storages[0]) Object.entries(mark).forEach(([name, text]) => storages[0].setItem(name, text))
  await leave(where, known)
  return storages[0] ? {} : mark
}

addEventListener('message', async ({ source, origin, data }) => {
  if (source !== parent || parent === window || data?.type !== 'live-chat:forget') return
  const keep = await forget(Object(data.stored))
  source.postMessage({ type: 'live-chat:forgotten', keep }, origin)
})

if (parent !== window) parent.postMessage('live-chat:hello', '*') // it says nothing of us, whoever that is
