/* Stay at the same question when the language changes: an opened question is in the address, and the address's
   question is in the links of the language menu. Instant loading stays within a language: its script renews neither the
   language of the page nor its menu and search. */
(() => {
  const isQuestion = hash => /^#q\d+$/.test(hash)
  const read = id => JSON.parse(document.getElementById(id)?.textContent ?? "{}")
  const { base = ".", features = [] } = read("__config")
  const { roots = [""] } = read("__digest")
  const site = new URL(base, location)
  const folders = roots.map(root => new URL(root && `${root}/`, site).href)

  const folderOf = address => folders
    .filter(folder => address.startsWith(folder))
    .reduce((longest, folder) => folder.length > longest.length ? folder : longest, "")

  document.addEventListener("toggle", event => {
    const details = event.target
    if (details.matches("details.question[id][open]") && `#${details.id}` !== location.hash)
      history.replaceState(history.state, "", `#${details.id}`)
  }, true)

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]")
    if (!link)
      return
    if (features.includes("navigation.instant") && !link.target && folderOf(link.href) !== folders[0])
      link.target = "_self"
    if (link.matches("a[hreflang].md-select__link, .digest-languages a[hreflang]") && isQuestion(location.hash))
      link.hash = location.hash
  }, true)

  const renewMenu = () => {
    for (const link of document.querySelectorAll("a[hreflang].md-select__link")) {
      const lang = CSS.escape(link.hreflang)
      const alternate = document.querySelector(`link[rel=alternate][hreflang="${lang}"]:not([type])`)
      link.href = alternate ? new URL(alternate.href, location).pathname : folderOf(link.href)
    }
  }
  if (features.includes("navigation.instant"))
    window.document$?.subscribe(renewMenu)

  /* Material's script does this, that of other themes does not */
  const openQuestion = () => {
    if (isQuestion(location.hash))
      document.getElementById(location.hash.slice(1))?.setAttribute("open", "")
  }
  window.addEventListener("hashchange", openQuestion)
  openQuestion()
})()
