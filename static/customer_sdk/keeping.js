// What the frame asks us to keep because the browser denies it storage of its own, as static/loader.js does for the window.

export const keeping = prefix => ({
  all() {
    try {
      const texts = Object.entries({ ...localStorage, ...sessionStorage }).filter(([name]) => name.startsWith(prefix))
      return Object.fromEntries(texts.map(([name, text]) => [name.slice(prefix.length), text]))
    } catch { return {} }
  },
  set({ name, text, forTab }) {
    try {
      const storage = forTab ? sessionStorage : localStorage
      text === null ? storage.removeItem(prefix + name) : storage.setItem(prefix + name, text)
    } catch { /* a site without storage forgets */ }
  },
})
