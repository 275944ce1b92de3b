// Mends what Material's script asks for, before that runs: `index` is the search index of the page's language, which on
// disk is a script, put into the head.
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent)
  const { base, features } = read("__config")
  const { index } = read("__digest")
  const at = path => new URL(path, new URL(base, location)).href
  const { open, send } = XMLHttpRequest.prototype
  const unasked = new WeakSet()

  document.head.appendChild = function (node) {
    if (node.src === at("search/search_index.js")) node.src = at(index.replace(/json$/, "js"))
    return Node.prototype.appendChild.call(this, node)
  }

  const isBesideAlternate = url =>
    (url !== at("sitemap.xml") || !features.includes("navigation.instant")) &&
    [...document.querySelectorAll("link[rel=alternate]")].some(link => new URL("sitemap.xml", link.href).href === url)

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    const asked = new URL(url, location).href
    if (isBesideAlternate(asked)) unasked.add(this)
    return open.call(this, method, asked === at("search/search_index.json") ? at(index) : url, ...rest)
  }
  XMLHttpRequest.prototype.send = function (...rest) {
    if (unasked.has(this)) this.dispatchEvent(new ProgressEvent("abort"))
    else send.apply(this, rest)
  }
})()
