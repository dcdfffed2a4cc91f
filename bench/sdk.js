// What both pages of bench/sdk.py have: when the first of many frames came, and when the last was told.
//
// A page says with `told()` that its client has told an event, and defines `ready`, `startChat` and `trips`.
{
  let first = null
  let left = 0
  let done

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      this.addEventListener('message', () => { first ??= performance.now() })
    }
  }

  // Milliseconds from the first frame that comes from now on until so many events have been told.
  window.hear = count => {
    first = null
    left = count
    return new Promise(resolve => { done = resolve })
  }

  window.told = () => {
    left -= 1
    if (left === 0) done(performance.now() - first)
  }

  // How long each of some calls takes, one after the other, in ms.
  window.timed = async (count, call) => {
    const times = []
    for (let number = 0; number < count; number++) {
      const before = performance.now()
      await call(number)
      times.push(performance.now() - before)
    }
    return times
  }
}
