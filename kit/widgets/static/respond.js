// A question to write or choose in.

function words(text) {
  return text.split(/\s+/).filter(Boolean).length;
}

/** What the student wrote before, to be read again while looking back. */
function earlier(card) {
  const list = h("dl");
  const node = h("details", { class: "kit-details kit-earlier", open: true }, h("summary", {}, "What you wrote before"), list);
  const draw = () => {
    const before = card.data().before;
    node.hidden = !before.length;
    list.replaceChildren(...before.flatMap(({ label, text }) => [h("dt", {}, label), h("dd", { dir: "auto" }, text)]));
  };
  draw();
  card.follow(draw);
  return node;
}

function written(card) {
  const { label, help, kind, limit, words: wanted } = card.data();
  const counter = h("span", { class: "kit-count" });
  const count = () => {
    const n = words(field.box.value);
    // Where no number of words is wanted, such as for a percent, nobody needs to see one.
    counter.textContent = wanted ? `${n} ${n === 1 ? "word" : "words"} · aim for ${wanted[0]} to ${wanted[1]}` : "";
  };
  const saver = card.saver({ collect: () => ({ text: field.box.value }) });
  const field = textField({
    label, help, limit,
    short: kind === "short",
    rows: 4,
    value: card.data().value ?? "",
    oninput: () => { saver.touch(); count(); },
    onblur: () => saver.flush(),
  });
  if (field.box.value) saver.line.show("saved", "Saved");
  count();
  field.box.before(earlier(card));
  card.root.append(field.node, h("div", { class: "kit-foot" }, saver.line.node, counter));
  card.follow(() => {
    const value = card.data().value ?? "";
    if (saver.pending || field.box.value === value) return;
    field.box.value = value;
    field.grow();
    count();
  });
}

function picked(card) {
  const { label, help, kind, options, steps, low, high } = card.data();
  const scale = kind === "scale";
  let value = card.data().value;
  const list = scale ? Array.from({ length: steps }, (_, step) => [step + 1, String(step + 1)]) : options;
  if (scale && (low || high)) {
    list[0][1] = h("span", {}, "1", h("span", { class: "kit-end" }, low));
    list.at(-1)[1] = h("span", {}, String(steps), h("span", { class: "kit-end" }, high));
  }
  const saver = card.saver({ collect: () => (scale ? { level: value } : { option: value }) });
  const group = radios({
    legend: label, help, options: list, value,
    look: scale ? "scale" : "cards",
    onpick: (key) => { value = key; saver.touch(); saver.flush(); },
  });
  if (value !== null && value !== undefined) saver.line.show("saved", "Saved");
  card.root.append(group.node, h("div", { class: "kit-foot" }, saver.line.node));
  card.follow(() => {
    if (saver.pending) return;
    value = card.data().value;
    group.set(value);
  });
}

function render({ model, el }) {
  const card = makeCard(model, el, "respond");
  if (["choice", "scale"].includes(card.data().kind)) picked(card);
  else written(card);
  return () => card.close();
}

export default { render };
