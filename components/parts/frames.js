// Says what the frames of a page show, and in which language: Streamlit and its components name them after themselves.
export default function mount({ data }) {
  const speak = (frame) => {
    const page = frame.contentDocument?.documentElement;
    if (page) page.lang = document.documentElement.lang;
  };
  const name = () => {
    for (const frame of document.querySelectorAll("iframe")) {
      const [, title] = Object.entries(data.titles).find(([part]) => frame.src.includes(part)) ?? [];
      if (!title || frame.title === title) continue;
      frame.title = title;
      frame.addEventListener("load", () => speak(frame));
      speak(frame);
    }
  };
  const watcher = new MutationObserver(name);
  watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ["src", "title"] });
  name();
  return () => watcher.disconnect();
}
