// Keeps all that is projected in sight: where it is taller than the screen, everything is made a little smaller.
const SIZES = [1, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62];
const REST_MS = 120;
const fits = new WeakMap();

export default function mount({ parentElement }) {
  const host = parentElement.host ?? parentElement;
  if (!fits.has(host)) fits.set(host, new Fit());
  return () => {
    fits.get(host)?.stop();
    fits.delete(host);
  };
}

class Fit {
  constructor() {
    this.later = () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.measure(), REST_MS);
    };
    this.watcher = new MutationObserver(this.later);
    this.watcher.observe(document.querySelector(".stMain"), { childList: true, subtree: true, characterData: true });
    this.sizes = new ResizeObserver(this.later);
    this.sizes.observe(document.querySelector(".stMainBlockContainer > *"));
    window.addEventListener("resize", this.later);
    this.later();
  }

  measure() {
    const view = document.querySelector(".stMain");
    const content = document.querySelector(".stMainBlockContainer");
    if (!view || !content) return;
    const key = `${content.textContent.length}:${view.clientHeight}:${view.clientWidth}`;
    // Larger again only for something else to show: text that settles must not make the screen breathe.
    let from = key === this.key ? SIZES.indexOf(this.size ?? 1) : 0;
    this.key = key;
    for (; from < SIZES.length; from += 1) {
      this.set(SIZES[from]);
      if (view.scrollHeight <= view.clientHeight + 1) return;
    }
  }

  set(size) {
    this.size = size;
    document.documentElement.style.setProperty("--fit", String(size));
  }

  stop() {
    clearTimeout(this.waiting);
    this.watcher.disconnect();
    this.sizes.disconnect();
    window.removeEventListener("resize", this.later);
    document.documentElement.style.removeProperty("--fit");
  }
}
