// Hide in a crowd: choose how exactly each fact is published, and see who stands alone.

function render({ model, el }) {
  const part = frame(model, el, "A survey without names");
  const { facts, start, start_words: startWords, goal, total } = part.data();
  let outcome = part.data().outcome;
  let counted = part.data().counted;
  let asked = 0;

  const first = h("div", { class: "kit-step" });
  const board = h("div", { class: "kit-board" });
  const big = bigNumber();
  const score = h("span", { class: "kit-tag" });
  const crowds = h("div", { class: "kit-crowds", "aria-hidden": "true" });
  const summary = h("p", { class: "kit-summary" });
  const lights = h("ul", { class: "kit-lights" });
  const praise = h("p", { class: "kit-praise" });
  const table = dataTable({ caption: "Crowds by size", columns: ["Rows in the crowd", "How many such crowds", "Rows in all"] });
  const figure = h("figure", { class: "kit-picture" }, h("div", { class: "kit-strip" }, h("div", { class: "kit-heart" }, big.node, score), crowds), legend(), summary);
  const stage = h("div", {}, lights, h("div", { class: "kit-sides kit-sides-board" }, board, figure), h("div", { class: "kit-step" }, praise, table.node));

  function legend() {
    return h("p", { class: "kit-legend", "aria-hidden": "true" },
      h("span", {}, h("i", { class: "kit-lone" }), "stands alone"),
      h("span", {}, h("i", { class: "kit-pair" }), "crowd of 2"),
      h("span", {}, h("i", { class: "kit-safe" }), `crowd of ${goal} or more`));
  }

  function drawFirst() {
    const { bet } = part.data();
    if (bet === null) {
      first.replaceChildren(h("p", { class: "kit-empty" }, "First lock your prediction above. Then you can count here."));
      return;
    }
    const own = h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "You predicted: ", h("strong", {}, `“${bet}”`)));
    const button = h("button", { type: "button", class: "kit-button kit-button-big", onclick: () => publish(start, true) }, "Count who stands alone");
    first.replaceChildren(own, h("div", { class: "kit-step" }, counted === null
      ? [h("p", {}, `The survey is published with only ${startWords}. How many of ${total} rows are like no other?`), button]
      : [h("p", { class: "kit-praise", tabindex: "-1" }, `The count: ${counted} of ${total} rows stand alone with ${startWords}.`),
        h("p", {}, "Now it's your turn. Reach all three goals at once:")]));
  }

  function drawBoard() {
    board.replaceChildren(
      h("p", { class: "kit-subtitle" }, "What does the school publish?"),
      ...facts.map((fact) => radios({
        legend: fact.label, legendClass: "kit-fact", look: "pills", options: fact.levels, value: outcome.setting[fact.id],
        onpick: (level) => publish({ ...outcome.setting, [fact.id]: level }, false),
      }).node));
  }

  async function publish(setting, isFirst) {
    const turn = ++asked;
    if (outcome) outcome = { ...outcome, setting };
    const result = await part.ask("publish", { setting });
    if (turn !== asked) return; // somebody was quicker than the answer: the last press counts
    if (!result) return void (outcome && ((outcome = part.data().outcome ?? outcome), drawBoard()));
    outcome = result;
    if (isFirst) counted = result.alone;
    draw();
    part.say(`${summary.textContent} ${score.textContent}. ${praise.textContent}`);
    if (!isFirst) return;
    part.root.querySelector(".kit-locked-line").scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
    first.querySelector(".kit-praise").focus({ preventScroll: true });
  }

  function drawPicture() {
    const { sizes, alone } = outcome;
    const { answers, large_enough: enough } = outcome;
    const goals = [enough, ...answers.map(({ told }) => told)];
    big.show(alone, `of ${total} rows ${alone === 1 ? "stands" : "stand"} alone`);
    score.textContent = `${goals.filter(Boolean).length} of ${goals.length} goals`;
    crowds.replaceChildren(...sizes.map((size) => h("span", { class: size === 1 ? "kit-lone" : size < goal ? "kit-pair" : "kit-safe" },
      Array.from({ length: size }, () => h("i")))));
    const bySize = new Map();
    sizes.forEach((size) => bySize.set(size, (bySize.get(size) ?? 0) + 1));
    table.update([...bySize].map(([size, count]) => [String(size), String(count), String(size * count)]));
    summary.textContent = `${named(sizes.length, "crowd")} of rows that look the same, the smallest first. ${alone ? `${named(alone, "row")} in a crowd of one.` : "Nobody is in a crowd of one."}`;
  }

  function drawLights() {
    const { answers, large_enough: enough, detail, reached } = outcome;
    const light = (good, text, found) => h("li", { class: good ? "kit-light kit-light-good" : "kit-light" },
      icon(good ? "check" : "warn"), h("span", {}, h("span", { class: "kit-light-name" }, text), ` ${found}`));
    lights.replaceChildren(
      light(enough, `Is every crowd ${goal} or more?`, enough ? "Yes." : "Not yet."),
      ...answers.map(({ question, text, told }) => light(told, question, told ? `${text[0].toUpperCase()}${text.slice(1)}.` : "The survey can't say it any more.")));
    const { found, ways } = part.data();
    const hunt = found === ways ? `You found all ${ways} ways to do it!` : `That is ${found} of the ${ways} ways to do it. Which other way keeps a fact that you would miss?`;
    praise.textContent = reached ? `Nobody stands out, and both questions have their answer. You kept ${named(detail, "detail")}. ${hunt}` : "";
  }

  function draw() {
    drawFirst();
    stage.hidden = !outcome;
    if (!outcome) return;
    if (!board.childElementCount) drawBoard();
    drawPicture();
    drawLights();
  }

  part.show(first, stage);
  draw();
  part.follow(() => {
    if (first.querySelector(".kit-empty")) drawFirst();
  });
  return () => part.close();
}

export default { render };
