// The token explorer: bet on the cuts, see the pieces, compare languages, collect finds.

const PATIENCE = 75000;
const MOST_PARTS = 12; // of a long message, in the guide
const LETTERS = "ABCDEFGH"; // as a prediction names the texts of a card's first group
const MEASURES = [["count", "Pieces for the message"], ["per_word", "Pieces for each word"], ["per_character", "Pieces for each character"]];

const pieces = (n) => (n === 1 ? "1 piece" : `${n} pieces`);
const about = (n) => (n >= 9.95 || Number.isInteger(n) ? String(Math.round(n)) : n.toFixed(1));
const spoken = (text) => text.replace(/^ +| +$/g, (spaces) => " space ".repeat(spaces.length)).trim();
const where = (provider) =>
  ({ local: "running on the class computer", recorded: "recorded cuts, no model is running now" })[provider] ?? `a model service (${provider})`;

/** A text whose spaces can be seen where they matter: at its ends. */
function seen(text) {
  const [, start, middle, end] = /^( *)(.*?)( *)$/su.exec(text);
  const gap = (spaces) => spaces && h("span", { class: "kit-gap", "aria-hidden": "true" }, "␣".repeat(spaces.length));
  return h("span", { dir: "auto" }, gap(start), middle, gap(end));
}

function modelLine(model) {
  return h("p", { class: "kit-model" },
    model.provider === "recorded" ? h("span", { class: "kit-badge" }, "Recorded") : "",
    h("span", {}, "Cut by ", h("strong", {}, model.name), `, ${where(model.provider)}. Other models cut text in other places.`));
}

/** One piece: what it says, or that it is only a part of something, and its number. */
function chip(piece, part, index) {
  const whole = piece.text !== null;
  const face = whole ? seen(piece.text) : h("span", { class: "kit-bytes" }, piece.bytes.join(" "));
  const words = whole ? `${spoken(piece.text)}, ` : `part ${index + 1} of ${part.pieces.length}, `;
  return h("li", { class: `kit-piece${whole ? "" : " kit-piece-part"}` },
    h("span", { class: "kit-piece-face", "aria-hidden": "true" }, face),
    h("span", { class: "kit-piece-id", "aria-hidden": "true" }, `#${piece.id}`),
    h("span", { class: "kit-sr" }, `${words}number ${piece.id}`));
}

/** The pieces side by side. Several pieces that share one picture or letter stand in a frame under it. */
function pieceRow(cut, most = Infinity) {
  const left = cut.parts.slice(most).reduce((sum, part) => sum + part.pieces.length, 0);
  return h("ol", { class: "kit-pieces", dir: "ltr", "aria-label": pieces(cut.count) }, cut.parts.slice(0, most).map((part) => {
    if (part.pieces.length === 1) {
      const one = chip(part.pieces[0], part, 0);
      if (part.name) one.append(h("span", { class: "kit-piece-name" }, part.name));
      return one;
    }
    return h("li", { class: "kit-shared" },
      h("p", { class: "kit-shared-face" }, part.name ? h("em", {}, part.name) : h("span", { class: "kit-glyph", dir: "auto" }, part.text), h("span", { class: "kit-note" }, ` ${pieces(part.pieces.length)}`)),
      h("ol", { class: "kit-pieces" }, part.pieces.map((piece, index) => chip(piece, part, index))));
  }), left ? h("li", { class: "kit-more" }, `and ${left} more`) : "");
}

function pieceTable(cut, caption) {
  const rows = cut.parts.flatMap((part) => part.pieces.map((piece, index) => [
    piece.text === null ? `part ${index + 1} of ${part.pieces.length} of ${part.name || part.text}` : part.name || seen(piece.text),
    String(piece.id), piece.bytes.join(" ")]));
  return dataTable({ caption, columns: ["Piece", "Number", "Bytes"], rows }).node;
}

/** What became of a bet, in one or two sentences. */
function verdict(bet, cut) {
  const { off, found, real } = cut.score;
  const count = pieces(cut.count);
  const first = off === 0 ? `Spot on: ${count}.` : `You bet on ${bet.pieces}. It is ${count}.`;
  if (!bet.cuts?.length || !real) return first;
  return `${first} You found ${found} of ${real} real ${real === 1 ? "cut" : "cuts"}.`;
}

const busyText = (busy, text) => (busy ? "The machine is cutting…" : text);
const calmScroll = (node, block = "nearest") => node.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

class Scissors {
  constructor(card) {
    this.card = card;
    this.speaker = announcer();
    this.states = new Map();
    this.group = card.data().groups[0].id;
    this.open = null;
    const data = card.data();
    this.bank = h("div", { class: "kit-bank" });
    this.stage = h("div", { class: "kit-stage" });
    this.progress = h("p", { class: "kit-nudge" });
    this.payoff = h("div", { class: "kit-payoff", hidden: true });
    this.explain = data.why ? explainBox(card, { help: "One to three sentences: what does the machine cut in one piece, and what in many? Say what it does, not what it thinks." }) : { node: "", draw() {} };
    this.groups = data.groups.length > 1
      ? radios({ legend: "What do you want to cut?", look: "pills", options: data.groups.map((one) => [one.id, one.title]), value: this.group, onpick: (id) => { this.group = id; this.drawBank(); } }).node
      : "";
    card.root.append(h("p", { class: "kit-eyebrow" }, "AI exercise"), h("h3", { class: "kit-title" }, data.title),
      this.groups, this.bank, data.own ? this.ownForm() : "", this.stage, this.progress, this.payoff, this.explain.node, this.speaker.node);
    this.draw();
    card.follow(() => this.draw());
  }

  /** Once the texts of the prediction are cut: their order, next to the order that the student bet on. */
  drawPayoff() {
    const { bet, groups } = this.card.data();
    const cut = groups[0].items.map((item, index) => ({ letter: LETTERS[index], item, count: this.played(item.text)?.cut?.count }));
    this.payoff.hidden = !bet || cut.some(({ count }) => count === undefined);
    if (this.payoff.hidden) return;
    const ranked = cut.sort((a, b) => b.count - a.count);
    this.payoff.replaceChildren(
      h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "Your first bet: ", h("strong", {}, bet))),
      h("p", { class: "kit-order" }, `The machine's order is ${ranked.map((one) => one.letter).join(", ")}: ${ranked.map((one) => `${one.letter} is ${pieces(one.count)}`).join(", ")}. Did you see that coming?`));
  }

  draw() {
    this.drawBank();
    this.drawPayoff();
    if (this.open !== null) this.drawStage();
    const { played, minimum } = this.card.data();
    const done = played.filter((one) => one.cut).length;
    const points = played.filter((one) => one.cut && one.cut.score.off === 0).length;
    this.progress.dataset.state = done >= minimum ? "good" : "";
    this.progress.textContent = done ? `${done} cut so far, ${points} spot on.${done < minimum ? ` At least ${minimum} to do.` : ""}` : "";
    this.explain.draw();
  }

  played(text) {
    return this.card.data().played.find((one) => one.text === text);
  }

  /** What stands on the stage: from the bank, or typed. */
  one() {
    const { groups } = this.card.data();
    return this.played(this.open) ?? groups.flatMap((group) => group.items).find((item) => item.text === this.open) ?? { text: this.open, say: this.open, tiles: this.typedTiles };
  }

  state() {
    if (!this.states.has(this.open)) this.states.set(this.open, { cuts: new Set(), count: "" });
    return this.states.get(this.open);
  }

  drawBank() {
    const { groups, played } = this.card.data();
    const group = groups.find((one) => one.id === this.group);
    const known = new Set(groups.flatMap((one) => one.items.map((item) => item.text)));
    const typed = played.filter((one) => !known.has(one.text));
    const had = this.bank.contains(document.activeElement) && document.activeElement.dataset.text;
    const lettered = group === groups[0] && this.card.data().bet !== undefined;
    const button = (item, index) => {
      const now = this.played(item.text);
      const tag = now?.cut ? pieces(now.cut.count) : now ? "bet locked" : "";
      return h("button", { type: "button", class: "kit-text", "data-text": item.text, "aria-pressed": String(this.open === item.text), onclick: () => this.show(item.text) },
        h("span", { class: "kit-text-face", "aria-hidden": "true" }, seen(item.text)), h("span", { class: "kit-sr" }, spoken(item.say)),
        lettered && group.items.includes(item) ? h("span", { class: "kit-tag" }, LETTERS[index]) : "",
        tag ? h("span", { class: "kit-tag" }, tag) : "");
    };
    this.bank.replaceChildren(
      h("p", { class: "kit-help" }, group.about),
      h("div", { class: "kit-texts", role: "group", "aria-label": group.title }, group.items.map(button)),
      typed.length ? h("div", { class: "kit-texts", role: "group", "aria-label": "My own texts" }, h("span", { class: "kit-note" }, "Mine:"), typed.map(button)) : "");
    if (had !== undefined && had !== false) [...this.bank.querySelectorAll(".kit-text")].find((one) => one.dataset.text === had)?.focus();
  }

  ownForm() {
    const { longest } = this.card.data();
    const field = textField({ label: "Or type something of your own", short: true, limit: longest, help: "A word, a nickname from a book, a mix of signs. No real names of people you know." });
    field.box.setAttribute("autocapitalize", "off");
    field.box.setAttribute("spellcheck", "false");
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const use = (event) => {
      event.preventDefault();
      const text = field.box.value;
      if (lacking(trouble, text.trim() ? "" : "Type something first.", field.box) || text.length > longest) return;
      // Letters with marks, joined letters and pictures have no simple place to put a cut.
      this.typedTiles = [...text].length > 1 && [...text].length <= 30 && /^[\p{L}\p{N}\p{P} ]+$/u.test(text) && !/[\p{M}\u0590-\u08ff]/u.test(text);
      field.box.value = "";
      this.show(text);
    };
    return h("form", { class: "kit-own-form", onsubmit: use }, field.node, h("button", { type: "submit", class: "kit-button kit-button-quiet" }, "Use this"), trouble);
  }

  show(text) {
    this.open = text;
    this.drawBank();
    this.drawStage();
    const target = this.stage.querySelector("[data-kit-land]");
    target?.focus({ preventScroll: true });
    calmScroll(this.stage);
  }

  drawStage() {
    const one = this.one();
    const state = this.state();
    const key = JSON.stringify([one, state.busy, state.problem]);
    if (this.drawnFor === key) return;
    this.drawnFor = key;
    const owed = this.stage.contains(document.activeElement) || state.owed;
    const heading = h("p", { class: "kit-subject", tabindex: "-1", "data-kit-land": one.bet ? undefined : true },
      h("span", { "aria-hidden": "true" }, seen(one.text)), h("span", { class: "kit-sr" }, spoken(one.say)));
    const parts = one.bet ? [this.lockedLine(one), one.cut ? this.picture(one) : this.revealStep()] : [this.betForm(one)];
    this.stage.replaceChildren(heading, ...parts);
    if (owed) this.land();
  }

  /** A button that was pressed may be gone. Whoever uses the keyboard goes on at what came of it. */
  land() {
    const state = this.state();
    const target = this.stage.querySelector(state.fresh ? ".kit-praise" : ".kit-snip, [data-kit-land]");
    if (!target || state.busy) {
      state.owed = true;
      return;
    }
    state.owed = false;
    target.focus({ preventScroll: true });
    if (state.fresh) {
      state.fresh = false;
      calmScroll(this.stage, "start");
    }
  }

  betForm(one) {
    const state = this.state();
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const most = new TextEncoder().encode(one.text).length;
    const id = uid("count");
    const box = h("input", { class: "kit-input kit-count-box", id, type: "number", min: "1", max: String(most), step: "1", inputmode: "numeric", value: String(state.count), oninput: () => set(box.value, true) });
    const set = (value, typed = false) => {
      state.count = value === "" ? "" : Math.max(1, Math.min(most, Math.round(Number(value)) || 1));
      if (!typed) box.value = String(state.count);
      trouble.textContent = "";
      if (state.cuts.size && state.cuts.size + 1 !== state.count) { state.cuts.clear(); drawTiles(); }
    };
    const step = (by) => set(state.count === "" ? 1 : state.count + by);
    const tiles = h("div");
    const drawTiles = () => one.tiles && tiles.replaceChildren(this.tiles(one.text, state.cuts, () => { state.count = state.cuts.size + 1; box.value = String(state.count); trouble.textContent = ""; }));
    drawTiles();
    const lock = async (event) => {
      event.preventDefault();
      const asked = Number(box.value);
      set(box.value);
      // What can't be is mended, said, and locked only when it is pressed again.
      if (lacking(trouble, state.count === "" ? "Say how many pieces first." : asked === state.count ? "" : `It can be ${most === 1 ? "only 1 piece" : `1 to ${most} pieces`}. Is ${state.count} your bet?`, box)) return;
      button.disabled = true;
      state.owed = true;
      try {
        await this.card.wire.ask("bet", { text: one.text, pieces: state.count, cuts: state.cuts.size ? [...state.cuts].sort((a, b) => a - b) : null });
        this.speaker.say("Your bet is locked in.");
      } catch (problem) {
        state.owed = false;
        trouble.textContent = `Not locked. ${problem.message} ${problem.mend}`;
        button.disabled = false;
      }
    };
    const button = h("button", { type: "submit", class: "kit-button" }, icon("lock"), "Lock in my bet");
    return h("form", { class: "kit-bet", novalidate: true, onsubmit: lock },
      one.tiles ? h("div", { class: "kit-field" }, h("p", { class: "kit-label" }, "Where will it cut? Put your scissors between the letters."), h("p", { class: "kit-help" }, "You can leave this out and only bet on a number."), tiles) : "",
      h("div", { class: "kit-field" }, h("label", { class: "kit-label", for: id }, "How many pieces?"),
        h("div", { class: "kit-counter" },
          h("button", { type: "button", class: "kit-step-button", "aria-label": "One piece fewer", onclick: () => step(-1) }, "−"), box,
          h("button", { type: "button", class: "kit-step-button", "aria-label": "One piece more", onclick: () => step(1) }, "+"))),
      h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "You can't take it back.")), trouble);
  }

  tiles(text, cuts, changed) {
    const letters = [...text];
    const row = h("div", { class: "kit-tiles", role: "group", "aria-label": "Cuts between the letters", dir: "ltr" });
    letters.forEach((letter, index) => {
      if (index) {
        const name = (sign) => (sign === " " ? "the space" : sign);
        const gap = h("button", { type: "button", class: "kit-snip-gap", "aria-pressed": String(cuts.has(index)), "aria-label": `Cut after letter ${index}, between ${name(letters[index - 1])} and ${name(letter)}`, onclick: () => {
          if (cuts.has(index)) cuts.delete(index);
          else cuts.add(index);
          gap.setAttribute("aria-pressed", String(cuts.has(index)));
          changed();
        } }, h("span", { "aria-hidden": "true" }, "✂"));
        row.append(gap);
      }
      row.append(h("span", { class: "kit-tile", "aria-hidden": "true" }, letter === " " ? "␣" : letter));
    });
    return row;
  }

  lockedLine(one) {
    const { pieces: count, cuts, time } = one.bet;
    const letters = [...one.text];
    const drawn = cuts?.length ? ` (${[0, ...cuts].map((start, index) => letters.slice(start, cuts[index] ?? letters.length).join("")).join(" | ")})` : "";
    return h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "Your bet: ", h("strong", {}, pieces(count)), `${drawn}. Locked in at ${clock(time)}.`));
  }

  revealStep() {
    const state = this.state();
    if (state.problem) return awayCard(state.problem, () => this.reveal());
    return h("button", { type: "button", class: "kit-button kit-button-big kit-snip", disabled: state.busy, onclick: () => this.reveal() }, busyText(state.busy, "Let the machine cut it"));
  }

  async reveal() {
    const text = this.open;
    const state = this.state();
    const wasHidden = this.payoff.hidden;
    Object.assign(state, { busy: true, problem: null, owed: true });
    this.drawStage();
    try {
      await this.card.wire.ask("reveal", { text }, { patience: PATIENCE });
      state.fresh = true;
    } catch (problem) {
      state.problem = problem;
    }
    state.busy = false;
    if (this.open === text) { this.drawnFor = null; this.drawStage(); }
    if (state.problem === null) this.speaker.say(`${verdict(this.played(text).bet, this.played(text).cut)} ${wasHidden && !this.payoff.hidden ? this.payoff.textContent : ""}`.trim());
  }

  picture(one) {
    const { cut, bet } = one;
    const state = this.state();
    const row = pieceRow(cut);
    if (state.fresh && !calm()) row.classList.add("kit-snipping");
    const name = one.say === one.text ? `“${one.text}”` : one.say[0].toUpperCase() + one.say.slice(1);
    const characters = [...one.text].length;
    const shared = cut.parts.filter((part) => part.pieces.length > 1).length;
    const rare = "so rare in what the machine was made from that";
    const why = !shared ? "" : shared === characters ? ` ${shared === 1 ? `It is ${rare} it` : `They are ${rare} each`} takes several pieces.` : ` ${shared === 1 ? `One of them is ${rare} it` : `${shared} of them are ${rare} each`} takes several pieces.`;
    const dashed = cut.parts.some((part) => part.pieces.length > 1) ? h("p", { class: "kit-note" }, "A dashed piece is only a part of what stands over it. The numbers in it are bytes: that is how a computer stores signs.") : "";
    const spaced = cut.parts.some((part) => part.pieces.some((piece) => /^ | $/.test(piece.text ?? ""))) ? h("p", { class: "kit-note" }, "␣ is a space. For the machine it is a part of the piece.") : "";
    const sentence = `${name} is ${characters === 1 ? "1 character" : `${characters} characters`} for a computer and ${pieces(cut.count)} for this machine.${why}`;
    return h("div", { class: "kit-look" },
      h("p", { class: "kit-praise", tabindex: "-1" }, verdict(bet, cut)),
      h("figure", { class: "kit-picture" }, h("figcaption", { class: "kit-caption" }, "The pieces, each with its number"), row, spaced, dashed,
        h("p", { class: "kit-gets" }, h("strong", {}, "What the machine gets: "), h("span", { class: "kit-numbers" }, cut.parts.flatMap((part) => part.pieces.map((piece) => piece.id)).join("  "))),
        h("p", { class: "kit-summary" }, sentence), pieceTable(cut, `The pieces of ${name}`), modelLine(cut.model)),
      h("div", {}, h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => this.again() }, "Pick another text")));
  }

  again() {
    this.open = null;
    this.drawnFor = null;
    this.stage.replaceChildren();
    this.drawBank();
    (this.groups ? this.groups.querySelector("input:checked") : this.bank.querySelector("button"))?.focus({ preventScroll: true });
    calmScroll(this.card.root, "start");
  }
}

class Languages {
  constructor(card) {
    this.card = card;
    this.speaker = announcer();
    this.measure = "count";
    this.draft = { most: null, times: 2 };
    this.stage = h("div", { class: "kit-stage" });
    this.explain = card.data().why ? explainBox(card, { help: "One to three sentences: why do some languages take more pieces? Say something about what the machine was trained on." }) : { node: "", draw() {} };
    card.root.append(h("p", { class: "kit-eyebrow" }, "AI exercise"), h("h3", { class: "kit-title" }, card.data().title), this.stage, this.explain.node, this.speaker.node);
    this.draw();
    card.follow(() => this.draw());
  }

  rows() {
    return this.card.data().rows;
  }

  base() {
    return this.rows().find((row) => row.code === this.card.data().base);
  }

  draw() {
    const { bet, revealed } = this.card.data();
    const step = revealed ? "seen" : bet ? "locked" : "open";
    if (step !== this.step) {
      const owed = this.step !== undefined && (this.owed || this.stage.contains(document.activeElement));
      this.step = step;
      this.stage.replaceChildren(...{ open: () => [this.list(), this.betForm()], locked: () => [this.list(), this.lockedLine(), this.revealStep()], seen: () => this.seenStep() }[step]());
      if (owed) this.land();
    }
    if (step === "seen") this.update();
    this.explain.draw();
  }

  land() {
    this.owed = false;
    const target = this.stage.querySelector("[data-kit-land]");
    target?.focus({ preventScroll: true });
    if (target && this.step === "seen") calmScroll(target, "start");
  }

  sentence(row) {
    return h("span", { lang: row.code === "own" ? undefined : row.code, dir: row.direction }, row.text);
  }

  list() {
    return h("div", { class: "kit-stack" },
      h("p", {}, "Fifteen families get the same message from their school. A computer program has to read it first, piece by piece."),
      h("ul", { class: "kit-messages" }, this.rows().map((row) => h("li", {}, h("span", { class: "kit-language" }, row.name, row.own_name && row.own_name !== row.name ? h("span", { class: "kit-note", lang: row.code }, ` ${row.own_name}`) : ""), this.sentence(row)))));
  }

  betForm() {
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const options = this.rows().filter((row) => row.code !== this.card.data().base).map((row) => [row.code, row.name]);
    const dial = makeDial({ label: "How many times as many pieces as English?", min: 1, max: 15, step: 1, value: this.draft.times, tell: (n) => (n === 1 ? "the same as English" : `${n} times as many`), ends: ["1", "15"], onmove: (n) => (this.draft.times = n) });
    const lock = async (event) => {
      event.preventDefault();
      if (lacking(trouble, this.draft.most ? "" : "Pick a language first.", choice)) return;
      button.disabled = true;
      this.owed = true;
      try {
        await this.card.wire.ask("bet", { most: this.draft.most, times: this.draft.times });
        this.speaker.say("Your bet is locked in.");
      } catch (problem) {
        this.owed = false;
        trouble.textContent = `Not locked. ${problem.message} ${problem.mend}`;
        button.disabled = false;
      }
    };
    const button = h("button", { type: "submit", class: "kit-button" }, icon("lock"), "Lock in my bet");
    const choice = radios({ legend: "Which language needs the most pieces?", look: "pills", options, value: this.draft.most, onpick: (code) => (this.draft.most = code) }).node;
    return h("form", { class: "kit-bet", onsubmit: lock }, choice,
      dial.node, h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "You can't take it back.")), trouble);
  }

  name(code) {
    return this.rows().find((row) => row.code === code)?.name ?? "another language";
  }

  lockedLine() {
    const { bet } = this.card.data();
    return h("p", { class: "kit-locked-line" }, icon("lock"), h("span", {}, "Your bet: ", h("strong", {}, this.name(bet.most)), `, ${bet.times} times as many pieces as English. Locked in at ${clock(bet.time)}.`));
  }

  revealStep() {
    const holder = h("div");
    const show = (busy, problem) => holder.replaceChildren(problem ? awayCard(problem, go)
      : h("button", { type: "button", class: "kit-button kit-button-big", "data-kit-land": true, disabled: busy, onclick: go }, busyText(busy, "Cut all the messages")));
    const go = async () => {
      show(true, null);
      this.owed = true;
      try {
        await this.card.wire.ask("reveal", {}, { patience: PATIENCE });
        this.speaker.say(this.summary());
      } catch (problem) {
        this.owed = false;
        show(false, problem);
        holder.querySelector("[data-kit-land]")?.focus();
      }
    };
    show(false, null);
    return holder;
  }

  summary() {
    const { bet } = this.card.data();
    const ranked = [...this.rows()].sort((a, b) => b.cut.count - a.cut.count);
    const top = ranked[0];
    const mine = this.rows().find((row) => row.code === bet.most);
    const first = `${top.name} needs the most: ${pieces(top.cut.count)}, ${about(top.cut.times)} times as many as English (${this.base().cut.count}).`;
    return mine === top ? `You bet on ${mine.name}, and it is ${mine.name}. ${first}` : `${first} You bet on ${mine.name}: ${pieces(mine.cut.count)}, ${about(mine.cut.times)} times as many.`;
  }

  seenStep() {
    this.praise = h("p", { class: "kit-praise", tabindex: "-1", "data-kit-land": true });
    this.bars = h("ul", { class: "kit-rows" });
    this.caption = h("p", { class: "kit-note" });
    this.table = dataTable({ caption: "The same message in each language", columns: ["Language", "Pieces", "Times English", "For each word", "For each character"] });
    const pick = radios({ legend: "What do the bars show?", look: "pills", options: MEASURES, value: this.measure, onpick: (key) => { this.measure = key; this.update(); } });
    this.credit = h("div");
    return [this.lockedLine(), this.praise,
      h("figure", { class: "kit-picture" }, h("figcaption", { class: "kit-caption" }, "The same message, cut into pieces"), pick.node, this.bars, this.caption, this.table.node, this.credit),
      this.limitStep(), this.improve()];
  }

  update() {
    const { bet, base, model } = this.card.data();
    const value = (row) => row.cut[this.measure];
    const rows = [...this.rows()].sort((a, b) => (value(b) ?? -1) - (value(a) ?? -1));
    const most = Math.max(...rows.map((row) => value(row) ?? 0));
    this.praise.textContent = this.summary();
    this.bars.replaceChildren(...rows.map((row) => {
      const n = value(row);
      const tags = [row.code === bet.most ? h("span", { class: "kit-tag kit-tag-own" }, "your bet") : "", row.changed || row.code === "own" ? h("span", { class: "kit-tag kit-tag-own" }, "your sentence") : ""];
      return h("li", { class: `kit-bar-row${row.code === base ? " kit-bar-base" : ""}` }, h("span", { class: "kit-language" }, row.name, tags.map((tag) => [" ", tag])),
        h("span", { class: "kit-track", "aria-hidden": "true" }, n === null ? "" : h("span", { class: "kit-fill", style: `width:${(100 * n) / most}%` })),
        h("span", { class: "kit-percent" }, n === null ? "no spaces" : this.measure === "count" ? `${n}` : n.toFixed(1), this.measure === "count" ? h("span", { class: "kit-note" }, ` (${about(row.cut.times)}×)`) : ""));
    }));
    const unspaced = rows.filter((row) => value(row) === null).map((row) => row.name);
    this.caption.textContent = unspaced.length ? `${unspaced.join(" and ")} puts no spaces between words, so a computer can't count words this way.`
      : this.measure === "per_character" ? "A character is what a computer counts as one sign. Some letters are made of two or three." : "Longer bars mean more pieces. Some of that is length: a language may need more letters to say the same.";
    const dash = (n, digits) => (n === null ? "–" : n.toFixed(digits));
    this.table.update([...this.rows()].sort((a, b) => b.cut.count - a.cut.count).map((row) => [row.name, String(row.cut.count), row.cut.times.toFixed(2), dash(row.cut.per_word, 1), row.cut.per_character.toFixed(2)]));
    this.credit.replaceChildren(model ? modelLine(model) : "");
    const { budgets } = this.card.data();
    this.tried.textContent = budgets.length ? `${budgets.length === 1 ? "1 limit" : `${budgets.length} limits`} tried: ${budgets.join(", ")}.` : "No limit tried yet. Move the slider and let it rest.";
    this.drawLimit();
  }

  // The one knob: a limit for every message

  limitStep() {
    const { budgets, most_budget: most } = this.card.data();
    this.limit = budgets.at(-1) ?? most;
    this.noted = budgets.at(-1);
    this.arrivals = h("ul", { class: "kit-arrivals" });
    this.told = h("p", { class: "kit-summary" });
    this.arrivalTable = dataTable({ caption: "How much of each message arrives", columns: ["Language", "Arrives"] });
    this.trouble = h("p", { class: "kit-trouble", role: "alert" });
    this.tried = h("p", { class: "kit-nudge kit-tried" });
    const dial = makeDial({ label: "Limit: how many pieces does each message get?", min: 1, max: most, step: 1, value: this.limit, tell: (n) => pieces(n), ends: ["1", String(most)], onmove: (n) => { this.limit = n; this.drawLimit(true); }, onrest: (n) => this.rest(n) });
    const knob = h("div", { class: "kit-knob" }, dial.node, this.told);
    // Whoever comes by keyboard sees the slider at the edge of the window, and little of what it moves.
    dial.slider.addEventListener("focus", () => dial.slider.matches(":focus-visible") && calmScroll(figure, "start"));
    const figure = h("figure", { class: "kit-picture kit-limit" },
      h("figcaption", { class: "kit-caption" }, "Now the program gets a limit"),
      h("p", {}, "Many services count pieces: they charge for each one, or they stop reading when the limit is reached. Set a limit. Whose message is cut off first?"),
      knob, this.tried, this.arrivals, this.trouble, this.arrivalTable.node);
    return figure;
  }

  async rest(limit) {
    if (this.noted === limit) return;
    this.noted = limit;
    this.trouble.textContent = "";
    try {
      await this.card.wire.ask("budget", { budget: limit });
    } catch (problem) {
      this.noted = undefined;
      this.trouble.textContent = `Not saved. ${problem.message} ${problem.mend}`;
    }
  }

  drawLimit(aloud = false) {
    const rows = [...this.rows()].sort((a, b) => a.cut.count - b.cut.count).map((row) => {
      const letters = [...row.text];
      const read = this.limit >= row.cut.count ? letters.length : row.cut.reach[this.limit - 1];
      return { row, letters, read, share: read / letters.length };
    });
    this.arrivals.replaceChildren(...rows.map(({ row, letters, read, share }) => h("li", { class: share < 1 ? "kit-cut-off" : "kit-arrived" },
      h("span", { class: "kit-language" }, row.name, " ", h("span", { class: "kit-tag" }, share === 1 ? "whole" : `${Math.floor(share * 100)}%`)),
      h("span", { class: "kit-message", lang: row.code === "own" ? undefined : row.code, dir: row.direction }, h("span", {}, letters.slice(0, read).join("")), share < 1 ? h("s", {}, letters.slice(read).join("")) : ""))));
    const whole = rows.filter(({ share }) => share === 1).map(({ row }) => row.name);
    const least = rows.reduce((a, b) => (b.share < a.share ? b : a));
    const told = `Limit ${this.limit}: ${whole.length} of ${rows.length} messages arrive whole${whole.length && whole.length <= 4 ? ` (${whole.join(", ")})` : ""}.${least.share < 1 ? ` The ${least.row.name} one loses the most: only ${Math.floor(least.share * 100)}% of it is left.` : ""}`;
    this.told.textContent = told;
    this.arrivalTable.update(rows.map(({ row, share }) => [row.name, share === 1 ? "whole" : `${Math.floor(share * 100)}%`]));
    if (aloud) {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => this.speaker.say(told), 600);
    }
  }

  // A speaker of the language knows better

  improve() {
    const { longest, longest_name: longestName } = this.card.data();
    const id = uid("language");
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const select = h("select", { class: "kit-input", id, onchange: () => fill() },
      this.rows().filter((row) => row.code !== "own").map((row) => h("option", { value: row.code }, row.name)), h("option", { value: "own" }, "Another language"));
    const name = textField({ label: "Which language is it?", short: true, limit: longestName });
    const words = textField({ label: "How would you say it?", rows: 2, limit: longest, help: "Keep the meaning: the school bus is late today, please wait inside." });
    const fill = () => {
      const row = this.rows().find((one) => one.code === select.value);
      name.node.hidden = select.value !== "own";
      words.box.value = row?.text ?? "";
      words.box.dir = "auto";
      words.grow();
    };
    const cut = async (event) => {
      event.preventDefault();
      const written = Boolean(words.box.value.trim());
      if (lacking(trouble, !written ? "Write the sentence first." : select.value === "own" && !name.box.value.trim() ? "Name the language first." : "", written ? name.box : words.box)) return;
      button.disabled = true;
      try {
        await this.card.wire.ask("sentence", { language: select.value, name: select.value === "own" ? name.box.value : "", text: words.box.value.trim() }, { patience: PATIENCE });
        const row = this.rows().find((one) => one.code === select.value);
        this.speaker.say(`${row.name}: ${pieces(row.cut.count)}.`);
        done.textContent = `${row.name} now needs ${pieces(row.cut.count)}. The bars have moved.`;
      } catch (problem) {
        done.textContent = "";
        trouble.textContent = `${problem.message} ${problem.mend}`;
      }
      button.disabled = false;
    };
    const done = h("p", { class: "kit-nudge", "data-state": "good" });
    const button = h("button", { type: "submit", class: "kit-button kit-button-quiet" }, "Cut my sentence");
    fill();
    return h("details", { class: "kit-details" }, h("summary", {}, "Do you speak one of these, or another language?"),
      h("p", { class: "kit-note" }, "The people who wrote this page translated the message as well as they could. No native speaker has checked it yet. If you would say it another way, put your sentence in."),
      h("form", { class: "kit-bet", onsubmit: cut }, h("div", { class: "kit-field" }, h("label", { class: "kit-label", for: id }, "Language"), select), name.node, words.node, h("div", { class: "kit-row" }, button), trouble, done));
  }
}

class Guide {
  constructor(card) {
    this.card = card;
    this.speaker = announcer();
    const data = card.data();
    this.bank = h("div", { class: "kit-bank" });
    this.pages = data.finds.map((find, index) => this.page(find, index + 1));
    this.progress = h("p", { class: "kit-nudge", role: "status" });
    card.root.append(h("p", { class: "kit-eyebrow" }, "My field guide"), h("h3", { class: "kit-title" }, data.title), this.bank,
      h("ol", { class: "kit-specimens" }, this.pages.map((page) => page.node)), this.progress, this.speaker.node);
    this.draw();
    card.follow(() => this.draw());
  }

  page(find, number) {
    const title = h("p", { class: "kit-specimen-number" });
    const picture = h("div", { class: "kit-specimen-picture" });
    const saver = this.card.saver({ kind: "find", collect: () => ({ number, run: page.run, note: field.box.value }) });
    const field = textField({ label: "What should your reader notice?", rows: 2, value: find.note, limit: this.card.data().limit, oninput: () => saver.touch(), onblur: () => saver.flush() });
    if (find.run || find.note) saver.line.show("saved", "Saved");
    const out = h("button", { type: "button", class: "kit-link", onclick: () => this.put(page, "") }, "Take it out");
    const node = h("li", { class: "kit-specimen" }, title, picture, field.node, h("div", { class: "kit-foot" }, saver.line.node, out));
    const page = { node, title, picture, field, saver, out, run: find.run };
    return page;
  }

  /** Put a cut on a page, or take it off. The note stays: words are never thrown away. */
  async put(page, run) {
    const was = page.run;
    page.run = run;
    page.saver.touch();
    await page.saver.flush();
    this.speaker.say(run ? `${page.title.textContent} is in your guide.` : "Taken out.");
    const left = [...this.bank.querySelectorAll("button")];
    (run ? page.field.box : left.find((one) => one.dataset.run === was) ?? left[0])?.focus();
  }

  press(cut) {
    const at = this.pages.find((page) => page.run === cut.id);
    const free = this.pages.find((page) => !page.run);
    if (at) this.put(at, "");
    else if (free) this.put(free, cut.id);
    else this.speaker.say("Your guide is full. Take one out first.");
  }

  draw() {
    const { finds, cuts } = this.card.data();
    const had = this.bank.contains(document.activeElement) && document.activeElement.dataset.run;
    const inside = new Set(finds.map((find) => find.run));
    const full = finds.every((find) => find.run);
    this.bank.replaceChildren(
      cuts.length ? h("p", { class: "kit-help" }, full ? "Your guide is full. Press a cut to take it out again." : "These are your cuts. Press one to put it into your guide.")
        : h("p", { class: "kit-empty" }, "Your cuts show up here. Cut something with the scissors machine first."),
      h("div", { class: "kit-texts", role: "group", "aria-label": "My cuts" }, cuts.map((cut) => h("button", { type: "button", class: "kit-text", "data-run": cut.id, "aria-pressed": String(inside.has(cut.id)), onclick: () => this.press(cut) },
        h("span", { class: "kit-text-face" }, cut.name || seen(cut.text)), h("span", { class: "kit-tag" }, pieces(cut.count))))));
    if (had) [...this.bank.querySelectorAll(".kit-text")].find((one) => one.dataset.run === had)?.focus();
    let place = 0; // a find that is taken out leaves no gap
    finds.forEach((find, index) => this.drawPage(this.pages[index], find, find.run || find.note ? (place += 1) : index + 1));
    const done = new Set(finds.filter((find) => find.cut && find.note.trim()).map((find) => find.run)).size;
    this.progress.textContent = cuts.length ? `${done} of ${finds.length} finds are ready.` : "";
    this.progress.dataset.state = done >= finds.length ? "good" : "";
  }

  drawPage(page, find, place) {
    page.node.hidden = !(find.run || find.note);
    page.out.hidden = !find.run;
    if (!page.saver.pending) page.run = find.run;
    page.title.textContent = find.name ? `Find ${place}: ${find.name}` : `Find ${place}`;
    if (page.picture.dataset.run === find.run) return;
    page.picture.dataset.run = find.run;
    page.picture.replaceChildren(find.cut ? pieceRow(find.cut, MOST_PARTS) : h("p", { class: "kit-note" }, "No cut is here now. Press one above."));
    page.field.grow();
  }
}

function render({ model, el }) {
  const card = makeCard(model, el, "token-explorer");
  card.root.dataset.kitExercise = "token-explorer";
  new { split: Scissors, languages: Languages, guide: Guide }[card.data().ask](card);
  return () => card.close();
}

export default { render };
