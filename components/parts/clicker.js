// A presentation clicker drives the café: its keys ask for a place in the programme, never for "one more".
// A held key, a burst of presses or a key typed in a field or on a focused control moves nothing by itself.
const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const PREVIOUS = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
const REST_MS = 700; // what a room needs at the very least to see that something changed

const clickers = new WeakMap();

export default function mount({ data, setTriggerValue, parentElement }) {
  const host = parentElement.host ?? parentElement;
  let clicker = clickers.get(host);
  if (!clicker) {
    clicker = new Clicker();
    clickers.set(host, clicker);
  }
  // Called again at every drawing of the page: the same clicker, with where its keys lead now.
  clicker.aim(data, setTriggerValue);
  return () => {
    clicker.stop();
    clickers.delete(host);
  };
}

class Clicker {
  constructor() {
    this.last = 0;
    this.asked = false;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    window.addEventListener("keydown", (event) => this.press(event), { signal });
    window.addEventListener("click", release, { signal });
    window.addEventListener("click", refuseSecond, { signal, capture: true });
  }

  aim(data, trigger) {
    const targets = JSON.stringify(data);
    if (targets !== this.targets) this.asked = false;
    Object.assign(this, { data, trigger, targets });
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = NEXT.has(event.key) ? this.data.next : PREVIOUS.has(event.key) ? this.data.previous : undefined;
    if (target === undefined || isControl(event.composedPath()[0])) return;
    event.preventDefault();
    const now = Date.now();
    if (event.repeat || !target || this.asked || now - this.last < REST_MS) return;
    this.last = now;
    this.asked = true;
    // If the answer never comes, the next press may ask again.
    clearTimeout(this.patience);
    this.patience = setTimeout(() => (this.asked = false), 4_000);
    this.trigger("go", target);
  }

  stop() {
    this.listeners.abort();
    clearTimeout(this.patience);
  }
}

// The second half of a double click on « next » would pass over what the first has just shown.
function refuseSecond(event) {
  const moves = (node) => node.classList?.contains("st-key-next") || node.classList?.contains("st-key-previous");
  if (event.detail < 2 || !event.composedPath().some(moves)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
}

// A button keeps the focus after a mouse click; give it back, so that the clicker works at once.
function release(event) {
  const button = event.detail > 0 && event.composedPath().find((node) => node.tagName === "BUTTON");
  if (button) button.blur();
}

function isControl(node) {
  if (!(node instanceof Element) || node === document.body || node === document.documentElement) return false;
  return Boolean(node.closest("input, textarea, select, button, a[href], summary, video, audio, [contenteditable=true], [tabindex]:not([tabindex='-1']), [role=button], [role=slider], [role=tab], [role=option], [role=menuitem]"));
}
