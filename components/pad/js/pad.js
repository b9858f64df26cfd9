// The phone's pad. It draws a view computed by the server and knows kinds of input (inputs.js), nothing of quizzes or
// debates. It listens to the café's stream and sends by POST; what is typed or unsent lives on the phone until kept.

const SILENCE_MS = 10_000; // no heartbeat for this long: something holds the stream back
const ASK_MS = 5_000; // how often to ask instead
const RETRY_STREAM_MS = 30_000;
const SEND_TIMEOUT_MS = 15_000;

const NOBODY = { me: null, mine: {}, notes: {}, backed: {}, held: {} };

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

function seatsOf({ me, mine, notes, backed, held, guests }) {
  return { 1: { me, mine, notes, backed, held }, ...guests };
}

class Pad {
  constructor(root, { cafe, preview, start, addresses, labels, profile, drawings }) {
    this.root = root;
    this.preview = preview; // something to look at: nothing is heard, sent or kept
    this.addresses = addresses;
    this.labels = labels;
    this.profile = profile;
    this.drawings = drawings;
    this.store = new Keep(`comptoir:${cafe}:`);
    this.viewId = start.id;
    this.view = start.view;
    this.seat = 1;
    this.seats = seatsOf(start);
    this.behind = start.now - Date.now();
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
    if (this.preview) {
      this.root.inert = true;
      this.draw();
      return;
    }
    this.on(document, "visibilitychange", () => (document.hidden ? this.sleep() : this.wake()));
    this.on(window, "online", () => this.wake());
    this.on(window, "pageshow", (event) => event.persisted && this.wake());
    this.on(window, "storage", (event) => event.key === this.store.name("queue") && this.reloadQueue());
    this.draw();
    this.listen();
    this.watch();
    this.stayLit();
    this.flush();
  }

  // A phone does not go dark between two questions, where its browser allows that (over HTTPS, battery permitting).
  async stayLit() {
    try {
      if (!this.view.over) this.lit = await navigator.wakeLock?.request("screen");
    } catch {
      // Refused: the phone sleeps as usual, and comes back by itself.
    }
  }

  stop() {
    this.lit?.release();
    this.listeners.splice(0).forEach((off) => off());
    this.stream?.close();
    clearInterval(this.watchdog);
    clearInterval(this.ticking);
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

  // The person who holds the phone now; its owner has the first seat.
  get who() {
    return this.seats[this.seat] ?? NOBODY;
  }

  get me() {
    return this.who.me;
  }

  get mine() {
    return this.who.mine;
  }

  take(state) {
    const { id, view } = state;
    if (view && id >= this.viewId) {
      this.viewId = id;
      if (this.view.question !== view.question || (view.open && !this.view.open)) this.refused = {};
      if (this.view.question !== view.question) {
        this.editing = false;
        this.seat = 1; // the phone goes back to its owner for what comes next
        if (this.leaving?.asked) this.leaving = null;
      }
      this.view = view;
      if (view.over) this.lit?.release();
    }
    if (state.me !== undefined) this.seats = seatsOf(state);
    if (state.now) this.behind = state.now - Date.now();
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
    stream.addEventListener("beat", hear((event) => {
      this.behind = Number(event.data) - Date.now();
    }));
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
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), 1_000);
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
      const state = await reply.json();
      if (state.code === "unknown-cafe") return this.gone();
      if (!reply.ok) return;
      this.trouble = "";
      this.take(state);
      this.flush();
    } catch {
      this.trouble = this.labels.offline;
      this.draw();
    }
  }

  // The café was deleted: that is said once, and nothing more is asked.
  gone() {
    this.seats = { 1: NOBODY };
    this.setQueue([]);
    this.view = { kind: "message", cafe: this.view.cafe, title: this.labels.gone, body: this.labels.gone_body, over: true };
    this.leaving = null;
    this.live = true;
    this.trouble = "";
    this.draw();
    this.announce(this.labels.gone_body);
    this.stop();
  }

  sleep() {
    clearInterval(this.watchdog);
    clearInterval(this.ticking);
    clearTimeout(this.asking);
  }

  wake() {
    if (this.stopped) return;
    this.watch();
    this.stayLit(); // it was lost with the page's sight
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

  // `typed` is what was in the field: it comes back there if the answer is refused.
  answer(question, value, typed) {
    delete this.refused[question];
    // Only the last word on a question matters; one already on its way keeps its place.
    const same = (one) => one.question === question && one.seat === this.seat && one.value !== undefined;
    const others = this.queue.filter((one) => !same(one) || one.key === this.sendingKey);
    this.push([...others, { key: newKey(), question, value, typed, seat: this.seat }]);
  }

  // Something about a note: each is sent, in order.
  tellNote(question, note, action, more = {}) {
    delete this.refused[question];
    this.push([...this.queue, { key: newKey(), question, note, action, seat: this.seat, ...more }]);
  }

  push(queue) {
    this.leaving = null; // there is something to delete again
    this.setQueue(queue);
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
    if (this.sendingKey || this.stopped || !this.seats[1].me) return;
    clearTimeout(this.resending);
    while (this.queue.length && !this.stopped) {
      const one = this.queue[0];
      this.sendingKey = one.key;
      let reply, body;
      try {
        reply = await this.fetch(one.action ? this.addresses.notes : this.addresses.answers, one);
        body = await reply.json();
      } catch {
        reply = null;
      }
      this.sendingKey = null;
      if (!reply || reply.status >= 500 || reply.status === 429) return this.sendLater(body?.message);
      this.failures = 0;
      this.trouble = "";
      if (body.code === "unknown-cafe") return this.gone();
      if (body.code === "not-here") {
        this.seats = { 1: NOBODY }; // joins again, then what waits is sent
        return this.draw();
      }
      this.setQueue(this.queue.filter((other) => other.key !== one.key));
      if (reply.ok) {
        this.keepFor(one, body);
        this.late = "";
        this.draw();
        if (this.view.question === one.question && !this.waitsFor(one.question)) {
          // The mark is stamped once, when it happens.
          this.body.querySelector(".status.kept")?.classList.add("fresh");
          this.announce(this.body.querySelector(".status")?.textContent ?? this.labels.kept);
        }
      } else {
        this.refused[one.question] = body.message;
        const draft = this.draftName(one.question, one.seat);
        if (one.typed && !this.store.get(draft)) this.store.set(draft, one.typed);
        // The room has moved on: what became of that answer is said beside the new question, until another is kept.
        if (this.view.question !== one.question) this.late = fill(this.labels.late, { reason: body.message });
        if (body.code === "sent-away") this.refresh();
        this.draw();
        this.announce(body.message);
      }
    }
  }

  // What the server has kept, put where the person finds it; a draft that was sent as it stands is no draft any more.
  keepFor(one, body) {
    const seat = one.seat ?? 1;
    const who = this.seats[seat] ?? NOBODY;
    const change = one.action
      ? { notes: { ...who.notes, [one.question]: body.notes }, backed: { ...who.backed, [one.question]: body.backed } }
      : { mine: { ...who.mine, [one.question]: body.value }, held: { ...who.held, [one.question]: body.held ?? "" } };
    this.seats = { ...this.seats, [seat]: { ...who, ...change } };
    const draft = this.draftName(one.question, seat);
    if (one.value !== undefined && this.store.get(draft) === one.value) this.store.remove(draft);
  }

  draftName(question, seat = this.seat) {
    return seat === 1 ? `draft:${question}` : `draft:${question}:${seat}`;
  }

  get draft() {
    return this.store.get(this.draftName(this.view.question));
  }

  set draft(value) {
    const name = this.draftName(this.view.question);
    if (value === undefined) this.store.remove(name);
    else this.store.set(name, value);
  }

  // What waits or was kept of this person's answer.
  get given() {
    return this.waitsFor(this.view.question)?.value ?? this.mine[this.view.question];
  }

  sendLater(message) {
    this.failures += 1;
    this.trouble = message || this.labels.waiting;
    this.draw();
    this.resending = setTimeout(() => this.flush(), Math.min(1_000 * 2 ** this.failures, 15_000));
  }

  waitsFor(question) {
    return [...this.queue].reverse().find((one) => one.question === question && (one.seat ?? 1) === this.seat);
  }

  // « Somebody else answers »: the next seat of this phone, or back to its owner.
  async passTo(seat) {
    if (seat > 1 && !this.seats[seat]) {
      try {
        const reply = await this.fetch(this.addresses.join, { seat, pseudonym: null, level: null, place: null });
        const body = await reply.json();
        if (!reply.ok) return this.refuse(body.message);
        this.take(body);
      } catch {
        this.trouble = this.labels.offline;
        return this.draw();
      }
    }
    this.seat = seat;
    this.draw();
    this.announce(fill(this.labels.seat_now, { name: this.me?.name ?? "" }));
    this.body.querySelector("h2")?.focus();
  }

  refuse(message) {
    this.refused[this.view.question] = message;
    this.draw();
    this.announce(message);
  }

  // « Choose for me »: put in the field, where it can still be changed.
  async choosePseudonym(field, keep) {
    try {
      const reply = await this.fetch(this.addresses.pseudonym);
      const body = await reply.json();
      this.joinTrouble = reply.ok ? "" : body.message;
      if (reply.ok) {
        field.value = body.pseudonym;
        keep();
        return this.announce(body.pseudonym);
      }
    } catch {
      this.joinTrouble = this.labels.offline;
    }
    this.draw();
    this.announce(this.joinTrouble);
  }

  async join(profile) {
    clearTimeout(this.rejoining);
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
      // What time cures is asked again by itself; what was typed stays in the form.
      if (body.code === "too-fast") {
        const seconds = Math.min(Number(reply.headers.get("Retry-After")) || 5, 30);
        this.rejoining = setTimeout(() => !this.joining && !this.stopped && this.join(profile), 1_000 * seconds);
      }
    } catch {
      this.joinTrouble = this.labels.offline;
    }
    this.joining = false;
    this.draw();
    this.announce(this.joinTrouble);
  }

  // ---- time

  // What is left, by the server's clock. Nothing closes at the end, and it is said some time before.
  clockWords() {
    const { view, labels } = this;
    const now = (Date.now() + this.behind) / 1_000;
    if (view.timer) {
      const left = Math.round(view.timer.ends - now);
      if (left <= 0) return labels.timer_over;
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      return fill(left <= 10 ? labels.timer_soon : labels.timer_left, { time });
    }
    if (!view.stepEnds) return "";
    const minutes = Math.ceil((view.stepEnds - now) / 60);
    return minutes > 0 ? fill(labels.step_left, { count: minutes }) : "";
  }

  tick() {
    const line = this.body.querySelector(".clock");
    const words = this.clockWords();
    if (!line || line.textContent === words) return;
    line.textContent = words;
    // Said aloud when it matters only: near the end, and at the end.
    const key = this.view.timer && `${this.view.timer.ends}:${words === this.labels.timer_over ? "over" : "soon"}`;
    const left = this.view.timer && this.view.timer.ends - (Date.now() + this.behind) / 1_000;
    if (key && left <= 10.5 && this.warned !== key) {
      this.warned = key;
      this.announce(words);
    }
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
    const right = view.right?.length ? (view.choices ?? []).filter(({ id }) => view.right.includes(id)) : [];
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
    if (this.me?.removed) return [this.head(), el("p", { class: "lead" }, labels.removed), farewell(this)];
    if (!view.over && (!this.me || this.editing)) return [this.head(), this.joinForm(), ...this.notices(), dataLink(this)];
    const draw = INPUTS[view.kind] ?? INPUTS.message;
    return [this.head(), this.turn(), ...draw(this), ...this.notices(), this.foot(), farewell(this)];
  }

  head() {
    const { view } = this;
    const where = [view.step, view.progress, view.moment].filter(Boolean).join(" · ");
    return el("header", {},
      view.mark && el("p", { class: "rehearsal" }, view.mark),
      el("h1", { tabindex: "-1" }, view.cafe),
      where && el("p", { class: "where" }, drawing(this.drawings[view.course]), el("span", {}, where)),
      el("p", { class: "clock" }, this.clockWords()));
  }

  status() {
    const { view, labels } = this;
    const refused = this.refused[view.question];
    const waiting = this.waitsFor(view.question);
    const kept = this.mine[view.question] !== undefined || this.who.notes[view.question]?.length > 0;
    const words = {
      text: [labels.kept_text, labels.before_text], done: [labels.done_thanks, ""], several: [labels.kept, labels.before_several],
      card: [labels.kept, labels.before_card], order: [labels.kept, labels.before_order], hunt: [labels.kept, labels.before_hunt],
      board: [labels.kept_note, labels.before_board],
    };
    const [thanks, before] = words[view.kind] ?? [labels.kept, labels.before];
    if (refused) return el("p", { class: "status refused" }, refused);
    if (waiting) return el("p", { class: "status sending" }, this.failures ? labels.waiting : labels.sending);
    // What was written and is not shown to the room: who wrote it knows that it is kept, and why.
    const held = this.who.held[view.question] || (this.who.notes[view.question]?.some((note) => note.waiting) && "waiting");
    if (kept && held) return el("p", { class: "status kept" }, held === "waiting" ? labels.held_waiting : labels.held_hidden);
    if (kept) return el("p", { class: "status kept" }, view.open || view.kind === "done" ? thanks : labels.closed);
    const word = view.open ? before : labels.closed_unanswered;
    return word && el("p", { class: "status" }, word);
  }

  explanation(well = false) {
    const { view, labels } = this;
    if (!view.right || !(view.explanation || view.right.length)) return null;
    return el("div", { class: "explanation" },
      well && el("p", { class: "well" }, labels.right_mine),
      view.explanation && el("p", {}, view.explanation));
  }

  joinForm() {
    const { labels, profile } = this;
    const { me } = this.seats[1];
    const saved = this.store.get("profile") ?? { pseudonym: me?.pseudonym ?? "", level: me?.level, place: me?.place };
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
    this.view.shut && !this.editing && el("p", { class: "notice" }, labels.door_shut),
    el("label", { for: "pseudonym" }, labels.pseudonym),
    name,
    el("p", { class: "small", id: "pseudonym-hint" }, labels.pseudonym_hint),
    el("button", {
      type: "button", class: "link", "data-key": "choose-pseudonym",
      onclick: () => this.choosePseudonym(name, () => this.store.set("profile", read())),
    }, labels.pseudonym_choose),
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

  // Above the question: whose turn it is to speak, who answers where the phone goes round, how long is left.
  turn() {
    const { view, labels } = this;
    const called = view.speaker && (view.speaker.number === this.me?.number
      ? el("p", { class: "called" }, labels.your_turn)
      : el("p", { class: "small" }, fill(labels.speaker, { name: view.speaker.name })));
    const guest = this.seat > 1 && el("p", { class: "called" }, fill(labels.seat_now, { name: this.me?.name ?? "" }));
    return (called || guest) && el("div", {}, called, guest);
  }

  foot() {
    const { view, labels } = this;
    if (!this.me || view.over) return null;
    const next = Object.keys(this.seats).length + 1;
    const others = Object.entries(this.seats).filter(([seat]) => Number(seat) !== this.seat);
    const pass = (seat, label) => el("button", {
      type: "button", class: "link", "data-key": `seat:${seat}`, onclick: () => this.passTo(Number(seat)),
    }, label);
    const asked = view.question && view.kind !== "done" && view.open;
    return el("footer", {},
      asked && el("div", { class: "seats" },
        ...others.map(([seat, who]) => pass(seat, fill(seat === "1" ? labels.seat_back : labels.seat_pass, { name: who.me?.name ?? "" }))),
        next <= this.profile.seats && pass(next, labels.seat_more)),
      el("span", {}, this.me.name),
      el("button", {
        type: "button", class: "link", "data-key": "edit",
        onclick: () => {
          this.editing = true;
          this.seat = 1;
          this.draw();
        },
      }, labels.edit_profile));
  }
}
