from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kit.classroom.accounts import Accounts
from kit.errors import ClassroomError
from kit.settings import Course


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(Course(tmp_path))
    found.enroll(["amber-otter", "cedar-wren"])
    return found


def test_enrolling_again_changes_nobody(accounts: Accounts) -> None:
    accounts.choose_pin("amber-otter", "1357")
    token, code = accounts.new_link("amber-otter"), accounts.class_code
    accounts.enroll(["amber-otter", "silver-newt"])
    assert accounts.class_code == code
    assert accounts.find_link(token) == "amber-otter"
    assert accounts.check_pin("amber-otter", "1357")
    assert accounts.students == ("amber-otter", "cedar-wren", "silver-newt")


def test_the_file_holds_hashes_and_is_private(accounts: Accounts, tmp_path: Path) -> None:
    token = accounts.new_link("amber-otter")
    accounts.choose_pin("amber-otter", "86420")
    file = tmp_path / ".kit" / "accounts.json"
    assert token not in file.read_text()
    assert "86420" not in file.read_text()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_belongs_to_one_student(accounts: Accounts) -> None:
    assert accounts.find_link(accounts.new_link("cedar-wren")) == "cedar-wren"
    assert accounts.find_link("") is None
    assert accounts.find_link("x" * 32) is None


def test_the_code_can_be_read_from_a_board(accounts: Accounts) -> None:
    assert re.fullmatch(r"[a-hj-km-np-z2-9]{3}-[a-hj-km-np-z2-9]{3}", accounts.class_code)
    assert accounts.has_code(accounts.class_code.upper())
    assert not accounts.has_code("")


def test_a_pin_is_chosen_once(accounts: Accounts) -> None:
    accounts.choose_pin("amber-otter", "1357")
    with pytest.raises(ClassroomError, match="has a PIN already"):
        accounts.choose_pin("amber-otter", "2468")
    with pytest.raises(ClassroomError, match="isn't the PIN"):
        accounts.sign_in("amber-otter", "2468")
    accounts.sign_in("amber-otter", "1357")


def test_nobody_can_be_invented(accounts: Accounts) -> None:
    with pytest.raises(ClassroomError, match="isn't in this class"):
        accounts.sign_in("made-up", "1357")
    assert not accounts.check_pin("made-up", "")
    assert not accounts.check_pin("cedar-wren", "")


def test_two_who_choose_a_first_pin_at_once_do_not_both_get_in(accounts: Accounts) -> None:
    def choose(number: int) -> bool:
        try:
            accounts.choose_pin("amber-otter", f"{number:04}")
        except ClassroomError:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(choose, range(8))) == 1


def test_a_reset_takes_back_pin_and_link(accounts: Accounts) -> None:
    accounts.choose_pin("amber-otter", "1357")
    token, before = accounts.new_link("amber-otter"), accounts.since("amber-otter")
    accounts.reset("amber-otter")
    assert accounts.find_link(token) is None
    assert not accounts.has_pin("amber-otter")
    assert not accounts.is_current("amber-otter", before)
    assert accounts.is_current("cedar-wren", accounts.since("cedar-wren"))
    with pytest.raises(ClassroomError, match="isn't in this class"):
        accounts.reset("made-up")
