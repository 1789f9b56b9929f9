// Claim, evidence, reasoning.

function render({ model, el }) {
  const card = makeCard(model, el, "claim");
  const { label, help, limit, value } = card.data();
  const picked = new Set(value.evidence);
  const ever = new Set(picked); // a chip that was picked once keeps its place while this page is open
  const saver = card.saver({
    collect: () => ({ claim: claim.box.value, evidence: [...picked], reasoning: reasoning.box.value }),
  });
  const touch = { oninput: () => saver.touch(), onblur: () => saver.flush() };
  const claim = textField({
    label: "My claim", help: "One sentence that answers the question.", value: value.claim, rows: 2, limit,
    ...touch, oninput: () => { nudge(); saver.touch(); },
  });
  const reasoning = textField({
    label: "My reasoning", help: "Why does this evidence show that the claim is true?",
    value: value.reasoning, rows: 4, limit, ...touch,
  });
  const evidence = h("div", { class: "kit-evidence" });
  const missing = h("p", { class: "kit-nudge" });
  const nudge = () => {
    const mine = card.data().pieces.filter((piece) => picked.has(piece.id));
    const old = mine.some((piece) => piece.changed);
    missing.textContent = old ? "You picked something that you changed later. Does it still fit your claim?"
      : mine.length ? `${mine.length} ${mine.length === 1 ? "piece" : "pieces"} of evidence picked.`
      : "No evidence picked yet. A claim without evidence is only an opinion.";
    // Nobody is told off who has not begun.
    missing.dataset.state = old ? "open" : mine.length ? "good" : claim.box.value.trim() ? "open" : "";
  };
  const change = () => {
    picked.forEach((id) => ever.add(id));
    nudge();
    saver.touch();
  };
  let drawn = "";
  const drawEvidence = () => {
    const { pieces, log } = card.data();
    // Drawing anew would take the focus from the chip that was just pressed.
    if (JSON.stringify(pieces) === drawn) return;
    drawn = JSON.stringify(pieces);
    const of = (kind) => pieces.filter((piece) => piece.kind === kind && (!piece.changed || ever.has(piece.id)));
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
  card.follow(() => { drawEvidence(); nudge(); });
  return () => card.close();
}

export default { render };
