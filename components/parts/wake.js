// Wakes a fragment when the café's stream brings a new version. Nothing is polled; a silent stream is opened again.
const SILENCE_MS = 10_000;
const UNDRAWN_MS = 3_000;
const wakers = new WeakMap();

// The café may have been deleted: the page then says so by itself.
async function leaveIfGone(address) {
  const cut = new AbortController();
  try {
    const reply = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: cut.signal });
    if (reply.status === 404) window.location.reload();
  } catch {
    // Not reached: it is tried again.
  }
  cut.abort();
}

export default function mount({ data, parentElement, setTriggerValue }) {
  const notice = parentElement.querySelector(".notice");
  let waker = wakers.get(notice);
  if (!waker) {
    waker = { seen: data.seen };
    wakers.set(notice, waker);
    const lose = () => {
      notice.hidden = false;
      notice.textContent = data.lost;
    };
    const send = () => {
      waker.sent = Date.now();
      waker.trigger("version", waker.wanted);
    };
    waker.tear = () => (waker.torn = true);
    window.addEventListener("vite:preloadError", waker.tear);
    const open = () => {
      waker.stream?.close();
      waker.heard = Date.now();
      waker.stream = new EventSource(data.address);
      const hear = () => {
        waker.heard = Date.now();
        notice.hidden = true;
        notice.textContent = "";
        // A piece of the page that could not be fetched meanwhile is missing for good: take the page again.
        if (waker.torn) window.location.reload();
      };
      waker.stream.onerror = () => {
        lose();
        if (waker.stream.readyState === EventSource.CLOSED) leaveIfGone(data.address);
      };
      waker.stream.addEventListener("beat", hear);
      waker.stream.addEventListener("version", (event) => {
        hear();
        if (event.data === waker.seen) return;
        waker.wanted = event.data;
        send();
      });
    };
    open();
    waker.timer = setInterval(() => {
      // Streamlit's own socket may have been cut when the news came: ask until the page is drawn again.
      if (waker.wanted && Date.now() - waker.sent > UNDRAWN_MS) send();
      if (Date.now() - waker.heard <= SILENCE_MS) return;
      lose();
      open();
    }, 2_000);
  }
  waker.trigger = setTriggerValue;
  waker.seen = data.seen;
  waker.wanted = null;
  return () => {
    waker.stream?.close();
    clearInterval(waker.timer);
    window.removeEventListener("vite:preloadError", waker.tear);
    wakers.delete(notice);
  };
}
