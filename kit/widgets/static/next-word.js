// The next-word machine: bet, reveal, turn the dial, roll the dice, explain.

const SURE = [[1, "Just guessing"], [2, "A bit sure"], [3, "Half and half"], [4, "Quite sure"], [5, "Very sure"]];
const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const BLANKS = { "▁": "only a space", "⏎": "a new line", "⇥": "a tab" };
const PATIENCE = 75000;
const REST = 700;

const place = (n) => PLACES[n - 1] ?? `number ${n.toLocaleString()}`;
const mood = (t) => {
  if (t === 0) return "always the top word";
  if (t < 0.5) return "very careful";
  if (t < 0.95) return "careful";
  if (t < 1.05) return "as it was trained";
  return t < 1.55 ? "adventurous" : "wild";
};
const word = (token) => (token.hidden ? "a hidden word" : `“${token.shown}”`);
const where = (provider) =>
  ({ local: "running on the class computer", recorded: "recorded answers, no model is running now" })[provider] ?? `a model service (${provider})`;

/** Probabilities at a temperature, and last the one of all other words together. */
function chances(table, t) {
  if (t === 0) return [1, ...table.tokens.map(() => 0)];
  const logZ = table.log_z[Math.round(t * 10) - 1];
  const shown = table.tokens.map((token) => Math.exp(token.logprob / t - logZ));
  return [...shown, Math.max(0, 1 - shown.reduce((sum, p) => sum + p, 0))];
}

function betChance(table, t) {
  const { place: rank, logprob } = table.bet;
  if (!rank) return null;
  if (t === 0) return rank === 1 ? 1 : 0;
  return Math.exp(logprob / t - table.log_z[Math.round(t * 10) - 1]);
}

/** What a run in the journal is enough to draw: the picture at temperature 1. */
function remembered(reveal) {
  const logZ = Array(20).fill(null);
  logZ[9] = reveal.log_z ?? 0;
  const { place: rank, match, probability } = reveal.bet;
  const logprob = probability ? Math.log(probability) : null;
  return { tokens: reveal.tokens, log_z: logZ, bet: { place: probability ? rank : null, match, logprob }, model: reveal.model, praise: "", frozen: true };
}

function modelLine(model, extra = "") {
  return h("p", { class: "kit-model" },
    model.provider === "recorded" ? h("span", { class: "kit-badge" }, "Recorded") : "",
    h("span", {}, h("strong", {}, model.name), `, ${where(model.provider)}. ${extra}`),
    h("strong", { class: "kit-may" }, "Model output. It may be false."));
}

/** The bars, their table and their words. Built once; moved by `update`. */
function makePicture(prompt, table, say, controls) {
  const bet = prompt.bet.text;
  const rank = table.bet.place;
  const rows = table.tokens.map((token, index) => ({ token, own: rank === index + 1, index }));
  rows.push({ token: { shown: "another word" }, other: true, index: rows.length });
  if (rank > table.tokens.length) rows.push({ token: { shown: bet }, own: true, extra: true, index: rows.length });
  const caption = h("figcaption", { class: "kit-caption" });
  const summary = h("p", { class: "kit-summary" });
  for (const row of rows) {
    row.fill = h("span", { class: "kit-fill" });
    row.percent = h("span", { class: "kit-percent" });
    row.dots = h("span", { class: "kit-dots" });
    row.cell = h("td");
    row.rolled = h("td", {}, "–");
    const tag = row.own ? (table.bet.match === "partial" ? "starts your bet" : "your bet") : BLANKS[row.token.shown] ?? (row.token.piece ? "piece of a word" : "");
    row.node = h("div", { class: `kit-bar${row.own ? " kit-own" : ""}${row.other ? " kit-other" : ""}` },
      h("span", { class: "kit-rank" }, row.other ? "" : row.extra ? "" : String(row.index + 1)),
      h("span", { class: "kit-token" }, row.token.shown, tag ? h("span", { class: "kit-tag" }, tag) : ""),
      h("span", { class: "kit-track" }, row.fill),
      row.percent, row.dots);
    const name = row.extra ? `${bet} (your bet, number ${rank.toLocaleString()})` : `${row.token.shown}${tag ? ` (${tag})` : ""}`;
    row.line = h("tr", {}, h("th", { scope: "row" }, name), row.cell, row.rolled);
  }
  const bars = h("div", { class: "kit-bars", "aria-hidden": "true" }, rows.map((row) => row.node));
  const tableCaption = h("caption");
  const numbers = h("details", { class: "kit-details" }, h("summary", {}, "Read the numbers in a table"),
    h("div", { class: "kit-scroll", tabindex: "0", role: "region", "aria-label": "Table of the machine's words" }, h("table", {}, tableCaption,
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Word"), h("th", { scope: "col" }, "Chance"), h("th", { scope: "col" }, "Times in 20 rolls"))),
      h("tbody", {}, rows.map((row) => row.line)))));
  const model = h("div");
  const inexact = table.exact === false && h("p", { class: "kit-note" }, "This service shows only its top words, so “another word” is not exact.");
  // The slider stands right under the bars: whoever moves it must see them move.
  const node = h("figure", { class: "kit-picture" }, caption, bars, summary, controls, numbers, h("div", {}, model, inexact));

  const describe = (t, p) => {
    const top = p.indexOf(Math.max(...p.slice(0, -1)));
    const first = `${t === 1 ? "The" : `At temperature ${t}, the`} machine's first choice is ${word(table.tokens[top])} at ${percent(p[top])}.`;
    const own = betChance(table, t);
    if (own === null) return `${first} Your bet “${bet}” isn't on its list.`;
    if (rank === 1 && table.bet.match === "exact") return `${first} That is your bet!`;
    const name = table.bet.match === "partial" ? `A piece that starts your bet “${bet}”` : `Your bet “${bet}”`;
    return `${first} ${name} is ${place(rank)}, at ${percent(own)}.`;
  };
  let spoken;
  return {
    node,
    update(t, { aloud = false } = {}) {
      const p = chances(table, t);
      rows.forEach((row) => {
        const value = row.extra ? betChance(table, t) : p[row.index];
        row.fill.style.width = `${value * 100}%`;
        row.fill.classList.toggle("kit-none", value === 0);
        row.percent.classList.toggle("kit-faint", value < 0.001);
        row.percent.textContent = row.cell.textContent = percent(value);
      });
      caption.textContent = `The machine's ten favorite words. Temperature ${t}.`;
      tableCaption.textContent = `Chances of the next word after “${prompt.text}”, temperature ${t}`;
      summary.textContent = describe(t, p);
      model.replaceChildren(modelLine(table.model, `Temperature ${t}. `));
      clearTimeout(spoken);
      if (aloud) spoken = setTimeout(() => say(summary.textContent), 500);
    },
    async dots(counts, { slowly = false } = {}) {
      rows.forEach((row) => {
        row.dots.replaceChildren();
        row.rolled.textContent = counts ? String(counts[row.index] ?? 0) : "–";
      });
      if (!counts) return;
      const drawn = counts.flatMap((count, index) => Array(count).fill(index));
      if (slowly) drawn.sort(() => Math.random() - 0.5); // only the order in which the dots pop up
      for (const index of drawn) {
        rows[index].dots.append(h("i"));
        if (slowly) await new Promise((resolve) => setTimeout(resolve, 60));
      }
    },
  };
}

/** One sentence as it was played: the bet beside the machine's word, the verdict beside what it wrote. */
function score(prompt) {
  const { bet, reveal, completion, verdict } = prompt;
  if (!bet && !completion) return null;
  const said = [
    bet && `You said “${bet.text}”`,
    reveal && `the machine's favorite is ${word(reveal.tokens[0])}`,
    completion && `the machine wrote “${completion.text.trim()}”`,
    verdict && `your verdict: ${verdict === "unsure" ? "not sure" : verdict}`,
  ].filter(Boolean).join("; ");
  return h("li", {}, h("strong", {}, `${prompt.text} … `), `${said.charAt(0).toUpperCase()}${said.slice(1)}.`);
}

function makeHeat(t, dice, tally, onmove, onrest) {
  const dial = makeDial({
    label: "Temperature", min: 0.1, max: 2, step: 0.1, value: t, rest: REST, onmove, onrest,
    tell: (now) => `${now.toFixed(1)} · ${mood(now)}`, ends: ["0.1 · very careful", "1 · as trained", "2 · wild"],
  });
  // Temperature 0 has no dice and no sum, so it is a switch beside the slider and not a place on it.
  const zero = h("input", { type: "checkbox", onchange: () => {
    dial.slider.disabled = zero.checked;
    if (zero.checked) dial.said.textContent = `0 · ${mood(0)}`;
    onmove(zero.checked ? 0 : dial.show());
  } });
  return h("div", { class: "kit-dial-box" }, dial.node,
    h("div", { class: "kit-row kit-dice" }, dice,
      h("label", { class: "kit-chip kit-zero" }, zero, h("span", {}, "Temperature 0: always take the top word")), tally));
}

class Machine {
  constructor(card) {
    this.card = card;
    this.ui = new Map(); // what is on the screen and not in the journal, for each sentence
    const { prompts, ask } = card.data();
    this.full = ask === "full";
    const begun = [...prompts].reverse().find((one) => one.bet || one.completion);
    this.chosen = begun?.id ?? null;
    this.choosing = !begun;
    this.live = announcer();
    this.progress = h("p", { class: "kit-note" });
    this.chooser = h("div", { class: "kit-step" });
    this.stage = h("div", { class: "kit-stage" });
    this.why = explainBox(card, {
      label: this.full ? "Explain it" : "What do you notice?",
      help: this.full ? "One to three sentences: why did the machine put that word first? Say what it does, not what it thinks." : "One to three sentences: was the machine surer when it was right?",
      more: () => [h("ul", { class: "kit-score" }, card.data().prompts.map(score))],
    });
    card.root.append(
      h("p", { class: "kit-eyebrow" }, icon("dice"), "Try a real language model"),
      h("h3", { class: "kit-title" }, card.data().title),
      this.progress, this.chooser, this.stage, this.why.node, this.live.node,
    );
    this.draw();
    card.follow(() => this.followData());
  }

  say(text) {
    this.live.say(text);
  }

  prompt() {
    return this.card.data().prompts.find((one) => one.id === this.chosen);
  }

  state() {
    if (!this.ui.has(this.chosen)) this.ui.set(this.chosen, { draft: "", sure: null, t: 1, table: null, problem: null, busy: false });
    return this.ui.get(this.chosen);
  }

  followData() {
    this.drawProgress();
    this.why.draw();
    const prompt = this.prompt();
    const key = prompt && JSON.stringify([prompt.bet, Boolean(prompt.reveal), prompt.completion, prompt.verdict]);
    if (key === this.drawnFor || !prompt) return;
    this.drawStage();
  }

  draw() {
    this.drawProgress();
    if (this.choosing) this.drawChooser();
    this.drawStage();
    this.why.draw();
  }

  drawProgress() {
    const { prompts, minimum } = this.card.data();
    const done = prompts.filter((one) => (this.full ? one.reveal : one.verdict)).length;
    const more = minimum - done;
    this.progress.textContent =
      more > 0
        ? `${this.full ? "Bet first, then reveal." : "Let the machine finish, then judge."} ${done ? `${more} more to go.` : minimum < prompts.length ? `Do ${minimum} of these ${prompts.length} sentences.` : prompts.length > 1 ? `Do ${prompts.length === 2 ? "both" : "them all"}.` : ""}`
        : `${done} ${done === 1 ? "sentence" : "sentences"} ${this.full ? "revealed" : "judged"}. Well done! Play on if you like.`;
  }

  // Step 1: pick a sentence

  drawChooser(focus) {
    const { prompts } = this.card.data();
    if (!this.choosing && this.chosen) {
      // When a sentence is played through, the button stands below it, where the eye is.
      const prompt = this.prompt();
      const below = this.full ? prompt.reveal : prompt.verdict;
      const again = h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", onclick: () => this.again() }, "Pick another sentence");
      this.chooser.replaceChildren(...(prompts.length > 1 && !below ? [again] : []));
      return;
    }
    const badge = (one) => {
      if (this.full) return one.reveal ? "revealed" : one.bet ? "bet locked" : "";
      return one.verdict ? `judged: ${one.verdict}` : one.completion ? "finished" : "";
    };
    const options = prompts.map((one) => [one.id, h("span", {}, one.text, " ", h("span", { class: "kit-blank", role: "img", "aria-label": "blank" }), badge(one) ? h("span", { class: "kit-tag" }, badge(one)) : "")]);
    const group = radios({ legend: "Pick a sentence", options, value: null, look: "prompts", onpick: () => {} });
    // Arrow keys move through radio buttons, so a sentence opens by click, Enter or Space and not by passing over it.
    group.node.addEventListener("click", (event) => event.detail && event.target.closest(".kit-option") && setTimeout(() => this.choose(group)));
    group.node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.target.checked = true; this.choose(group); }
    });
    this.chooser.replaceChildren(group.node);
    if (focus) this.chooser.querySelector("input")?.focus();
  }

  again() {
    this.choosing = true;
    this.chosen = null;
    this.drawChooser(true);
    this.drawStage();
    this.chooser.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
  }

  choose(group) {
    const picked = group.node.querySelector("input:checked")?.value;
    if (!picked) return;
    this.chosen = picked;
    this.choosing = false;
    this.drawStage();
    this.stage.querySelector("input, button")?.focus({ preventScroll: true });
    this.stage.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
  }

  // Steps 2 and 3

  drawStage() {
    const prompt = this.prompt();
    this.owesFocus ||= this.stage.contains(document.activeElement);
    if (!prompt) return this.stage.replaceChildren();
    this.drawnFor = JSON.stringify([prompt.bet, Boolean(prompt.reveal), prompt.completion, prompt.verdict]);
    const state = this.state();
    const parts = [this.sentence(prompt)];
    const played = this.card.data().prompts.length > 1 && (this.full ? prompt.reveal : prompt.verdict);
    const next = played ? h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => this.again() }, "Pick another sentence") : "";
    if (this.full) {
      parts.push(prompt.bet ? this.lockedBet(prompt) : this.betForm(prompt));
      if (prompt.bet && !prompt.reveal) parts.push(this.revealStep());
      if (prompt.reveal) parts.push(this.lookStep(prompt));
    }
    const finish = !this.full || (prompt.reveal && prompt.judge);
    if (finish) parts.push(this.finishStep(prompt, next));
    else if (next) parts.push(h("div", {}, next));
    this.stage.replaceChildren(...parts);
    this.drawChooser();
    this.landFocus();
    if (prompt.reveal && !state.table && !state.busy && !state.problem) this.wake();
  }

  /** A button that was pressed may be gone. Whoever uses the keyboard goes on at what came of it. */
  landFocus() {
    const target = this.owesFocus && this.stage.querySelector("[data-kit-land]");
    if (!target) return;
    this.owesFocus = false;
    if (document.activeElement === document.body) target.focus({ preventScroll: true });
  }

  sentence(prompt) {
    // The finished sentence stands in the quotation; it need not be there twice.
    if (prompt.completion && !this.full) return "";
    const filled = prompt.bet ? h("span", { class: "kit-blank kit-filled" }, prompt.bet.text) : h("span", { class: "kit-blank", role: "img", "aria-label": "blank" });
    return h("p", { class: "kit-sentence" }, prompt.text, " ", filled);
  }

  betForm(prompt) {
    const state = this.state();
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const field = textField({ label: "Your bet: what is the next word?", short: true, value: state.draft, oninput: () => (state.draft = field.box.value) });
    field.box.maxLength = 40;
    field.box.setAttribute("autocapitalize", "off");
    field.box.setAttribute("spellcheck", "false");
    const lock = async (event) => {
      event.preventDefault();
      // Whether it is one word is looked at in Python: words of distress must get there, to bring up the help card.
      const written = Boolean(state.draft.trim());
      if (lacking(trouble, !written ? "Write one word first." : state.sure ? "" : "Say how sure you are, then lock it in.", written ? sure : field.box)) return;
      button.disabled = true;
      try {
        await this.card.wire.ask("bet", { prompt: prompt.id, bet: state.draft.trim(), sure: state.sure });
        this.say("Your bet is locked in.");
        requestAnimationFrame(() => setTimeout(() => this.stage.querySelector(".kit-reveal")?.focus(), 60));
      } catch (problem) {
        trouble.textContent = `Not locked. ${problem.message} ${problem.mend}`;
        button.disabled = false;
      }
    };
    const button = h("button", { type: "submit", class: "kit-button" }, icon("lock"), "Lock in my bet");
    const sure = radios({ legend: "How sure are you?", look: "pills", options: SURE, value: state.sure, onpick: (key) => (state.sure = key) }).node;
    return h("form", { class: "kit-bet", onsubmit: lock }, field.node, sure,
      h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "You can't take it back.")), trouble);
  }

  lockedBet(prompt) {
    const { text, sure, time } = prompt.bet;
    const how = SURE.find(([key]) => key === sure)?.[1].toLowerCase();
    return h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "Your bet: ", h("strong", {}, `“${text}”`), how ? `, ${how}` : "", `. Locked in at ${clock(time)}.`));
  }

  revealStep() {
    const state = this.state();
    if (state.problem) return awayCard(state.problem, () => this.ask("reveal"));
    return h("button", { type: "button", class: "kit-button kit-button-big kit-reveal", disabled: state.busy, onclick: () => this.ask("reveal") },
      state.busy ? "The machine is reading…" : "Reveal the machine's ten favorite words");
  }

  /** Ask Python for something that needs the model. */
  async ask(kind, more = {}) {
    const { chosen } = this;
    const state = this.state();
    state.busy = true;
    state.problem = null;
    if (kind !== "roll") this.drawStage();
    try {
      const result = await this.card.wire.ask(kind, { prompt: chosen, ...more }, { patience: PATIENCE });
      if (kind === "reveal" || kind === "look") state.table = result;
      state.fresh = kind === "reveal";
      return result;
    } catch (problem) {
      state.problem = problem;
      return null;
    } finally {
      state.busy = false;
      if (this.chosen === chosen && kind !== "roll") this.drawStage();
    }
  }

  async wake() {
    const state = this.state();
    await this.ask("look");
    if (state.problem) this.say("The machine isn't answering. You see the picture as you left it.");
  }

  lookStep(prompt) {
    const state = this.state();
    const table = state.table ?? remembered(prompt.reveal);
    if (table.frozen) state.t = 1;
    const controls = h("div", { class: "kit-controls" });
    const picture = makePicture(prompt, table, (text) => this.say(text), controls);
    const parts = [];
    if (table.praise) parts.push(h("p", { class: "kit-praise", tabindex: "-1", "data-kit-land": true }, table.praise));
    parts.push(picture.node);
    if (table.frozen) {
      controls.append(state.problem ? awayCard(state.problem, () => this.ask("look")) : h("p", { class: "kit-note" }, "Waking the machine…"));
    } else {
      const rollNote = h("p", { class: "kit-note kit-tally", role: "status" });
      const trouble = h("div");
      const button = h("button", { type: "button", class: "kit-button", onclick: () => this.roll(picture, button, rollNote, trouble) }, icon("dice"), `Roll the dice ${this.card.data().rolls} times`);
      controls.append(makeHeat(state.t, button, rollNote, (t) => {
        state.t = t;
        picture.update(t, { aloud: true });
        if (state.rolled !== t) { state.rolled = undefined; picture.dots(null); rollNote.textContent = ""; }
        button.disabled = t === 0;
        if (t === 0) rollNote.textContent = "At temperature 0 there is nothing to roll: the top word always wins.";
      }, (t) => this.rest(t)), trouble);
    }
    const node = h("div", { class: "kit-look" }, parts);
    // The button was pressed at the foot of the screen; what it reveals must not grow below it, unseen.
    if (state.fresh) requestAnimationFrame(() => node.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" }));
    if (state.fresh && !calm()) {
      state.fresh = false;
      picture.update(1);
      node.querySelectorAll(".kit-fill").forEach((fill) => { fill.dataset.width = fill.style.width; fill.style.width = "0"; });
      requestAnimationFrame(() => requestAnimationFrame(() => node.querySelectorAll(".kit-fill").forEach((fill) => (fill.style.width = fill.dataset.width))));
      this.say(`${table.praise} ${picture.node.querySelector(".kit-summary").textContent}`);
    } else {
      picture.update(state.t, { aloud: state.fresh });
      if (state.fresh) { state.fresh = false; }
    }
    if (prompt.roll && prompt.roll.temperature === state.t && !table.frozen) {
      state.rolled = state.t;
      picture.dots(prompt.roll.counts);
      node.querySelector(".kit-tally").textContent = this.tally(prompt.roll.counts, state.t, table.tokens);
    }
    return node;
  }

  async rest(t) {
    const state = this.state();
    if (state.noted === t) return;
    state.noted = t;
    try {
      await this.card.wire.ask("temperature", { prompt: this.chosen, temperature: t }, { patience: PATIENCE });
    } catch (problem) {
      state.noted = undefined;
      this.say(`Not saved. ${problem.message} ${problem.mend}`);
      this.progress.textContent = `This setting was not saved. ${problem.message} ${problem.mend}`;
    }
  }

  async roll(picture, button, note, trouble) {
    const state = this.state();
    const { tokens } = state.table;
    button.disabled = true;
    trouble.replaceChildren();
    note.textContent = "Rolling…";
    const result = await this.ask("roll", { temperature: state.t });
    if (!result) {
      note.textContent = "";
      trouble.replaceChildren(awayCard(state.problem, () => this.roll(picture, button, note, trouble)));
      state.problem = null;
      button.disabled = false;
      return;
    }
    state.rolled = result.temperature;
    await picture.dots(result.counts, { slowly: !calm() });
    note.textContent = this.tally(result.counts, result.temperature, tokens);
    button.disabled = false;
    button.focus({ preventScroll: true });
  }

  tally(counts, t, tokens) {
    const ranked = counts.map((count, index) => [count, index]).filter(([count]) => count).sort((a, b) => b[0] - a[0]);
    const parts = ranked.slice(0, 3).map(([count, index]) => `${tokens[index] ? word(tokens[index]) : "another word"} ${count} ${count === 1 ? "time" : "times"}`);
    return `${this.card.data().rolls} rolls at temperature ${t}: ${parts.join(", ")}.`;
  }

  finishStep(prompt, next) {
    const state = this.state();
    const done = prompt.completion;
    if (!done) {
      const button = h("button", { type: "button", class: `kit-button ${this.full ? "kit-button-quiet" : "kit-button-big"}`, disabled: state.busy, onclick: () => this.ask("complete") },
        state.busy && !this.full ? "The machine is writing…" : "Let the machine finish the sentence");
      return h("div", { class: "kit-finish" }, !this.full && state.problem ? awayCard(state.problem, () => this.ask("complete")) : h("div", { class: "kit-row" }, button, next));
    }
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const judge = async (verdict) => {
      trouble.textContent = "";
      try {
        await this.card.wire.ask("verdict", { prompt: prompt.id, verdict });
      } catch (problem) {
        trouble.textContent = `Not saved. ${problem.message} ${problem.mend}`;
      }
      this.stage.querySelector(`.kit-finish input[value="${verdict}"]`)?.focus();
    };
    const sure = done.sure === null ? "" : h("div", { class: "kit-sure" },
      h("span", { class: "kit-track", "aria-hidden": "true" }, h("span", { class: "kit-fill", style: `width:${done.sure * 100}%` })),
      h("p", { class: "kit-note" }, `For each piece that it wrote, the machine gave a chance of ${percent(done.sure)} on average.`));
    return h("div", { class: "kit-finish" },
      h("blockquote", { class: "kit-said", tabindex: "-1", "data-kit-land": true }, h("span", { class: "kit-said-prompt" }, prompt.text), h("span", { class: "kit-said-more" }, done.text.trimEnd())),
      sure, modelLine(done.model, "Temperature 0. "),
      prompt.judge
        ? radios({ legend: "Is what the machine says right?", look: "pills", options: [["right", "Right"], ["wrong", "Wrong"], ["unsure", "I'm not sure"]], value: prompt.verdict, onpick: judge }).node
        : "",
      prompt.verdict
        ? h("p", { class: "kit-nudge" }, `Noted: ${prompt.verdict === "unsure" ? "not sure" : prompt.verdict}. ${prompt.check ? `Where to check: ${prompt.check}.` : "The machine can't tell you. Ask another source."}`)
        : "",
      trouble, next);
  }
}

function render({ model, el }) {
  const card = makeCard(model, el, "next-word");
  card.root.dataset.kitExercise = "next-word";
  new Machine(card);
  return () => card.close();
}

export default { render };
