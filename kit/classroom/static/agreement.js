// Brings the class's numbers up to date every ten seconds, without loading the page anew.
(() => {
  "use strict";
  const EVERY_MS = 10000;
  const page = document.querySelector(".kit-agreement");
  const news = document.getElementById("kit-agreement-news");

  function put(row, counts, fewest) {
    let changed = false;
    for (const cell of row.querySelectorAll("[data-option]")) {
      const option = cell.dataset.option;
      const words = counts ? String(counts[option]) : option === "total" ? `fewer than ${fewest} yet` : "–";
      changed ||= cell.textContent !== words;
      cell.textContent = words;
      if (option !== "total") cell.style.setProperty("--share", counts ? ((counts[option] / counts.total) * 0.5).toFixed(2) : "0");
    }
    return changed;
  }

  async function ask() {
    if (document.hidden) return;
    let known;
    try {
      const answer = await fetch(page.dataset.url, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      known = await answer.json();
    } catch {
      return; // the line is cut; the next try may find it mended
    }
    const shown = [...document.querySelectorAll("[data-question]")];
    if (known.answered.length !== shown.length) return location.reload();
    const changed = shown.filter((row) => put(row, known.answers[row.dataset.question], known.fewest));
    if (changed.length) news.textContent = `New numbers on ${changed.map((row) => row.dataset.question).join(", ")}.`;
  }

  setInterval(ask, EVERY_MS);
})();
