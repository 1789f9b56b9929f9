"""A session travels from the classroom to a kernel by environment variables and nothing else."""

from pathlib import Path

from kit.settings import PREVIEW_STUDENT, Session, session_from_environment


def test_a_session_comes_back_as_it_was_sent(monkeypatch, tmp_path):
    sent = Session("amber-otter", tmp_path / "work", tmp_path, "http://127.0.0.1:1", "token", tmp_path / "inbox", None)
    for name, value in sent.to_environment().items():
        monkeypatch.setenv(name, value)
    assert session_from_environment("lesson") == sent


def test_a_notebook_opened_by_hand_is_a_preview_that_saves_beside_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    session = session_from_environment("lesson")
    assert session.student == PREVIEW_STUDENT
    assert session.work == tmp_path / ".kit-work" / "lesson"
    assert session.inbox is None
    assert (Path(session.content) / "kit").is_dir() or (Path(session.content) / "notebooks").is_dir()
