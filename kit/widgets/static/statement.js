// The AI-use statement.

const PARTS = [
  ["tool", "Which tool did you use?", "Its name, and the model if you know it.", true],
  ["purpose", "What did you use it for?", "What did you ask it to do?", false],
  ["kept", "What did you keep?", "Words, ideas or numbers that came from it.", false],
  ["changed", "What did you change or check?", "Say how you made sure that it is right.", false],
];

function render({ model, el }) {
  const card = makeCard(model, el, "statement");
  const { value, limit } = card.data();
  let used = value.used;
  const saver = card.saver({
    collect: () => ({ used, ...Object.fromEntries(fields.map(([key, field]) => [key, field.box.value])) }),
  });
  const fields = PARTS.map(([key, label, help, short]) => [
    key,
    textField({ label, help, short, limit, rows: 2, value: value[key], oninput: () => saver.touch(), onblur: () => saver.flush() }),
  ]);
  const more = h("div", { class: "kit-stack" }, fields.map(([, field]) => field.node));
  const show = () => {
    more.hidden = used !== "yes";
    if (!more.hidden) fields.forEach(([, field]) => field.grow());
  };
  const group = radios({
    legend: "Did you use an AI tool to make your work in this lesson?",
    help: "Looking at the machine's words in the exercise counts as research, not as help with writing.",
    options: [["yes", "Yes, I used one"], ["no", "No, I did not"]],
    value: used,
    onpick: (key) => { used = key; show(); saver.touch(); saver.flush(); },
  });
  if (used) saver.line.show("saved", "Saved");
  show();
  card.root.append(
    h("p", { class: "kit-eyebrow" }, "Credit where it is due"),
    h("h3", { class: "kit-title" }, "My AI-use statement"),
    group.node, more,
    h("div", { class: "kit-foot" }, saver.line.node),
  );
  return () => card.close();
}

export default { render };
