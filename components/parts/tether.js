// When the server cannot be reached, Streamlit opens a dialog in English, for developers, over whatever one was doing.
// It is closed as it opens; a sentence says what happens, on pages that have no other way to say it.
const tethers = new WeakMap();

export default function mount({ data, parentElement }) {
  const notice = parentElement.querySelector(".notice");
  // Streamlit draws the page again when it is connected again: nothing to say any more.
  notice.hidden = true;
  notice.textContent = "";
  if (!tethers.has(notice)) {
    const watcher = new MutationObserver(() => {
      for (const dialog of document.querySelectorAll(".stDialog")) {
        const lost = dialog.textContent.includes("streamlit run");
        if (!lost && !dialog.textContent.includes("Page not found")) continue;
        dialog.querySelector("button")?.click();
        const sentence = lost ? data.sentence : data.unknown;
        notice.hidden = !sentence;
        notice.textContent = sentence;
      }
    });
    watcher.observe(document.body, { childList: true, subtree: true });
    tethers.set(notice, watcher);
  }
  return () => {
    tethers.get(notice)?.disconnect();
    tethers.delete(notice);
  };
}
