// What the parts of "guess about me" share: how a card begins, asking Python, dots, and bars.

const named = (n, word, more = `${word}s`) => `${n} ${n === 1 ? word : more}`;

/** "a, b and c", as one says it. */
const inWords = (things) => things.join(", ").replace(/, ([^,]*)$/, " and $1");

/** Put the focus on what is new, and show it, if it isn't to be seen. */
function land(node) {
  node.focus({ preventScroll: true });
  node.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
}

/** The frame of each part: title, trouble, live region, and `ask`, which says in words what went wrong. */
function frame(model, el, eyebrow) {
  const card = makeCard(model, el, "guess-about-me");
  const { title, ask, explain, optional } = card.data();
  card.root.dataset.kitExercise = "guess-about-me";
  card.root.dataset.kitAsk = ask;
  if (optional) delete card.root.dataset.kitDone; // the page counts what everybody does
  const live = announcer();
  const trouble = h("p", { class: "kit-trouble", role: "alert" });
  const why = explain ? explainBox(card, { label: explain }) : null;
  card.root.append(
    h("p", { class: "kit-eyebrow" }, icon("person"), eyebrow),
    h("h3", { class: "kit-title", tabindex: "-1" }, title),
  );
  return {
    ...card,
    say: live.say,
    /** Put the part's own pieces on the card, then what every part ends with. */
    show(...pieces) {
      card.root.append(...pieces, trouble, why ? why.node : "", live.node);
      why?.draw();
      card.follow(() => why?.draw());
    },
    async ask(kind, body) {
      trouble.textContent = "";
      try {
        return await card.wire.ask(kind, body);
      } catch (problem) {
        trouble.textContent = `${problem.message} ${problem.mend}`;
        return null;
      }
    },
  };
}

/** A number that one sees from the back row, and what it counts. */
function bigNumber() {
  const number = h("strong", { class: "kit-big" });
  const words = h("span", { class: "kit-big-words" });
  return {
    node: h("p", { class: "kit-count-line" }, number, words),
    show(value, text) {
      number.textContent = value.toLocaleString();
      words.textContent = ` ${text}`;
    },
  };
}

/** One dot for each row of the survey. `update` is told of each dot whether it is still in. */
function dotField(total) {
  const dots = Array.from({ length: total }, () => h("i"));
  const node = h("div", { class: "kit-dots-field", "aria-hidden": "true" }, dots);
  return {
    node,
    update(isIn, look = "") {
      node.dataset.look = look;
      dots.forEach((dot, index) => dot.classList.toggle("kit-in", isIn(index)));
    },
  };
}

/** Buttons to pick one of, with what was already done beside each. */
function tabs({ legend, options, value, onpick }) {
  const group = radios({ legend, options, value, look: "pills", onpick });
  return group.node;
}

/** Bars with a name, a length and a number. */
function bars(rows, { most = 1 } = {}) {
  return h("div", { class: "kit-guess-bars", "aria-hidden": "true" }, rows.map(({ name, share, told, own }) =>
    h("div", { class: `kit-guess-bar${own ? " kit-own-bar" : ""}` },
      h("span", { class: "kit-guess-name" }, name),
      h("span", { class: "kit-track" }, h("span", { class: "kit-fill", style: `width:${(share / most) * 100}%` })),
      h("span", { class: "kit-percent" }, told))));
}
