/* Stay at the same question when the language changes: an opened question is in the address, and the address's
   question is in the links of the language menu. */
(() => {
  const isQuestion = hash => /^#q\d+$/.test(hash)

  document.addEventListener("toggle", event => {
    const details = event.target
    if (details.matches("details.question[id][open]") && `#${details.id}` !== location.hash)
      history.replaceState(history.state, "", `#${details.id}`)
  }, true)

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[hreflang].md-select__link")
    if (link && isQuestion(location.hash))
      link.hash = location.hash
  }, true)
})()
