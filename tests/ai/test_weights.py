"""The model's file: whole, half, wrong, absent, or a school's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kit.ai import weights
from kit.errors import WeightsDamaged, WeightsMissing
from kit.settings.load import load_settings

if TYPE_CHECKING:
    from kit.settings.model import Settings

REAL = weights.stored_weights()  # before any test points the cache elsewhere


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    file = weights.stored_weights()
    assert file.is_relative_to(tmp_path)
    file.parent.mkdir(parents=True)
    return file


def own(path: Path) -> Settings:
    settings = load_settings(Path("/nowhere"))
    return settings.model_copy(update={"ai": settings.ai.model_copy(update={"weights": path})})


def test_nothing_there_is_said_with_the_mend(empty_cache: Path) -> None:
    with pytest.raises(WeightsMissing, match="kit weights fetch"):
        weights.find_weights(load_settings(Path("/nowhere")))


@pytest.mark.parametrize("size", [0, 1000, weights.SIZE])
def test_a_half_or_wrong_file_is_never_taken_for_the_real_one(empty_cache: Path, size: int) -> None:
    with empty_cache.open("wb") as file:
        file.truncate(size)
    with pytest.raises(WeightsDamaged):
        weights.find_weights(load_settings(Path("/nowhere")))


def test_a_file_of_the_school_s_own_must_be_a_model(tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    file.write_bytes(b"GGUF" + bytes(100))
    assert weights.find_weights(own(file)) == file
    file.write_bytes(b"<html>")
    with pytest.raises(WeightsDamaged, match="GGUF"):
        weights.find_weights(own(file))
    with pytest.raises(WeightsMissing):
        weights.find_weights(own(tmp_path / "none.gguf"))


@pytest.mark.model
def test_the_stamp_saves_reading_the_file_and_a_change_makes_it_void(empty_cache: Path, model: object) -> None:
    del model  # it made sure that the real file is in the user's own cache
    shutil.copyfile(REAL, empty_cache)
    steps: list[str] = []
    weights.check_weights(empty_cache, lambda what, done, total: steps.append(what))
    assert set(steps) == {"Checking"}
    steps.clear()
    assert weights.fetch_weights(lambda what, done, total: steps.append(what)) == empty_cache
    assert steps == []
    empty_cache.write_bytes(b"GGUF" + bytes(weights.SIZE - 4))
    with pytest.raises(WeightsDamaged):
        weights.find_weights(load_settings(Path("/nowhere")))
