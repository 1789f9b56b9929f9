"""nbgrader's settings for any course in which students write code: the same steps, with fences.

``kit grade`` uses them by itself. For the ``nbgrader`` command and the formgrader's buttons to take the same road, a
teacher adds two lines at the end of the course's ``nbgrader_config.py``::

    from kit.grading.code import guard
    guard(c)
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from kit.errors import SandboxMissing

_OURS = "kit.grading.code.steps"
_THEIRS = "nbgrader.preprocessors"
# What `Repair` does, and does for every cell.
_REPLACED = frozenset({"ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata"})
_STOCK = (
    "Execute",
    "IgnorePattern",
    "ClearMetadataPreprocessor",
    "LimitOutput",
    "SaveAutoGrades",
    "AssignLatePenalties",
)


def guard(config: Any) -> None:
    """Change a course's settings so that no student's code runs without fences or decides its own points.

    Parameters
    ----------
    config
        What ``get_config()`` returned, with everything else already in it: other preprocessors of the teacher's stay.
    """
    if not runs_code(config):
        return
    autograde = config.Autograde
    extra = [step for step in autograde.get("sanitize_preprocessors", ()) if _name(step) not in _REPLACED]
    autograde.sanitize_preprocessors = [f"{_OURS}.Repair", *extra]
    steps = autograde.get("autograde_preprocessors", ()) or [_stock(name) for name in _STOCK]
    replaced = {"Execute": f"{_OURS}.RunTests", "SaveAutoGrades": f"{_OURS}.SaveVerdicts"}
    autograde.autograde_preprocessors = [
        replaced.get(_name(step), step) for step in steps if _name(step) != "CheckCellMetadata"
    ]
    timeout = config.Execute.get("timeout") or config.ExecutePreprocessor.get("timeout")
    if isinstance(timeout, (int, float)) and timeout > 0:
        config.RunTests.timeout = float(timeout)
    # Once after all steps is enough: none of them sees a notebook that a student made.
    config.NotebookExporter.optimistic_validation = True
    _guard_pages(config)


def runs_code(config: Any) -> bool:
    """Tell whether grading by these settings runs what students wrote: not so in the kit's own lessons."""
    return not any(_name(step) == "RunChecks" for step in config.Autograde.get("autograde_preprocessors", ()))


def warm_up(config: Path) -> None:
    """Start what runs code, if a course's settings look as if there will be some: nbgrader takes longer to import.

    Parameters
    ----------
    config
        The course's ``nbgrader_config.py``. It is only looked at, so the guess can be wrong, and then nothing is lost.
    """
    with suppress(OSError, UnicodeDecodeError, SandboxMissing):
        if "kit.grading.config" not in config.read_text(encoding="utf-8"):
            from kit.grading.code.running.runner import shared_runner

            shared_runner()


def _guard_pages(config: Any) -> None:
    """Let no page that a teacher sees run what a student wrote."""
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.filters = {
        **config.HTMLExporter.get("filters", {}),
        "markdown2html": "kit.grading.pages.safe_markdown_with_pictures",
        "clean_html": "kit.grading.pages.safe_html_with_pictures",
    }


def _stock(name: str) -> str:
    return f"nbconvert.preprocessors.{name}" if name == "ClearMetadataPreprocessor" else f"{_THEIRS}.{name}"


def _name(step: Any) -> str:
    return step.rpartition(".")[2] if isinstance(step, str) else step.__name__
