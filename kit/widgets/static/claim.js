// Claim, evidence, reasoning.

function render({ model, el }) {
  const card = makeCard(model, el, "claim");
  const { label, help, limit, value } = card.data();
  const picked = new Set(value.evidence);
  const saver = card.saver({
    collect: () => ({ claim: claim.box.value, evidence: [...picked], reasoning: reasoning.box.value }),
  });
  const touch = { oninput: () => saver.touch(), onblur: () => saver.flush() };
  const claim = textField({ label: "My claim", help: "One sentence that answers the question.", value: value.claim, rows: 2, limit, ...touch });
  const reasoning = textField({
    label: "My reasoning", help: "Why does this evidence show that the claim is true?",
    value: value.reasoning, rows: 4, limit, ...touch,
  });
  const evidence = h("div", { class: "kit-evidence" });
  const missing = h("p", { class: "kit-nudge" });
  const nudge = () => {
    missing.textContent = picked.size
      ? `${picked.size} ${picked.size === 1 ? "piece" : "pieces"} of evidence picked.`
      : "No evidence picked yet. A claim without evidence is only an opinion.";
    missing.dataset.state = picked.size ? "good" : "open";
  };
  const change = () => { nudge(); saver.touch(); };
  let drawn = "";
  const drawEvidence = () => {
    const { pieces, log } = card.data();
    // Drawing anew would take the focus from the chip that was just pressed.
    if (JSON.stringify(pieces) === drawn) return;
    drawn = JSON.stringify(pieces);
    const of = (kind) => pieces.filter((piece) => piece.kind === kind);
    evidence.replaceChildren(
      chips({ legend: "Evidence from my runs", pieces: of("run"), picked, onchange: change,
        empty: "No runs yet. Try the exercise above, and they will show up here." }),
      log || of("source").length ? chips({ legend: "Evidence from my sources", pieces: of("source"), picked, onchange: change,
        empty: "No sources yet. Add one to your source log, and it will show up here." }) : "",
    );
  };
  if (value.claim || value.reasoning || picked.size) saver.line.show("saved", "Saved");
  drawEvidence();
  nudge();
  card.root.append(
    h("p", { class: "kit-eyebrow" }, "Claim, evidence, reasoning"),
    h("h3", { class: "kit-title" }, label),
    help ? h("p", { class: "kit-help" }, help) : "",
    claim.node, evidence, missing, reasoning.node,
    h("div", { class: "kit-foot" }, saver.line.node),
  );
  card.follow(drawEvidence);
  return () => card.close();
}

export default { render };
