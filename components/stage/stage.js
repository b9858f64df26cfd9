// Draws one block of the projector's screen. Texts are set as texts: no HTML is parsed here.
const PAGE_MS = 10_000;
const SHARE = 0.55; // of the screen's height: the rest is for the question above and the way in below
const walls = new WeakMap();

export default function mount({ data, parentElement }) {
  const stage = parentElement.querySelector(".stage");
  stage.className = `stage ${data.block}`;
  if (data.block === "wall" && data.texts.length) {
    if (!walls.has(stage)) walls.set(stage, new Wall(stage));
    walls.get(stage).show(data);
    return () => {
      walls.get(stage)?.stop();
      walls.delete(stage);
    };
  }
  stage.replaceChildren(...BLOCKS[data.block](data).filter(Boolean));
}

// Notes as large as all of them fit; below what the back of the room can read, pages follow each other instead.
class Wall {
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

  draw() {
    clearInterval(this.timer);
    const { texts } = this.data;
    const room = window.innerHeight * SHARE;
    const list = el("ul", { class: "texts" });
    this.stage.replaceChildren(list);
    const fits = (some, size) => {
      list.className = `texts ${size}`;
      list.replaceChildren(...some.map((text) => el("li", {}, text)));
      return list.offsetHeight <= room;
    };
    if (["large", "medium", "small"].some((size) => fits(texts, size))) return;
    const pages = [[]];
    for (const text of texts) {
      const last = pages.at(-1);
      if (last.length && !fits([...last, text], "small")) pages.push([text]);
      else last.push(text);
    }
    this.page %= pages.length;
    const button = el("button", { type: "button" }, "");
    const turn = () => {
      fits(pages[this.page], "small");
      button.textContent = this.data.page.replace("{number}", this.page + 1).replace("{count}", pages.length);
    };
    const next = () => {
      this.page = (this.page + 1) % pages.length;
      turn();
    };
    button.onclick = () => {
      this.turning = false;
      clearInterval(this.timer);
      next();
    };
    this.stage.append(button);
    turn();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.turning && !still) this.timer = setInterval(() => document.hidden || next(), PAGE_MS);
  }
}

const BLOCKS = {
  lobby: (data) => [
    el("h1", {}, data.title),
    el("p", { class: "intro" }, data.intro),
    el("div", { class: "card" }, qr(data), way(data)),
    el("p", { class: "people", role: "status" }, data.people),
  ],
  strip: (data) => [el("div", { class: "card" }, qr(data), way(data)), el("p", { class: "title" }, data.title)],
  question: (data) => [
    el("p", { class: "where" }, data.where),
    el("h1", {}, data.prompt),
    data.choices.length > 0 && el("ul", { class: "choices" }, ...data.choices.map((choice) => el("li", {}, choice))),
    data.answered && el("p", { class: "answered", role: "status" }, data.answered),
  ],
  wall: (data) => [el("p", { class: "intro" }, data.empty)],
  explanation: (data) => [el("h2", {}, data.title), data.text && el("p", {}, data.text)],
  message: (data) => [
    el("h1", {}, data.title),
    el("p", { class: "intro" }, data.body),
    data.links.length > 0 && el("ul", { class: "links" }, ...data.links.map((link) => el("li", {}, link))),
  ],
};

function qr({ qr: source, qrText }) {
  return el("img", { src: source, alt: qrText });
}

function way(data) {
  return el("dl", {},
    el("div", {}, el("dt", {}, data.addressLabel), el("dd", {}, data.address)),
    el("div", {}, el("dt", {}, data.codeLabel), el("dd", { class: "code" }, data.code)));
}

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}
