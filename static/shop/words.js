// The texts of a page about a command, in its language. They came with the page, by the English ones.

const words = JSON.parse(document.querySelector('#words').textContent)

export const text = english => words[english] ?? english
