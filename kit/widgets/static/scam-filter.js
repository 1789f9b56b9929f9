// The scam filter: tell a machine rules, teach another one by examples, then try to fool them both.

const WAYS = {
  caught: { name: "Caught", tell: "scams that it flagged", right: true },
  missed: { name: "Missed", tell: "scams that it let through", right: false },
  false_alarms: { name: "False alarms", tell: "harmless messages that it flagged", right: false },
  left_alone: { name: "Left alone", tell: "harmless messages that it let through", right: true },
};
const PLAIN = { "[link]": "any web address", "[number]": "any number" };
const WANTS = [["money", "Money or gift cards"], ["secret", "A password or a code"], ["tap", "A tap on a link"], ["facts", "Facts about a person"]];
const GOALS = {
  "scam-past-rules": "A scam that slips past your rules",
  "scam-past-taught": "A scam that slips past the taught machine",
  "fine-flagged-by-rules": "A harmless message that your rules call a scam",
  "fine-flagged-by-taught": "A harmless message that the taught machine calls a scam",
};
const PATIENCE = 20000;

const many = (n, one, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;
const right = (s) => s.caught + s.left_alone;
const total = (s) => s.caught + s.missed + s.false_alarms + s.left_alone;
const told = (s, who) => `${who} caught ${s.caught} of ${s.caught + s.missed} scams and raised ${many(s.false_alarms, "false alarm")}. Right about ${right(s)} of ${total(s)} messages.`;
const signed = (n) => (Math.abs(n) < 0.05 ? "0.0" : `${n > 0 ? "+" : "−"}${Math.abs(n).toFixed(1)}`);
const toward = (n) => (Math.abs(n) < 0.05 ? "neither way" : `toward ${n > 0 ? "scam" : "fine"}`);
const quoted = (text) => `“${text}”`;
const shownWord = (text) => h("span", { class: "kit-word" }, text, PLAIN[text] ? h("span", { class: "kit-tag" }, PLAIN[text]) : "");
const trouble = () => h("p", { class: "kit-trouble", role: "alert" });
const explained = (problem) => `${problem.message} ${problem.mend}`;

/** The last step of a card, where the lesson asks for one. */
const explaining = (card, help) => (card.data().why ? explainBox(card, { help }) : { node: "", draw() {} });

/** Bring what came of a press into sight, and let whoever uses the keyboard go on from there. */
function land(node, frame = node.closest("figure"), block = "nearest") {
  node.focus({ preventScroll: true });
  frame.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });
}

/** One small square for each message, in the four ways in which a filter can be right or wrong. */
function waffle({ caption, who, own = false, level = "figcaption" }) {
  const cells = Object.entries(WAYS).map(([key, way]) => {
    const count = h("strong", {});
    const squares = h("div", { class: "kit-squares" });
    return { key, count, squares, node: h("div", { class: `kit-way kit-${key.replace("_", "-")}` },
      h("p", { class: "kit-way-name" }, count, " ", h("span", { class: "kit-way-words" }, `${way.name.toLowerCase()} `, h("span", { class: "kit-way-mark" }, way.right ? "✓" : "✗"))), squares) };
  });
  const side = (text, ...pair) => h("div", { class: "kit-half" }, h("p", { class: "kit-half-name" }, text), h("div", { class: "kit-pair" }, pair.map((cell) => cell.node)));
  const scams = h("span", {});
  const fine = h("span", {});
  const grid = h("div", { class: `kit-waffle${own ? " kit-mine" : ""}`, "aria-hidden": "true" },
    side(h("span", {}, "Really scams ", scams), cells[0], cells[1]), side(h("span", {}, "Really harmless ", fine), cells[2], cells[3]));
  const summary = h("p", { class: "kit-summary" });
  const table = dataTable({ caption, columns: ["What it was", "It said scam", "It said fine"] });
  const head = h(level, { class: "kit-caption", tabindex: "-1" }, caption);
  return {
    node: h("figure", { class: "kit-picture" }, head, grid, summary, table.node),
    head,
    summary,
    update(scores, { slowly = false, caption: words = caption } = {}) {
      head.textContent = words;
      scams.textContent = `(${scores.caught + scores.missed})`;
      fine.textContent = `(${scores.false_alarms + scores.left_alone})`;
      grid.classList.toggle("kit-small-squares", total(scores) > 80);
      for (const cell of cells) {
        cell.count.textContent = scores[cell.key];
        cell.squares.replaceChildren(...Array.from({ length: scores[cell.key] }, (_, index) => h("i", slowly && !calm() ? { style: `animation-delay:${index * 25}ms`, class: "kit-fresh" } : {})));
      }
      summary.textContent = told(scores, who);
      table.update([["Really a scam", String(scores.caught), String(scores.missed)], ["Really harmless", String(scores.false_alarms), String(scores.left_alone)]], words);
    },
  };
}

/** Messages to look through, one of the four ways at a time. */
function makeBrowser() {
  const pills = h("div");
  const list = h("ul", { class: "kit-messages" });
  const frame = h("div", { class: "kit-scroller", tabindex: "0", role: "region" }, list);
  let shown = null;
  let messages = [];
  const draw = () => {
    const found = messages.filter((one) => one.outcome === shown);
    frame.setAttribute("aria-label", `${WAYS[shown].name}: ${many(found.length, "message")}`);
    list.replaceChildren(...(found.length ? found.map((one) => h("li", {}, one.text,
      one.hits.length ? h("span", { class: "kit-hit" }, ` rule: ${one.hits.map(quoted).join(", ")}`) : "")) : [h("li", { class: "kit-note" }, "None. Look into another pile.")]));
    frame.scrollTop = 0;
  };
  return {
    node: h("div", { class: "kit-browser" }, pills, frame),
    update(next, { tried, first } = {}) {
      messages = next;
      const count = (key) => messages.filter((one) => one.outcome === key).length;
      const options = tried
        ? ["missed", "false_alarms", "caught", "left_alone"].map((key) => [key, `${WAYS[key].name} (${count(key)})`])
        : [["missed", `Scams (${count("missed")})`], ["left_alone", `Harmless (${count("left_alone")})`]];
      if (first || !options.some(([key]) => key === shown)) shown = first ?? options[0][0];
      pills.replaceChildren(radios({ legend: tried ? "Look at the messages" : "Look at the pile first", look: "pills", options, value: shown, onpick: (key) => { shown = key; draw(); } }).node);
      draw();
    },
  };
}

/** What each rule hits: scams are what it is for, and the striped part are harmless messages. */
function ruleBars(rules, size) {
  const most = Math.max(1, ...rules.map((rule) => rule.scams + rule.fine));
  const wide = (n) => `width:${(n / most) * 100}%`;
  return h("ul", { class: "kit-rules" }, rules.map((rule) => h("li", {},
    shownWord(rule.says),
    h("span", { class: "kit-track kit-two-parts", "aria-hidden": "true" }, h("span", { class: "kit-good-part", style: wide(rule.scams) }), h("span", { class: "kit-bad-part", style: wide(rule.fine) })),
    h("span", { class: "kit-note" }, rule.scams + rule.fine ? `${many(rule.scams, "scam")}, ${rule.fine} harmless` : `hits none of the ${size}`))));
}

// Tell it

class Telling {
  constructor(card) {
    this.card = card;
    this.voice = announcer();
    this.progress = h("p", { class: "kit-note" });
    this.form = this.makeForm();
    this.browser = makeBrowser();
    this.tried = waffle({ caption: "Your rules on the pile", who: "Your rules", own: true });
    this.tested = waffle({ caption: "Your rules on messages that they have never met", who: "Your rules", own: true });
    this.each = h("div");
    this.lockStep = h("div", { class: "kit-lock-step" });
    this.stage = h("div", { class: "kit-stage" });
    this.explain = explaining(card, "One to three sentences: which messages did your rules get wrong, and why? Say what a rule does.");
    card.root.append(
      h("p", { class: "kit-eyebrow" }, icon("lock"), "A machine that is told"), h("h3", { class: "kit-title" }, card.data().title),
      this.progress, this.stage, this.explain.node, this.voice.node);
    this.draw();
    this.look();
    card.follow(() => this.draw());
  }

  makeForm() {
    const { draft, limits } = this.card.data();
    const save = this.card.saver({ kind: "draft", collect: () => this.boxes() });
    const rows = h("div", { class: "kit-rule-boxes" });
    const boxes = [];
    const add = (value = "") => {
      const field = textField({ label: `Rule ${boxes.length + 1}: it is a scam if it says`, short: true, value, oninput: () => this.typed(save), onblur: () => save.flush() });
      field.box.maxLength = limits.longest;
      field.box.autocapitalize = "off";
      boxes.push(field);
      rows.append(field.node);
      more.hidden = boxes.length >= limits.most;
      return field.box;
    };
    const more = h("button", { type: "button", class: "kit-button kit-button-quiet kit-button-small", onclick: () => add().focus() }, icon("plus"), "Add a rule");
    const unless = textField({ label: "Exception: but not if it also says", help: "You may leave this empty.", short: true, value: draft.unless, oninput: () => this.typed(save), onblur: () => save.flush() });
    unless.box.maxLength = limits.longest;
    const wanted = Math.max(3, draft.rules.findLastIndex((rule) => rule) + 1);
    for (let index = 0; index < wanted; index += 1) add(draft.rules[index] ?? "");
    this.problem = trouble();
    this.lockProblem = trouble();
    this.tryButton = h("button", { type: "submit", class: "kit-button" }, `Try my rules on the pile of ${this.card.data().sizes.known}`);
    const node = h("form", { class: "kit-form", onsubmit: (event) => { event.preventDefault(); this.try(save); } },
      h("p", { class: "kit-help" }, "A rule is one word or a short phrase. The machine follows it to the letter: “gift card” does not cover “gift cards”. Write ", h("code", {}, "[link]"), " for any web address and ", h("code", {}, "[number]"), " for any number."),
      rows, h("div", {}, more), unless.node, h("div", { class: "kit-row" }, this.tryButton), this.problem, h("div", { class: "kit-foot" }, save.line.node));
    this.firstBox = boxes[0].box;
    this.boxes = () => ({ rules: boxes.map((field) => field.box.value), unless: unless.box.value });
    return node;
  }

  typed(save) {
    save.touch();
    this.changed = true;
    this.drawLockStep();
  }

  draw() {
    const { tried, locked, sizes, limits } = this.card.data();
    this.progress.textContent = locked
      ? "Tested. These are your rules for the rest of the lesson."
      : `Write up to ${limits.most} rules, try them on ${sizes.known} messages, and fix them. Then lock them for a test on ${sizes.new} messages that nobody has seen.`;
    if (tried) {
      this.tried.update(tried, { caption: `Your rules on the pile of ${sizes.known}` });
      this.each.replaceChildren(h("p", { class: "kit-subtitle" }, "What each rule hits in the pile"), ruleBars(tried.rules, sizes.known));
    }
    if (locked && !this.wasLocked) this.tested.update(locked, { slowly: this.fresh });
    if (locked) this.drawLocked(locked, sizes);
    else this.drawOpen(tried);
    this.wasLocked = Boolean(locked);
    this.drawLockStep();
    this.explain.draw();
  }

  drawOpen(tried) {
    if (this.drawn !== `open ${Boolean(tried)}`) this.stage.replaceChildren(...(tried ? [this.form, this.tried.node, this.each, this.browser.node, this.lockStep] : [this.browser.node, this.form]));
    this.drawn = `open ${Boolean(tried)}`;
  }

  drawLocked(locked, sizes) {
    if (this.drawn === "locked") return;
    this.drawn = "locked";
    const says = locked.rules.map((rule) => quoted(rule.says)).join(", ");
    this.stage.replaceChildren(
      h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "It is a scam if it says ", h("strong", {}, says), locked.unless ? [", but not if it also says ", h("strong", {}, quoted(locked.unless))] : "", ".")),
      this.tested.node, this.browser.node,
      h("details", { class: "kit-details" }, h("summary", {}, `How they did on the pile of ${sizes.known}`), this.tried.node, this.each));
  }

  drawLockStep() {
    const { limits, sizes, tried, locked } = this.card.data();
    if (locked || !tried) return this.lockStep.replaceChildren();
    const few = tried.rules.length < limits.fewest;
    const why = few ? `A test needs ${limits.fewest} rules or more.` : this.changed ? "You changed something. Try your rules again before you lock them." : "Done fixing? After the test nobody can change them, because then you have seen the answers.";
    const back = h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => this.goBack() }, "Back to my rules");
    const open = h("button", { type: "button", class: "kit-button", disabled: few || this.changed, onclick: () => this.askToLock(tried) }, icon("lock"), `Lock my rules and test them on ${sizes.new} new messages`);
    this.lockStep.replaceChildren(h("p", { class: "kit-note" }, why), h("div", { class: "kit-row" }, open, back));
  }

  /** What is to be fixed stands further up than what shows that it must be. */
  goBack() {
    this.firstBox.focus({ preventScroll: true });
    this.form.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  askToLock(tried) {
    const yes = h("button", { type: "button", class: "kit-button", onclick: () => this.lock(yes) }, "Yes, lock and test");
    const no = h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => { this.drawLockStep(); this.lockStep.querySelector("button").focus(); } }, "Not yet, fix them");
    this.lockStep.replaceChildren(h("p", { class: "kit-subtitle" }, `Lock ${tried.rules.length} rules for good?`), h("div", { class: "kit-row" }, yes, no), this.lockProblem);
    yes.focus();
  }

  /** Fetch the messages of the pile that is on show. */
  async look() {
    const { locked, tried } = this.card.data();
    try {
      const { messages } = await this.card.wire.ask("browse", { pile: locked ? "new" : "known" }, { patience: PATIENCE });
      this.browser.update(messages, { tried: Boolean(locked || tried) });
    } catch (problem) {
      this.browser.node.replaceChildren(h("p", { class: "kit-note" }, explained(problem)));
    }
  }

  async try(save) {
    this.problem.textContent = "";
    this.tryButton.disabled = true;
    try {
      await save.flush();
      const first = !this.card.data().tried;
      const { messages } = await this.card.wire.ask("try", this.boxes(), { patience: PATIENCE });
      this.changed = false;
      this.browser.update(messages, { tried: true, first: first ? "missed" : undefined });
      this.drawLockStep();
      land(this.tried.head);
      this.voice.say(this.tried.summary.textContent);
    } catch (problem) {
      this.problem.textContent = explained(problem);
    }
    this.tryButton.disabled = false;
  }

  async lock(button) {
    this.lockProblem.textContent = "";
    button.disabled = true;
    this.fresh = true;
    try {
      const { messages } = await this.card.wire.ask("lock", this.boxes(), { patience: PATIENCE });
      this.browser.update(messages, { tried: true, first: "missed" });
      land(this.tested.head);
      this.voice.say(this.tested.summary.textContent);
    } catch (problem) {
      this.lockProblem.textContent = `Not locked. ${explained(problem)}`;
      button.disabled = false;
    }
  }
}

// Teach it

/** How many messages the machine got right, for each number of examples that was tried. */
function growth() {
  const chart = h("div", { class: "kit-growth", "aria-hidden": "true" });
  const summary = h("p", { class: "kit-summary" });
  const table = dataTable({ caption: "Right about how many new messages", columns: ["Examples", "Right labels", "3 of 10 labels wrong"] });
  const node = h("figure", { class: "kit-picture" }, h("figcaption", { class: "kit-caption" }, "The more examples, the better? Fill in the columns."), chart, summary, table.node);
  return {
    node,
    update({ sizes, total: all, silent, told: rules, lessons }, now) {
      const find = (size, wrong) => lessons.find((one) => one.examples === size && one.wrong === wrong);
      const bar = (one, kind) => (one ? h("span", { class: `kit-column ${kind}`, style: `height:${(right(one) / all) * 100}%` }, h("b", {}, right(one))) : "");
      const line = (value, kind) => h("span", { class: `kit-level ${kind}`, style: `bottom:${(value / all) * 100}%` });
      const key = (kind, words) => h("span", { class: "kit-key" }, h("span", { class: `kit-level ${kind}` }), words);
      chart.replaceChildren(
        h("div", { class: "kit-plot" },
          sizes.map((size) => {
            const [fair, wrong] = [find(size, false), find(size, true)];
            return h("div", { class: `kit-tick${size === now ? " kit-now" : ""}` }, fair || wrong ? [bar(fair, ""), bar(wrong, "kit-turned")] : h("span", { class: "kit-open" }, "?"));
          }),
          line(silent, ""), rules ? line(right(rules), "kit-mine") : ""),
        h("div", { class: "kit-axis" }, sizes.map((size) => h("span", {}, size))),
        h("p", { class: "kit-keys" }, rules ? key("kit-mine", `your rules: ${right(rules)}`) : "", lessons.some((one) => one.wrong) ? h("span", { class: "kit-key" }, h("span", { class: "kit-turned kit-swatch" }), "3 of 10 labels wrong") : "", key("", `a machine that never says scam: ${silent}`)));
      const fair = sizes.map((size) => find(size, false)).filter(Boolean);
      const turned = sizes.map((size) => find(size, true)).filter(Boolean);
      const mine = rules ? `Your rules are right about ${right(rules)}. ` : "";
      const listed = (how, ones) => (ones.length ? `${how} ${ones.map((one, index) => `${right(one)}${index ? "" : ` of ${all}`} with ${one.examples}${index ? "" : " examples"}`).join(", ")}. ` : "");
      summary.textContent = `${listed("Right about", fair)}${listed("Taught wrong:", turned)}${mine}A machine that never says scam is right about ${silent}.`.trim();
      table.update(sizes.map((size) => [String(size), ...[false, true].map((wrong) => { const one = find(size, wrong); return one ? String(right(one)) : "–"; })]));
    },
  };
}

/** How often a word stood where: all that the machine knows about it. */
const seen = ({ word, in_scams: scams, in_fine: fine }) => `${PLAIN[word] ? `${PLAIN[word]}: ` : ""}${scams}× in scams, ${fine}× in harmless`;

function wordBars(title, words, kind) {
  const most = Math.max(0.1, ...words.map((one) => Math.abs(one.weight)));
  return h("div", { class: "kit-leans" }, h("p", { class: "kit-subtitle" }, title),
    h("ul", { class: `kit-lean-list ${kind}` }, words.map((one) => h("li", {}, h("span", { class: "kit-word" }, one.word),
      h("span", { class: "kit-track", "aria-hidden": "true" }, h("span", { class: "kit-fill", style: `width:${(Math.abs(one.weight) / most) * 100}%` })),
      h("span", { class: "kit-percent" }, signed(one.weight)),
      h("span", { class: "kit-note" }, seen(one))))));
}

/** Single words on one scale: to the right they push toward scam, to the left toward fine. */
function wordScale(words) {
  const most = Math.max(1, ...words.map((one) => Math.abs(one.weight ?? 0)));
  return words.map((one) => {
    const { word, weight } = one;
    return h("li", {}, h("span", { class: "kit-word" }, word),
    h("span", { class: "kit-track kit-scale", "aria-hidden": "true" }, weight === null ? "" : h("span", { class: weight > 0 ? "kit-right" : "kit-left", style: `width:${(Math.abs(weight) / most) * 50}%` })),
    h("span", { class: "kit-percent" }, weight === null ? "–" : signed(weight)),
    h("span", { class: "kit-note" }, weight === null ? "never seen, so no push" : `pushes ${toward(weight)} (${seen(one)})`));
  });
}

class Teaching {
  constructor(card) {
    this.card = card;
    this.voice = announcer();
    this.wrong = false;
    this.stage = h("div", { class: "kit-stage" });
    this.progress = h("p", { class: "kit-note" });
    this.problem = trouble();
    this.taught = waffle({ caption: "The taught machine", who: "The taught machine" });
    this.told = waffle({ caption: "Told: your rules", who: "Your rules", own: true });
    this.growth = growth();
    this.words = h("div", { class: "kit-two-leans" });
    this.looked = [];
    this.scale = h("ul", { class: "kit-lean-list kit-scale-list" });
    this.payoff = h("div", { class: "kit-payoff" });
    this.lookup = this.makeLookup();
    this.errors = h("details", { class: "kit-details" });
    this.explain = explaining(card, "One to three sentences: how does it decide, if nobody gave it a rule? Say what it counts, not what it thinks.");
    card.root.append(
      h("p", { class: "kit-eyebrow" }, icon("copy"), "A machine that is taught"), h("h3", { class: "kit-title" }, card.data().title),
      this.progress, this.stage, this.problem, this.explain.node, this.voice.node);
    const last = card.data().lessons.at(-1);
    this.size = last?.examples ?? card.data().sizes[0];
    this.wrong = last?.wrong ?? false;
    this.draw();
    if (last) this.teach({ quietly: true });
    card.follow(() => this.draw());
  }

  draw() {
    const { waiting, lessons, sizes, told: rules } = this.card.data();
    const tried = new Set(lessons.filter((one) => !one.wrong).map((one) => one.examples)).size;
    this.progress.textContent = waiting
      ? "First lock your prediction further up. Then this machine is yours to teach."
      : tried < 3 ? `Nobody gives this machine a rule. It gets examples with the right answers, and counts words. Try three numbers of examples. ${tried ? `${3 - tried} more to go.` : ""}` : lessons.some((one) => one.wrong) ? "Taught right and taught wrong. Well done! Play on if you like." : "Three numbers of examples. Well done! Now teach it wrong.";
    if (rules) this.told.update(rules);
    this.growth.update(this.card.data(), this.lesson && this.size);
    this.explain.draw();
    if (waiting) return this.stage.replaceChildren();
    const shape = `${Boolean(this.lesson)} ${Boolean(rules)}`;
    if (this.shape === shape) return;
    this.shape = shape;
    this.controls ??= this.makeControls(sizes);
    const pair = h("div", { class: "kit-side-by-side" }, this.taught.node, rules ? this.told.node : h("p", { class: "kit-empty" }, "When your rules are locked, their squares stand here."));
    this.stage.replaceChildren(...(this.lesson ? [this.controls, pair, this.growth.node, this.lookup, this.words, this.errors] : [this.controls]));
  }

  makeControls(sizes) {
    this.dial = makeDial({
      label: "How many examples does it get?", min: 0, max: sizes.length - 1, step: 1, value: sizes.indexOf(this.size),
      tell: (at) => `${sizes[at]} examples`, ends: [String(sizes[0]), String(sizes.at(-1))],
      onmove: (at) => { this.size = sizes[at]; }, onrest: () => this.teach(), rest: 350,
    });
    const turn = h("input", { type: "checkbox", checked: this.wrong, onchange: () => { this.wrong = turn.checked; this.teach(); } });
    this.seeBet = h("button", { type: "button", class: "kit-button kit-button-quiet kit-button-small", hidden: true, onclick: () => land(this.scaleHead, this.scaleHead, "start") }, "See what became of my bet");
    this.start = h("button", { type: "button", class: "kit-button kit-button-big", onclick: () => this.teach({ landed: true }) }, `Teach it with ${this.size} examples`);
    return h("div", { class: "kit-form" }, this.dial.node,
      h("label", { class: "kit-chip" }, turn, h("span", {}, "Teach it wrong: turn over 3 of every 10 labels")), this.start, this.seeBet);
  }

  makeLookup() {
    const problem = trouble();
    const field = textField({ label: "Look up any other word", short: true });
    field.box.maxLength = 40;
    field.box.autocapitalize = "off";
    const ask = async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        const found = await this.weigh(field.box.value);
        this.looked = [found.word, ...this.looked.filter((word) => word !== found.word)].slice(0, 6);
        field.box.value = "";
        await this.drawScale();
        this.voice.say(`${found.word}: ${found.weight === null ? "never seen, so no push" : `${signed(found.weight)}, ${toward(found.weight)}`}`);
      } catch (trouble) {
        problem.textContent = explained(trouble);
      }
    };
    return h("div", { class: "kit-lookup" }, (this.scaleHead = h("p", { class: "kit-caption", tabindex: "-1" })), this.payoff, this.scale,
      h("form", { class: "kit-row kit-lookup-form", onsubmit: ask }, field.node, h("button", { type: "submit", class: "kit-button kit-button-quiet" }, "Look it up")), problem);
  }

  weigh(word) {
    return this.card.wire.ask("weigh", { word, examples: this.size, wrong: this.wrong }, { patience: PATIENCE });
  }

  /** The words of the prediction, and those that were looked up, in the machine as it is now. */
  async drawScale() {
    const own = await Promise.all(this.looked.map((word) => this.weigh(word)));
    this.scale.replaceChildren(...wordScale([...this.lesson.watched, ...own]));
  }

  /** The bet was on the machine that has had every example, with nobody's labels turned over. */
  drawPayoff({ watched, examples, wrong }) {
    const { bet, sizes } = this.card.data();
    const heaviest = [...watched].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0))[0];
    const is = examples === sizes.at(-1) && !wrong;
    this.scaleHead.textContent = bet ? "The words of your bet" : "One word at a time";
    this.payoff.hidden = !bet || !heaviest;
    this.seeBet.hidden = this.payoff.hidden || !is;
    if (this.payoff.hidden) return;
    this.payoff.replaceChildren(
      h("p", { class: "kit-bet-said" }, icon("lock"), h("span", {}, "Your bet: ", h("strong", {}, bet))),
      is ? h("p", { class: "kit-praise" }, `At ${examples} examples, ${quoted(heaviest.word)} pushes hardest of these toward scam: ${signed(heaviest.weight)}. It stood in ${many(heaviest.in_scams, "scam")} and in ${heaviest.in_fine} harmless messages. Did you see that coming?`)
        : h("p", { class: "kit-note" }, wrong ? "Your bet is about right labels. Take the tick away to see it." : `Your bet is about ${sizes.at(-1)} examples. Move the slider there to see it.`));
  }

  async teach({ quietly = false, landed = false } = {}) {
    const asked = { examples: this.size, wrong: this.wrong };
    this.problem.textContent = "";
    try {
      const lesson = await this.card.wire.ask("teach", asked, { patience: PATIENCE });
      // While it learned, the slider may have moved on; the last answer wins.
      if (asked.examples !== this.size || asked.wrong !== this.wrong) return;
      this.lesson = lesson;
      this.show(lesson);
      if (landed) land(this.taught.head, this.controls, "start"); // whoever moves the slider must see the squares move
      if (!quietly) this.voice.say(`${this.taught.head.textContent}. ${this.taught.summary.textContent} ${this.payoff.querySelector(".kit-praise")?.textContent ?? ""}`.trim());
    } catch (problem) {
      this.problem.textContent = explained(problem);
    }
  }

  show(lesson) {
    this.start.hidden = true;
    this.taught.update(lesson, { caption: `Taught${lesson.wrong ? " wrong" : ""}: ${lesson.examples} examples` });
    this.words.replaceChildren(
      h("p", { class: "kit-caption" }, `It knows ${lesson.words} words now. It leans on these most:`),
      wordBars("These push toward scam", lesson.toward_scam, "kit-push-scam"), wordBars("These push toward fine", lesson.toward_fine, "kit-push-fine"));
    this.drawScale().catch(() => {}); // the line is cut: the words of the last lesson stay
    this.errors.hidden = !lesson.errors;
    const list = (lesson.errors ?? []).map((one) => h("li", {}, h("strong", {}, one.scam ? "Missed: " : "False alarm: "), one.text));
    this.errors.replaceChildren(h("summary", {}, `Which new messages did it get wrong? (${list.length})`), h("ul", { class: "kit-messages" }, list));
    this.draw();
    this.drawPayoff(lesson);
  }
}

// Fool them

/** The message as the taught machine sees it: each word pushes up toward scam or down toward fine. */
function pushPicture(result) {
  const most = Math.max(1, ...result.pushes.map((one) => Math.abs(one.weight ?? 0)));
  const tall = (n) => `height:${(Math.abs(n) / most) * 100}%`;
  const words = result.pushes.map(({ word, weight }) => h("span", { class: "kit-push" },
    h("span", { class: "kit-up" }, weight > 0 ? h("i", { style: tall(weight) }) : ""),
    h("span", { class: `kit-push-word${weight === null ? " kit-new" : ""}` }, word),
    h("span", { class: "kit-down" }, weight < 0 ? h("i", { style: tall(weight) }) : "")));
  const sum = (keep) => result.pushes.reduce((all, one) => all + (keep(one.weight ?? 0) ? Math.abs(one.weight ?? 0) : 0), 0);
  const news = result.pushes.filter((one) => one.weight === null).length;
  const start = Math.abs(result.start) >= 0.05 ? ` It starts at ${signed(result.start)}, because more of its examples were ${result.start > 0 ? "scams" : "harmless"}.` : "";
  const summary = `The words push ${sum((n) => n > 0).toFixed(1)} toward scam and ${sum((n) => n < 0).toFixed(1)} toward fine.${start} All together: ${signed(result.log_odds)}, so it says ${result.taught}.${news ? ` ${many(news, "word")} it has never seen, so ${news === 1 ? "it does" : "they do"} not push.` : ""}`;
  const rows = result.pushes.map(({ word, weight }) => [word, weight === null ? "never seen" : signed(weight), weight === null ? "no push" : toward(weight)]);
  return h("figure", { class: "kit-picture" }, h("figcaption", { class: "kit-caption" }, "Word by word: up pushes toward scam, down toward fine"),
    h("div", { class: "kit-pushes", "aria-hidden": "true" }, words), h("p", { class: "kit-summary" }, summary),
    dataTable({ caption: "How far each word pushes", columns: ["Word", "Push", "Which way"], rows: [["(start)", signed(result.start), toward(result.start)], ...rows] }).node);
}

function verdict(name, says, because, fooled) {
  return h("div", { class: `kit-verdict${fooled ? " kit-fooled" : ""}` }, h("p", { class: "kit-note" }, name),
    h("p", { class: "kit-verdict-word" }, says === "scam" ? "Scam!" : "Fine."), h("p", {}, because), fooled ? h("p", { class: "kit-stamp" }, icon("check"), "You fooled it") : "");
}

/** What to try next: the word that pulled the taught machine most to what it says. */
function hint({ taught, says, pushes, fooled }) {
  if (fooled.some((goal) => goal.endsWith("taught"))) return "The taught machine fell for it. Which word did that? Take it out and ask again.";
  const way = taught === "scam" ? 1 : -1;
  const pulled = pushes.filter((one) => (one.weight ?? 0) * way > 0).sort((a, b) => (b.weight - a.weight) * way)[0];
  if (!pulled) return "No word of it pushed that way. Put in some words from the pile and ask again.";
  return `To fool the taught machine, change one word at a time. ${quoted(pulled.word)} pushed hardest toward ${taught}. ${says === "scam" ? "Say it in another way, or add words that harmless messages use." : "Take it out, or add words that scams use."}`;
}

class Fooling {
  constructor(card) {
    this.card = card;
    this.voice = announcer();
    this.says = null;
    this.wants = null;
    this.progress = h("p", { class: "kit-note" });
    this.board = h("ul", { class: "kit-board" });
    this.result = h("div", { class: "kit-stage" });
    this.form = this.makeForm();
    this.explain = explaining(card, "One to three sentences: which words did you put in or leave out, and what did that do?");
    card.root.append(
      h("p", { class: "kit-eyebrow" }, icon("warn"), "Find the weak spots"), h("h3", { class: "kit-title" }, card.data().title),
      h("p", { class: "kit-warning" }, icon("warn"), h("span", {}, h("strong", {}, "For learning only. "), "Never send such a message to anybody, not even as a joke. Use made-up names. ", h("strong", {}, "Got a real one? "), "Don't answer, don't tap on anything, and show an adult you trust.")),
      this.progress, this.board, this.form, this.result, this.explain.node, this.voice.node);
    this.draw();
    card.follow(() => this.draw());
  }

  draw() {
    const { goals, told: rules } = this.card.data();
    const done = Object.values(goals).filter(Boolean).length;
    this.progress.textContent = !rules ? "First lock and test your rules further up. Then come back and try to fool them." : done < 4 ? `Four ways to fool a machine: ${done} of 4 found. One message may do two at once.` : "All four found. You know their weak spots!";
    this.form.hidden = !rules;
    this.board.replaceChildren(...Object.entries(GOALS).map(([key, text]) => h("li", { class: goals[key] ? "kit-won" : "" },
      goals[key] ? icon("check") : h("span", { class: "kit-circle", "aria-hidden": "true" }), h("span", {}, text, h("span", { class: "kit-sr" }, goals[key] ? " (found)" : " (not found yet)"), goals[key] ? h("q", { class: "kit-how" }, goals[key]) : ""))));
    this.explain.draw();
  }

  makeForm() {
    const { draft, limits } = this.card.data();
    const save = this.card.saver({ kind: "draft", collect: () => ({ text: field.box.value }) });
    const count = h("span", { class: "kit-count" });
    const counted = () => (count.textContent = `${field.box.value.length} of ${limits.longest} characters`);
    const field = textField({
      label: "Make up a message", help: "A text that somebody could get. Let web addresses end in .example and phone numbers begin with 555-01.",
      value: draft, rows: 2, limit: limits.longest, oninput: () => { counted(); save.touch(); }, onblur: () => save.flush(),
    });
    field.box.maxLength = limits.longest;
    this.box = field.box;
    counted();
    const wants = radios({ legend: "What does your scam want?", look: "pills", options: WANTS, value: null, onpick: (key) => (this.wants = key) });
    wants.node.hidden = true;
    this.aims = wants.node;
    const says = radios({ legend: "You know it: what is it really?", look: "pills", options: [["scam", "A scam"], ["fine", "Harmless"]], value: null, onpick: (key) => { this.says = key; wants.node.hidden = key !== "scam"; } });
    this.sorts = says.node;
    this.problem = trouble();
    const button = h("button", { type: "submit", class: "kit-button" }, "Ask both machines");
    const fresh = h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => { field.box.value = ""; field.grow(); counted(); save.touch(); field.box.focus(); } }, "New message");
    return h("form", { class: "kit-form", onsubmit: (event) => { event.preventDefault(); this.ask(field, save, button); } },
      field.node, h("div", { class: "kit-foot" }, save.line.node, count), says.node, wants.node, h("div", { class: "kit-row" }, button, fresh), this.problem);
  }

  goBack() {
    this.box.focus({ preventScroll: true });
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.form.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  async ask(field, save, button) {
    const [missing, where] = !field.box.value.trim() ? ["Write a message first.", field.box]
      : !this.says ? ["Say what it really is, then ask.", this.sorts]
      : this.says === "scam" && !this.wants ? ["Say what your scam wants, then ask.", this.aims] : ["", field.box];
    if (lacking(this.problem, missing, where)) return;
    button.disabled = true;
    this.result.replaceChildren();
    try {
      await save.flush();
      const result = await this.card.wire.ask("ask", { text: field.box.value, says: this.says, wants: this.says === "scam" ? this.wants : "" }, { patience: PATIENCE });
      this.show(result);
    } catch (problem) {
      this.problem.textContent = explained(problem);
    }
    button.disabled = false;
  }

  show(result) {
    const fooled = (machine) => result.fooled.some((goal) => goal.endsWith(machine));
    const hit = result.hits.length ? `It hits ${result.hits.map(quoted).join(", ")}${result.excused ? ", but your exception lets it through" : ""}.` : "It hits none of your rules.";
    const head = h("p", { class: "kit-subtitle", tabindex: "-1" }, `You said: ${result.says === "scam" ? "a scam" : "harmless"}. They say:`);
    const pair = h("div", { class: "kit-side-by-side" },
      verdict("Told: your rules", result.told, hit, fooled("rules")),
      verdict("Taught: 140 examples", result.taught, `Its words add up to ${signed(result.log_odds)}. Above zero means scam.`, fooled("taught")));
    const again = h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => this.goBack() }, "Change my message");
    this.result.replaceChildren(head, pair, pushPicture(result), h("div", { class: "kit-next" }, h("p", {}, hint(result)), again));
    land(head, this.result);
    this.voice.say(`Your rules say ${result.told}. The taught machine says ${result.taught}. ${result.fooled.length ? `You fooled ${result.fooled.length === 2 ? "both" : "one of them"}.` : "You fooled neither."}`);
  }
}

function render({ model, el }) {
  const card = makeCard(model, el, "scam-filter");
  card.root.dataset.kitExercise = "scam-filter";
  const { ask } = card.data();
  card.root.dataset.ask = ask;
  new { rules: Telling, learn: Teaching, fool: Fooling }[ask](card);
  return () => card.close();
}

export default { render };
