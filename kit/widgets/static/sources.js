// The source log, with lateral reading and citations.

const KINDS = [["web", "Website"], ["book", "Book"], ["encyclopedia", "Encyclopedia"], ["interview", "Interview"]];
const SITE = {
  web: ["Organization or website", "Who runs it? Like: National Ocean Service"],
  book: ["Publisher", "It is on one of the first pages."],
  encyclopedia: ["Name of the encyclopedia", "Like: World Book"],
};
const AUTHORS = "People only, one on each line, like Ana Rivera. If no person is named, leave it empty.";
const LATERAL = [
  ["who", "Who is behind it?", "Who wrote it or pays for it? What do they want?"],
  ["evidence", "What is the evidence?", "How do they know? Do they show where it comes from?"],
  ["others", "What do other sources say?", "Open a new tab and look. Do others agree?"],
];
const BLANK = { kind: "web", title: "", authors: [], site: "", date: "", url: "", who: "", evidence: "", others: "" };

async function copyText(text, button) {
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Classroom addresses are often plain http, where browsers keep the clipboard away from pages.
    const box = h("textarea", { value: text, style: "position:fixed;opacity:0" });
    document.body.append(box);
    box.select();
    copied = document.execCommand("copy");
    box.remove();
  }
  const label = button.querySelector(".kit-copy-text");
  label.textContent = copied ? "Copied" : "Select it and press Ctrl+C";
  setTimeout(() => (label.textContent = "Copy"), 2500);
}

const PLACES = { note: "In a note:", text: "In your sentence:", list: "" };

function citation(card, item, picked, pick) {
  const view = item.citations[picked];
  const text = view.runs.map(([part]) => part).join("");
  const body = view.runs.map(([part, italic]) => (italic ? h("em", {}, part) : part));
  const button = h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet" }, icon("copy"), h("span", { class: "kit-copy-text", role: "status" }, "Copy"));
  button.addEventListener("click", () => copyText(text, button));
  return h(
    "div",
    { class: "kit-citation" },
    radios({ legend: "Citation style", look: "pills", options: card.data().styles, value: picked, onpick: pick }).node,
    view.runs.length
      ? h("div", { class: "kit-cited" }, PLACES[view.place] ? h("p", { class: "kit-place" }, PLACES[view.place]) : "", h("p", { class: "kit-cite" }, body), button)
      : h("p", { class: "kit-empty" }, "Your citation will grow here as you fill in the source."),
    view.hints.length ? h("ul", { class: "kit-hints" }, view.hints.map((hint) => h("li", {}, hint))) : "",
  );
}

/** One source while it is being written. */
function editor(card, start, { onclose, onid }) {
  const value = { ...BLANK, ...start?.fields };
  let id = start?.id ?? "";
  const fields = {};
  const saver = card.saver({
    collect: () => ({ id, fields: collect() }),
    onsaved: (result) => { id = result.id; onid(id); },
  });
  const touch = { oninput: () => saver.touch(), onblur: () => saver.flush() };
  const collect = () => ({
    kind: value.kind,
    authors: fields.authors.box.value.split(/\n|;/).map((name) => name.trim()).filter(Boolean),
    ...Object.fromEntries(["title", "site", "date", "url", "who", "evidence", "others"].map((key) => [key, fields[key].box.value])),
  });
  // To look at the kinds is not yet a source.
  const begun = () => id || Object.entries(collect()).some(([key, text]) => key !== "kind" && text.length);
  fields.title = textField({ label: "Title", value: value.title, short: true, ...touch });
  fields.authors = textField({
    label: "Author or authors", value: value.authors.join("\n"), rows: 2, ...touch,
    help: AUTHORS,
  });
  fields.site = textField({ label: "Organization or website", help: " ", value: value.site, short: true, ...touch });
  fields.date = textField({ label: "Date", help: "Like 2024, March 2024 or 2024-03-05.", value: value.date, short: true, ...touch });
  fields.url = textField({ label: "Web address (URL)", value: value.url, short: true, ...touch });
  LATERAL.forEach(([key, label, help]) => (fields[key] = textField({ label, help, value: value[key], rows: 2, ...touch })));
  const adapt = () => {
    const talk = value.kind === "interview";
    fields.title.node.hidden = fields.site.node.hidden = fields.url.node.hidden = talk;
    fields.url.node.hidden = talk || value.kind === "book";
    fields.authors.node.querySelector("label").textContent = talk ? "Person you talked to" : "Author or authors";
    fields.authors.node.querySelector(".kit-help").textContent = talk ? "Ask first if you may write the name down." : AUTHORS;
    fields.date.node.querySelector("label").textContent = talk ? "Day of the interview" : "Date";
    const [label, help] = SITE[value.kind] ?? ["", ""];
    fields.site.node.querySelector("label").textContent = label;
    fields.site.node.querySelector(".kit-help").textContent = help;
  };
  adapt();
  [fields.title, fields.url].forEach((field) => field.node.classList.add("kit-wide"));
  if (start) saver.line.show("saved", "Saved");
  const done = h("button", { type: "button", class: "kit-button", onclick: async () => { await saver.flush(); onclose(saver.pending); } }, "Done");
  const node = h(
    "div",
    { class: "kit-editor" },
    radios({ legend: "What kind of source is it?", look: "pills", options: KINDS, value: value.kind, onpick: (kind) => { value.kind = kind; adapt(); if (begun()) { saver.touch(); saver.flush(); } } }).node,
    h("div", { class: "kit-two" }, fields.title.node, fields.authors.node, h("div", { class: "kit-stack" }, fields.site.node, fields.date.node), fields.url.node),
    h("div", { class: "kit-lateral" },
      h("h4", { class: "kit-subtitle" }, "Read sideways"),
      h("p", { class: "kit-help" }, "Leave the page, and ask others about it."),
      LATERAL.map(([key]) => fields[key].node)),
    h("div", { class: "kit-foot" }, saver.line.node, done),
  );
  return { node, focus: () => node.querySelector("input").focus(), saver };
}

const NAMES = { title: "title", authors: "person's name", who: "who is behind it", evidence: "the evidence", others: "other sources" };

function render({ model, el }) {
  const card = makeCard(model, el, "sources");
  const list = h("ul", { class: "kit-source-list" });
  const room = h("div");
  const undo = h("p", { class: "kit-undo", role: "status", hidden: true });
  const trouble = h("p", { class: "kit-trouble", role: "alert" });
  const count = h("p", { class: "kit-note" });
  const add = h("button", { type: "button", class: "kit-button", onclick: () => open(null) }, icon("plus"), "Add a source");
  let editing = null;

  const tell = async (kind, body) => {
    trouble.textContent = "";
    try {
      return await card.wire.ask(kind, body);
    } catch (problem) {
      trouble.textContent = `Not saved. ${problem.message} ${problem.mend}`;
      return null;
    }
  };
  const open = (item) => {
    editing = { id: item?.id ?? "", others: new Set(card.data().items.map((one) => one.id)) };
    editing.form = editor(card, item, { onid: (id) => { editing && (editing.id = id); draw(); }, onclose: close });
    undo.hidden = true;
    draw();
    editing.form.focus();
  };
  const close = (unsaved) => {
    if (unsaved) return; // the line under the form says why
    const id = editing.id;
    editing = null;
    draw();
    (list.querySelector(`[data-source="${id}"] .kit-edit`) ?? add).focus();
  };
  const remove = async (item) => {
    if (!(await tell("remove", { id: item.id }))) return;
    const back = h("button", { type: "button", class: "kit-link", onclick: async () => {
      if (await tell("restore", { id: item.id })) { undo.hidden = true; add.focus(); }
    } }, "Undo");
    undo.replaceChildren(`“${item.label}” was removed. `, back);
    undo.hidden = false;
    back.focus();
  };
  const pick = async (item, style) => {
    await tell("cite", { id: item.id, style });
    list.querySelector(`[data-source="${item.id}"] input[value="${style}"]`)?.focus();
  };

  const row = (item) => {
    const kind = KINDS.find(([key]) => key === item.fields.kind)[1];
    const missing = item.missing.map((name) => NAMES[name]).join(", ");
    return h(
      "li",
      { class: "kit-source", "data-source": item.id },
      h("div", { class: "kit-source-head" },
        h("div", {},
          h("p", { class: "kit-kind" }, kind),
          h("h4", { class: "kit-subtitle" }, item.fields.kind === "interview" ? item.fields.authors[0] || "An interview" : item.label),
          h("p", { class: "kit-nudge", "data-state": missing ? "open" : "good" }, missing ? `Still to write: ${missing}.` : "Complete: read sideways in all three ways.")),
        h("div", { class: "kit-row" },
          h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet kit-edit", onclick: () => open(item), "aria-label": `Edit ${item.label}` }, "Edit"),
          h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", onclick: () => remove(item), "aria-label": `Remove ${item.label}` }, "Remove"))),
      citation(card, item, item.style, (style) => pick(item, style)),
      h("ul", { class: "kit-on-paper" }, LATERAL.map(([key, question]) => h("li", {}, h("strong", {}, `${question} `), item.fields[key] || "–"))),
    );
  };
  const draw = () => {
    const { items, minimum } = card.data();
    const ready = items.filter((item) => !item.missing.length).length;
    count.textContent = ready < minimum ? `${ready} of ${minimum} ${minimum === 1 ? "source is" : "sources are"} complete.`
      : ready === 1 ? "1 source is complete. Add more if you like." : `${ready} sources are complete. Add more if you like.`;
    // A new source is in the list before the form has heard which one it is.
    const inForm = (item) => editing && (item.id === editing.id || (!editing.id && !editing.others.has(item.id)));
    list.replaceChildren(...items.filter((item) => !inForm(item)).map(row));
    list.hidden = !list.children.length;
    const preview = editing && items.find((item) => item.id === editing.id);
    if (editing) {
      editing.preview ??= h("div");
      editing.preview.replaceChildren(...(preview ? [citation(card, preview, preview.style, (style) => pickInForm(preview, style))] : []));
      if (editing.form.node.parentNode !== room) room.replaceChildren(editing.form.node, editing.preview);
    } else {
      room.replaceChildren(...(items.length ? [] : [h("p", { class: "kit-empty" }, "Your log is empty. Where did you check a fact? Add that place here.")]));
    }
    add.hidden = Boolean(editing);
  };
  const pickInForm = async (item, style) => {
    await tell("cite", { id: item.id, style });
    editing?.preview.querySelector(`input[value="${style}"]`)?.focus();
  };
  draw();
  card.root.append(
    h("p", { class: "kit-eyebrow" }, "Source log"),
    h("h3", { class: "kit-title" }, "Where did you check?"),
    count, list, room, undo, trouble, add,
  );
  card.follow(draw);
  return () => card.close();
}

export default { render };
