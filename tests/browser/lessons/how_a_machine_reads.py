"""A student who does all of *How a Machine Reads*, well enough for every machine point."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lesson_page import MODEL, SAVED, LessonPage

SLUG = "how-a-machine-reads"

FAMILY = "family: man, woman, girl and boy"
FIRST_IDEA = "I think that it sees the letters that I type, one after the other, like I do."
PREDICTION = "C, A, B, because a sentence is the longest and a picture is the shortest."
QUESTION = "Does the same word make more pieces when I write it in capital letters?"
FINDS = {
    "strawberry": "Straw and berry are words, but the machine cuts in other places.",
    "library": "A word that is common in its text is one piece.",
    "Emily": "A name that was common in its text is one piece, too.",
    "Xóchitl": "This name was rare in the text. That says nothing about the name.",
    "Amharic": "The same message needs nine times as many pieces.",
}
GUIDE = (
    "A machine does not read like you. First a program cuts your words into pieces that are called tokens. Each piece "
    "has a number, and the machine only gets the numbers. Letters that often stood together in its text became one "
    "piece. What was rare is cut into crumbs. The family emoji makes 18 pieces. A name with many pieces is not strange."
)
LOOKING_BACK = (
    "At first I thought that the machine sees letters like me. Now I think that it only gets the numbers of pieces. "
    "What changed it was the family emoji, because it made so many. As for my question, I did not get to it."
)


def explorer(lesson: LessonPage, number: int) -> Locator:
    """Return one of the lesson's token explorers: two with scissors, the languages, the guide."""
    return lesson.exercise("token-explorer", number)


def cut(lesson: LessonPage, machine: Locator, text: str, bet: int) -> None:
    """Pick a text, bet on a number of pieces, and let the machine cut it."""
    lesson.press(machine.get_by_role("button", name=re.compile(rf"^{re.escape(text)}( |$)")).first)
    lock_bet(lesson, machine, bet)
    let_it_cut(lesson, machine)


def lock_bet(lesson: LessonPage, machine: Locator, bet: int) -> None:
    """Bet on the text that lies there."""
    lesson.fill(machine.get_by_label("How many pieces?"), str(bet))
    lesson.press(machine.get_by_role("button", name="Lock in my bet"))


def let_it_cut(lesson: LessonPage, machine: Locator) -> None:
    """Let the machine cut the text that was bet on."""
    lesson.press(machine.get_by_role("button", name="Let the machine cut it"))
    expect(machine.locator(".kit-praise")).to_be_visible(timeout=MODEL)


def limit(lesson: LessonPage, machine: Locator, steps: int) -> None:
    """Move the limit by so many pieces and let it rest until the journal has it."""
    tried = machine.locator(".kit-tried")
    before = tried.text_content() or ""
    lesson.slide(machine.get_by_label(re.compile("^Limit")), steps)
    expect(tried).not_to_have_text(before, timeout=SAVED)


def pieces_of(machine: Locator, language: str) -> int:
    """Return what the table says about a language."""
    row = machine.locator("table").first.locator("tbody tr").filter(has_text=language)
    return int(row.locator("td").first.text_content() or 0)


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)
    lesson.choose("sure-at-start", "3")


def wonder(lesson: LessonPage) -> None:
    """Put the three cards in order, cut three words, ask a question."""
    lesson.predict("big-three", PREDICTION)
    machine = explorer(lesson, 0)
    lesson.press(machine.get_by_role("button", name="strawberry", exact=True))
    lesson.press(machine.get_by_role("button", name=re.compile("^Cut after letter 5, between w and b")))
    expect(machine.get_by_label("How many pieces?")).to_have_value("2")
    lesson.press(machine.get_by_role("button", name="Lock in my bet"))
    lesson.press(machine.get_by_role("button", name="Let the machine cut it"))
    expect(machine.locator(".kit-praise")).to_contain_text("1 of 2 real cuts", timeout=MODEL)
    cut(lesson, machine, "library", 2)
    cut(lesson, machine, "giraffe", 2)
    lesson.write("my-question", QUESTION)


def investigate(lesson: LessonPage) -> None:
    """Cut the big three, two names and a text of one's own; then the languages, and three limits."""
    machine = explorer(lesson, 1)
    cut_cards_and_names(lesson, machine)
    bet_on_own_text(lesson, machine)
    let_it_cut(lesson, machine)
    answer_and_compare_languages(lesson)


def investigate_on_recordings(lesson: LessonPage) -> None:
    """Do the same where no model runs: a text of one's own can't be cut, and the page says what to take instead."""
    machine = explorer(lesson, 1)
    cut_cards_and_names(lesson, machine)
    bet_on_own_text(lesson, machine)
    lesson.press(machine.get_by_role("button", name="Let the machine cut it"))
    away = machine.get_by_role("alert").filter(has_text="No model runs here today.")
    expect(away).to_contain_text("Pick one from a list that is new to you. It counts just as much.", timeout=MODEL)
    expect(away.get_by_role("button")).to_have_count(0)  # asking a recording again gives the same
    lesson.pick(machine.get_by_role("radio", name="Emoji"))
    cut(lesson, machine, "fire", 2)
    answer_and_compare_languages(lesson)


def cut_cards_and_names(lesson: LessonPage, machine: Locator) -> None:
    """Cut the big three and two names."""
    for text in ("the 45-letter word", FAMILY, "The school bus is late"):
        cut(lesson, machine, text, 8)
    lesson.pick(machine.get_by_role("radio", name="Names"))
    for name in ("Emily", "Xóchitl"):
        cut(lesson, machine, name, 2)


def bet_on_own_text(lesson: LessonPage, machine: Locator) -> None:
    """Type a text that stands on no list, and bet on it."""
    lesson.fill(machine.get_by_label("Or type something of your own"), "LIBRARY CARD")
    lesson.press(machine.get_by_role("button", name="Use this"))
    lock_bet(lesson, machine, 2)


def answer_and_compare_languages(lesson: LessonPage) -> None:
    """Answer the three questions on the cuts, then cut the message in every language and try three limits."""
    lesson.write("family-pieces", "18 pieces")
    lesson.choose("common-words", "In the pile of text")
    lesson.choose("machine-gets", "The number of a piece")
    languages = explorer(lesson, 2)
    lesson.pick(languages.get_by_role("radio", name="Chinese"))
    lesson.slide(languages.get_by_label("How many times as many"), 3)
    lesson.press(languages.get_by_role("button", name="Lock in my bet"))
    lesson.press(languages.get_by_role("button", name="Cut all the messages"))
    expect(languages.locator(".kit-praise")).to_contain_text("You bet on Chinese", timeout=MODEL)
    for steps in (-10, -10, -20):
        limit(lesson, languages, steps)
    ratio = pieces_of(languages, "Vietnamese") / pieces_of(languages, "English")
    lesson.write("my-ratio", f"about {ratio:.1f}")


def construct(lesson: LessonPage) -> None:
    """Make a claim that stands on two runs."""
    lesson.claim(
        "Families whose languages were rare in the text pay more for the same message.",
        "Amharic needs 99 pieces and English 11. The company says that more pieces are more work.",
        ["Amharic: 99 pieces", "English: 11 pieces"],
    )


def express(lesson: LessonPage) -> None:
    """Collect five finds, write the first page, and give credit."""
    guide = explorer(lesson, 3)
    for number, (text, note) in enumerate(FINDS.items(), 1):
        lesson.press(guide.get_by_role("button", name=re.compile(rf"^{text} ")).first)
        find = guide.locator(".kit-specimen").nth(number - 1)
        lesson.fill(find.get_by_label("What should your reader notice?"), note)
        expect(find.locator(".kit-save")).to_contain_text("Saved", timeout=SAVED)
    expect(guide).to_contain_text("5 of 5 finds are ready")
    lesson.write("field-guide", GUIDE)
    lesson.choose("my-statement", "No, I did not")


def reflect(lesson: LessonPage) -> None:
    """Look back at the first idea."""
    lesson.write("looking-back", LOOKING_BACK)
    lesson.choose("sure-at-end", "4")


STAGES = (connect, wonder, investigate, construct, express, reflect)
STAGES_ON_RECORDINGS = (connect, wonder, investigate_on_recordings, construct, express, reflect)


def check_pictures(lesson: LessonPage) -> None:
    """The pieces, their table and their sentence say the same, and so do the bars of the languages."""
    machine = explorer(lesson, 1)
    lesson.press(machine.get_by_role("button", name=FAMILY))
    drawn = machine.locator(".kit-look .kit-piece-id").all_text_contents()
    told = machine.locator(".kit-look table tbody td:nth-child(2)").all_text_contents()
    assert len(drawn) == 18
    assert [number.removeprefix("#") for number in drawn] == told
    assert "18 pieces" in machine.locator(".kit-look .kit-summary").inner_text()
    languages = explorer(lesson, 2)
    bars = languages.locator(".kit-bar-row .kit-percent").all_text_contents()
    rows = languages.locator("table").first.locator("tbody td:nth-child(2)").all_text_contents()
    assert [bar.split()[0] for bar in bars] == rows
    whole = languages.locator(".kit-arrived").count()
    assert f"{whole} of 15 messages arrive whole" in languages.locator(".kit-knob").inner_text()


def open_all(lesson: LessonPage) -> None:
    """Show a picture of pieces, so that nothing hides from a checker."""
    lesson.press(explorer(lesson, 1).get_by_role("button", name=FAMILY))


def pose(lesson: LessonPage, _exercise: str) -> Locator:
    """Return what a picture of the exercise should show."""
    return explorer(lesson, 2).locator(".kit-picture").first
