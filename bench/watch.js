// Watches a page from before its first script on: when a frame came from the server, when a message was painted, how long
// the page was busy at a stretch. All times are of performance.now().

{
  const came = []
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address)
      this.addEventListener('message', ({ data }) => { came.push({ at: performance.now(), data }) })
    }
  }

  // A message has been painted when the first task after the frame that shows it runs.
  const after = new MessageChannel()
  const frames = []
  let waiting = []
  const frame = () => {
    frames.push(performance.now())
    after.port2.postMessage('')
    requestAnimationFrame(frame)
  }
  after.port1.onmessage = () => {
    const now = performance.now()
    waiting = waiting.filter(({ shown, tell }) => !shown() || tell(now))
  }
  requestAnimationFrame(frame)

  const rowWith = text => {
    const rows = document.querySelectorAll('#log .text')
    return [...rows].slice(-3).some(row => row.textContent === text)
  }

  // Browsers tell of tasks that take 50 ms or more.
  const tasks = new PerformanceObserver(list => { longest = Math.max(longest, ...list.getEntries().map(task => task.duration)) })
  tasks.observe({ type: 'longtask' })
  let longest = 0

  // The memory that Python has: it is one block, and only grows.
  const memories = []
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name]
    WebAssembly[name] = async (...given) => {
      const made = await instantiate(...given)
      const found = Object.values((made.instance ?? made).exports).filter(value => value instanceof WebAssembly.Memory)
      memories.push(...found)
      return made
    }
  }

  window.watch = {
    // When a message is painted, at the end of the log.
    painted: text => new Promise(tell => { waiting.push({ shown: () => rowWith(text), tell: now => { tell(now) } }) }),
    // Milliseconds from the frame with the first text to the painting of the last one.
    async untilPainted(first, last) {
      came.length = 0
      const painted = await window.watch.painted(last)
      return painted - came.find(({ data }) => data.includes(`"${first}"`)).at
    },
    // The longest task since the last call, in ms; 0 when none took 50.
    longest() {
      const last = longest
      longest = 0
      return last
    },
    python: () => memories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0),
    frames: () => frames.splice(0),
  }
}
