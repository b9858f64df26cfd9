// Draws one block of the projector's screen. Texts are set as texts: no HTML is parsed here.
const PAGE_MS = 10_000;
const SHARE = 0.55; // of the screen's height: the rest is for the question above and the way in below
const LIVES = { wall: (stage) => new Wall(stage), board: (stage) => new Board(stage), countdown: (stage) => new Countdown(stage) };
const lives = new WeakMap();

export default function mount({ data, parentElement }) {
  const stage = parentElement.querySelector(".stage");
  stage.className = `stage ${data.block}`;
  if (LIVES[data.block]) {
    if (!lives.has(stage)) lives.set(stage, LIVES[data.block](stage));
    lives.get(stage).show(data);
    return () => {
      lives.get(stage)?.stop();
      lives.delete(stage);
    };
  }
  const drawn = BLOCKS[data.block](data).filter(Boolean);
  // A film goes on playing and zones keep their dots while the page around is drawn again.
  if (KEPT[data.block]?.(stage, data)) return;
  stage.replaceChildren(...drawn);
  KEPT[data.block]?.(stage, data);
}

// What many people bring, as large as all of it fits; below what the back of the room can read, pages follow each other.
class Pages {
  constructor(stage) {
    this.stage = stage;
    this.page = 0;
    this.turning = true;
    this.resized = () => this.draw();
    window.addEventListener("resize", this.resized);
  }

  show(data) {
    const same = JSON.stringify(data) === JSON.stringify(this.data);
    this.data = data;
    if (!same) this.draw();
  }

  stop() {
    window.removeEventListener("resize", this.resized);
    clearInterval(this.timer);
  }

  get room() {
    return window.innerHeight * SHARE;
  }

  // `pages` parts; `turn` draws one of them and says so on the button.
  turn(count, show) {
    this.page %= count;
    const button = el("button", { type: "button" }, "");
    const draw = () => {
      show(this.page);
      button.textContent = this.data.page.replace("{number}", this.page + 1).replace("{count}", count);
    };
    const next = () => {
      this.page = (this.page + 1) % count;
      draw();
    };
    button.onclick = () => {
      this.turning = false;
      clearInterval(this.timer);
      next();
    };
    this.stage.append(button);
    draw();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.turning && !still) this.timer = setInterval(() => document.hidden || next(), PAGE_MS);
  }
}

class Wall extends Pages {
  draw() {
    clearInterval(this.timer);
    const { texts } = this.data;
    if (!texts.length) return this.stage.replaceChildren(el("p", { class: "intro" }, this.data.empty));
    const list = el("ul", { class: "texts" });
    this.stage.replaceChildren(list);
    const fits = (some, size) => {
      list.className = `texts ${size}`;
      list.replaceChildren(...some.map((text) => el("li", {}, text)));
      return list.offsetHeight <= this.room;
    };
    if (["large", "medium", "small"].some((size) => fits(texts, size))) return;
    const pages = [[]];
    for (const text of texts) {
      const last = pages.at(-1);
      if (last.length && !fits([...last, text], "small")) pages.push([text]);
      else last.push(text);
    }
    this.turn(pages.length, (page) => fits(pages[page], "small"));
  }
}

// Notes in columns. A page holds as many of each column as fit one under the other.
class Board extends Pages {
  draw() {
    clearInterval(this.timer);
    const { columns, legend } = this.data;
    const grid = el("div", { class: "columns" });
    this.stage.replaceChildren(
      ...[legend.length > 0 && el("ul", { class: "legend" }, ...legend.map((one) => el("li", { class: `note ${one.paint}` }, one.label))), grid]
        .filter(Boolean));
    const room = this.room - (this.stage.querySelector(".legend")?.offsetHeight ?? 0);
    const lists = columns.map((column) => {
      const list = el("ul", {});
      const total = column.notes.reduce((sum, note) => sum + note.times, 0);
      grid.append(el("section", {}, el("h2", {}, column.label, el("span", { class: "total" }, ` ${total}`)), list));
      return list;
    });
    const draw = (parts, size) => {
      grid.className = `columns ${size}`;
      parts.forEach((notes, index) => lists[index].replaceChildren(...notes.map((note) => this.note(note))));
      return grid.offsetHeight <= room;
    };
    const all = columns.map((column) => column.notes);
    if (!all.flat().length) return grid.before(el("p", { class: "intro" }, this.data.empty));
    if (["large", "medium", "small"].some((size) => draw(all, size))) return;
    const cut = columns.map((column, index) => this.cut(column.notes, lists[index], grid, room));
    const count = Math.max(...cut.map((pages) => pages.length));
    this.turn(count, (page) => draw(cut.map((pages) => pages[page % pages.length]), "small"));
  }

  cut(notes, list, grid, room) {
    grid.className = "columns small";
    const pages = [[]];
    list.replaceChildren();
    for (const note of notes) {
      list.append(this.note(note));
      if (list.offsetTop - grid.offsetTop + list.offsetHeight > room && pages.at(-1).length) {
        pages.push([]);
        list.replaceChildren(this.note(note));
      }
      pages.at(-1).push(note);
    }
    return pages;
  }

  note(note) {
    return el("li", { class: `note ${note.paint}` },
      el("span", {}, note.text),
      note.times > 1 && el("span", { class: "mark" }, `× ${note.times}`),
      note.votes > 0 && el("span", { class: "mark" }, `▲ ${note.votes}`, el("span", { class: "unseen" }, ` ${this.data.votes}`)),
      note.flag && el("span", { class: "mark" }, note.flag),
      note.colour && el("span", { class: "colour" }, note.colour));
  }
}

// Counts down by the server's clock; nothing closes at the end.
class Countdown {
  constructor(stage) {
    this.stage = stage;
  }

  show(data) {
    this.data = data;
    this.behind = data.now - Date.now();
    clearInterval(this.timer);
    this.timer = setInterval(() => document.hidden || this.draw(), 1_000);
    this.draw();
  }

  draw() {
    const { stepEnds, timer, labels } = this.data;
    const now = (Date.now() + this.behind) / 1_000;
    const parts = [];
    if (stepEnds) {
      const left = stepEnds - now;
      parts.push(el("p", { class: "step" }, left > 0 ? labels.step.replace("{count}", Math.ceil(left / 60)) : labels.step_over));
    }
    if (timer) {
      const left = Math.round(timer.ends - now);
      const word = left <= 0 ? labels.over : left <= 10 ? labels.soon : labels.question;
      parts.push(el("p", { class: `timer ${left <= 10 ? "soon" : ""}` }, word.replace("{time}", clock(Math.max(0, left)))));
    }
    this.stage.replaceChildren(...parts);
  }

  stop() {
    clearInterval(this.timer);
  }
}

const BLOCKS = {
  lobby: (data) => [
    el("h1", {}, data.title),
    el("p", { class: "intro" }, data.intro),
    el("div", { class: "card" }, qr(data), way(data)),
    el("p", { class: "people", role: "status" }, data.people),
    el("ol", { class: "menu" }, ...data.menu.map((course) => el("li", {}, drawing(course.drawing), course.name))),
  ],
  rehearsal: (data) => [el("p", {}, data.text)],
  strip: (data) => [el("div", { class: "card" }, qr(data), way(data)), el("p", { class: "title" }, data.title)],
  question: (data) => [
    el("p", { class: "where" }, drawing(data.drawing), el("span", {}, data.where)),
    el("h1", {}, data.prompt),
    data.choices.length > 0 && el("ul", { class: "choices" }, ...data.choices.map((choice) => el("li", {}, choice))),
    data.answered && el("p", { class: "answered", role: "status" }, data.answered),
  ],
  zones: (data) => [
    data.question && el("h2", {}, data.question),
    el("div", { class: "zones" }, ...data.zones.map(({ label, people }) =>
      el("section", { class: "zone" }, el("h2", {}, label), el("p", { class: "count" }, people), el("div", { class: "dots", "aria-hidden": "true" })))),
    data.moved && el("p", { class: "moved", role: "status" }, data.moved),
  ],
  mosaic: (data) => [
    data.speaker && el("p", { class: "speaker", role: "status" }, data.speaker),
    el("ul", { class: `cards ${data.tiles.some((tile) => tile.picture) ? "pictured" : ""}` }, ...data.tiles.map((tile) =>
      el("li", { class: `${tile.speaking ? "speaking" : ""} ${tile.names.length ? "picked" : ""}` },
        tile.picture && el("img", { src: tile.picture, alt: tile.alt }),
        el("h3", {}, tile.label),
        tile.people && el("p", { class: "count" }, tile.people),
        tile.names.length > 0 && el("p", { class: "names" }, tile.names.join(", ")),
        tile.why && el("p", { class: "why" }, tile.why)))),
  ],
  cloud: (data) => [
    el("ul", { class: "words", "aria-label": data.label }, ...data.words.map((word) =>
      el("li", { style: `font-size:${(1.5 + 3.5 * word.weight).toFixed(2)}rem` }, word.text, el("span", { class: "times" }, ` ${word.people}`)))),
  ],
  hunt: (data) => [
    el("p", { class: "answered", role: "status" }, data.summary),
    el("ul", { class: "targets" }, ...data.targets.map((target) =>
      el("li", { class: target.people ? "found" : target.label ? "missed" : "closed" },
        el("span", {}, target.people ? `✓ ${target.label}` : target.label || "?"),
        el("span", { class: "small" }, target.people || (target.label ? "" : target.closed))))),
    data.others.length > 0 && el("p", { class: "tried" }, `${data.othersLabel} ${data.others.join(" · ")}`),
  ],
  timeline: (data) => [
    el(data.ordered ? "ol" : "ul", { class: "timeline" }, ...data.entries.map((entry) =>
      el("li", {},
        entry.date && el("p", { class: "date" }, entry.date),
        el("p", { class: "label" }, entry.label)))),
  ],
  line: (data) => [el("p", {}, data.text)],
  portrait: (data) => [el("p", {}, el("strong", {}, data.title), ` ${data.text}`)],
  number: (data) => [el("p", { class: "digits" }, data.number), el("p", { class: "intro" }, data.text)],
  tiles: (data) => [
    el("dl", { class: "tiles" }, ...data.tiles.map((tile) => el("div", {}, el("dt", {}, tile.title), el("dd", {}, tile.text)))),
  ],
  film: (data) => [el("video", { src: data.address, controls: "", preload: "metadata", "aria-label": data.label })],
  explanation: (data) => [el("h2", {}, data.title), data.text && el("p", {}, data.text)],
  message: (data) => [
    data.drawing.length > 0 && drawing(data.drawing),
    el("h1", {}, data.title),
    el("p", { class: "intro" }, data.body),
    data.points.length > 0 && el("ul", { class: "links" }, ...data.points.map((point) => el("li", {}, point))),
    data.links.length > 0 && el("ul", { class: "links" }, ...data.links.map((link) => el("li", {}, link))),
  ],
};

// Blocks whose pieces outlive a drawing: they are changed where they stand, and `true` says that this was enough.
const KEPT = {
  // Served once: it stays still while the page around is drawn again.
  explanation: (stage, data) => stage.querySelector("h2")?.textContent === data.title && (stage.querySelector("p")?.textContent ?? "") === data.text,
  film: (stage, data) => stage.querySelector("video")?.getAttribute("src") === data.address,
  zones: (stage, data) => {
    const panels = [...stage.querySelectorAll(".zone")];
    if (panels.length !== data.zones.length) return false;
    if (Boolean(stage.firstElementChild.matches("h2")) !== Boolean(data.question)) return false;
    if (Boolean(stage.querySelector(".moved")) !== Boolean(data.moved)) return false;
    if (data.moved) stage.querySelector(".moved").textContent = data.moved;
    panels.forEach((panel, index) => {
      const { label, people, count, hands } = data.zones[index];
      panel.querySelector("h2").textContent = label;
      panel.querySelector(".count").textContent = people;
      const dots = panel.querySelector(".dots");
      while (dots.children.length > count + hands) dots.lastElementChild.remove();
      while (dots.children.length < count + hands) dots.append(el("span", {}));
      [...dots.children].forEach((dot, place) => dot.classList.toggle("hand", place >= count));
      dots.classList.toggle("many", count + hands > 60);
    });
    return true;
  },
};

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function qr({ qr: source, qrText }) {
  return el("img", { src: source, alt: qrText });
}

function way(data) {
  return el("dl", {},
    el("div", {}, el("dt", {}, data.addressLabel), el("dd", {}, data.address)),
    el("div", {}, el("dt", {}, data.codeLabel), el("dd", { class: "code" }, data.code)));
}

// A picture of `courses.py`: each part is what it is made of, and its path.
function drawing(parts) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 72 72");
  picture.setAttribute("aria-hidden", "true");
  for (const [made, path] of parts) {
    const part = document.createElementNS(space, "path");
    part.setAttribute("class", made);
    part.setAttribute("d", path);
    picture.append(part);
  }
  return picture;
}

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}
