// The phone's pad. It draws a view computed by the server and knows kinds of input, nothing of quizzes or debates.
// It listens to the café's stream and sends answers by POST; what is typed or unsent lives on the phone until kept.

const SILENCE_MS = 10_000; // no heartbeat for this long: something holds the stream back
const ASK_MS = 5_000; // how often to ask instead
const RETRY_STREAM_MS = 30_000;
const SEND_TIMEOUT_MS = 15_000;

const pads = new WeakMap();

export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".pad");
  let pad = pads.get(root);
  if (pad) {
    pad.renew(data.start);
  } else {
    pad = new Pad(root, data);
    pads.set(root, pad);
    pad.begin();
  }
  return () => {
    pad.stop();
    pads.delete(root);
  };
}

class Pad {
  constructor(root, { cafe, start, addresses, labels, profile }) {
    this.root = root;
    this.addresses = addresses;
    this.labels = labels;
    this.profile = profile;
    this.store = new Keep(`comptoir:${cafe}:`);
    this.viewId = start.id;
    this.view = start.view;
    this.me = start.me;
    this.mine = start.mine;
    this.queue = this.store.get("queue", []);
    this.refused = {};
    this.trouble = "";
    this.late = "";
    this.live = true;
    this.editing = false;
    this.failures = 0;
    this.listeners = [];
    this.say = el("p", { class: "announce", role: "status" });
    this.body = el("div", { class: "body" });
    this.root.replaceChildren(this.body, this.say);
  }

  begin() {
    this.on(document, "visibilitychange", () => (document.hidden ? this.sleep() : this.wake()));
    this.on(window, "online", () => this.wake());
    this.on(window, "pageshow", (event) => event.persisted && this.wake());
    this.on(window, "storage", (event) => event.key === this.store.name("queue") && this.reloadQueue());
    this.draw();
    this.listen();
    this.watch();
    this.flush();
  }

  stop() {
    this.listeners.splice(0).forEach((off) => off());
    this.stream?.close();
    clearInterval(this.watchdog);
    clearTimeout(this.asking);
    clearTimeout(this.resending);
    this.stopped = true;
  }

  on(target, event, act) {
    target.addEventListener(event, act);
    this.listeners.push(() => target.removeEventListener(event, act));
  }

  // The page ran again: its snapshot may be newer than what the stream brought, or older.
  renew(start) {
    if (start.id >= this.viewId) this.take(start);
  }

  take({ id, view, me, mine }) {
    if (view && id >= this.viewId) {
      this.viewId = id;
      if (this.view.question !== view.question || (view.open && !this.view.open)) this.refused = {};
      if (this.view.question !== view.question) this.editing = false;
      this.view = view;
    }
    if (me !== undefined) this.me = me;
    if (mine) this.mine = mine;
    this.draw();
  }

  // ---- listening

  listen() {
    this.stream?.close();
    this.heard = Date.now();
    this.triedStream = Date.now();
    let opened = false;
    const stream = (this.stream = new EventSource(this.addresses.stream));
    const hear = (act) => (event) => {
      if (stream !== this.stream) return;
      this.heard = Date.now();
      this.setLive(true);
      act?.(event);
    };
    stream.onopen = () => {
      // Back after a cut: what concerns this person alone may have changed meanwhile.
      if (opened) this.refresh();
      opened = true;
      this.flush();
    };
    stream.addEventListener("view", hear((event) => {
      this.take({ id: Number(event.lastEventId), view: JSON.parse(event.data) });
    }));
    stream.addEventListener("me", hear(() => this.refresh()));
    stream.addEventListener("beat", hear());
    stream.onerror = () => {
      if (stream === this.stream && stream.readyState === EventSource.CLOSED) this.setLive(false);
    };
  }

  watch() {
    clearInterval(this.watchdog);
    if (document.hidden) return;
    this.watchdog = setInterval(() => {
      const now = Date.now();
      if (this.live && now - this.heard > SILENCE_MS) this.setLive(false);
      else if (!this.live && now - this.triedStream > RETRY_STREAM_MS) this.listen();
    }, 2_000);
  }

  setLive(live) {
    if (live === this.live) return;
    this.live = live;
    clearTimeout(this.asking);
    if (live) this.trouble = "";
    else this.ask();
    this.draw();
  }

  // The stream is held back or cut: ask slowly until it is heard again.
  async ask() {
    clearTimeout(this.asking);
    if (this.live || this.stopped || document.hidden) return;
    // Set before asking, so that two calls never make two rhythms.
    this.asking = setTimeout(() => this.ask(), ASK_MS);
    await this.refresh();
  }

  async refresh() {
    try {
      const reply = await this.fetch(`${this.addresses.state}?since=${this.viewId}`);
      if (!reply.ok) return;
      const state = await reply.json();
      this.trouble = "";
      this.take(state);
      this.flush();
    } catch {
      this.trouble = this.labels.offline;
      this.draw();
    }
  }

  sleep() {
    clearInterval(this.watchdog);
    clearTimeout(this.asking);
  }

  wake() {
    if (this.stopped) return;
    this.watch();
    if (this.live) this.refresh();
    else this.ask();
    if (Date.now() - this.heard > SILENCE_MS / 2) this.listen();
    this.flush();
  }

  // ---- speaking

  fetch(address, body) {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), SEND_TIMEOUT_MS);
    const options = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    return fetch(address, { ...options, credentials: "same-origin", cache: "no-store", signal: cut.signal })
      .finally(() => clearTimeout(timer));
  }

  answer(question, value) {
    delete this.refused[question];
    // Only the last word on a question matters; one already on its way keeps its place.
    const others = this.queue.filter((one) => one.question !== question || one.key === this.sendingKey);
    this.setQueue([...others, { key: newKey(), question, value }]);
    this.draw();
    this.flush();
  }

  setQueue(queue) {
    this.queue = queue;
    this.store.set("queue", queue);
  }

  reloadQueue() {
    this.queue = this.store.get("queue", []);
    this.draw();
    // What another tab no longer has to send was kept, or refused: the server says which.
    this.refresh();
  }

  async flush() {
    if (this.sendingKey || this.stopped || !this.me) return;
    clearTimeout(this.resending);
    while (this.queue.length && !this.stopped) {
      const one = this.queue[0];
      this.sendingKey = one.key;
      let reply, body;
      try {
        reply = await this.fetch(this.addresses.answers, one);
        body = await reply.json();
      } catch {
        reply = null;
      }
      this.sendingKey = null;
      if (!reply || reply.status >= 500 || reply.status === 429) return this.sendLater(body?.message);
      this.failures = 0;
      this.trouble = "";
      if (body.code === "not-here") {
        this.me = null; // joins again, then what waits is sent
        return this.draw();
      }
      this.setQueue(this.queue.filter((other) => other.key !== one.key));
      if (reply.ok) {
        this.mine = { ...this.mine, [one.question]: body.value };
        this.late = "";
        if (this.store.get(`draft:${one.question}`) === one.value) this.store.remove(`draft:${one.question}`);
        this.draw();
        if (this.view.question === one.question && !this.waitsFor(one.question)) {
          this.announce(this.body.querySelector(".status")?.textContent ?? this.labels.kept);
        }
      } else {
        this.refused[one.question] = body.message;
        // The room has moved on: what became of that answer is said beside the new question, until another is kept.
        if (this.view.question !== one.question) this.late = fill(this.labels.late, { reason: body.message });
        if (body.code === "sent-away") this.refresh();
        this.draw();
        this.announce(body.message);
      }
    }
  }

  sendLater(message) {
    this.failures += 1;
    this.trouble = message || this.labels.waiting;
    this.draw();
    this.resending = setTimeout(() => this.flush(), Math.min(1_000 * 2 ** this.failures, 15_000));
  }

  waitsFor(question) {
    return this.queue.findLast?.((one) => one.question === question)
      ?? [...this.queue].reverse().find((one) => one.question === question);
  }

  async join(profile) {
    this.joining = true;
    this.draw();
    try {
      const reply = await this.fetch(this.addresses.join, profile);
      const body = await reply.json();
      if (reply.ok) {
        this.joinTrouble = "";
        this.editing = false;
        this.joining = false;
        this.store.remove("profile");
        this.take(body);
        this.root.querySelector("h1")?.focus();
        return this.flush();
      }
      this.joinTrouble = body.message;
    } catch {
      this.joinTrouble = this.labels.offline;
    }
    this.joining = false;
    this.draw();
    this.announce(this.joinTrouble);
  }

  // ---- drawing

  announce(text) {
    this.say.textContent = "";
    requestAnimationFrame(() => (this.say.textContent = text));
  }

  draw() {
    if (this.stopped) return;
    const focus = this.focusedKey();
    this.body.replaceChildren(...this.content().filter(Boolean));
    if (focus) this.restoreFocus(focus);
    this.tell();
  }

  // Say aloud what the room sees change: a new question, a vote that closes or opens again, an answer revealed.
  tell() {
    const { view, labels } = this;
    const subject = view.question || view.title;
    const stage = `${view.open}|${Boolean(view.right)}|${this.live}`;
    const before = this.told;
    this.told = { subject, stage };
    if (!before || !this.me) return;
    if (before.subject !== subject) return this.announce(view.prompt || view.title);
    if (before.stage === stage) return;
    const right = view.right?.length ? view.choices.filter(({ id }) => view.right.includes(id)) : [];
    const parts = [
      !this.live && labels.live_lost,
      right.length && `${labels.right.replace("✓ ", "")} : ${right.map(({ label }) => label).join(", ")}.`,
      view.right && view.explanation,
      this.body.querySelector(".status")?.textContent,
    ];
    this.announce(parts.filter(Boolean).join(" "));
  }

  focusedKey() {
    const active = this.root.getRootNode().activeElement;
    return active?.dataset?.key && { key: active.dataset.key, start: active.selectionStart, end: active.selectionEnd };
  }

  restoreFocus({ key, start, end }) {
    const target = this.body.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    target.focus({ preventScroll: true });
    if (typeof start === "number" && "setSelectionRange" in target && target.type !== "radio") {
      target.setSelectionRange(start, end);
    }
  }

  content() {
    const { view, labels } = this;
    if (this.me?.removed) return [this.head(), el("p", { class: "lead" }, labels.removed)];
    if (!view.over && (!this.me || this.editing)) return [this.head(), this.joinForm(), ...this.notices()];
    const parts = { choice: () => this.choice(), text: () => this.text(), done: () => this.done() };
    return [this.head(), ...(parts[view.kind] ?? (() => this.message()))(), ...this.notices(), this.foot()];
  }

  head() {
    const { view } = this;
    const where = [view.step, view.progress].filter(Boolean).join(" · ");
    return el("header", {},
      el("h1", { tabindex: "-1" }, view.cafe),
      where && el("p", { class: "where" }, courseMark(view.course), el("span", {}, where)));
  }

  message() {
    const { view } = this;
    return [
      el("h2", {}, view.title),
      view.body && el("p", { class: "lead" }, view.body),
      this.links(),
    ];
  }

  links() {
    const { view, labels } = this;
    return view.links?.length > 0 && el("ul", { class: "links" }, ...view.links.map((link) =>
      el("li", {}, el("a", { href: link.url, target: "_blank", rel: "noopener noreferrer" },
        link.label, el("span", { class: "unseen" }, ` ${labels.link_new_tab}`)))));
  }

  choice() {
    const { view, labels } = this;
    const waiting = this.waitsFor(view.question);
    const chosen = waiting ? waiting.value : this.mine[view.question];
    const rows = view.choices.map(({ id, label }) => {
      const right = view.right?.includes(id);
      const share = view.results?.shares[id];
      return el("li", {},
        el("button", {
          type: "button",
          class: ["option", chosen === id && "chosen", right && "right", view.right?.length > 0 && !right && "other"]
            .filter(Boolean).join(" "),
          "data-key": `option:${id}`,
          "aria-pressed": String(chosen === id),
          "aria-disabled": view.open ? null : "true",
          onclick: () => view.open && chosen !== id && this.answer(view.question, id),
        },
        share !== undefined && el("span", { class: "bar", style: `inline-size:${share}%`, "aria-hidden": "true" }),
        el("span", { class: "label" }, label),
        right && el("span", { class: "mark" }, labels.right),
        chosen === id && el("span", { class: "mark" }, labels.you),
        share !== undefined && el("span", { class: "figure" }, `${view.results.counts[id]} · ${share} %`)));
    });
    return [
      el("h2", { id: "prompt" }, view.prompt),
      el("ul", { class: "options", role: "list", "aria-labelledby": "prompt" }, ...rows),
      this.status(),
      this.explanation(chosen),
      view.results && el("p", { class: "small" }, view.results.people),
    ];
  }

  text() {
    const { view, labels } = this;
    const kept = this.mine[view.question];
    const waiting = this.waitsFor(view.question);
    const draft = this.store.get(`draft:${view.question}`) ?? waiting?.value ?? kept ?? "";
    const count = el("span", { class: "small", id: "count" });
    const area = el("textarea", {
      id: "text", rows: "3", "data-key": `text:${view.question}`, "aria-describedby": "count", "aria-labelledby": "prompt",
    });
    area.value = draft;
    const measure = () => {
      // Counted as the server does: composed, and without the blanks around.
      const left = view.limit - [...area.value.normalize("NFC").trim()].length;
      count.textContent = fill(left < 0 ? labels.chars_over : labels.chars_left, { count: Math.abs(left) });
      area.setAttribute("aria-invalid", String(left < 0));
      return left;
    };
    area.oninput = () => {
      this.store.set(`draft:${view.question}`, area.value);
      measure();
    };
    measure();
    const form = el("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const value = area.value;
        if (measure() < 0) return this.announce(count.textContent);
        if (!value.trim()) {
          this.refused[view.question] = labels.body_empty;
          this.announce(labels.body_empty);
          return this.draw();
        }
        this.answer(view.question, value);
      },
    }, area, el("div", { class: "row" }, count,
      el("button", { type: "submit", class: "primary", "data-key": "send" }, kept ? labels.send_again : labels.send)));
    const texts = view.results?.texts;
    return [
      el("h2", { id: "prompt" }, view.prompt),
      view.open ? form : (waiting || kept) && el("blockquote", {}, waiting?.value ?? kept),
      this.status(),
      this.explanation(),
      texts && el("p", { class: "small" }, view.results.people),
      texts?.length > 0 && el("ul", { class: "texts", "aria-label": labels.texts }, ...texts.map((one) => el("li", {}, one))),
    ];
  }

  done() {
    const { view, labels } = this;
    const finished = this.mine[view.question] || this.waitsFor(view.question);
    return [
      el("h2", {}, view.step),
      el("p", { class: "lead" }, view.prompt),
      this.links(),
      el("button", {
        type: "button", class: finished ? "option chosen" : "primary wide", "data-key": "done",
        "aria-pressed": String(Boolean(finished)), "aria-disabled": view.open ? null : "true",
        onclick: () => view.open && !finished && this.answer(view.question, "fini"),
      }, finished ? labels.done_kept : labels.done),
      this.status(),
    ];
  }

  status() {
    const { view, labels } = this;
    const refused = this.refused[view.question];
    const waiting = this.waitsFor(view.question);
    const kept = this.mine[view.question] !== undefined;
    const words = { text: [labels.kept_text, labels.before_text], done: [labels.done_thanks, ""] };
    const [thanks, before] = words[view.kind] ?? [labels.kept, labels.before];
    if (refused) return el("p", { class: "status refused" }, refused);
    if (waiting) return el("p", { class: "status sending" }, this.failures ? labels.waiting : labels.sending);
    if (kept) return el("p", { class: "status kept" }, view.open || view.kind === "done" ? thanks : labels.closed);
    const word = view.open ? before : labels.closed_unanswered;
    return word && el("p", { class: "status" }, word);
  }

  explanation(chosen) {
    const { view, labels } = this;
    if (!view.right || !(view.explanation || view.right.length)) return null;
    return el("div", { class: "explanation" },
      chosen !== undefined && view.right.includes(chosen) && el("p", { class: "well" }, labels.right_mine),
      view.explanation && el("p", {}, view.explanation));
  }

  joinForm() {
    const { labels, profile } = this;
    const saved = this.store.get("profile") ?? { pseudonym: this.me?.pseudonym ?? "", level: this.me?.level, place: this.me?.place };
    const name = el("input", {
      id: "pseudonym", type: "text", autocomplete: "off", maxlength: String(profile.limit), "data-key": "pseudonym",
      "aria-describedby": "pseudonym-hint",
    });
    name.value = saved.pseudonym ?? "";
    const pick = (group, options) => el("fieldset", {}, el("legend", {}, labels[group]),
      el("div", { class: "picks" }, ...options.map(({ id, label }) => {
        const radio = el("input", { type: "radio", name: group, value: id, "data-key": `${group}:${id}` });
        radio.checked = saved[group] === id;
        return el("label", {}, radio, el("span", {}, label));
      })));
    const read = () => ({
      pseudonym: name.value,
      level: form.querySelector("[name=level]:checked")?.value ?? null,
      place: form.querySelector("[name=place]:checked")?.value ?? null,
    });
    const form = el("form", {
      class: "join",
      oninput: () => this.store.set("profile", read()),
      onsubmit: (event) => {
        event.preventDefault();
        if (!this.joining) this.join(read());
      },
    },
    el("h2", {}, this.editing ? labels.edit_profile : labels.join_title),
    el("label", { for: "pseudonym" }, labels.pseudonym),
    name,
    el("p", { class: "small", id: "pseudonym-hint" }, labels.pseudonym_hint),
    pick("level", profile.levels),
    pick("place", profile.places),
    this.joinTrouble && el("p", { class: "status refused" }, this.joinTrouble),
    el("button", { type: "submit", class: "primary wide", "data-key": "join", "aria-disabled": this.joining ? "true" : null },
      this.editing ? labels.save : labels.enter),
    this.editing && el("button", {
      type: "button", class: "link", "data-key": "cancel",
      onclick: () => {
        this.editing = false;
        this.joinTrouble = "";
        this.store.remove("profile");
        this.draw();
      },
    }, labels.cancel));
    return form;
  }

  notices() {
    const { labels } = this;
    // Said once: an answer that waits says so beside itself.
    const trouble = this.trouble === labels.waiting && this.waitsFor(this.view.question) ? "" : this.trouble;
    const text = trouble || (!this.live && labels.live_lost);
    return [text, this.late].filter(Boolean).map((sentence) => el("p", { class: "notice" }, sentence));
  }

  foot() {
    if (!this.me || this.view.over) return null;
    return el("footer", {}, el("span", {}, this.me.name),
      el("button", {
        type: "button", class: "link", "data-key": "edit",
        onclick: () => {
          this.editing = true;
          this.draw();
        },
      }, this.labels.edit_profile));
  }
}

// What must outlive the page: drafts and unsent answers. A browser that refuses storage keeps them in memory.
class Keep {
  constructor(prefix) {
    this.prefix = prefix;
    this.memory = {};
  }

  name(key) {
    return this.prefix + key;
  }

  get(key, otherwise) {
    try {
      const text = localStorage.getItem(this.name(key)) ?? this.memory[key];
      return text === undefined || text === null ? otherwise : JSON.parse(text);
    } catch {
      return this.memory[key] === undefined ? otherwise : JSON.parse(this.memory[key]);
    }
  }

  set(key, value) {
    this.memory[key] = JSON.stringify(value);
    try {
      localStorage.setItem(this.name(key), this.memory[key]);
    } catch {
      // Private browsing or full: memory holds it for as long as the page is open.
    }
  }

  remove(key) {
    delete this.memory[key];
    try {
      localStorage.removeItem(this.name(key));
    } catch {
      // As above.
    }
  }
}

// Text only ever becomes text: no HTML is parsed here.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node[name] = value;
    else if (name === "style") node.style.cssText = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

const COURSES = {
  tasse: "M4 8h12v5a6 6 0 0 1-12 0zM16 9h2a2 2 0 0 1 0 5h-2",
  cafe: "M4 10h12v4a5 5 0 0 1-12 0zM7 3c2 2-2 3 0 5M11 3c2 2-2 3 0 5",
  chocolat: "M4 5h14v12H4zM4 11h14M11 5v12",
  sucre: "M4 8l7-4 7 4v7l-7 4-7-4zM4 8l7 4 7-4M11 12v7",
};

function courseMark(course) {
  if (!COURSES[course]) return null;
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 22 22");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", COURSES[course]);
  svg.append(path);
  return svg;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Over plain HTTP, as in most meeting rooms, randomUUID does not exist.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
