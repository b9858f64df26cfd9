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

// A picture of `courses.py`: each part is what it is made of, and its path.
function drawing(parts) {
  if (!parts) return null;
  const svg = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach((one) => node.setAttribute(...one));
    return node;
  };
  const picture = svg("svg", { viewBox: "0 0 72 72", "aria-hidden": "true" });
  picture.append(...parts.map(([made, path]) => svg("path", { class: made, d: path })));
  return picture;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Over plain HTTP, as in most meeting rooms, randomUUID does not exist.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
