// A rubric's levels as buttons: one click scores. What is pressed follows from nbgrader's own input, also when a number is typed.
(function () {
  function showLevels() {
    $(".nbgrader_cell").each(function () {
      const points = $(this).find("input.score").val();
      $(this).find(".kit-level").each(function () {
        this.setAttribute("aria-pressed", String(points !== "" && Number(points) === Number(this.value)));
      });
    });
  }
  $(document).on("click", ".kit-level", function () {
    const input = $(this).closest(".nbgrader_cell").find("input.score");
    input.val(this.value).trigger("change").trigger("focus");
  });
  $(document).on("change finished_saving", showLevels);
  $(document).on("ajaxStop", function () {
    showLevels();
    // nbgrader's own words promise MathJax, which isn't there.
    $("textarea.comment[placeholder^='Type any']").attr("placeholder", "A comment for the student");
  });

  // What is longer than its box can be reached and moved with the keyboard, and says what it is.
  const boxes = ".kit-beside, .kit-code pre";
  function name(box) {
    const title = $(box).is(".kit-beside") ? $(box).find("em, strong").first().text() : "";
    return title ? `To look at with it: ${title.slice(0, 80)}` : $(box).closest(".nbgrader_cell").find(".nbgrader-label").text();
  }
  const sizes = new ResizeObserver((changed) => changed.forEach(({ target }) => {
    const scrolls = target.scrollHeight > target.clientHeight || target.scrollWidth > target.clientWidth;
    const about = { tabindex: "0", role: "region", "aria-label": name(target) };
    for (const [key, value] of Object.entries(about)) scrolls ? target.setAttribute(key, value) : target.removeAttribute(key);
  }));
  $(() => $(boxes).each((_, box) => sizes.observe(box)));

  // The formgrader's own Tab knows only points and comments. Here the other things that one can use get their turn.
  const stops = ".tabbable, .kit-beside[tabindex], .kit-code pre[tabindex], .kit-sample summary, #kit-show-lesson";
  document.addEventListener("keydown", (press) => {
    if (press.key === "Enter" && press.target.closest("summary, .kit-level")) press.stopPropagation();
    if (press.key !== "Tab" || press.ctrlKey || press.altKey || press.metaKey) return;
    const all = $(stops).filter(":visible").get();
    const here = all.indexOf(document.activeElement);
    const next = all[here + (press.shiftKey ? -1 : 1)];
    if (here < 0 || !next) return; // nbgrader goes round
    press.preventDefault();
    press.stopPropagation();
    $(next).trigger("select").trigger("focus");
  }, true);
})();
