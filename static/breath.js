// Lets the browser do what waits, typing and painting, before a long work goes on. Python's start is such a work, and where
// the frame is on the site's own origin the site's page stands still with it.
export const breath = () => globalThis.scheduler?.yield?.() ?? new Promise(resolve => setTimeout(resolve))
