// « Delete my answers »: asked for, confirmed, then done by the server, which says so once it is on disk.

const WAIT_MS = 200;

// What stands at the very end of the phone's page.
function farewell(pad) {
  const { labels, leaving } = pad;
  if (leaving?.receipt) return el("div", { class: "farewell" }, el("p", { class: "status kept" }, leaving.receipt), dataLink(pad));
  if (leaving?.sending) return el("div", { class: "farewell" }, el("p", { class: "status sending" }, labels.erasing));
  const link = (name, act, label) => el("button", { type: "button", class: "link", "data-key": name, onclick: act }, label);
  if (!leaving) {
    return el("div", { class: "farewell" }, pad.me && link("erase", () => leave(pad, { asked: true }), labels.erase), dataLink(pad));
  }
  return el("div", { class: "farewell", role: "group", "aria-label": labels.erase },
    el("p", { tabindex: "-1", "data-key": "erase-sure" }, labels.erase_sure),
    leaving.trouble && el("p", { class: "status refused" }, leaving.trouble),
    el("button", { type: "button", class: "primary wide", "data-key": "erase-yes", onclick: () => eraseAnswers(pad) }, labels.erase_yes),
    link("erase-no", () => leave(pad, null), labels.erase_no));
}

function dataLink({ addresses, labels }) {
  return el("a", { class: "data", href: addresses.data }, labels.data);
}

function leave(pad, leaving) {
  pad.leaving = leaving;
  pad.draw();
  pad.body.querySelector(`[data-key="${leaving?.asked ? "erase-sure" : "erase"}"]`)?.focus();
}

async function eraseAnswers(pad) {
  const seat = pad.seat;
  leave(pad, { sending: true });
  // What waits is never sent; what is on its way must have arrived, or it would come after.
  pad.setQueue(pad.queue.filter((one) => (one.seat ?? 1) !== seat || one.key === pad.sendingKey));
  while (pad.sendingKey && !pad.stopped) await new Promise((go) => setTimeout(go, WAIT_MS));
  pad.setQueue(pad.queue.filter((one) => (one.seat ?? 1) !== seat));
  pad.store.forget("draft:");
  pad.store.remove("profile");
  let reply, body;
  try {
    reply = await pad.fetch(pad.addresses.erase, { seat });
    body = await reply.json();
  } catch {
    return leave(pad, { asked: true, trouble: pad.labels.offline });
  }
  if (body.code === "unknown-cafe") return pad.gone();
  if (!reply.ok) return leave(pad, { asked: true, trouble: body.message });
  pad.leaving = { receipt: body.message };
  pad.take(body.state);
  pad.announce(body.message);
}
