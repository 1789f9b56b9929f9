// Two privacy notices: four questions, and the sentences that answer them.

function render({ model, el }) {
  const part = frame(model, el, "The small print");
  const { questions, notices, not_said: notSaid } = part.data();
  const marks = new Map(notices.map((one) => [one.id, { ...one.marks }]));
  const checks = new Map(notices.map((one) => [one.id, one.checked]));
  const savers = new Map(notices.map(({ id }) => [id, part.saver({ collect: () => ({ notice: id, marks: marks.get(id) }) })]));
  let asking = questions[0].id;

  const asked = h("div", { class: "kit-step" });
  const pages = h("div", { class: "kit-notices" });
  const found = h("div", { class: "kit-result" });
  const short = (id) => questions.findIndex((one) => one.id === id) + 1;

  function drawAsked() {
    const open = ({ id }) => notices.filter((notice) => !(id in marks.get(notice.id))).length;
    const focused = asked.contains(document.activeElement);
    const options = questions.map((one, index) => [one.id, h("span", {}, `${index + 1}. ${one.text}`, open(one) ? "" : h("span", { class: "kit-tag" }, "marked"))]);
    asked.replaceChildren(tabs({ legend: "Pick a question. Then press the sentence that answers it, in both notices.", options, value: asking, onpick: (id) => { asking = id; drawPages(); } }));
    if (focused) asked.querySelector("input:checked")?.focus();
  }

  function drawPages() {
    pages.replaceChildren(...notices.map((notice) => {
      const own = marks.get(notice.id);
      const tags = (place) => Object.entries(own).filter(([, marked]) => marked === place).map(([id]) => h("span", { class: "kit-tag" }, h("span", { class: "kit-sr" }, "marked for question "), short(id)));
      const press = (place) => h("button", { type: "button", class: place === notSaid ? "kit-sentence kit-not-said" : "kit-sentence", "aria-pressed": String(own[asking] === place), onclick: () => mark(notice, place) },
        place === notSaid ? "It doesn't say." : notice.sentences[place - 1], tags(place));
      return h("section", { class: "kit-notice", "aria-label": notice.title, "data-kit-notice": notice.id },
        h("h4", { class: "kit-subtitle" }, notice.title),
        h("ol", {}, notice.sentences.map((_, index) => h("li", {}, press(index + 1)))), press(notSaid),
        h("div", { class: "kit-foot" }, savers.get(notice.id).line.node));
    }));
  }

  function mark(notice, place) {
    marks.get(notice.id)[asking] = place;
    savers.get(notice.id).touch();
    drawPages();
    drawAsked();
    const section = pages.querySelector(`[data-kit-notice="${notice.id}"]`);
    section.querySelectorAll(".kit-sentence")[place === notSaid ? notice.sentences.length : place - 1].focus({ preventScroll: true });
  }

  async function check(button) {
    button.disabled = true;
    for (const { id } of notices) {
      await savers.get(id).flush();
      const result = await part.ask("check", { notice: id, marks: marks.get(id) });
      if (result) checks.set(id, result);
    }
    button.disabled = false;
    drawFound({ focus: true });
  }

  function drawFound({ focus = false } = {}) {
    const done = notices.map((one) => checks.get(one.id));
    found.replaceChildren();
    if (done.some((one) => !one)) return;
    const row = (name, tell) => [name, ...done.map(tell)];
    const later = "find the sentence first";
    const numbers = dataTable({ caption: "The two notices, side by side", columns: ["", ...notices.map((one) => one.title)], open: true, title: "What you found",
      rows: [
        row("Words", (one) => String(one.words)),
        row("Reads like grade", (one) => String(Math.round(one.grade))),
        row("Answers found", (one) => `${one.right.length} of ${questions.length}`),
        row("Kept for", (one) => (one.days === null ? later : `${one.days.toLocaleString()} days`)),
        row("Who else gets it", (one) => one.shared_with ?? later),
      ] });
    const missed = notices.map((notice, index) => [notice.title, questions.filter((one) => !done[index].right.includes(one.id)).map((one) => short(one.id))]).filter(([, open]) => open.length);
    const right = done.reduce((sum, one) => sum + one.right.length, 0);
    const open = missed.map(([title, numbers]) => `${inWords(numbers)} in ${title}`).join("; ");
    const words = missed.length
      ? `${right} of ${notices.length * questions.length} answers found. Look again for question ${open}.`
      : "You found it all. Which of the two would you sign?";
    const verdict = h("p", { class: missed.length ? "kit-summary" : "kit-praise", tabindex: "-1" }, words);
    found.append(verdict, numbers.node);
    if (focus) land(verdict);
  }

  const button = h("button", { type: "button", class: "kit-button", onclick: () => check(button) }, "Check my marks");
  part.show(asked, pages, h("div", { class: "kit-row" }, button), found);
  drawAsked();
  drawPages();
  drawFound();
  return () => part.close();
}

export default { render };
