"""The documents tell the truth: every command and every setting is described, and every link leads somewhere."""

import ast
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kit.cli.main import COMMANDS
from kit.experiments import experiment_names
from kit.lessons.check import tidy
from kit.settings.load import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))


def setting_names(model: type[BaseModel], prefix: str = "") -> list[str]:
    names = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            names += setting_names(inner, f"{prefix}{name}.")
        else:
            names.append(f"{prefix}{name}")
    return names


@pytest.mark.parametrize("name", setting_names(Settings))
def test_every_setting_is_documented(name):
    assert f"| `{name}` |" in (ROOT / "docs" / "reference" / "settings.md").read_text()


def test_no_setting_is_documented_that_does_not_exist():
    documented = re.findall(
        r"^\| `([a-z_.]+)` \|", (ROOT / "docs" / "reference" / "settings.md").read_text(), re.MULTILINE
    )
    assert set(documented) == set(setting_names(Settings))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name):
    assert f"`kit {name}" in (ROOT / "docs" / "reference" / "commands.md").read_text()


def finding_codes() -> set[str]:
    """Return every code the lesson checker can give, read from its source."""
    codes: set[str] = set()
    for file in (ROOT / "kit" / "lessons" / "check").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding" and len(node.args) > 2:
                codes |= {node.args[2].value} if isinstance(node.args[2], ast.Constant) else set()
    return codes | set(tidy._FORBIDDEN)


def test_every_code_of_the_lesson_checker_is_documented_and_no_other():
    text = (ROOT / "docs" / "reference" / "lesson-checker.md").read_text()
    documented = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == finding_codes()


def test_the_gallery_shows_every_exercise():
    pictures = re.findall(r"/([a-z-]+)\.png\)", (ROOT / "docs" / "gallery.md").read_text())
    assert sorted(pictures) == sorted(experiment_names())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", re.sub(r"`[^`\n]*`", "", document.read_text())):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_that_is_named_exists(document):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", document.read_text()))
    assert named <= targets
