"""``kit standards`` says which lesson meets what, for people and for machines."""

import json
import subprocess
import sys
from pathlib import Path

KIT = Path(sys.executable).parent / "kit"
COURSE = Path(__file__).parents[1] / "lessons" / "fixtures" / "course"


def kit(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KIT, "standards", *arguments], capture_output=True, text=True, check=False)


def test_list_shows_code_own_words_and_how_well_it_is_known():
    done = kit("list", "--framework", "ailit-2026")
    assert done.returncode == 0
    assert done.stdout.startswith("EC/OECD AI Literacy Framework (final, June 2026)\n")
    assert "  ailit-2026:EN7: Ethics and impact (wording not seen). " in done.stdout
    assert "[not checked]" in done.stdout
    assert "[second hand]" in done.stdout


def test_list_json_holds_every_framework():
    rows = json.loads(kit("list", "--json").stdout)
    assert len({row["key"] for row in rows}) == len(rows) > 200
    assert {row["status"] for row in rows} == {"verified", "secondary", "from-memory"}


def test_coverage_is_a_table_with_the_status_and_what_is_not_met():
    done = kit("coverage", "--course", str(COURSE), "--framework", "aasl-2018")
    assert done.returncode == 0
    assert "2 of 68 met" in done.stdout
    assert "second hand" in done.stdout
    assert "tiny*" in done.stdout
    assert "Not met: I.A.1, I.B.2" in done.stdout


def test_coverage_json_has_a_row_for_each_standard():
    (found,) = json.loads(kit("coverage", "--course", str(COURSE), "--framework", "aasl-2018", "--json").stdout)
    assert (found["met"], found["all"], len(found["standards"])) == (2, 68, 68)
    by_key = {row["key"]: row for row in found["standards"]}
    assert by_key["aasl-2018:I.A.2"]["named_by"] == ["tiny"]
    assert by_key["aasl-2018:I.A.2"]["verified_on"] == "2026-11-23"
    assert by_key["aasl-2018:VI.B.2"] == {
        "key": "aasl-2018:VI.B.2",
        "code": "VI.B.2",
        "short_title": "Credit others",
        "status": "from-memory",
        "verified_on": None,
        "named_by": [],
        "scored_by": [],
        "met": False,
    }


def test_a_framework_that_is_not_there_is_one_clear_line():
    done = kit("coverage", "--framework", "common-core")
    assert done.returncode == 1
    assert done.stderr.startswith("error: There is no framework `common-core`. Use one of aasl-2018,")
