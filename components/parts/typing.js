// Hands over what is typed in the fields of the page once nothing was typed for a moment, as leaving the field would.
const PAUSE_MS = 800;
const watchers = new WeakMap();

// Streamlit keeps a line on Enter, and a longer text on Enter with Control.
function hand(field) {
  if (!field.isConnected) return;
  const ctrlKey = field.tagName === "TEXTAREA";
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, ctrlKey, bubbles: true }));
}

export default function mount({ parentElement }) {
  const host = parentElement.host ?? parentElement;
  if (watchers.has(host)) return () => {};
  let pending;
  const typed = (event) => {
    const field = event.target;
    // In a form, Enter would send it.
    if (!field.matches?.(".stTextInput input, .stTextArea textarea") || field.closest(".stForm")) return;
    clearTimeout(pending);
    pending = setTimeout(() => hand(field), PAUSE_MS);
  };
  document.addEventListener("input", typed);
  watchers.set(host, true);
  return () => {
    clearTimeout(pending);
    document.removeEventListener("input", typed);
    watchers.delete(host);
  };
}
