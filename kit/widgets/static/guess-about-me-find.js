// Find one row again: tap what somebody posted, and watch the dots fade.

function render({ model, el }) {
  const part = frame(model, el, "A survey without names");
  const { total, enough, minimum } = part.data();
  const chosen = new Map(part.data().characters.map((one) => [one.id, { clues: new Set(one.clues), left: one.left, row: one.row, tried: new Map() }]));
  let current = (part.data().characters.find((one) => one.clues.length) ?? part.data().characters[0]).id;

  const progress = h("p", { class: "kit-note" });
  const jump = h("button", { type: "button", class: "kit-link kit-jump", onclick: () => land(found.querySelector(".kit-row-card")) });
  const picker = h("div", { class: "kit-step" });
  const posts = h("div", { class: "kit-posts" });
  const big = bigNumber();
  const dots = dotField(total);
  const summary = h("p", { class: "kit-summary" });
  const table = dataTable({ caption: "How many rows are left", columns: ["Facts known", "Rows left"] });
  const found = h("div", { class: "kit-found-box" });
  const character = () => part.data().characters.find((one) => one.id === current);
  const labels = (clues) => [...clues].map((clue) => character().labels[clue]).join(", ") || "nothing";

  function drawPicker() {
    const options = part.data().characters.map((one) => {
      const state = chosen.get(one.id);
      const tag = state.left.length === 1 ? "found" : state.clues.size >= enough ? `${state.left.length} left` : "";
      return [one.id, h("span", {}, one.handle, tag ? h("span", { class: "kit-tag" }, tag) : "")];
    });
    const focused = picker.contains(document.activeElement);
    picker.replaceChildren(tabs({ legend: "Whose posts do you read?", options, value: current, onpick: (id) => { current = id; draw(); } }));
    if (focused) picker.querySelector("input:checked")?.focus();
    const done = [...chosen.values()].filter((state) => state.clues.size >= enough).length;
    progress.textContent = done < minimum
      ? `${done} of ${minimum} people looked for, with ${enough} facts each.`
      : `You looked for ${named(done, "person", "people")}. Well done!`;
  }

  function drawPosts() {
    const state = chosen.get(current);
    posts.replaceChildren(...character().posts.map((post) => h("blockquote", { class: "kit-post" },
      h("p", { class: "kit-handle" }, `@${character().handle}`),
      h("p", {}, post.map(({ text, clue }) => (clue ? clueButton(text, clue, state) : text))))));
  }

  function clueButton(text, clue, state) {
    const button = h("button", { type: "button", class: "kit-clue", "aria-pressed": String(state.clues.has(clue)), onclick: async () => {
      const before = new Set(state.clues);
      if (state.clues.has(clue)) state.clues.delete(clue);
      else state.clues.add(clue);
      button.setAttribute("aria-pressed", String(state.clues.has(clue)));
      const asked = current;
      const result = await part.ask("look", { character: asked, clues: [...state.clues] });
      if (!result) state.clues = before;
      else Object.assign(state, { left: result.left, row: result.row });
      if (current !== asked) return;
      if (!result) drawPosts();
      drawPicture({ aloud: true });
      drawPicker();
    } }, text);
    return button;
  }

  function drawPicture({ aloud = false } = {}) {
    const state = chosen.get(current);
    const { left, row, clues } = state;
    const isIn = new Set(left);
    big.show(left.length, `of ${total} rows still fit`);
    dots.update((index) => isIn.has(index + 1), left.length === 1 ? "one" : "");
    state.tried.set([...clues].sort().join(), [labels(clues), left.length]);
    table.update([...state.tried.values()].map(([known, count]) => [known, String(count)]), `How many rows are left for ${character().handle}`);
    const all = Object.keys(character().labels).length === clues.size;
    summary.textContent = sentence(left.length, clues.size, all);
    found.replaceChildren(...(row ? [told(row)] : []));
    jump.textContent = row ? `Read row ${row.number}` : "";
    jump.hidden = !row;
    if (aloud) part.say(`${summary.textContent}${row ? ` Row ${row.number}: ${row.secret}.` : ""}`);
  }

  function sentence(left, clues, all) {
    if (!clues) return `You know nothing yet, so all ${total} rows fit.`;
    if (left === 1) return `${named(clues, "harmless fact")}, and one row is left. There is still no name in the file, but it is one person now.`;
    if (all) return `All the facts are used, and ${left} rows still fit. ${character().handle} hides in a crowd of ${left}.`;
    return `With ${named(clues, "fact")}, ${left} of ${total} rows still fit.`;
  }

  function told({ number, facts, secret }) {
    return h("section", { class: "kit-row-card", "aria-label": `Row ${number}`, tabindex: "-1" },
      h("p", { class: "kit-subtitle" }, `Row ${number} of the survey`),
      h("p", { class: "kit-secret" }, h("strong", {}, "What this person would rather not have told: "), `${secret}.`),
      h("dl", {}, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h("p", { class: "kit-note" }, "This person is made up. A real one would not laugh. That is why we never do this with real people."));
  }

  function draw() {
    drawPicker();
    drawPosts();
    drawPicture();
  }

  part.show(progress, picker, h("div", { class: "kit-sides" }, posts,
    h("figure", { class: "kit-picture" }, h("div", { class: "kit-strip" }, h("div", { class: "kit-heart" }, big.node, jump), dots.node), summary, found, table.node)));
  draw();
  return () => part.close();
}

export default { render };
