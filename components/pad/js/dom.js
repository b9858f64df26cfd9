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
