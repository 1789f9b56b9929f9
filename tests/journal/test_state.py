"""What a page shows after a reload is the fold of the journal."""

from kit.journal import Journal, fold


def state_of(folder, *events):
    journal = Journal(folder)
    for kind, about, value in events:
        journal.append(kind, about, value)
    return fold(journal.read().events)


def test_the_last_answer_counts_and_drafts_stay_in_the_journal(tmp_path):
    state = state_of(tmp_path, ("answer", "q", "first"), ("answer", "q", "second"), ("choice", "sure", 4))
    assert state.answers == {"q": "second", "sure": 4}
    assert len(Journal(tmp_path).read().events) == 3


def test_predictions_and_runs_are_never_replaced(tmp_path):
    state = state_of(
        tmp_path,
        ("prediction", "next-word", {"prompt": "p", "bet": "cat"}),
        ("run", "next-word", {"prompt": "p"}),
        ("prediction", "next-word", {"prompt": "p", "bet": "dog"}),
    )
    assert [event.value["bet"] for event in state.predictions] == ["cat", "dog"]
    assert [event.id for event in state.runs] == ["run-2"]


def test_a_removed_source_is_gone_and_can_come_back(tmp_path):
    source = ("source", "source-1", {"title": "An Atlas"})
    assert state_of(tmp_path / "a", source, ("source", "source-1", None)).sources == {}
    assert state_of(tmp_path / "b", source, ("source", "source-1", None), source).sources == {
        "source-1": {"title": "An Atlas"}
    }


def test_removing_a_source_that_never_was_does_no_harm(tmp_path):
    assert state_of(tmp_path, ("source", "source-9", None)).sources == {}


def test_claims_statements_citations_and_submissions_have_their_places(tmp_path):
    state = state_of(
        tmp_path,
        ("claim", "c", {"claim": "x"}),
        ("statement", "s", {"used": "no"}),
        ("citation", "source-1", {"style": "mla", "text": "x"}),
        ("open", "lesson", {"page": "app"}),
        ("ai", "next-word", {"outcome": "help"}),
        ("submit", "lesson", {"receipt": "AAAA-BBBB"}),
    )
    assert state.claims == {"c": {"claim": "x"}}
    assert state.statements == {"s": {"used": "no"}}
    assert state.citations["source-1"]["style"] == "mla"
    assert [event.value["receipt"] for event in state.submissions] == ["AAAA-BBBB"]
