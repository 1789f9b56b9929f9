"""nbgrader's settings for a course of the kit.

``nbgrader_config.py`` in the course calls ``configure``, so the ``nbgrader`` command and the formgrader's buttons take
the same safe road as ``kit grade``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
FORMGRADER_TEMPLATES = "server_extensions/formgrader/templates"
DB_WAIT_SECONDS = 60
# nbgrader's own list, and the journal of a teacher who tried the lesson: it must not go out with the lesson.
IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", ".kit-work"]


def configure(config: Any, root: Path, course_id: str) -> None:
    """Fill a traitlets ``Config`` with the settings of one course.

    Parameters
    ----------
    config
        What ``get_config()`` returned.
    root
        The course's folder.
    course_id
        The course's short name.
    """
    root = root.resolve()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.directory_structure = "assignments/{nbgrader_step}/{student_id}/{assignment_id}"
    config.CourseDirectory.db_url = database_url(root)
    config.CourseDirectory.ignore = IGNORED
    _configure_grading(config, root)
    _configure_pages(config)
    for job, name in _EXCHANGE.items():
        config.ExchangeFactory[job] = f"kit.grading.exchange.{name}"


def database_url(root: Path) -> str:
    """Return the gradebook's address; a second program that writes waits its turn instead of failing."""
    return f"sqlite:///{(root / 'gradebook.db').as_posix()}?timeout={DB_WAIT_SECONDS}"


_EXCHANGE = {
    "exchange": "FolderExchange",
    "fetch_assignment": "FetchAssignment",
    "fetch_feedback": "FetchFeedback",
    "release_assignment": "ReleaseAssignment",
    "release_feedback": "ReleaseFeedback",
    "list": "ListAssignments",
    "submit": "Submit",
    "collect": "Collect",
}


def _configure_grading(config: Any, root: Path) -> None:
    ours, theirs = "kit.grading.preprocessors", "nbgrader.preprocessors"
    config.Autograde.sanitize_preprocessors = [
        # NB: the student's notebook ends here; what follows sees the released one with the student's words.
        f"{ours}.Rebuild",
        f"{theirs}.OverwriteKernelspec",
        f"{theirs}.OverwriteCells",
        f"{theirs}.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{ours}.RunChecks",
        f"{theirs}.SaveAutoGrades",
        f"{theirs}.AssignLatePenalties",
    ]
    # Once after all steps is enough: none of them sees a notebook that a student made.
    config.NotebookExporter.optimistic_validation = True
    config.OverwriteCells.add_missing_cells = True
    config.Rebuild.course_root = str(root)
    config.RunChecks.course_root = str(root)
    config.GenerateFeedback.exporter_class = "kit.grading.pages.FeedbackPage"
    config.GenerateFeedback.preprocessors = [f"{ours}.GetGradesAndState"]


def _configure_pages(config: Any) -> None:
    """Sanitise every page that shows a student's work, and load nothing from outside."""
    import nbgrader

    theirs = str(Path(nbgrader.__file__).parent / FORMGRADER_TEMPLATES)
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.filters = {
        "markdown2html": "kit.grading.pages.safe_markdown",
        "clean_html": "kit.grading.pages.safe_html",
    }
    config.HTMLExporter.template_name = "kit-formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), theirs]
    config.HTMLExporter.extra_template_paths = [theirs]  # by which the kit's page finds the one that it extends
    config.FeedbackPage.template_name = "kit-feedback"
    config.FeedbackPage.extra_template_basedirs = [str(TEMPLATES)]
