"""The promises of docs/reference/journal.md, by their numbers."""

import itertools
import json
import multiprocessing
import os
import resource
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.errors import DiskFull, JournalError, NotSaved
from kit.journal import FILE_NAME, Journal
from kit.journal.events import GENESIS, from_line, is_genuine, make_event, to_line

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
real_files = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def texts(folder: Path) -> list[object]:
    return [event.value for event in Journal(folder).read().events]


def write_some(folder: Path, count: int = 4) -> list[bytes]:
    journal = Journal(folder)
    for number in range(count):
        journal.append("answer", "question", f"draft {number}")
    return (folder / FILE_NAME).read_bytes().splitlines(keepends=True)


def test_an_empty_journal_has_no_events_and_no_file(tmp_path):
    record = Journal(tmp_path / "none").read()
    assert record.events == ()
    assert record.is_intact
    assert not (tmp_path / "none").exists()


@real_files
@given(values=st.lists(json_values, min_size=1, max_size=5))
def test_whatever_json_is_written_comes_back(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("journal")
    journal = Journal(folder)
    for value in values:
        journal.append("answer", "question", value)
    record = Journal(folder).read()
    assert [event.value for event in record.events] == values
    assert record.faults == ()
    assert (folder / FILE_NAME).read_bytes().isascii()


def test_events_are_numbered_timed_and_chained(tmp_path):
    write_some(tmp_path)
    events = Journal(tmp_path).read().events
    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert [event.id for event in events][:1] == ["answer-1"]
    assert events[0].prev == GENESIS
    assert all(later.prev == earlier.digest for earlier, later in itertools.pairwise(events))


def test_the_file_is_for_its_owner_only(tmp_path):
    write_some(tmp_path)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


# --- promise 1: acknowledged means on the disk -----------------------------------------------------------------------


def crash_at_step(folder: Path, step: int, pipe: int) -> None:
    """Append three events; die by SIGKILL at the n-th line of kit's own code. Acknowledge each event on the pipe."""
    seen = 0

    def trace(frame, event, _):
        nonlocal seen
        if "/kit/journal/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    journal = Journal(folder)
    sys.settrace(trace)
    for number in range(3):
        journal.append("answer", "question", f"crash {number}")
        os.write(pipe, bytes([number]))
    os.write(pipe, b"\xff")
    os._exit(0)


def run_until_crash(folder: Path, step: int) -> bytes:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            crash_at_step(folder, step, writer)
        finally:
            os._exit(1)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as acknowledged:
        return acknowledged.read()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_kill_between_any_two_steps_loses_nothing_acknowledged(tmp_path):
    for step in range(1, 1000):
        folder = tmp_path / str(step)
        write_some(folder, 1)
        acknowledged = run_until_crash(folder, step)
        finished = acknowledged.endswith(b"\xff")
        saved = texts(folder)
        promised = ["draft 0", *(f"crash {number}" for number in acknowledged if number != 0xFF)]
        assert saved[: len(promised)] == promised
        assert len(saved) <= len(promised) + 1  # written, but killed before it was acknowledged
        Journal(folder).append("answer", "question", "after the crash")
        assert Journal(folder).read().is_intact
        if finished:
            assert step > 50, "the crash was never injected"
            return
    pytest.fail("the writer never came to its end")


# --- promise 2: two pages may write at once --------------------------------------------------------------------------


@real_files
@given(turns=st.lists(st.tuples(st.integers(0, 1), st.booleans()), max_size=20))
def test_any_interleaving_of_two_pages_keeps_every_event(tmp_path_factory, turns):
    folder = tmp_path_factory.mktemp("journal")
    pages = [Journal(folder), Journal(folder)]
    for number, (page, looks_first) in enumerate(turns):
        if looks_first:
            pages[page].read()
        pages[page].append("answer", "question", number)
    expected = list(range(len(turns)))
    for journal in (*pages, Journal(folder)):
        record = journal.read()
        assert [event.value for event in record.events] == expected
        assert record.faults == ()


def keep_writing(folder: str, name: str, count: int) -> None:
    journal = Journal(Path(folder))
    for number in range(count):
        journal.append("answer", name, number)


def test_four_processes_at_once_keep_every_event_in_one_chain(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=keep_writing, args=(str(tmp_path), name, 25)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    record = Journal(tmp_path).read()
    assert record.faults == ()
    for name in "abcd":
        assert [event.value for event in record.events if event.field == name] == list(range(25))


def test_a_page_that_hangs_with_the_lock_is_said_in_words(tmp_path, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr("kit.journal.journal.LOCK_SECONDS", 0.1)
    write_some(tmp_path, 1)
    with FileLock((tmp_path / FILE_NAME).with_suffix(".lock")), pytest.raises(NotSaved, match="Another page is saving"):
        Journal(tmp_path).append("answer", "question", "text")


# --- promise 3: half a line is passed over ---------------------------------------------------------------------------


@real_files
@given(data=st.data())
def test_a_torn_last_line_is_set_aside_and_writing_goes_on(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("journal")
    lines = write_some(folder)
    cut = data.draw(st.integers(1, len(lines[-1]) - 2))
    (folder / FILE_NAME).write_bytes(b"".join(lines[:-1]) + lines[-1][:cut])
    assert texts(folder) == ["draft 0", "draft 1", "draft 2"]
    Journal(folder).append("answer", "question", "next")
    record = Journal(folder).read()
    assert [event.value for event in record.events] == ["draft 0", "draft 1", "draft 2", "next"]
    assert [(fault.line, fault.reason) for fault in record.faults] == [(4, "torn")]
    assert record.is_intact


def test_a_whole_last_line_without_its_newline_is_kept(tmp_path):
    lines = write_some(tmp_path, 2)
    (tmp_path / FILE_NAME).write_bytes(b"".join(lines).rstrip(b"\n"))
    Journal(tmp_path).append("answer", "question", "next")
    assert texts(tmp_path) == ["draft 0", "draft 1", "next"]
    assert Journal(tmp_path).read().faults == ()


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_json_does_not_have_is_a_broken_line_and_no_more(tmp_path, constant):
    lines = write_some(tmp_path, 2)
    (tmp_path / FILE_NAME).write_bytes(lines[0] + lines[1].replace(b'"draft 1"', constant))
    record = Journal(tmp_path).read()
    assert [event.value for event in record.events] == ["draft 0"]
    assert len(record.faults) == 1


@real_files
@given(garbage=st.binary(max_size=300))
def test_no_bytes_make_a_journal_unreadable(tmp_path_factory, garbage):
    folder = tmp_path_factory.mktemp("journal")
    (folder / FILE_NAME).write_bytes(garbage)
    Journal(folder).append("answer", "question", "still here")
    assert texts(folder)[-1] == "still here"


# --- promise 4: tampering shows --------------------------------------------------------------------------------------


@real_files
@given(data=st.data())
def test_an_edited_byte_is_found(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("journal")
    lines = write_some(folder)
    whole = b"".join(lines)
    before = Journal(folder).read().events
    place = data.draw(st.integers(0, len(b"".join(lines[:-1])) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda new: new != whole[place]))
    (folder / FILE_NAME).write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    record = Journal(folder).read()
    assert record.events == before or not record.is_intact


def test_an_edited_answer_is_named_by_its_line(tmp_path):
    lines = write_some(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"".join(lines).replace(b"draft 1", b"DRAFT 1"))
    assert [(fault.line, fault.reason) for fault in Journal(tmp_path).read().faults] == [(2, "edited")]


@pytest.mark.parametrize("order", [(0, 2, 3), (1, 2, 3), (0, 2, 1, 3), (0, 1, 1, 2, 3)])
def test_removed_moved_or_repeated_lines_break_the_chain(tmp_path, order):
    lines = write_some(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"".join(lines[number] for number in order))
    record = Journal(tmp_path).read()
    assert "broken-chain" in {fault.reason for fault in record.faults}
    assert not record.is_intact


def test_an_event_forged_with_a_fitting_digest_still_breaks_the_chain(tmp_path):
    lines = write_some(tmp_path)
    old = from_line(lines[1])
    forged = make_event(old.seq, old.time, "answer", "question", "forged", old.prev)
    (tmp_path / FILE_NAME).write_bytes(lines[0] + to_line(forged) + b"".join(lines[2:]))
    assert is_genuine(forged)
    assert [(fault.line, fault.reason) for fault in Journal(tmp_path).read().faults] == [(3, "broken-chain")]


# --- promise 5: a full disk is said in words -------------------------------------------------------------------------


def fill_the_disk(folder: str, answers: multiprocessing.Queue) -> None:
    """Let no file grow past a few lines, as a full disk would: the first write past it comes out short."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal = Journal(Path(folder))
    journal.append("answer", "question", "saved before")
    size = (Path(folder) / FILE_NAME).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, resource.RLIM_INFINITY))
    for attempt in ("a short write", "no write at all"):
        try:
            journal.append("answer", "question", attempt)
        except DiskFull as error:
            answers.put(str(error))
        else:
            answers.put("saved")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    journal.append("answer", "question", "saved after")


def test_a_full_disk_is_said_in_words_and_costs_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    child = context.Process(target=fill_the_disk, args=(str(tmp_path), answers))
    child.start()
    child.join()
    assert child.exitcode == 0
    for _ in range(2):
        said = answers.get(timeout=5)
        assert "disk is full" in said
        assert "[disk-full]" in said
    assert texts(tmp_path) == ["saved before", "saved after"]
    assert Journal(tmp_path).read().is_intact


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotSaved, match="could not write") as caught:
        Journal(tmp_path / "file" / "work").append("answer", "question", "text")
    assert str(tmp_path) not in str(caught.value)


def test_a_journal_that_is_a_folder_cannot_be_opened(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(JournalError):
        Journal(tmp_path).read()


def test_an_endless_answer_is_refused_in_words(tmp_path):
    with pytest.raises(NotSaved, match="too long"):
        Journal(tmp_path).append("answer", "question", "x" * 1_000_001)
    assert texts(tmp_path) == []


# --- what isn't an event ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}, "\ud800 alone"])
def test_what_json_cannot_hold_is_refused_or_kept_but_never_breaks_the_file(tmp_path, value):
    write_some(tmp_path, 1)
    journal = Journal(tmp_path)
    try:
        journal.append("answer", "question", value)
    except (ValueError, TypeError):
        assert texts(tmp_path) == ["draft 0"]
    else:
        assert texts(tmp_path)[-1] == value


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match="unknown kind"):
        Journal(tmp_path).append("grade", "question", 100)


@pytest.mark.parametrize(
    "change",
    [{"seq": "1"}, {"seq": True}, {"kind": "grade"}, {"kind": ["answer"]}, {"time": 5}, {"extra": 1}],
)
def test_a_line_of_another_shape_is_not_an_event(tmp_path, change):
    body = json.loads(write_some(tmp_path, 1)[0])
    with pytest.raises(ValueError, match="not an event"):
        from_line(json.dumps(body | change).encode())


@pytest.mark.parametrize(("limit", "most"), [("MAX_BYTES", 2_000), ("MAX_LINES", 4)])
def test_one_student_cannot_fill_the_disk_and_can_still_hand_in(tmp_path, monkeypatch, limit, most):
    monkeypatch.setattr(f"kit.journal.journal.{limit}", most)
    journal = Journal(tmp_path)
    for _ in range(4):
        journal.append("answer", "first-idea", "x" * 100)
    with pytest.raises(NotSaved, match="journal for this lesson is full"):
        journal.append("answer", "first-idea", "x" * 1_000)
    journal.append("submit", "next-word-please", {"receipt": "AAAA-BBBB", "head": "x" * 1_000})
    assert [event.kind for event in journal.read().events] == ["answer"] * 4 + ["submit"]
    assert journal.read().is_intact
