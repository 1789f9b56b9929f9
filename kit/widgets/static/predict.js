// A prediction that is locked before one sees what happens.

function locked(card) {
  const { label, text, locked: time } = card.data();
  card.root.replaceChildren(
    h("p", { class: "kit-eyebrow" }, icon("lock"), "Prediction, locked"),
    h("h3", { class: "kit-label", tabindex: "-1" }, label),
    h("blockquote", { class: "kit-locked" }, text),
    h("p", { class: "kit-note" }, `Locked on ${day(time)}. It stays as it is, right or wrong: that is what makes it a prediction.`),
    ...card.help(),
  );
}

function open(card) {
  const { label, help, limit, text } = card.data();
  const saver = card.saver({ collect: () => ({ text: field.box.value }) });
  const field = textField({
    label, help, limit, value: text,
    oninput: () => saver.touch(),
    onblur: () => saver.flush(),
  });
  const trouble = h("p", { class: "kit-trouble", role: "alert" });
  const lock = async () => {
    if (lacking(trouble, field.box.value.trim() ? "" : "Write your prediction first.", field.box)) return;
    button.disabled = true;
    await saver.flush();
    try {
      await card.wire.ask("lock", { text: field.box.value });
    } catch (problem) {
      trouble.textContent = `Not locked. ${problem.message} ${problem.mend}`;
    }
    button.disabled = false;
  };
  const button = h("button", { type: "button", class: "kit-button", onclick: lock }, icon("lock"), "Lock my prediction");
  if (text) saver.line.show("saved", "Draft saved");
  card.root.replaceChildren(
    h("p", { class: "kit-eyebrow" }, "Prediction"),
    field.node,
    h("div", { class: "kit-row" }, button, h("p", { class: "kit-note" }, "Once it is locked, nobody can change it.")),
    trouble,
    h("div", { class: "kit-foot" }, saver.line.node),
    ...card.help(),
  );
}

function render({ model, el }) {
  const card = makeCard(model, el, "predict");
  let wasLocked = Boolean(card.data().locked);
  (wasLocked ? locked : open)(card);
  card.follow(() => {
    const now = Boolean(card.data().locked);
    if (now === wasLocked) return;
    wasLocked = now;
    locked(card);
    card.root.querySelector("h3").focus();
  });
  return () => card.close();
}

export default { render };
