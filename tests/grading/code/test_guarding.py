from __future__ import annotations

from pathlib import Path

from traitlets.config import Config

from kit.grading.code.guarding import guard, runs_code
from kit.grading.config import configure


def steps(config: Config, name: str) -> list[str]:
    return [str(step).rpartition(".")[2] for step in config.Autograde[name]]


def test_nbgraders_own_steps_are_replaced_and_kept_in_order() -> None:
    config = Config()
    guard(config)
    assert steps(config, "sanitize_preprocessors") == ["Repair"]
    assert steps(config, "autograde_preprocessors") == [
        "RunTests",
        "IgnorePattern",
        "ClearMetadataPreprocessor",
        "LimitOutput",
        "SaveVerdicts",
        "AssignLatePenalties",
    ]


def test_steps_that_a_teacher_has_added_stay() -> None:
    config = Config()
    config.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.ClearOutput", "mine.Tidy"]
    config.Autograde.autograde_preprocessors = ["mine.Before", "nbgrader.preprocessors.Execute", "mine.After"]
    guard(config)
    assert steps(config, "sanitize_preprocessors") == ["Repair", "Tidy"]
    assert steps(config, "autograde_preprocessors") == ["Before", "RunTests", "After"]


def test_a_teachers_time_limit_counts() -> None:
    config = Config()
    config.Execute.timeout = 5
    guard(config)
    assert config.RunTests.timeout == 5


def test_guarding_twice_changes_nothing() -> None:
    config = Config()
    guard(config)
    before = config.copy()
    guard(config)
    assert config == before


def test_the_kits_own_lessons_run_no_code_and_are_left_alone(tmp_path: Path) -> None:
    config = Config()
    configure(config, tmp_path, "course")
    before = config.copy()
    assert not runs_code(config)
    guard(config)
    assert config == before
