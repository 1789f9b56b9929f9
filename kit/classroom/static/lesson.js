// The lesson page: puts arriving pieces in their places, counts what is done, and says when the connection is lost.
(() => {
  "use strict";
  const ASK_EVERY_MS = 5000;
  const RENDER_PATIENCE_MS = 60000; // a slow Chromebook needs half of it
  const LOOK_EVERY_MS = 100;
  const byId = (id) => document.getElementById(id);
  const say = (words) => { byId("kit-announce").textContent = words; };

  // anywidget gives a card two seconds to start, and after that lets no answer of the kernel's through to it for good. On a
  // slow computer, where all cards start at once, that is too little. It runs after this script.
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(Math.max(ms, RENDER_PATIENCE_MS));

  // Voilà calls this when it is done; the page has its own way of showing progress.
  window.voila_finish = () => {};

  // --- arriving pieces -------------------------------------------------------------------------------------------------
  const status = byId("kit-status");
  let arrived = false;

  function place(piece) {
    const slot = document.querySelector(`[data-slot="${piece.dataset.piece}"]`);
    status.querySelector("b").style.width = `${(100 * (Number(piece.dataset.piece) + 1)) / Number(piece.dataset.of)}%`;
    if (slot && piece.children.length) slot.append(...piece.children);
    else slot?.querySelector(".kit-wait")?.remove();
    piece.remove();
  }

  // A piece is whole once the parser has gone on to something after it.
  function placeAll() {
    for (const piece of document.querySelectorAll(".kit-piece")) if (piece.nextElementSibling) place(piece);
    if (byId("kit-arrived") && !arrived) {
      arrived = true;
      watcher.disconnect();
      watchSlots();
    }
  }
  const watcher = new MutationObserver(placeAll);
  watcher.observe(document.body, { childList: true });

  // --- cards -----------------------------------------------------------------------------------------------------------
  // Voilà draws a widget as soon as its own program runs, and gives up on one that isn't there two seconds later: too soon
  // for a slow computer. So cards are drawn here, when the kernel has told of all of them.
  const until = (find) => new Promise((resolve) => {
    const look = () => { const found = find(); if (found) resolve(found); else setTimeout(look, LOOK_EVERY_MS); };
    look();
  });

  async function drawCards() {
    const manager = (await until(() => window.jupyterapp)).widgetManager;
    if (!manager) return giveUp(); // the kernel is gone
    await until(() => manager.restoredStatus);
    for (const output of document.querySelectorAll("[data-model]")) {
      try {
        output.append((await manager.create_view(await manager.get_model(output.dataset.model))).el);
      } catch (error) {
        console.error(error);
        giveUp([...output.parentElement.querySelectorAll(".kit-wait")]);
      }
    }
  }

  function watchSlots() {
    const settle = () => {
      for (const wait of document.querySelectorAll(".kit-wait")) {
        const output = wait.parentElement.querySelector(".kit-card, .kit-not-started, .jp-OutputArea-output > *, .kit-printed");
        if (output) wait.remove();
      }
      if (document.querySelector(".kit-wait") || document.body.dataset.ready) return;
      slots.disconnect();
      status.hidden = true;
      document.body.dataset.ready = "yes";
      count();
    };
    const slots = new MutationObserver(settle);
    slots.observe(byId("content"), { childList: true, subtree: true });
    // After an error the kernel runs no further cell: their places will stay empty.
    const empty = [...document.querySelectorAll(".kit-wait")].filter((wait) => !wait.nextElementSibling);
    if (empty.length || document.querySelector(".kit-failed")) giveUp(empty);
    settle();
    drawCards();
    setTimeout(() => { if (!document.body.dataset.ready) giveUp(); }, RENDER_PATIENCE_MS);
  }

  // Says it once for the page, and shows the places.
  function giveUp(waits = document.querySelectorAll(".kit-wait")) {
    for (const wait of waits) {
      const note = document.createElement("p");
      note.className = "kit-not-started";
      note.textContent = "This part did not start.";
      wait.replaceWith(note);
    }
    status.hidden = false;
    status.className = "kit-problem";
    status.innerHTML = `<p role="alert"><strong>A part of this page did not start.</strong> What you saved is safe.
      Load the page again. If it happens twice, tell your teacher.</p>`;
    document.body.dataset.ready = "partly";
  }

  window.addEventListener("load", () => {
    placeAll();
    if (!arrived) giveUp(); // the server stopped half-way
  });

  // --- stages ----------------------------------------------------------------------------------------------------------
  const links = new Map([...document.querySelectorAll(".kit-stepper a")].map((link) => [link.dataset.stage, link]));
  const sections = [...document.querySelectorAll(".kit-section")];
  const finished = new Set();
  let counting = false;

  function count() {
    counting = false;
    for (const section of sections) {
      const cards = [...section.querySelectorAll(".kit-card[data-kit-done]")];
      const done = cards.filter((card) => card.dataset.kitDone === "yes").length;
      show(section.dataset.stage, done, cards.length);
    }
    document.body.dataset.counted = "yes";
  }

  function show(stage, done, all) {
    const link = links.get(stage);
    if (!link) return;
    const whole = all > 0 && done === all;
    link.querySelector("[data-count]").textContent = all ? (whole ? "all done" : `${done} of ${all} done`) : "to read";
    link.querySelector(".kit-ring-done").setAttribute("stroke-dasharray", `${all ? (100 * done) / all : 0} 100`);
    link.classList.toggle("kit-whole", whole);
    if (whole && !finished.has(stage) && document.body.dataset.counted) {
      say(`Stage ${link.querySelector(".kit-stage-label").textContent.replace(/^Stage /, "").trim()} is all done.`);
    }
    if (whole) finished.add(stage); else finished.delete(stage);
  }

  const recount = () => { if (!counting) { counting = true; requestAnimationFrame(count); } };
  document.addEventListener("kit:done", recount);
  // A card may come after the others, when its place has already been counted as empty.
  new MutationObserver(recount).observe(byId("content"), { childList: true, subtree: true, attributeFilter: ["data-kit-done"] });

  // The stage that is being read: the last one whose top has passed the upper third of the window.
  function mark() {
    const line = window.innerHeight / 3;
    let current = sections[0];
    for (const section of sections) if (section.getBoundingClientRect().top <= line) current = section;
    if (window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4) current = sections.at(-1);
    for (const [stage, link] of links) {
      const here = stage === current?.dataset.stage;
      if (here === (link.getAttribute("aria-current") === "step")) continue;
      if (here) link.setAttribute("aria-current", "step"); else link.removeAttribute("aria-current");
    }
  }
  let marking = false;
  const markSoon = () => { if (!marking) { marking = true; requestAnimationFrame(() => { marking = false; mark(); }); } };
  window.addEventListener("scroll", markSoon, { passive: true });
  window.addEventListener("resize", markSoon);
  mark();

  // --- the connection --------------------------------------------------------------------------------------------------
  const lost = byId("kit-lost");
  byId("kit-reload").addEventListener("click", () => window.location.reload());

  async function ask() {
    const config = byId("jupyter-config-data");
    if (!config || document.hidden) return;
    const kernel = JSON.parse(config.textContent).kernelId;
    let well = false;
    try {
      well = (await fetch(`/kit-alive/${kernel}`, { cache: "no-store" })).status === 204;
    } catch {
      well = false;
    }
    if (lost.hidden !== well) lost.hidden = well;
  }
  setInterval(ask, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("offline", () => { lost.hidden = false; });

  // --- leaving ---------------------------------------------------------------------------------------------------------
  // Voilà ends the kernel when a page asks whether to leave, also when the student then stays. This listener is there
  // first and keeps the others from hearing of it: it asks about unsaved words itself, and the kernel ends on leaving.
  window.addEventListener("beforeunload", (event) => {
    event.stopImmediatePropagation();
    if (!globalThis.kitPage?.unsaved.size) return;
    window.dispatchEvent(new CustomEvent("kit:flush"));
    event.preventDefault();
    event.returnValue = "";
  });
  window.addEventListener("pagehide", () => {
    const config = byId("jupyter-config-data");
    if (!config) return;
    const form = new FormData();
    form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`/voila/api/shutdown/${JSON.parse(config.textContent).kernelId}`, form);
  });
  // A page from the browser's memory has no kernel any more: Voilà ended it when the page was left.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
})();
