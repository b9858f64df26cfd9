// How each kind of input is drawn. Each takes the pad, and gives the nodes between its head and its foot.
const INPUTS = {
  message: ({ view, labels, drawings }) => [
    // Before and after the courses, a cup waits: full, then empty.
    el("div", { class: "serving" }, drawing(drawings[view.course || (view.over ? "tasse" : "cafe")])),
    heading(view.title),
    view.body && el("p", { class: "lead" }, view.body),
    view.points?.length > 0 && el("ul", { class: "points" }, ...view.points.map((point) => el("li", {}, point))),
    links(view.links, labels),
  ],

  choice(pad) {
    const { view } = pad;
    const chosen = pad.given;
    return [
      heading(view.prompt),
      view.body && el("p", { class: "small" }, view.body),
      options(pad, view.choices, {
        isChosen: (id) => chosen === id,
        pick: (id) => chosen !== id && pad.answer(view.question, id),
      }),
      view.own && view.open && ownSuggestion(pad),
      pad.status(),
      pad.explanation(chosen !== undefined && view.right?.includes(chosen)),
      view.retained && el("p", { class: "explanation" }, fill(pad.labels.retained, { text: view.retained })),
      ...roomWords(pad),
    ];
  },

  several(pad) {
    const { view, labels } = pad;
    const picked = new Set((pad.given ?? "").split(",").filter(Boolean));
    const full = view.most && picked.size >= view.most;
    const well = view.right?.length > 0 && view.right.length === picked.size && view.right.every((id) => picked.has(id));
    return [
      heading(view.prompt),
      view.most && el("p", { class: "small" }, fill(labels.most_choices, { count: view.most })),
      options(pad, view.choices, {
        isChosen: (id) => picked.has(id),
        pick(id) {
          if (!picked.has(id) && full) return pad.refuse(fill(labels.most_choices, { count: view.most }));
          if (!picked.delete(id)) picked.add(id);
          const order = view.choices.map((choice) => choice.id).filter((one) => picked.has(one));
          pad.answer(view.question, order.join(","));
        },
      }),
      pad.status(),
      pad.explanation(well),
      ...roomWords(pad),
    ];
  },

  text(pad) {
    const { view, labels } = pad;
    const earlier = view.earlier && pad.mine[view.earlier];
    const texts = view.results?.texts;
    return [
      heading(view.prompt),
      earlier && el("p", { class: "small" }, fill(labels.earlier, { text: earlier })),
      view.open ? textForm(pad, { text: pad.draft ?? pad.given ?? "", send: (text) => pad.answer(view.question, text) })
        : pad.given && el("blockquote", {}, pad.given),
      pad.status(),
      pad.explanation(),
      texts && el("p", { class: "small" }, view.results.people),
      texts?.length > 0 && el("ul", { class: "texts", "aria-label": labels.texts }, ...texts.map((one) => el("li", {}, one))),
    ];
  },

  hunt(pad) {
    const { view, labels } = pad;
    const words = (pad.given ?? "").split("\n").filter(Boolean);
    const send = (next, typed) => pad.answer(view.question, next.join("\n"), typed);
    const found = view.results?.found ?? [];
    return [
      heading(view.prompt),
      view.results && el("p", { class: "small" }, fill(labels.found, { count: found.length, total: view.results.total })),
      found.length > 0 && el("ul", { class: "chips" }, ...found.map((word) => el("li", { class: "good" }, `✓ ${word}`))),
      view.results?.missed?.length > 0 && el("ul", { class: "chips" }, ...view.results.missed.map((word) => el("li", {}, word))),
      view.open && words.length < view.most && textForm(pad, {
        text: pad.draft ?? "",
        line: true,
        label: labels.word_add,
        send(text) {
          pad.draft = undefined;
          send([...words, text], text);
        },
      }),
      words.length > 0 && el("ul", { class: "chips", "aria-label": labels.words_mine }, ...words.map((word, index) =>
        el("li", {}, word, view.open && words.length > 1 && el("button", {
          type: "button", class: "remove", "data-key": `remove:${word}`, "aria-label": fill(labels.word_remove, { word }),
          onclick: () => send(words.filter((_, place) => place !== index)),
        }, "×")))),
      pad.status(),
      pad.explanation(),
    ];
  },

  card(pad) {
    const { view, labels } = pad;
    const [chosen, why] = split(pad.given ?? "");
    const send = (id, text, typed) => pad.answer(view.question, text ? `${id}\n${text}` : id, typed);
    const tile = (one) => {
      const people = view.results?.counts[one.id];
      return el("li", {}, el("button", {
        type: "button", class: `option ${one.id === chosen ? "chosen" : ""} ${one.picture ? "pictured" : ""}`,
        "data-key": `card:${one.id}`, "aria-pressed": String(one.id === chosen), "aria-disabled": view.open ? null : "true",
        onclick: () => view.open && one.id !== chosen && send(one.id, why),
      },
      one.picture && el("img", { src: `${pad.addresses.pictures}/${one.picture}`, alt: one.alt }),
      el("span", { class: "label" }, one.label),
      one.id === chosen && el("span", { class: "mark" }, labels.you),
      people > 0 && el("span", { class: "figure" }, String(people)),
      one.text && el("span", { class: "detail" }, one.text)));
    };
    const list = (cards) => el("ul", { class: "cards", role: "list", "aria-labelledby": "prompt" }, ...cards.map(tile));
    const card = view.cards.find(({ id }) => id === chosen);
    if (!card) return [heading(view.prompt), pad.status(), list(view.cards), ...roomWords(pad)];
    // One thing at a time: the card that was picked and why; the others stay within reach.
    const others = el("details", { ontoggle: (event) => (pad.browsing = event.target.open) },
      el("summary", { "data-key": "others" }, labels.other_cards), list(view.cards.filter(({ id }) => id !== chosen)));
    others.open = Boolean(pad.browsing);
    return [
      heading(view.prompt),
      list([card]),
      view.open
        ? el("section", { class: "why" }, el("h3", { id: "why" }, view.why), textForm(pad, {
          text: pad.draft ?? why, by: "why", optional: true, send: (text) => {
            pad.draft = undefined;
            send(chosen, text, text);
          },
        }))
        : why && el("blockquote", {}, why),
      pad.status(),
      view.results && el("p", { class: "small" }, view.results.people),
      others,
    ];
  },

  order(pad) {
    const { view, labels } = pad;
    if (view.order) return rightOrder(pad);
    const ids = view.entries.map(({ id }) => id);
    const known = (value) => value && value.split(",").length === ids.length && value.split(",").every((id) => ids.includes(id));
    const now = [pad.draft, pad.given].find(known)?.split(",") ?? ids;
    const entry = (id) => view.entries.find((one) => one.id === id);
    const place = (from, to) => {
      if (to < 0 || to >= now.length || from === to) return;
      const next = [...now];
      next.splice(to, 0, ...next.splice(from, 1));
      pad.draft = next.join(",");
      pad.draw();
      pad.announce(fill(labels.moved_to, { label: entry(now[from]).label, place: to + 1, count: now.length }));
    };
    const step = (id, index, by, label, sign) => el("button", {
      type: "button", class: "step", "data-key": `${sign}:${id}`, "aria-label": fill(label, { label: entry(id).label }),
      "aria-disabled": index + by < 0 || index + by >= now.length ? "true" : null,
      onclick: () => place(index, index + by),
    }, sign);
    const sent = pad.given === now.join(",");
    return [
      heading(view.prompt),
      view.open && el("p", { class: "small" }, labels.order_help),
      el("ol", { class: "order" }, ...now.map((id, index) => el("li", { "data-place": String(index) },
        view.open && el("span", { class: "grip", "aria-hidden": "true", onpointerdown: (event) => drag(event, index, place) }, "⠿"),
        el("span", { class: "label" }, entry(id).label),
        view.open && step(id, index, -1, labels.move_up, "↑"),
        view.open && step(id, index, 1, labels.move_down, "↓")))),
      view.open && el("button", {
        type: "button", class: "primary wide", "data-key": "send-order", "aria-disabled": sent ? "true" : null,
        onclick: () => sent || pad.answer(view.question, now.join(",")),
      }, pad.given === undefined ? labels.send_order : labels.send_again),
      pad.status(),
    ];
  },

  board(pad) {
    const { view, labels } = pad;
    const column = (id) => view.columns.find((one) => one.id === id)?.label ?? "";
    return [
      heading(view.prompt),
      view.body && el("p", { class: "small" }, view.body),
      view.results && el("p", { class: "small" },
        [view.results.people, ...view.columns.map(({ id, label }) => `${label} : ${view.results.counts[id] ?? 0}`)].join(" · ")),
      view.open && noteForm(pad),
      pad.status(),
      ...notesOfMine(pad, column),
      ...(view.votes ? notesOfAll(pad, column) : []),
    ];
  },

  done(pad) {
    const { view, labels } = pad;
    const finished = pad.given !== undefined;
    return [
      heading(view.step),
      el("p", { class: "lead" }, view.prompt),
      view.film && el("video", { src: `${pad.addresses.films}/${view.film}`, controls: "", preload: "none", "aria-label": view.step }),
      links(view.links, labels),
      el("button", {
        type: "button", class: finished ? "option chosen" : "primary wide", "data-key": "done",
        "aria-pressed": String(finished), "aria-disabled": view.open ? null : "true",
        onclick: () => view.open && !finished && pad.answer(view.question, "fini"),
      }, finished ? labels.done_kept : labels.done),
      pad.status(),
    ];
  },
};

function heading(text) {
  return el("h2", { id: "prompt", tabindex: "-1" }, text);
}

function links(list, labels) {
  return list?.length > 0 && el("ul", { class: "links" }, ...list.map((link) =>
    el("li", {}, el("a", { href: link.url, target: "_blank", rel: "noopener noreferrer" },
      link.label, el("span", { class: "unseen" }, ` ${labels.link_new_tab}`)))));
}

// A list of buttons, with the room's bars behind them once they are shown.
function options(pad, choices, { isChosen, pick }) {
  const { view, labels } = pad;
  return choices.length > 0 && el("ul", { class: "options", role: "list", "aria-labelledby": "prompt" }, ...choices.map(({ id, label }) => {
    const chosen = isChosen(id);
    const right = view.right?.includes(id);
    const share = view.results?.shares?.[id];
    return el("li", {},
      el("button", {
        type: "button",
        class: ["option", chosen && "chosen", right && "right", view.right?.length > 0 && !right && "other"].filter(Boolean).join(" "),
        "data-key": `option:${id}`,
        "aria-pressed": String(chosen),
        "aria-disabled": view.open ? null : "true",
        onclick: () => view.open && pick(id),
      },
      share !== undefined && el("span", { class: "bar", style: `inline-size:${share}%`, "aria-hidden": "true" }),
      el("span", { class: "label" }, label),
      right && el("span", { class: "mark" }, labels.right),
      chosen && el("span", { class: "mark" }, labels.you),
      share !== undefined && el("span", { class: "figure" }, `${view.results.counts[id]} · ${share} %`)));
  }));
}

function roomWords({ view }) {
  return [
    view.results && el("p", { class: "small" }, view.results.people),
    view.results?.words?.length > 0 && el("ul", { class: "chips" }, ...view.results.words.map(([word, people]) =>
      el("li", {}, `${word} · ${people}`))),
  ];
}

function ownSuggestion(pad) {
  const { view, labels } = pad;
  const [, own] = split(pad.given ?? "");
  return el("section", { class: "why" }, el("h3", { id: "own" }, labels.own), textForm(pad, {
    text: pad.draft ?? own, by: "own", line: true, limit: view.own, send: (text) => {
      pad.draft = undefined;
      pad.answer(view.question, `\n${text}`, text);
    },
  }));
}

// A field with what is left to type, and its button. What is typed is a draft until it is sent.
function textForm(pad, { text, send, by = "prompt", line = false, optional = false, label, limit = pad.view.limit, name = "text" }) {
  const { view, labels } = pad;
  const count = el("span", { class: "small", id: `count-${name}` });
  const area = el(line ? "input" : "textarea", {
    id: name, ...(line ? { type: "text", autocomplete: "off" } : { rows: "3" }), "data-key": `${name}:${view.question}`,
    "aria-describedby": `count-${name}`, "aria-labelledby": by,
  });
  area.value = text;
  const measure = () => {
    // Counted as the server does: composed, and without the blanks around.
    const left = limit - [...area.value.normalize("NFC").trim()].length;
    count.textContent = fill(left < 0 ? labels.chars_over : labels.chars_left, { count: Math.abs(left) });
    area.setAttribute("aria-invalid", String(left < 0));
    return left;
  };
  area.oninput = () => {
    pad.draft = area.value;
    measure();
  };
  measure();
  return el("form", {
    class: "text",
    onsubmit: (event) => {
      event.preventDefault();
      if (measure() < 0) return pad.announce(count.textContent);
      if (!area.value.trim() && !optional) return pad.refuse(labels.body_empty);
      send(area.value);
    },
  }, area, el("div", { class: "row" }, count,
    el("button", { type: "submit", class: "primary", "data-key": `send-${name}` },
      label ?? (pad.given === undefined || optional ? labels.send : labels.send_again))));
}

// The text beside a choice: the choice on the first line, the text after it.
function split(value) {
  const at = value.indexOf("\n");
  return at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
}

function rightOrder(pad) {
  const { view, labels } = pad;
  const mine = (pad.given ?? "").split(",");
  return [
    heading(view.prompt),
    el("ol", { class: "order told" }, ...view.order.map(({ id, label, date, detail }, index) => el("li", {},
      el("div", { class: "label" }, date && el("p", { class: "small" }, date), label, detail && el("p", { class: "small" }, detail)),
      pad.given && el("span", { class: `mark ${mine[index] === id ? "good" : ""}` }, mine[index] === id ? labels.well_placed : labels.misplaced)))),
    pad.explanation(pad.given === view.order.map(({ id }) => id).join(",")),
    view.results && el("p", { class: "small" }, view.results.people),
  ];
}

// Moves a line of a list with the finger or the mouse; arrows beside it do the same for whoever cannot.
function drag(event, from, place) {
  const row = event.target.closest("li");
  const list = row.parentElement;
  event.preventDefault();
  row.classList.add("dragged");
  const start = event.clientY;
  const follow = (move) => (row.style.transform = `translateY(${move.clientY - start}px)`);
  const drop = (up) => {
    for (const name of ["pointermove", "pointerup", "pointercancel"]) window.removeEventListener(name, name === "pointermove" ? follow : drop);
    row.classList.remove("dragged");
    row.style.transform = "";
    if (up.type !== "pointerup") return;
    const others = [...list.children].filter((one) => one !== row);
    const to = others.filter((one) => {
      const { top, height } = one.getBoundingClientRect();
      return top + height / 2 < up.clientY;
    }).length;
    place(from, to);
  };
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", drop);
  window.addEventListener("pointercancel", drop);
}

// ---- notes

function noteForm(pad) {
  const { view, labels } = pad;
  const sticking = pad.noteDraft?.question === view.question ? pad.noteDraft : {};
  const first = ({ id }) => id;
  const wanted = {
    column: sticking.column ?? view.columns.map(first)[0],
    colour: sticking.colour ?? view.colours.map(first)[0] ?? null,
  };
  const choose = (name, list, legend) => list.length > 0 && el("fieldset", {}, el("legend", {}, legend),
    el("div", { class: "picks" }, ...list.map(({ id, label, paint }) => {
      const radio = el("input", { type: "radio", name: `note-${name}`, value: id, "data-key": `${name}:${id}` });
      radio.checked = wanted[name] === id;
      radio.onchange = () => {
        wanted[name] = id;
        pad.noteDraft = { ...wanted, question: view.question };
      };
      return el("label", { class: paint ? `note ${paint}` : "" }, radio, el("span", {}, label));
    })));
  const count = (pad.who.notes[view.question] ?? []).length;
  if (count >= view.most) return el("p", { class: "notice" }, fill(labels.most_notes, { count: view.most }));
  return el("section", { class: "sticking" },
    choose("column", view.columns, view.colours.length ? labels.note_moment : labels.note_side),
    choose("colour", view.colours, labels.note_colour),
    el("h3", { id: "note" }, labels.note_text),
    view.examples?.length > 0 && el("p", { class: "small" }, fill(labels.examples, { list: view.examples.join(", ") })),
    textForm(pad, {
      text: pad.draft ?? "", by: "note", label: labels.note_stick, send: (text) => {
        pad.draft = undefined;
        pad.tellNote(view.question, newKey(), "post", { text, typed: text, ...wanted });
      },
    }));
}

// What this person stuck, with what still waits to be kept.
function notesOfMine(pad, column) {
  const { view, labels } = pad;
  const waiting = pad.queue.filter((one) => one.question === view.question && one.action && (one.seat ?? 1) === pad.seat);
  let mine = [...(pad.who.notes[view.question] ?? [])];
  for (const one of waiting) {
    if (one.action === "post") mine.push({ id: one.note, text: one.text, column: one.column, colour: one.colour, waits: true });
    else if (one.action === "withdraw") mine = mine.filter(({ id }) => id !== one.note);
    else if (one.action === "move") mine = mine.map((note) => (note.id === one.note ? { ...note, ...one, id: note.id, text: note.text, waits: true } : note));
  }
  if (!mine.length) return [];
  const choose = (note, name, list, label) => list.length > 1 && el("select", {
    "data-key": `${name}:${note.id}`, "aria-label": fill(label, { text: note.text }),
    onchange: (event) => pad.tellNote(view.question, note.id, "move", {
      column: note.column, colour: note.colour, [name]: event.target.value,
    }),
  }, ...list.map((one) => el("option", { value: one.id, selected: one.id === note[name] ? "" : null }, one.label)));
  return [
    el("h3", {}, fill(labels.notes_mine, { count: mine.length })),
    el("ul", { class: "notes", role: "list" }, ...mine.reverse().map((note) => {
      const paint = view.colours.find(({ id }) => id === note.colour);
      return el("li", { class: `note ${paint?.paint ?? ""}` },
        el("p", {}, note.text),
        el("p", { class: "small" }, [column(note.column), paint?.label, note.waits && labels.note_waits, note.waiting ? labels.note_unread : note.hidden && labels.note_hidden, note.flagged && labels.note_flagged]
          .filter(Boolean).join(" · ")),
        view.open && !note.waits && el("div", { class: "row" },
          choose(note, "column", view.columns, labels.note_move),
          choose(note, "colour", view.colours, labels.note_recolour),
          el("button", {
            type: "button", class: "link", "data-key": `withdraw:${note.id}`, "aria-label": fill(labels.note_withdraw_this, { text: note.text }),
            onclick: () => pad.tellNote(view.question, note.id, "withdraw"),
          }, labels.note_withdraw)));
    })),
  ];
}

// What others stuck, to support.
function notesOfAll(pad, column) {
  const { view, labels } = pad;
  const notes = view.results?.notes ?? [];
  if (!notes.length) return [];
  const backed = new Set(pad.who.backed[view.question] ?? []);
  for (const one of pad.queue) {
    if (one.question !== view.question || (one.seat ?? 1) !== pad.seat) continue;
    if (one.action === "back") backed.add(one.note);
    if (one.action === "unback") backed.delete(one.note);
  }
  return [
    el("h3", {}, labels.arguments),
    el("ul", { class: "notes", role: "list" }, ...notes.map((note) => el("li", { class: "note" },
      el("p", {}, note.text),
      el("div", { class: "row" },
        el("span", { class: "small" }, column(note.column)),
        el("button", {
          type: "button", class: `option vote ${backed.has(note.id) ? "chosen" : ""}`, "data-key": `back:${note.id}`,
          "aria-pressed": String(backed.has(note.id)), "aria-disabled": view.open ? null : "true",
          "aria-label": fill(labels.back_this, { text: note.text, count: note.votes }),
          onclick: () => view.open && pad.tellNote(view.question, note.id, backed.has(note.id) ? "unback" : "back"),
        }, `▲ ${note.votes}`))))),
  ];
}
