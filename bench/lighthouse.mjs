// What Lighthouse says of a page, by turns as it is and without one of its scripts, as JSON.
//
//     node lighthouse.mjs CHROMIUM FLAGS URL SCRIPT ROUNDS     FLAGS   Chromium's, as a JSON list
//                                                              SCRIPT  a pattern of the addresses to leave out
//
// {"with": [{"blocked": ms, "tasks": count}, ...], "without": [...]}: total blocking time, and the tasks over 50 ms that are
// the script's, or in the page without it all of them. Phones are what Lighthouse emulates unless told otherwise.

import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'

const [chromePath, flags, url, script, rounds] = process.argv.slice(2)
const file = script.replaceAll('*', '')
const onlyAudits = ['total-blocking-time', 'long-tasks']

const measured = async blockedUrlPatterns => {
  const chrome = await launch({ chromePath, chromeFlags: ['--headless', ...JSON.parse(flags)] })
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyAudits, blockedUrlPatterns, logLevel: 'error' })
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
    const tasks = lhr.audits['long-tasks'].details?.items ?? []
    const own = tasks.filter(task => blockedUrlPatterns.length || task.url.includes(file))
    return { blocked: lhr.audits['total-blocking-time'].numericValue, tasks: own.length }
  } finally {
    chrome.kill()
  }
}

const found = { with: [], without: [] }
for (let round = 0; round < Number(rounds); round++) {
  found.with.push(await measured([]))
  found.without.push(await measured([script]))
}
console.log(JSON.stringify(found))
