// Starts Python the ordinary way, where the frozen image (thaw.js) cannot be had or does not fit: the interpreter, then the
// packages, then the widget's own code.

const RUNTIME = new URL('/runtime/', location.href).href

export const load = async () => {
  const { loadPyodide } = await import(`${RUNTIME}pyodide.mjs`)
  const [python, code] = await Promise.all([loadPyodide({ indexURL: RUNTIME }), fetch(`${RUNTIME}code.zip`).then(response => response.arrayBuffer())])
  await python.loadPackage(Object.keys(python.lockfile.packages), { messageCallback: () => {} })
  python.unpackArchive(code, 'zip')
  return python
}
