// The guessing machine: pick likes, watch the bars, then try it on everybody.

const NOT_TOLD = "not told";

function render({ model, el }) {
  const part = frame(model, el, "A machine that guesses");
  const { kinds, total, last } = part.data();
  let target = last?.target ?? part.data().targets[0].id;
  let guess = last;
  const likes = new Map(Object.entries(last?.likes ?? {}));
  let wanted = Math.round(total / 2);
  let asked = 0;

  const goal = h("div", { class: "kit-step" });
  const sheet = h("div", { class: "kit-board" });
  const picture = h("figure", { class: "kit-picture" });
  const trial = h("div", { class: "kit-trial" });
  const current = () => part.data().targets.find((one) => one.id === target);

  function drawSheet() {
    goal.replaceChildren(tabs({
      legend: "What should the machine guess?", options: part.data().targets.map((one) => [one.id, one.label]), value: target,
      onpick: (id) => { target = id; ask(); drawTrial(); },
    }));
    sheet.replaceChildren(
      h("p", { class: "kit-subtitle" }, "Make somebody up"),
      h("p", { class: "kit-note" }, "Pick from the lists. Not yourself, and nobody you know."),
      ...kinds.map((kind) => radios({
        legend: kind.label, legendClass: "kit-fact", look: "pills",
        options: [NOT_TOLD, ...kind.options].map((option) => [option, option]), value: likes.get(kind.id) ?? NOT_TOLD,
        onpick: (option) => {
          if (option === NOT_TOLD) likes.delete(kind.id);
          else likes.set(kind.id, option);
          ask();
        },
      }).node));
  }

  async function ask() {
    const turn = ++asked;
    const result = await part.ask("guess", { target, likes: Object.fromEntries(likes) });
    if (!result || turn !== asked) return;
    guess = result;
    drawPicture();
    part.say(picture.querySelector(".kit-summary").textContent);
  }

  const table = dataTable({ caption: "Chance of each answer", columns: ["Answer", "Chance"] });
  function drawPicture() {
    if (!guess || guess.target !== target) {
      picture.replaceChildren(h("div", { class: "kit-strip" }, h("p", { class: "kit-caption" }, current().label), h("p", { class: "kit-empty" }, "Pick a snack, and see what the machine makes of it.")));
      return;
    }
    // Each answer keeps its place, so that one sees the bars move and not the names.
    const chances = [...guess.chances].sort(([a], [b]) => (a < b ? 1 : -1));
    const tell = (answer) => (target === "grade" ? `grade ${answer}` : answer);
    const [first, chance] = guess.chances[0];
    const known = inWords(Object.values(guess.likes));
    const from = known ? `Nobody told it. From ${known}` : "Even without a single like";
    const before = [...picture.querySelectorAll(".kit-fill")].map((fill) => fill.style.width);
    picture.replaceChildren(
      h("div", { class: "kit-strip" }, h("figcaption", { class: "kit-caption" }, current().label),
        bars(chances.map(([answer, share]) => ({ name: tell(answer), share, told: percent(share) })))),
      h("p", { class: "kit-summary" }, `${from}, the machine guesses “${tell(first)}” and is ${percent(chance)} sure.`),
      table.node);
    table.update(chances.map(([answer, share]) => [tell(answer), percent(share)]));
    slide(before);
  }

  function slide(before) {
    const fills = [...picture.querySelectorAll(".kit-fill")];
    if (calm() || before.length !== fills.length) return;
    const after = fills.map((fill) => fill.style.width);
    fills.forEach((fill, index) => (fill.style.width = before[index]));
    requestAnimationFrame(() => requestAnimationFrame(() => fills.forEach((fill, index) => (fill.style.width = after[index]))));
  }

  function drawTrial({ focus = false } = {}) {
    const { bet, trial: found, label } = current();
    const title = h("h4", { class: "kit-subtitle", tabindex: "-1" }, `How good is it? ${label}`);
    if (found) trial.replaceChildren(title, ...drawFound(found, bet));
    else if (bet === null) trial.replaceChildren(title, betForm());
    else trial.replaceChildren(title, locked(bet), tryButton());
    if (focus) land(title);
  }

  const locked = (bet) => h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "Your bet: ", h("strong", {}, `${bet} of ${total}`), " right."));

  function betForm() {
    const dial = makeDial({
      label: `Of ${total} rows, how many does it get right?`, min: 0, max: total, step: 1, value: wanted,
      tell: (value) => `${value} of ${total}`, ends: ["none", "half", "all"], onmove: (value) => (wanted = value),
    });
    const button = h("button", { type: "button", class: "kit-button", onclick: async () => {
      button.disabled = true;
      const asking = target;
      const result = await part.ask("bet", { target: asking, right: wanted });
      button.disabled = false;
      if (result && asking === target) drawTrial({ focus: true });
    } }, icon("lock"), "Lock in my bet");
    return h("div", { class: "kit-stack" },
      h("p", { class: "kit-note" }, "For each row, the machine learns from the 119 others and then guesses. It never sees the answer first."),
      dial.node, h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "You can't take it back.")));
  }

  function tryButton() {
    const button = h("button", { type: "button", class: "kit-button kit-button-big", onclick: async () => {
      button.disabled = true;
      const asking = target;
      const result = await part.ask("test", { target: asking });
      button.disabled = false;
      if (!result || asking !== target) return;
      drawTrial({ focus: true });
      part.say(trial.querySelector(".kit-summary").textContent);
    } }, `Try it on all ${total}`);
    return h("div", { class: "kit-row" }, button);
  }

  function drawFound(found, bet) {
    const big = bigNumber();
    big.show(found.count, `of ${total} right, and ${total - found.count} wrong`);
    const dots = dotField(total);
    dots.update((index) => found.right[index], "verdict");
    const answer = (value) => (target === "grade" ? `grade ${value}` : value);
    const rows = [
      { name: "The machine", share: found.count, told: String(found.count) },
      { name: `Always saying “${answer(found.commonest)}”`, share: found.baseline, told: String(found.baseline) },
      { name: "Your bet", share: bet, told: String(bet), own: true },
    ];
    const { wrong } = found;
    const numbers = dataTable({ caption: `Right guesses among ${total} rows`, columns: ["Who guesses", "Right"], rows: rows.map(({ name, told }) => [name, told]) });
    return [h("figure", { class: "kit-picture" }, big.node, dots.node,
      h("p", { class: "kit-legend", "aria-hidden": "true" }, h("span", {}, h("i", { class: "kit-safe" }), "guessed right"), h("span", {}, h("i", { class: "kit-miss" }), "guessed wrong")),
      bars(rows, { most: total }),
      h("p", { class: "kit-summary" }, `The machine is right about ${found.count} of ${total} rows. Somebody who always says “${answer(found.commonest)}” gets ${found.baseline} right without looking at anything.`),
      h("p", { class: "kit-surest" }, h("strong", {}, "Sure, and wrong. "), `Row ${wrong.number} picked ${inWords(wrong.likes)}. The machine said “${answer(wrong.guess)}”, ${percent(wrong.chance)} sure. The true answer is “${answer(wrong.truth)}”.`),
      numbers.node)];
  }

  part.show(goal, h("div", { class: "kit-sides kit-sides-board" }, sheet, picture), trial);
  drawSheet();
  drawPicture();
  drawTrial();
  return () => part.close();
}

export default { render };
