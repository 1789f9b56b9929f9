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
})();
