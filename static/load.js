// Starts Python the ordinary way, where the frozen image (thaw.js) cannot be had or does not fit: the interpreter, then the
// packages, then the widget's own code. Of the page's files it takes the folder `runtime/` and the zip `code`.

export const load = async ({ runtime, code }) => {
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`)
  const [python, modules] = await Promise.all([loadPyodide({ indexURL: runtime }), fetch(code).then(response => response.arrayBuffer())])
  await python.loadPackage(Object.keys(python.lockfile.packages), { messageCallback: () => {} })
  python.unpackArchive(modules, 'zip')
  return python
}
