// A presentation clicker drives the café: its keys ask for a place in the programme, never for "one more".
// A held key, a burst of presses or a key typed in a field or on a focused control moves nothing by itself.
const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const PREVIOUS = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
const REST_MS = 700; // what a room needs at the very least to see that something changed

export default function mount({ data, setTriggerValue, parentElement }) {
  const host = parentElement.host ?? parentElement;
  const state = (host.comptoirClicker ??= { last: 0, asked: null });
  const here = JSON.stringify(data);
  if (state.here !== here) state.asked = null;
  state.here = here;
  const press = (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = NEXT.has(event.key) ? data.next : PREVIOUS.has(event.key) ? data.previous : undefined;
    if (target === undefined || isControl(event.composedPath()[0])) return;
    event.preventDefault();
    const now = Date.now();
    if (event.repeat || !target || state.asked || now - state.last < REST_MS) return;
    state.last = now;
    state.asked = target;
    // If the answer never comes, the next press may ask again.
    setTimeout(() => (state.asked = null), 4_000);
    setTriggerValue("go", target);
  };
  // A button keeps the focus after a mouse click; give it back, so that the clicker works at once.
  const release = (event) => {
    const button = event.detail > 0 && event.composedPath().find((node) => node.tagName === "BUTTON");
    if (button) button.blur();
  };
  window.addEventListener("keydown", press);
  window.addEventListener("click", release);
  return () => {
    window.removeEventListener("keydown", press);
    window.removeEventListener("click", release);
  };
}

function isControl(node) {
  if (!(node instanceof Element) || node === document.body || node === document.documentElement) return false;
  return Boolean(node.closest("input, textarea, select, button, a[href], summary, video, audio, [contenteditable=true], [tabindex]:not([tabindex='-1']), [role=button], [role=slider], [role=tab], [role=option], [role=menuitem]"));
}
