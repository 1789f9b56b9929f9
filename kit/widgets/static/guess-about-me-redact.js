// Black out a message: two meters that pull in different directions.

function render({ model, el }) {
  const part = frame(model, el, "A message to a chatbot");
  const states = new Map(part.data().drafts.map((one) => [one.id, { hidden: new Set(one.hidden), checked: one.checked, fewest: one.fewest }]));
  let current = (part.data().drafts.find((one) => one.fewest === null) ?? part.data().drafts[0]).id;

  const picker = h("div", { class: "kit-step" });
  const message = h("div", { class: "kit-message", role: "group" });
  const foot = h("div", { class: "kit-foot" });
  const meters = h("div", { class: "kit-meters" });
  const result = h("div", { class: "kit-result" });
  const draft = () => part.data().drafts.find((one) => one.id === current);
  const state = () => states.get(current);
  const savers = new Map(part.data().drafts.map(({ id }) => [id, part.saver({ collect: () => ({ draft: id, hidden: sorted(id) }) })]));
  const sorted = (id) => [...states.get(id).hidden].sort((a, b) => a - b);

  function drawPicker() {
    const focused = picker.contains(document.activeElement);
    const options = part.data().drafts.map((one) => [one.id, h("span", {}, one.title, states.get(one.id).fewest === null ? "" : h("span", { class: "kit-tag" }, `done with ${states.get(one.id).fewest}`))]);
    picker.replaceChildren(tabs({ legend: "Which message?", options, value: current, onpick: (id) => { current = id; draw(); } }));
    if (focused) picker.querySelector("input:checked")?.focus();
  }

  function drawMessage() {
    message.setAttribute("aria-label", `The message: ${draft().title}. Press a word to black it out. The arrow keys go from word to word.`);
    message.replaceChildren(...draft().words.map((word, place) => {
      const button = h("button", { type: "button", class: "kit-word", "aria-pressed": String(state().hidden.has(place)), onclick: () => toggle(button, place) }, word);
      return button;
    }));
    foot.replaceChildren(savers.get(current).line.node, h("button", { type: "button", class: "kit-link", onclick: clear }, "Show all words again"));
  }

  function toggle(button, place) {
    const { hidden } = state();
    if (hidden.has(place)) hidden.delete(place);
    else hidden.add(place);
    button.setAttribute("aria-pressed", String(hidden.has(place)));
    savers.get(current).touch();
    drawStale();
  }

  function clear() {
    state().hidden.clear();
    savers.get(current).touch();
    drawMessage();
    drawStale();
    message.querySelector("button").focus({ preventScroll: true });
  }

  // Arrow keys go from word to word, for those who don't want to press Tab sixty times.
  message.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const words = [...message.children];
    const next = step && words[words.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  const isStale = () => state().checked && JSON.stringify(state().checked.hidden) !== JSON.stringify(sorted(current));
  function drawStale() {
    const stale = Boolean(isStale());
    meters.classList.toggle("kit-stale", stale);
    const note = result.querySelector(".kit-stale-note");
    if (note) note.textContent = stale ? "You changed words since then. Check again." : "";
  }

  function meter(name, count, total, good, words) {
    return h("div", { class: `kit-meter${good ? " kit-meter-good" : ""}` },
      h("p", { class: "kit-meter-name" }, icon(good ? "check" : "warn"), name, h("span", { class: "kit-percent" }, `${count} of ${total}`)),
      h("span", { class: "kit-track", "aria-hidden": "true" }, h("span", { class: count ? "kit-fill" : "kit-fill kit-none", style: `width:${(count / total) * 100}%` })),
      h("p", { class: "kit-note" }, words));
  }

  function drawResult({ focus = false } = {}) {
    const { checked, fewest } = state();
    meters.replaceChildren();
    result.replaceChildren();
    if (!checked) return;
    const { given_away: given, planted, missing, needed, safe, useful, hidden } = checked;
    meters.append(
      meter("Still given away", given.length, planted, safe, given.length ? `They would learn: ${list(given)}.` : "Nothing here points at the writer any more."),
      meter("Needed for a good answer", needed - missing.length, needed, useful, missing.length ? `The chatbot can't see: ${list(missing)}.` : "Everything that the answer needs is there."));
    const words = safe && useful
      ? `Safe to send, and still a good question. You hid ${named(hidden.length, "word")}.${fewest === hidden.length ? " Could it be done with fewer?" : ` Your best is ${fewest}.`}`
      : safe ? "Safe, but the chatbot can't help any more. Give it back what it needs."
        : useful ? "It could be answered, but it tells too much. Keep going." : "It tells too much, and it asks too little.";
    const verdict = h("p", { class: safe && useful ? "kit-praise" : "kit-summary", tabindex: "-1" }, words);
    result.append(verdict, h("p", { class: "kit-note kit-stale-note", role: "status" }));
    if (safe && useful) result.append(preview(hidden));
    drawStale();
    if (focus) land(verdict);
  }

  function preview(hidden) {
    const black = new Set(hidden);
    const text = draft().words.map((word, place) => (black.has(place) ? "█".repeat(Math.min(6, word.length)) : word)).join(" ");
    return h("blockquote", { class: "kit-locked" }, h("span", { class: "kit-sr" }, "What you would send: "), text);
  }

  const list = (kinds) => [...new Set(kinds)].join("; ");

  async function check(button) {
    button.disabled = true;
    const asking = current;
    await savers.get(asking).flush();
    const found = await part.ask("check", { draft: asking, hidden: sorted(asking) });
    button.disabled = false;
    if (!found) return;
    const told = states.get(asking);
    told.checked = found;
    if (found.safe && found.useful) told.fewest = Math.min(told.fewest ?? Infinity, found.hidden.length);
    if (asking !== current) return;
    drawPicker();
    drawResult({ focus: true });
  }

  function draw() {
    drawPicker();
    drawMessage();
    drawResult();
  }

  const button = h("button", { type: "button", class: "kit-button", onclick: () => check(button) }, "Check my message");
  part.show(
    h("p", { class: "kit-help" }, "Press a word to black it out. Press it again to get it back."),
    picker, message, foot, h("div", { class: "kit-row" }, button), result, meters);
  draw();
  return () => part.close();
}

export default { render };
