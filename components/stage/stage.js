// Draws one block of the projector's screen. Texts are set as texts: no HTML is parsed here.
export default function mount({ data, parentElement }) {
  const stage = parentElement.querySelector(".stage");
  stage.className = `stage ${data.block}`;
  stage.replaceChildren(...BLOCKS[data.block](data).filter(Boolean));
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
  wall: (data) => data.texts.length
    ? [el("ul", { class: size(data.texts) }, ...data.texts.map((text) => el("li", {}, text)))]
    : [el("p", { class: "intro" }, data.empty)],
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

// Few texts are drawn large, many smaller: never below what the back of the room can read, the page scrolls then.
function size(texts) {
  const letters = texts.reduce((sum, text) => sum + text.length + 20, 0);
  if (letters < 350) return "texts large";
  return letters < 900 ? "texts medium" : "texts";
}

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}
