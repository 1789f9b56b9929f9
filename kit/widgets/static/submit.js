// Handing in.

const SETTLE = 6000;

/** Wait until every card on the page is saved, or until it has taken too long. */
async function settle() {
  dispatchEvent(new CustomEvent("kit:flush"));
  const until = Date.now() + SETTLE;
  while (kitPage.unsaved.size && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
  return kitPage.unsaved.size === 0;
}

function item({ field, title, done }) {
  const go = () => {
    const target = document.querySelector(`[data-kit-field="${field}"]`);
    target?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "center" });
    target?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  };
  return h(
    "li",
    { class: "kit-todo", "data-done": done ? "yes" : "no" },
    h("span", { class: "kit-todo-mark" }, done ? icon("check") : ""),
    h("span", { class: "kit-todo-title" }, title),
    done ? h("span", { class: "kit-todo-state" }, "Done") : h("button", { type: "button", class: "kit-link", onclick: go, "aria-label": `Go to it: ${title}` }, "Go to it"),
  );
}

function receiptOf({ code, time }, newest) {
  return h(
    "div",
    { class: "kit-receipt", "data-newest": newest ? "yes" : "no" },
    h("p", { class: "kit-receipt-label" }, newest ? [icon("check"), " Handed in! Your teacher has your work."] : "Earlier receipt"),
    h("p", { class: "kit-receipt-code" }, code),
    h("p", { class: "kit-note" }, newest ? `${day(time)}. This code is your receipt: note it down, and nobody can say that it got lost.` : `Handed in on ${day(time)}`),
  );
}

function render({ model, el }) {
  const card = makeCard(model, el, "submit");
  const list = h("ul", { class: "kit-todos" });
  const finished = h("details", { class: "kit-details kit-finished" });
  const sum = h("p", { class: "kit-note" });
  const trouble = h("p", { class: "kit-trouble", role: "alert" });
  const receipts = h("div", { class: "kit-receipts", role: "status" });
  const feedback = h("div");
  const confirm = h("div", { class: "kit-confirm", hidden: true, role: "group", "aria-label": "Hand in now?" });
  const button = h("button", { type: "button", class: "kit-button kit-button-big" });

  const send = async () => {
    confirm.hidden = true;
    button.disabled = true;
    button.textContent = "Handing in…";
    trouble.textContent = "";
    if (!(await settle())) {
      trouble.textContent = "Not handed in. Some of your words aren't saved yet. Look for “Not saved” on this page.";
    } else {
      try {
        await card.wire.ask("submit", {}, { patience: 20000 });
      } catch (problem) {
        trouble.textContent = `Not handed in. ${problem.message.replace(/^Not handed in: /, "")} ${problem.mend}`;
      }
    }
    button.disabled = false;
    draw();
    button.focus();
  };
  const ask = () => {
    const open = card.data().items.filter((one) => !one.done).length;
    confirm.replaceChildren(
      h("p", {}, open ? `${open} ${open === 1 ? "part is" : "parts are"} still open. You can hand in now and once more later.` : "All parts are done. Ready?"),
      h("div", { class: "kit-row" },
        h("button", { type: "button", class: "kit-button", onclick: send }, "Yes, hand in"),
        h("button", { type: "button", class: "kit-button kit-button-quiet", onclick: () => { confirm.hidden = true; button.focus(); } }, "Not yet")),
    );
    confirm.hidden = false;
    confirm.querySelector("button").focus();
  };
  button.addEventListener("click", ask);

  const draw = () => {
    const { items, receipts: all, preview, feedback: link } = card.data();
    const done = items.filter((one) => one.done).length;
    list.replaceChildren(...items.filter((one) => !one.done).map(item));
    list.hidden = !list.children.length;
    finished.hidden = !done;
    finished.replaceChildren(h("summary", {}, `Done (${done})`), h("ul", { class: "kit-todos" }, items.filter((one) => one.done).map(item)));
    sum.textContent = done < items.length ? `${done} of ${items.length} parts done. These are still open:` : `All ${done} parts are done.`;
    button.textContent = all.length ? "Hand in again" : "Hand in my work";
    button.classList.toggle("kit-button-quiet", all.length > 0);
    button.hidden = preview;
    const newest = [...all].reverse();
    receipts.replaceChildren(
      ...(preview ? [h("p", { class: "kit-nudge" }, "This is a preview: all you write is saved, but there is no class to hand it in to.")] : []),
      ...newest.slice(0, 1).map((one) => receiptOf(one, true)),
      ...(newest.length > 1 ? [h("details", { class: "kit-details" }, h("summary", {}, `Earlier receipts (${newest.length - 1})`), newest.slice(1).map((one) => receiptOf(one, false)))] : []),
    );
    feedback.replaceChildren(...(link ? [h("a", { class: "kit-button kit-button-quiet", href: link }, "Read your teacher's feedback")] : []));
  };
  draw();
  card.root.append(
    h("p", { class: "kit-eyebrow" }, "Last step"),
    h("h3", { class: "kit-title" }, "Hand in"),
    sum, list, finished, receipts, button, confirm, trouble, feedback,
  );
  card.follow(draw);
  return () => card.close();
}

export default { render };
