from __future__ import annotations

import os
import shutil

from kit.settings.programs import own_programs_first


def test_own_programs_are_found_without_an_activated_environment(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with own_programs_first():
        assert shutil.which("alembic") is not None
    assert os.environ["PATH"] == "/nowhere"
