// What every card shares: building elements, talking to Python, and saying truthfully whether words are saved.

/** Build an element. Text always goes in as text, never as markup. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const ICONS = {
  check: "M4 12.5l5 5L20 6.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.5v.2",
  dots: "M5 12h.1M12 12h.1M19 12h.1",
  dice: "M5 5h14v14H5zM9 9h.1M15 9h.1M12 12h.1M9 15h.1M15 15h.1",
  plus: "M12 5v14M5 12h14",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  person: "M12 4a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 0 0 0-7.6zM4.5 20c.8-4 3.8-6 7.5-6s6.700 2 7.500 6",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "kit-icon", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

let kitLastId = 0;
const uid = (name) => `kit-${name}-${Math.random().toString(36).slice(2, 8)}-${++kitLastId}`;
const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
const day = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Cards are modules of their own; what they must know of each other hangs on the window.
const kitPage = (globalThis.kitPage ??= { unsaved: new Set(), guarded: false });
if (!kitPage.guarded) {
  kitPage.guarded = true;
  // Paper has nothing to unfold: what a student did is printed open, and folded again afterwards.
  addEventListener("beforeprint", () => document.querySelectorAll(".kit-runs:not([open])").forEach((one) => (one.open = one.dataset.printed = true)));
  addEventListener("afterprint", () => document.querySelectorAll(".kit-runs[data-printed]").forEach((one) => { one.open = false; delete one.dataset.printed; }));
  addEventListener("beforeunload", (event) => {
    if (!kitPage.unsaved.size) return;
    dispatchEvent(new CustomEvent("kit:flush"));
    event.preventDefault();
    event.returnValue = "";
  });
}

/** Sends messages with a number each and waits until Python says that it has acted. */
class Wire {
  constructor(model) {
    this.model = model;
    this.client = uid("page");
    this.last = 0;
    this.waiting = new Map();
    this.onhelp = () => {};
    this.take = (message) => {
      const pending = message?.client === this.client && this.waiting.get(message.seq);
      if (!pending) return;
      this.waiting.delete(message.seq);
      clearTimeout(pending.timer);
      if (message.help) this.onhelp(message.help);
      if (message.ok) pending.resolve(message.result);
      else pending.reject(message);
    };
    model.on("msg:custom", this.take);
  }

  number() {
    return ++this.last;
  }

  /** Resolves when Python has it; rejects with {code, message, mend}. The same number is never acted on twice. */
  ask(kind, body, { seq = this.number(), patience = 5000 } = {}) {
    return new Promise((resolve, reject) => {
      const silence = {
        code: "no-answer",
        message: "The class computer doesn't answer.",
        mend: "Keep this page open, wait a moment and try again.",
      };
      const timer = setTimeout(() => {
        this.waiting.delete(seq);
        reject(silence);
      }, patience);
      this.waiting.set(seq, { resolve, reject, timer });
      try {
        Promise.resolve(this.model.send({ client: this.client, seq, kind, body })).catch(() => {});
      } catch {
        // The line is cut. The timer says so, and the next try may find it mended.
      }
    });
  }

  close() {
    this.model.off("msg:custom", this.take);
  }
}

/** The line under a field: Saved, Saving… or Not saved. A screen reader hears only of trouble and of its end. */
class SaveLine {
  constructor(onretry) {
    this.text = h("span", { class: "kit-save-text" });
    this.mark = h("span", { class: "kit-save-mark" });
    this.retry = h("button", { type: "button", class: "kit-link", hidden: true, onclick: onretry }, "Try now");
    this.live = h("span", { class: "kit-sr", role: "status" });
    this.node = h("p", { class: "kit-save", "data-state": "idle" }, this.mark, this.text, this.retry, this.live);
  }

  show(state, text, { loud = false } = {}) {
    const was = this.node.dataset.state;
    this.node.dataset.state = state;
    this.text.textContent = text;
    this.retry.hidden = state !== "unsaved";
    this.mark.replaceChildren(...(state === "idle" ? [] : [icon({ saved: "check", saving: "dots", unsaved: "warn" }[state])]));
    if (loud || (state === "unsaved") !== (was === "unsaved")) this.live.textContent = text;
  }
}

const DEBOUNCE = 500;
const RETRY = [2000, 5000, 10000, 20000];

/** Keeps one value safe: sends it after a pause in typing, and again until the journal has it. */
class Saver {
  constructor(wire, { collect, kind = "save", time = null, onsaved = () => {} }) {
    Object.assign(this, { wire, collect, kind, onsaved, dirty: false, busy: false, failures: 0 });
    this.line = new SaveLine(() => this.flush(true));
    if (time) this.line.show("saved", `Saved at ${clock(time)}`);
    this.hurry = () => this.flush();
    addEventListener("kit:flush", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
  }

  get pending() {
    return this.dirty || this.busy;
  }

  touch() {
    this.dirty = true;
    kitPage.unsaved.add(this);
    if (this.line.node.dataset.state !== "unsaved") this.line.show("saving", "Saving…");
    this.after(DEBOUNCE);
  }

  after(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Resolves when all is saved, or when a try has failed. */
  async flush() {
    clearTimeout(this.timer);
    if (!this.busy && this.dirty) this.running = this.send();
    await this.running;
    // While this one was under way, more was typed, or another call has sent it.
    if (this.pending && !this.failures) await this.flush();
  }

  async send() {
    const body = this.collect();
    // The same words that got no answer go out under the same number, so that they aren't written twice.
    const same = this.sent && JSON.stringify(this.sent.body) === JSON.stringify(body);
    this.sent = same ? this.sent : { body, seq: this.wire.number() };
    this.busy = true;
    this.dirty = false;
    try {
      const result = await this.wire.ask(this.kind, body, { seq: this.sent.seq });
      this.sent = null;
      this.failures = 0;
      if (!this.dirty) {
        kitPage.unsaved.delete(this);
        this.line.show("saved", `Saved at ${clock(result.time)}`);
      }
      this.onsaved(result);
    } catch (trouble) {
      this.dirty = true;
      const mend = trouble.code === "no-answer" ? "Keep this page open. It tries again by itself." : trouble.mend;
      this.line.show("unsaved", `Not saved. ${trouble.message.replace(/^Not saved: /, "")} ${mend}`);
      this.after(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
    }
    this.busy = false;
    if (this.dirty && !this.failures) this.after(0);
  }

  close() {
    removeEventListener("kit:flush", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    if (this.dirty) this.flush();
  }
}

/** Whom to turn to. It comes up once in a card, says so aloud, and stays until the student puts it away. */
function helpCard({ name, contact, url, at_school: atSchool }) {
  const away = h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", onclick: () => { node.hidden = true; } }, "Close this card");
  const node = h("aside", { class: "kit-help-card", role: "alert", "aria-label": "Help" },
    h("p", { class: "kit-subtitle" }, "You matter more than this lesson."),
    h("p", {}, "If you, or someone you know, are having a hard time, please talk to a person now: ", atSchool, "."),
    h("p", {}, h("strong", {}, name), ": ", contact, ". ", h("a", { href: url, rel: "noreferrer" }, url)),
    h("p", { class: "kit-note" }, "Some words that you wrote brought this card up. No person is watching this page, so don't wait for an answer here. If the card is wrong, just close it."),
    away);
  return node;
}

/** The card itself: what the page's progress looks at, and everything that must be let go when it is taken away. */
function makeCard(model, el, look) {
  const wire = new Wire(model);
  const savers = [];
  const root = h("section", {
    class: `kit-card kit-${look}`,
    "data-kit-field": model.get("data").field,
    // In JupyterLab, keys pressed in a card belong to the card, and not to the notebook around it.
    "data-lm-suppress-shortcuts": "true",
    onkeydown: (event) => event.stopPropagation(),
  });
  const mark = () => {
    const done = model.get("done") ? "yes" : "no";
    if (root.dataset.kitDone === done) return;
    const first = root.dataset.kitDone === undefined;
    root.dataset.kitDone = done;
    if (!first || done === "yes") root.dispatchEvent(new CustomEvent("kit:done", { bubbles: true }));
  };
  wire.onhelp = (contact) => {
    if (!root.querySelector(".kit-help-card")) root.append(helpCard(contact));
  };
  el.append(root);
  mark();
  model.on("change:done", mark);
  const listeners = [["change:done", mark]];
  return {
    wire,
    root,
    data: () => model.get("data"),
    help: () => root.querySelectorAll(".kit-help-card"), // for cards that draw themselves anew
    saver(options) {
      const saver = new Saver(wire, options);
      savers.push(saver);
      return saver;
    },
    follow(redraw) {
      model.on("change:data", redraw);
      listeners.push(["change:data", redraw]);
    },
    close() {
      listeners.forEach(([name, listener]) => model.off(name, listener));
      savers.forEach((saver) => saver.close());
      wire.close();
    },
  };
}

/** A box that grows with its words, with a label, a hint, and a warning before the limit. */
function textField({ label, help, value = "", limit, rows = 3, short = false, placeholder = "", oninput, onblur }) {
  const id = uid("field");
  const hint = help ? h("p", { class: "kit-help", id: `${id}-help` }, help) : null;
  const box = short
    ? h("input", { class: "kit-input", id, type: "text", value, placeholder, autocomplete: "off", "aria-describedby": hint && hint.id })
    : h("textarea", { class: "kit-input", id, rows, value, placeholder, "aria-describedby": hint && hint.id });
  const long = h("p", { class: "kit-long", role: "status" });
  const grow = () => {
    if (!short && box.scrollHeight) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 3}px`;
    }
    const over = limit ? box.value.length - limit : -1;
    long.textContent = over > 0 ? `That is ${over.toLocaleString()} characters more than can be saved.` : "";
  };
  box.addEventListener("input", () => {
    grow();
    oninput?.();
  });
  box.addEventListener("blur", () => onblur?.());
  requestAnimationFrame(grow);
  const node = h("div", { class: "kit-field" }, h("label", { class: "kit-label", for: id }, label), hint, box, long);
  return { node, box, grow };
}

/** Radio buttons that look like cards or pills. Real inputs, so that arrow keys and screen readers work. */
function radios({ legend, help, options, value, look = "cards", legendClass = "kit-label", onpick }) {
  const name = uid("radio");
  const hint = help ? h("p", { class: "kit-help", id: `${name}-help` }, help) : null;
  const inputs = options.map(([key, text]) => {
    const input = h("input", { type: "radio", name, value: String(key), checked: key === value, onchange: () => onpick(key) });
    return { input, node: h("label", { class: "kit-option" }, input, h("span", { class: "kit-option-text" }, text)) };
  });
  const node = h(
    "fieldset",
    { class: `kit-radios kit-radios-${look}`, "aria-describedby": hint && hint.id },
    h("legend", { class: legendClass }, legend),
    hint,
    h("div", { class: "kit-options" }, inputs.map((one) => one.node)),
  );
  return {
    node,
    set(key) {
      inputs.forEach((one, index) => (one.input.checked = options[index][0] === key));
    },
  };
}

/** Chips to pick evidence with. Runs about one thing stand beside its name, so that it is there once and chips stay short.
    What a later run took the place of is no longer offered; whoever has picked it sees that it was changed. */
function chips({ legend, help, pieces, picked, empty, onchange }) {
  const groups = new Map();
  for (const { id, text, about = "", changed = false } of pieces) {
    const box = h("input", { type: "checkbox", value: id, checked: picked.has(id), onchange: () => {
      if (box.checked) picked.add(id);
      else picked.delete(id);
      onchange();
    } });
    if (!groups.has(about)) groups.set(about, []);
    groups.get(about).push(h("label", { class: "kit-chip" }, box, h("span", {}, about && h("span", { class: "kit-sr" }, `${about}: `), text, changed && [" ", h("span", { class: "kit-tag" }, "changed later")])));
  }
  const drawn = [...groups].map(([about, boxes]) => h("div", { class: "kit-chip-group" },
    about ? h("p", { class: "kit-chip-head", "aria-hidden": "true" }, about.replace(/[“”]/g, "")) : "",
    h("div", { class: "kit-chip-list" }, boxes)));
  return h(
    "fieldset",
    { class: "kit-chips" },
    h("legend", { class: "kit-label" }, legend),
    help && h("p", { class: "kit-help" }, help),
    drawn.length ? drawn : h("p", { class: "kit-empty" }, empty),
  );
}

/** What stands where the model's answer would be. "Try again" only where trying again can give something else. */
function awayCard(problem, retry) {
  const help = problem.code === "help-offered";
  const titles = { "help-offered": "You matter more than this lesson.", "message-refused": "Not like this.", "not-recorded": "This one wasn't recorded." };
  const again = !help && problem.code !== "not-recorded";
  return h("div", { class: `kit-away${help ? " kit-away-help" : ""}`, role: "alert", tabindex: "-1", "data-kit-land": true },
    h("p", { class: "kit-subtitle" }, titles[problem.code] ?? "The machine isn't answering."),
    h("p", {}, `${problem.message} ${problem.mend}`),
    again ? h("button", { type: "button", class: "kit-button kit-button-small", onclick: retry }, "Try again") : "");
}

/** A probability in few words; what is nearly nothing or nearly all doesn't become nothing or all. */
function percent(p) {
  if (p > 0.995 && p < 1) return "over 99%";
  if (p >= 0.0995) return `${Math.round(p * 100)}%`;
  if (p >= 0.001) return `${(p * 100).toFixed(1)}%`;
  return p > 0 ? "under 0.1%" : "0%";
}

/** Say what a form still lacks, and put the cursor where it goes: into a box, or on the first of some choices. */
function lacking(trouble, words, where) {
  trouble.textContent = words;
  if (words) (where.matches("input, textarea") ? where : where.querySelector("input")).focus();
  return Boolean(words);
}

/** A line that only a screen reader hears. Saying the same twice is heard twice. */
function announcer() {
  const node = h("p", { class: "kit-sr", role: "status" });
  return {
    node,
    say(text) {
      node.textContent = "";
      setTimeout(() => (node.textContent = text), 50);
    },
  };
}

/** The numbers behind a picture. Columns are headings; in each row the first cell names the row. */
function dataTable({ caption, columns, rows = [], title = "Read the numbers in a table", open = false }) {
  const said = h("caption", {}, caption);
  const body = h("tbody");
  const node = h("details", { class: "kit-details kit-data", open }, h("summary", {}, title),
    h("div", { class: "kit-scroll", tabindex: "0", role: "region", "aria-label": caption },
      h("table", { class: "kit-table" }, said, h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))), body)));
  const update = (next, words = said.textContent) => {
    said.textContent = words;
    body.replaceChildren(...next.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), cells.map((cell) => h("td", {}, cell)))));
  };
  update(rows);
  return { node, update };
}

/** A slider with its name, its value in words and its ends. `onmove` is told of every place, `onrest` of those it rests at. */
function makeDial({ label, min, max, step, value, tell, ends = [], onmove = () => {}, onrest = () => {}, rest = 700 }) {
  const id = uid("dial");
  const said = h("output", { class: "kit-dial-value", for: id });
  const slider = h("input", { type: "range", class: "kit-dial", id, min: String(min), max: String(max), step: String(step), value: String(value) });
  let timer;
  const show = () => {
    const now = Number(slider.value);
    said.textContent = tell(now);
    slider.setAttribute("aria-valuetext", tell(now));
    slider.style.setProperty("--at", `${((now - min) / (max - min)) * 100}%`);
    return now;
  };
  slider.addEventListener("input", () => {
    onmove(show());
    clearTimeout(timer);
    timer = setTimeout(() => onrest(Number(slider.value)), rest);
  });
  show();
  const node = h("div", { class: "kit-dial-stand" },
    h("div", { class: "kit-dial-head" }, h("label", { class: "kit-label", for: id }, label), said), slider,
    ends.length ? h("div", { class: "kit-dial-ends", "aria-hidden": "true" }, ends.map((end) => h("span", {}, end))) : "");
  return { node, slider, said, show };
}

/** How every exercise ends: the student's own words, tied to runs that show it, and the list of runs. */
function explainBox(card, { label = "Explain it", help, legend = "Which runs show it?", more = () => [] }) {
  const { why } = card.data();
  const picked = new Set(why.evidence);
  const saver = card.saver({ kind: "why", collect: () => ({ text: field.box.value, evidence: [...picked] }) });
  const field = textField({ label, help, value: why.text, rows: 3, limit: 4000, oninput: () => saver.touch(), onblur: () => saver.flush() });
  const evidence = h("div");
  const log = h("details", { class: "kit-details kit-runs" });
  const box = h("div", { class: "kit-why" }, field.node, evidence, h("div", { class: "kit-foot" }, saver.line.node));
  if (why.text) saver.line.show("saved", "Saved");
  let drawn = "";
  return {
    node: h("div", {}, box, log),
    draw() {
      const { runs } = card.data();
      box.hidden = !runs.length && !field.box.value;
      log.hidden = !runs.length;
      log.replaceChildren(
        h("summary", {}, `My runs (${runs.length})`), ...more(),
        h("ol", {}, runs.map((run) => h("li", {}, run.about ? `${run.about}: ${run.text}` : run.text, h("span", { class: "kit-note" }, ` ${clock(run.time)}`)))),
      );
      if (JSON.stringify(runs) === drawn) return;
      drawn = JSON.stringify(runs);
      evidence.replaceChildren(chips({ legend, pieces: runs, picked, onchange: () => saver.touch(), empty: "" }));
      field.grow();
    },
  };
}
