"""The door: instant help, one clear sentence for every mistake, never a traceback for people."""

import subprocess
import sys
from pathlib import Path

import pytest

from kit.classroom.accounts import Accounts
from kit.cli.main import COMMANDS
from kit.settings import Course

KIT = Path(sys.executable).parent / "kit"


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KIT, *words], capture_output=True, text=True, check=False, cwd=cwd)


def test_help_lists_every_command_with_its_line():
    shown = run("--help").stdout
    for name, (_, line) in COMMANDS.items():
        assert name in shown
        assert line.split()[0] in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name):
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage:" in done.stdout


@pytest.mark.parametrize("words", [["grdae"], ["grade"], ["demo", "--prot"]])
def test_a_slip_of_the_keyboard_is_answered_in_a_sentence(words):
    done = run(*words)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_kit_error_is_one_line_with_its_mend_and_code(tmp_path):
    (tmp_path / "kit.toml").write_text("[ai\n")
    done = run("demo", "--course", ".", "--no-browser", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: kit.toml is not valid TOML")
    assert done.stderr.rstrip().endswith("[settings-invalid]")
    assert "Traceback" not in done.stderr


def test_the_version_is_told():
    assert run("--version").stdout.startswith("kit, version 0.")


def test_reset_takes_a_name_back_and_makes_no_course_by_mistake(tmp_path):
    accounts = Accounts(Course(tmp_path))
    accounts.enroll(["amber-otter"])
    accounts.choose_pin("amber-otter", "1357")
    done = run("reset", "amber-otter", "--course", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "chooses a new PIN" in done.stdout
    assert not accounts.has_pin("amber-otter")
    elsewhere = tmp_path / "elsewhere"
    assert run("reset", "amber-otter", "--course", str(elsewhere)).returncode == 1
    assert not elsewhere.exists()
