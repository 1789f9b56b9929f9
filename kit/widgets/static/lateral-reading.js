// The lateral-reading desk: guess, check on a small web with tabs, mark the answer up.

Object.assign(ICONS, {
  cross: "M6 6l12 12M18 6L6 18",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
  question: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.4v.2",
  chat: "M4 5h16v11H9l-5 4z",
});
const VERDICTS = [["supported", "Supported"], ["contradicted", "Contradicted"], ["not-found", "Not found"]];
const HEADS = ["Sup\u00adported", "Contra\u00addicted", "Not found", "Total"]; // on a phone they break where one would break them
const SIGNS = { supported: "check", contradicted: "cross", "not-found": "question" };
const MARKS = [["accept", "Keep it"], ["revise", "Revise it"], ["reject", "Cut it"]];
const CLASS_EVERY = 20000;
const REST = 300;
const PATIENT = { patience: 15000 }; // thirty students press at once, and each press is worth waiting for
const nameOf = (verdict) => VERDICTS.find(([key]) => key === verdict)?.[1] ?? "";
const sentenceName = (claim) => `Sentence ${claim.id}: ${claim.short}`;
const list = (numbers) => numbers.join(", ").replace(/, (\d+)$/, " and $1");
const land = (node, block = "nearest") => {
  node.focus({ preventScroll: true });
  node.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });
};
const told = (problem) => `${problem.message} ${problem.mend}`;

function head(card, sign, eyebrow) {
  return [h("p", { class: "kit-eyebrow" }, icon(sign), eyebrow), h("h3", { class: "kit-title" }, card.data().title)];
}

// --- Part 1: what sounds wrong? -----------------------------------------------------------------------------------------

function chat({ asked, opening, closing, note }, body) {
  return h("div", { class: "kit-chat" },
    h("p", { class: "kit-asked" }, h("span", { class: "kit-sr" }, "Somebody asked: "), asked),
    h("div", { class: "kit-said" }, h("p", { class: "kit-said-name" }, "The answer, in the style of an AI"), h("p", {}, opening), body, h("p", {}, closing)),
    h("p", { class: "kit-note" }, note));
}

function guessForm(card, say) {
  const { claims, answer } = card.data();
  const wrong = new Set();
  let most = null;
  let sent = false;
  const count = h("p", { class: "kit-nudge", role: "status" }, "Nothing ticked yet: all eight sound right to you.");
  const trouble = h("p", { class: "kit-trouble", role: "alert" });
  const boxes = claims.map((claim) => {
    const box = h("input", { type: "checkbox", value: String(claim.id), onchange: () => {
      if (box.checked) wrong.add(claim.id);
      else wrong.delete(claim.id);
      count.textContent = `You ticked ${wrong.size} of ${claims.length}.`;
    } });
    return h("li", {}, h("label", { class: "kit-option kit-claim-option" }, box, h("span", { class: "kit-option-text" }, h("b", { class: "kit-number" }, claim.id), claim.text)));
  });
  const lock = async (event) => {
    event.preventDefault();
    if (lacking(trouble, most === null ? "Pick the one that sounds the most wrong, even if none does." : "", choice)) return;
    button.setAttribute("aria-disabled", "true"); // a button that is disabled loses the focus, and then it lands nowhere
    if (sent) return;
    sent = true;
    try {
      await card.wire.ask("guess", { wrong: [...wrong], most }, PATIENT);
      say("Your guess is locked.");
    } catch (problem) {
      trouble.textContent = `Not locked. ${told(problem)}`;
      button.removeAttribute("aria-disabled");
      sent = false;
    }
  };
  const button = h("button", { type: "submit", class: "kit-button" }, icon("lock"), "Lock my guess");
  const ticks = h("fieldset", { class: "kit-ticks" },
    h("legend", { class: "kit-label" }, "Tick every sentence that sounds wrong to you. Go by your gut: one minute is enough."),
    h("ol", { class: "kit-claim-list" }, boxes));
  const choice = radios({ legend: "Which one sounds the most wrong?", look: "pills", options: claims.map((claim) => [claim.id, `${claim.id} · ${claim.short}`]), value: null, onpick: (id) => (most = id) }).node;
  return h("form", { class: "kit-guess", onsubmit: lock }, chat(answer, ticks), count, choice,
    h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "You can't take it back.")), trouble);
}

function guessLocked({ claims, answer, guess }) {
  const tags = (id) => [guess.wrong.includes(id) && "sounded wrong to you", id === guess.most && "the most wrong"].filter(Boolean);
  const items = claims.map((claim) => h("li", { class: "kit-claim-line" }, h("b", { class: "kit-number" }, claim.id), h("span", {}, claim.text, tags(claim.id).map((tag) => [" ", h("span", { class: "kit-tag" }, tag)]))));
  const words = guess.wrong.length ? `${guess.wrong.length} of ${claims.length} sounded wrong to you: ${list(guess.wrong)}.` : "Nothing sounded wrong to you.";
  return [
    chat(answer, h("ol", { class: "kit-claim-list" }, items)),
    h("p", { class: "kit-locked-line", tabindex: "-1" }, icon("lock"), h("span", {}, `${words} The most wrong: ${guess.most}. Locked at ${clock(guess.time)}.`)),
  ];
}

function renderGuess(card) {
  const live = announcer();
  const body = h("div");
  let locked;
  const draw = () => {
    const now = Boolean(card.data().guess);
    if (now === locked) return;
    const owesFocus = body.contains(document.activeElement);
    locked = now;
    body.replaceChildren(...(now ? guessLocked(card.data()) : [guessForm(card, live.say)]));
    if (now && owesFocus) land(body.querySelector(".kit-locked-line"));
  };
  card.root.append(...head(card, "chat", "One answer, eight sentences"), body, live.node);
  draw();
  card.follow(draw);
}

/** Sends what somebody comes to rest on. Arrow keys pass over the other choices, and those are nobody's answer. */
function onRest(send, after) {
  let timer;
  let running = 0;
  const self = {
    get busy() {
      return timer !== undefined || running > 0;
    },
    pick(value) {
      clearTimeout(timer);
      kitPage.unsaved.add(self);
      timer = setTimeout(async () => {
        timer = undefined;
        running += 1;
        try {
          await send(value);
        } finally {
          running -= 1;
          if (!self.busy) {
            kitPage.unsaved.delete(self);
            after();
          }
        }
      }, REST);
    },
  };
  return self;
}

/** Where a page says that an ad stands, there is an ad. */
const withAds = (text) => text.split(/(\[Advertisement\])/).filter((part) => part.trim()).map((part) => (part === "[Advertisement]" ? h("span", { class: "kit-ad" }, "Advertisement") : part));

// --- Part 2: the desk ---------------------------------------------------------------------------------------------------

/** A row of tabs with their panels: arrows move, Delete closes, and each panel keeps what is in it. */
class Tabs {
  constructor(label, onchange) {
    this.onchange = onchange;
    this.items = [];
    this.list = h("div", { class: "kit-tabs", role: "tablist", "aria-label": label, onkeydown: (event) => this.key(event) });
    this.panels = h("div", { class: "kit-sheets" });
  }

  find(key) {
    return this.items.find((item) => item.key === key);
  }

  add(key, label, content, { closes = true } = {}) {
    const id = uid("tab");
    const tab = h("button", { type: "button", role: "tab", class: "kit-tab", id, "aria-controls": `${id}-panel`, onclick: () => this.show(key) }, label);
    const panel = h("div", { role: "tabpanel", class: "kit-sheet", id: `${id}-panel`, "aria-labelledby": id, tabindex: "0" }, content);
    this.items.push({ key, tab, panel, closes, label });
    this.list.append(tab);
    this.panels.append(panel);
    return panel;
  }

  show(key, { focus = false } = {}) {
    this.active = key;
    for (const item of this.items) {
      const on = item.key === key;
      item.tab.setAttribute("aria-selected", String(on));
      item.tab.tabIndex = on ? 0 : -1;
      item.panel.hidden = !on;
    }
    if (focus) this.find(key).tab.focus();
    this.onchange(key);
  }

  close(key) {
    const at = this.items.findIndex((item) => item.key === key);
    if (at < 0 || !this.items[at].closes) return;
    const [item] = this.items.splice(at, 1);
    item.tab.remove();
    item.panel.remove();
    this.show(this.items[Math.min(at, this.items.length - 1)].key, { focus: true });
  }

  key(event) {
    const at = this.items.findIndex((item) => item.key === this.active);
    const last = this.items.length - 1;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (event.key === "Delete") this.close(this.active);
    else if (to !== undefined) this.show(this.items[(to + this.items.length) % this.items.length].key, { focus: true });
    else return;
    event.preventDefault();
  }
}

/** What the class says about the claims that this student has judged. It is asked of the class's own server. */
class ClassView {
  constructor(slug) {
    // In JupyterLab there is no class to ask. The app may live below another address than its own.
    const here = location.pathname.replace(/\/$/, "");
    this.inApp = here.endsWith(`/lesson/${slug}`);
    this.url = `${here}/agreement`;
    this.known = null;
    this.node = h("div", { class: "kit-class" });
  }

  start(judged) {
    this.judged = judged;
    const again = () => { if (!document.hidden && this.judged().length) this.fetch(); };
    this.timer = setInterval(again, CLASS_EVERY);
    this.draw();
    again();
  }

  stop() {
    clearInterval(this.timer);
  }

  async fetch() {
    if (!this.inApp) return;
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      this.known = answer.ok ? await answer.json() : this.known;
      this.lost = !answer.ok;
    } catch {
      this.lost = true; // the page says elsewhere that the line is cut
    }
    this.draw();
  }

  draw() {
    const judged = this.judged();
    const title = h("h4", { class: "kit-subtitle" }, "How your class sees it");
    if (!this.inApp) return this.node.replaceChildren(title, h("p", { class: "kit-note" }, "The class view works in the student app. Here is only you."));
    if (!judged.length) return this.node.replaceChildren(title, h("p", { class: "kit-empty" }, "Judge a sentence, and you will see here what your class says about it. Nobody sees it before."));
    if (!this.known) return this.node.replaceChildren(title, h("p", { class: "kit-note" }, this.lost ? "The class view can't be reached just now. Your own work is safe." : "Asking your class…"));
    const counts = (claim) => this.known.answers[claim.id];
    const cell = (claim, [key, name]) => {
      const found = counts(claim);
      const share = found ? found[key] / found.total : 0;
      return h("td", { style: `--share:${(share * 0.5).toFixed(2)}`, class: claim.verdict === key ? "kit-mine" : "" },
        found ? String(found[key]) : "–", claim.verdict === key ? h("span", { class: "kit-me" }, icon(SIGNS[key]), "you") : "", h("span", { class: "kit-sr" }, ` ${name}`));
    };
    const rows = judged.map((claim) => h("tr", {}, h("th", { scope: "row" }, `${claim.id} · ${claim.short}`), VERDICTS.map((verdict) => cell(claim, verdict)),
      h("td", {}, counts(claim) ? String(counts(claim).total) : `fewer than ${this.known.fewest} yet`)));
    const table = h("table", { class: "kit-heat" }, h("caption", { class: "kit-sr" }, "Verdicts of the class on the sentences that you have judged"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Sentence"), HEADS.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows));
    this.node.replaceChildren(title, h("p", { class: "kit-note" }, `On the sentences that you have judged. The darker a box, the more students say so. The numbers move ${this.known.fewest} students at a time, so that nobody can tell who said what.`), h("div", { class: "kit-scroll", tabindex: "0", role: "region", "aria-label": "Verdicts of the class" }, table), h("p", { class: "kit-summary" }, this.sentence(judged)));
  }

  sentence(judged) {
    const enough = judged.filter((claim) => this.known.answers[claim.id]);
    if (!enough.length) return `Not enough yet: numbers show up here when ${this.known.fewest} students have judged the same sentence.`;
    const split = enough.map((claim) => {
      const found = this.known.answers[claim.id];
      return { claim, found, share: Math.max(...VERDICTS.map(([key]) => found[key])) / found.total };
    }).sort((a, b) => a.share - b.share)[0];
    const alone = enough.filter((claim) => this.known.answers[claim.id][claim.verdict] / this.known.answers[claim.id].total < 0.5);
    const most = `Your class is most divided on sentence ${split.claim.id}.`;
    return alone.length ? `${most} On ${list(alone.map((claim) => claim.id))}, fewer than half say what you say. Who is right? Look at the evidence, not at the number.` : `${most} A number of heads is not evidence: what did they find?`;
  }
}

class CheckDesk {
  constructor(card) {
    this.card = card;
    this.live = announcer();
    this.claim = card.data().last ?? card.data().guess?.most ?? 1;
    this.founds = new Map(); // what is drawn of each sentence's verdict
    this.pages = new Map(); // what is drawn of each open page
    this.progress = h("p", { class: "kit-note" });
    this.gate = h("p", { class: "kit-empty" }, "First lock your guess above. Then the desk opens.");
    this.strip = h("div", { class: "kit-strip", role: "group", "aria-label": "The eight sentences" });
    this.current = h("div", { class: "kit-current" });
    this.trouble = h("p", { class: "kit-trouble", role: "alert" });
    this.tabs = new Tabs("Open pages", () => {});
    this.tabs.add("search", [icon("search"), h("span", {}, "Search")], this.searchPanel(), { closes: false });
    this.tabs.show("search");
    this.verdict = h("section", { class: "kit-verdict", "aria-label": "What I found" });
    this.classView = new ClassView(card.data().lesson);
    this.paper = h("ul", { class: "kit-on-paper" });
    this.browser = h("section", { class: "kit-browser", "aria-label": "The small web" }, this.tabs.list, this.tabs.panels);
    this.body = h("div", { class: "kit-desk" }, this.strip,
      h("div", { class: "kit-bench" }, this.current, this.browser, this.trouble, this.verdict), this.classView.node, this.paper);
    card.root.append(...head(card, "search", "Read sideways"), this.progress, this.gate, this.body, this.live.node);
    this.buildStrip();
    this.draw();
    this.classView.start(() => this.card.data().claims.filter((claim) => claim.verdict));
    card.follow(() => this.draw());
  }

  claimOf(id) {
    return this.card.data().claims.find((claim) => claim.id === id);
  }

  now() {
    return this.claimOf(this.claim);
  }

  async ask(kind, body, trouble = this.trouble) {
    trouble.textContent = "";
    try {
      return await this.card.wire.ask(kind, { claim: this.claim, ...body }, PATIENT);
    } catch (problem) {
      trouble.textContent = told(problem);
      return null;
    }
  }

  buildStrip() {
    this.buttons = this.card.data().claims.map((claim) => h("button", { type: "button", class: "kit-claim-button", onclick: () => this.choose(claim.id) }));
    this.strip.replaceChildren(...this.buttons);
  }

  choose(id) {
    this.claim = id;
    this.draw();
    this.current.querySelector("h4").focus({ preventScroll: true });
  }

  /** From the foot of the desk to its top, and to a sentence that isn't judged yet. */
  next(id) {
    this.choose(id);
    this.strip.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  nextButton(claim) {
    const { claims } = this.card.data();
    const open = claims.filter((one) => !one.verdict);
    const next = open.find((one) => one.id > claim.id) ?? open[0];
    if (!claim.verdict || !next) return h("span", {});
    return h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet kit-next", onclick: () => this.next(next.id) }, `Next: sentence ${next.id}, ${next.short}`);
  }

  draw() {
    const { claims, minimum, guess } = this.card.data();
    if (guess && !this.gate.hidden && this.body.hidden) this.claim = this.card.data().last ?? guess.most; // the desk has just opened
    this.gate.hidden = Boolean(guess);
    this.body.hidden = this.progress.hidden = !guess;
    const judged = claims.filter((claim) => claim.verdict).length;
    this.progress.textContent = judged < minimum ? `Judge at least ${minimum} of the ${claims.length} sentences: ${judged} so far. Begin where you like.` : `${judged} of ${claims.length} sentences judged. Well done!`;
    claims.forEach((claim, index) => this.drawButton(this.buttons[index], claim));
    this.drawCurrent();
    this.pages.forEach((page) => page.update());
    this.drawVerdict();
    this.drawPaper(claims);
    this.classView.judged && this.classView.draw();
  }

  /** Paper shows all sentences at once, and no web. */
  drawPaper(claims) {
    this.paper.replaceChildren(...claims.map((claim) => h("li", {}, h("strong", {}, `${claim.id}. ${claim.text} `), claim.verdict ? `${nameOf(claim.verdict)}: ${claim.why || "–"} ` : "Not judged. ",
      claim.evidence.length ? `(${claim.evidence.map((one) => `${one.title}, ${one.site}`).join("; ")})` : "")));
  }

  drawButton(button, claim) {
    const on = claim.id === this.claim;
    const state = claim.verdict ? nameOf(claim.verdict) : "not judged";
    if (button.dataset.state === `${state}${on}`) return;
    button.dataset.state = `${state}${on}`;
    button.dataset.verdict = claim.verdict ?? "";
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-label", `Sentence ${claim.id}, ${claim.short}, ${state}`);
    button.replaceChildren(h("b", {}, claim.id), claim.verdict ? icon(SIGNS[claim.verdict]) : h("i", { class: "kit-open-dot" }));
  }

  drawCurrent() {
    const claim = this.now();
    const { guess } = this.card.data();
    if (this.drawnClaim === `${claim.id}${Boolean(guess)}`) return;
    this.drawnClaim = `${claim.id}${Boolean(guess)}`;
    const tag = guess?.wrong.includes(claim.id) ? [" ", h("span", { class: "kit-tag" }, "sounded wrong to you")] : "";
    this.current.replaceChildren(h("h4", { class: "kit-current-name", tabindex: "-1" }, `Sentence ${claim.id} of ${this.card.data().claims.length}`, tag), h("blockquote", { class: "kit-current-text" }, claim.text));
  }

  // The small web

  searchPanel() {
    const id = uid("search");
    const box = h("input", { class: "kit-input", id, type: "search", maxlength: "80", autocomplete: "off", spellcheck: "false" });
    const results = h("div", { class: "kit-results" });
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const button = h("button", { type: "submit", class: "kit-button" }, icon("search"), "Search");
    let turn = 0;
    const run = async (event) => {
      event.preventDefault();
      const query = box.value.trim();
      const now = ++turn;
      if (lacking(trouble, query ? "" : "Type two or three words from the sentence first.", box)) return;
      const found = await this.ask("search", { query }, trouble);
      if (found && now === turn) this.drawResults(results, found.results, query);
    };
    return [h("form", { class: "kit-search", role: "search", onsubmit: run }, h("label", { class: "kit-label", for: id }, "Search the small web"), h("div", { class: "kit-search-row" }, box, button),
      h("p", { class: "kit-help" }, "Use two or three words from the sentence. The first result is only the first."), trouble), results];
  }

  drawResults(node, results, query) {
    const line = results.length ? `${results.length} ${results.length === 1 ? "page" : "pages"} for “${query}”` : `No page has the words “${query}”. Try others.`;
    node.replaceChildren(h("p", { class: "kit-found" }, line), h("ol", { class: "kit-result-list" }, results.map((result) => h("li", {},
      h("p", { class: "kit-result-site" }, result.site, " · ", result.address),
      h("button", { type: "button", class: "kit-link kit-result", onclick: () => this.open(result.id) }, result.title),
      h("p", { class: "kit-result-text" }, h("span", { class: "kit-result-date" }, `${result.date}. `), result.excerpt)))));
    this.live.say(line);
    const unseen = node.getBoundingClientRect().top > innerHeight * 0.7; // on a phone the results begin below the window
    if (unseen) this.browser.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  async open(id) {
    const page = await this.ask("open", { page: id });
    if (!page) return;
    if (!this.tabs.find(id)) this.addPage(page);
    this.tabs.show(id);
    const title = this.pages.get(id).title;
    title.focus({ preventScroll: true });
    title.closest(".kit-browser").scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
  }

  addPage(page) {
    const who = h("aside", { class: "kit-behind", hidden: true, tabindex: "-1", "aria-label": `Who is behind ${page.site.name}?` });
    const ask = h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", "aria-expanded": "false", onclick: () => this.who(page, who, ask) }, icon("person"), "Who is behind this site?");
    const pick = h("button", { type: "button", class: "kit-button kit-button-small", onclick: () => this.pick(page.id) });
    const close = h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", onclick: () => this.closePage(page.id) }, icon("cross"), "Close tab");
    const title = h("h4", { class: "kit-page-title", tabindex: "-1" }, page.title);
    const links = page.links.length ? h("div", { class: "kit-page-links" }, h("p", {}, "On this page:"), h("ul", {}, page.links.map((link) => h("li", {}, h("button", { type: "button", class: "kit-link", onclick: () => this.open(link.id) }, link.title), h("span", { class: "kit-note" }, ` ${link.site}`))))) : "";
    const article = h("article", { class: "kit-web", "data-look": page.site.look },
      h("p", { class: "kit-masthead" }, page.site.name), title, h("p", { class: "kit-byline" }, `${page.author} · ${page.date}`), page.paragraphs.map((text) => h("p", {}, withAds(text))), links);
    const update = () => {
      const picked = this.now().evidence.some((one) => one.page === page.id);
      pick.setAttribute("aria-pressed", String(picked));
      pick.replaceChildren(icon(picked ? "check" : "plus"), picked ? `Evidence for sentence ${this.claim}` : `Use as evidence for sentence ${this.claim}`);
      pick.classList.toggle("kit-button-quiet", picked);
    };
    this.tabs.add(page.id, [h("span", {}, page.site.name)], [
      h("div", { class: "kit-address-row" }, h("p", { class: "kit-address" }, h("span", { class: "kit-sr" }, "Address: "), page.address), close),
      h("div", { class: "kit-row kit-tools" }, ask, pick), who, article]);
    this.pages.set(page.id, { update, title });
    update();
  }

  closePage(id) {
    this.pages.delete(id);
    this.tabs.close(id);
  }

  async who(page, node, button) {
    if (!node.hidden) {
      node.hidden = true;
      button.setAttribute("aria-expanded", "false");
      return;
    }
    const site = await this.ask("who", { site: page.site.id });
    if (!site) return;
    const others = site.others
      ? [h("p", {}, site.others.text), h("p", { class: "kit-note" }, `– ${site.others.by}`)]
      : [h("p", {}, "Nobody seems to have written about this site. That tells you something, too.")];
    node.replaceChildren(h("div", {}, h("p", { class: "kit-behind-head" }, "In its own words"), h("p", {}, site.about)), h("div", {}, h("p", { class: "kit-behind-head" }, "What others say"), others));
    node.hidden = false;
    button.setAttribute("aria-expanded", "true");
    node.focus({ preventScroll: true });
  }

  async pick(id) {
    const picked = !this.now().evidence.some((one) => one.page === id);
    if (await this.ask("evidence", { page: id, picked })) this.live.say(picked ? `Taken as evidence for sentence ${this.claim}.` : "Taken back.");
  }

  // What was found

  /** One sentence's verdict, built once: whoever goes through the choices by keyboard must find them in place. */
  found(id) {
    if (!this.founds.has(id)) this.founds.set(id, this.makeFound(id));
    return this.founds.get(id);
  }

  makeFound(id) {
    const claim = this.claimOf(id);
    const evidence = h("div", {});
    const rest = onRest(async (verdict) => {
      const done = await this.ask("verdict", { claim: id, verdict });
      if (done) {
        this.live.say(`Sentence ${id}: ${nameOf(verdict)}. Saved.`);
        this.classView.fetch();
      }
    }, () => update());
    const group = radios({ legend: "What does your evidence say?", look: "pills", options: VERDICTS, value: claim.verdict, onpick: (verdict) => rest.pick(verdict) });
    const sources = h("div", { role: "status" });
    const onward = h("div", {});
    const spent = h("p", { class: "kit-note" });
    const saver = this.card.saver({ kind: "reason", collect: () => ({ claim: id, text: why.box.value }) });
    const why = textField({ label: "Why? One line is enough.", value: claim.why, short: true, limit: 2000, oninput: () => saver.touch(), onblur: () => saver.flush() });
    if (claim.why) saver.line.show("saved", "Saved");
    const node = h("div", { class: "kit-found-out" }, h("h4", { class: "kit-subtitle" }, `My evidence for sentence ${id}`), evidence, group.node, sources,
      h("div", {}, why.node, h("div", { class: "kit-foot" }, saver.line.node)), onward, spent);
    let drawn = "";
    const update = () => {
      const now = this.claimOf(id);
      if (drawn !== JSON.stringify(now.evidence)) {
        drawn = JSON.stringify(now.evidence);
        const page = evidence.contains(document.activeElement) && document.activeElement.dataset.page;
        evidence.replaceChildren(this.evidenceList(now));
        if (page !== false) (evidence.querySelector(`[data-page="${CSS.escape(page ?? "")}"]`) ?? node.querySelector("input"))?.focus({ preventScroll: true });
      }
      if (!rest.busy) group.set(now.verdict);
      sources.replaceChildren(this.independence(now));
      const next = this.nextButton(now);
      if (next.textContent !== onward.textContent) onward.replaceChildren(next);
      spent.textContent = now.seconds >= 30 ? `About ${Math.max(1, Math.round(now.seconds / 60))} min on this sentence. Only you see this.` : "";
    };
    return { node, update };
  }

  evidenceList(claim) {
    if (!claim.evidence.length) return h("p", { class: "kit-empty" }, "None yet. Search, open a page, and ask who is behind it. Two sources that don't copy from each other are better than one.");
    return h("ul", { class: "kit-picked" }, claim.evidence.map((one) => h("li", {},
      h("span", { class: "kit-picked-name" }, h("button", { type: "button", class: "kit-link", "data-page": one.page, onclick: () => this.open(one.page) }, one.title), h("span", { class: "kit-note" }, one.site)),
      h("span", { class: "kit-nudge", "data-state": one.known ? "good" : "open" }, one.known ? "you know who is behind it" : "who is behind it?"),
      h("button", { type: "button", class: "kit-button kit-button-small kit-button-quiet", onclick: () => this.pick(one.page), "aria-label": `Take back ${one.title}` }, "Take back"))));
  }

  drawVerdict() {
    const found = this.found(this.claim);
    if (found.node.parentNode !== this.verdict) this.verdict.replaceChildren(found.node);
    found.update();
  }

  independence(claim) {
    if (!claim.verdict || !claim.evidence.length) return "";
    const sites = new Set(claim.evidence.map((one) => one.site)).size;
    if (claim.sources >= 2) return h("p", { class: "kit-nudge", "data-state": "good" }, `${claim.sources} sources that don't copy from each other. Do they all say what your verdict says? Only those count.`);
    return h("p", { class: "kit-nudge", "data-state": "open" }, sites > 1 ? `${sites} sites, but only one source: one copies the other, or they have one owner. Find out which, and look for somebody else.` : "One source so far. Who else could know?");
  }
}

// --- Part 3: the answer with my name on it ------------------------------------------------------------------------------

class MarkUp {
  constructor(card) {
    this.card = card;
    this.live = announcer();
    this.progress = h("p", { class: "kit-note" });
    this.blocks = card.data().claims.map((claim) => this.block(claim.id));
    this.preview = h("div", { class: "kit-corrected" });
    this.into = h("button", { type: "button", class: "kit-button", onclick: () => this.fill() }, "Put it into the box below");
    this.filled = h("p", { class: "kit-note", role: "status" });
    card.root.append(...head(card, "check", "Keep, revise, cut"), this.progress, h("ol", { class: "kit-rulings" }, this.blocks.map((block) => block.node)),
      h("figure", { class: "kit-picture" }, h("figcaption", { class: "kit-caption" }, "The corrected answer so far"), this.preview, h("div", { class: "kit-row" }, this.into, this.filled)), this.live.node);
    this.draw();
    card.follow(() => this.draw());
  }

  claim(id) {
    return this.card.data().claims.find((one) => one.id === id);
  }

  block(id) {
    const claim = this.claim(id);
    const trouble = h("p", { class: "kit-trouble", role: "alert" });
    const rest = onRest(async ([mark, cite]) => {
      trouble.textContent = "";
      try {
        await this.card.wire.ask("mark", { claim: id, mark, cite }, PATIENT);
      } catch (problem) {
        trouble.textContent = `Not saved. ${told(problem)}`;
      }
    }, () => { want = null; draw(); });
    let want = null; // what was picked and is not yet saved
    const send = (mark, cite) => {
      want = { mark, cite };
      rest.pick([mark, cite]);
    };
    const found = h("span", { class: "kit-tag" });
    const text = h("p", { class: "kit-ruling-text" });
    const group = radios({ legend: `Sentence ${id}: what do you do with it?`, legendClass: "kit-sr", look: "pills", options: MARKS, value: claim.mark, onpick: (mark) => {
      const now = this.claim(id);
      send(mark, mark === "reject" ? "" : (want?.cite || now.cite || (now.evidence.length === 1 ? now.evidence[0].page : "")));
    } });
    const saver = this.card.saver({ kind: "sentence", collect: () => ({ claim: id, text: field.box.value }) });
    const field = textField({ label: "Your sentence", help: "As short as before, and true this time.", value: claim.sentence, rows: 2, limit: 2000, oninput: () => saver.touch(), onblur: () => saver.flush() });
    const own = h("div", {}, field.node, h("div", { class: "kit-foot" }, saver.line.node));
    const cite = h("div", { class: "kit-cite-from" });
    let pages = null;
    const hint = h("p", { class: "kit-nudge", "data-state": "open" });
    const node = h("li", { class: "kit-ruling", "data-claim": id }, h("div", { class: "kit-ruling-head" }, h("b", { class: "kit-number" }, id), text, found), group.node, own, cite, hint, trouble);
    let options = "";
    const draw = () => {
      const now = this.claim(id);
      text.replaceChildren(now.mark === "reject" || now.mark === "revise" ? h("del", {}, now.text) : now.text);
      found.textContent = now.verdict ? `you found: ${nameOf(now.verdict).toLowerCase()}` : "not checked";
      node.dataset.mark = now.mark ?? "";
      if (!rest.busy) group.set(now.mark);
      own.hidden = now.mark !== "revise";
      cite.hidden = !["accept", "revise"].includes(now.mark) || !now.evidence.length;
      if (options !== JSON.stringify(now.evidence)) {
        options = JSON.stringify(now.evidence);
        pages = radios({ legend: "Which page do you cite?", look: "pages", value: now.cite, onpick: (page) => send(want?.mark ?? this.claim(id).mark, page),
          options: now.evidence.map((one) => [one.page, [one.title, h("span", { class: "kit-note" }, ` ${one.site}`)]]) });
        cite.replaceChildren(pages.node);
      }
      if (!rest.busy) pages.set(now.cite);
      const unchecked = now.mark && now.mark !== "reject" && !now.evidence.length;
      hint.textContent = unchecked ? "You have no evidence for this one. Go back to the desk, or cut it." : now.missing.includes("sentence") ? "Write your sentence." : now.missing.includes("source") ? "Say which page you cite." : "";
      field.grow();
    };
    return { node, draw };
  }

  draw() {
    const { claims, corrected, citations } = this.card.data();
    this.blocks.forEach((block) => block.draw());
    const ready = claims.filter((claim) => claim.mark && !claim.missing.length).length;
    this.progress.textContent = ready === claims.length ? "All eight are done. Read it once out loud." : `${ready} of ${claims.length} done. What you have not checked, you can't put your name to: cut it.`;
    const [text, sources] = corrected.split("\n\nSources\n");
    const order = sources ? sources.split("\n") : [];
    const lines = text.split("\n").filter(Boolean);
    this.preview.replaceChildren(lines.length ? h("p", {}, lines.join(" ")) : h("p", { class: "kit-empty" }, "What you keep or revise will stand here."),
      order.length ? h("p", { class: "kit-caption" }, "Sources") : "", ...order.map((line) => this.source(line, citations)));
    this.into.hidden = !this.card.data().into || !lines.length;
  }

  /** A citation with its italics, found again by its words. */
  source(line, citations) {
    const [, number, words] = /^\[(\d+)\] (.*)$/s.exec(line) ?? [null, "", line];
    const runs = Object.values(citations).find((one) => one.map(([part]) => part).join("") === words) ?? [[words, false]];
    return h("p", { class: "kit-source-line" }, number ? `[${number}] ` : "", runs.map(([part, italic]) => (italic ? h("em", {}, part) : part)));
  }

  /** Into the box on the page, as if it were typed, so that it is saved as everything else is. */
  fill() {
    const { into, corrected } = this.card.data();
    const box = document.querySelector(`.kit-card[data-kit-field="${into}"] textarea`);
    if (!box) return;
    if (box.value.trim() && box.value !== corrected && !this.sure) {
      this.sure = true;
      this.filled.textContent = "There are words in the box already. Press again to replace them.";
      return;
    }
    this.sure = false;
    box.value = corrected;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    this.filled.textContent = "It is in the box below. Now make it yours.";
    box.focus();
  }
}

function render({ model, el }) {
  const card = makeCard(model, el, "lateral-reading");
  card.root.dataset.kitExercise = "lateral-reading";
  const { part } = card.data();
  if (part === "guess") renderGuess(card);
  const desk = part === "check" ? new CheckDesk(card) : null;
  if (part === "answer") new MarkUp(card);
  return () => { desk?.classView.stop(); card.close(); };
}

export default { render };
