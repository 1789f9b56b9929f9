"""A student who does all of *Who Says?*, well enough for every machine point."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lesson_page import MODEL, SAVED, LessonPage

SLUG = "who-says"

FIRST_IDEA = "I would search for the same words and look whether other websites say it, too."
FIRST_STEPS = "I would search for otter and race, and I would rather believe somebody who was there."
PREDICTION = "It will say that it does not know this person, because she does not exist."
STEPS = (
    "Sentence 6 sounded made up. The Ledger belongs to 1,900 families and prints its mistakes, so it would not invent "
    "an otter. Its evidence is Mr. Ames, who sat in the boat. The ranger's log is from the state and has the same "
    "times. A forum says that it is fake, but only because it sounds fake."
)
LOOKING_BACK = (
    "My gut said that the otter was the most wrong. I found that it is true. What changed my mind was the ranger's "
    "log, because she wrote it down on the day. My first two steps were good ones."
)
REVISED = {
    2: "The heaviest pumpkin boat so far weighed 1,490 pounds.",
    5: "The Wren River became clean because of a plant for waste water, and then the otters came back.",
}
# For each sentence: what to search for, two pages by the beginning of their titles, and the verdict.
CHECKS: dict[int, tuple[str, tuple[str, str], str]] = {
    6: ("otter stops race", ("Otter stops race", "Rangers' log"), "Supported"),
    2: ("heaviest pumpkin boat", ("1,490 pounds", "The state's list"), "Contradicted"),
    5: ("otters clean river", ("The Wren River, 1990", "Our numbers"), "Contradicted"),
    3: ("Lena Marsh journal", ("Ask a librarian: I can't", "Does ice cream"), "Contradicted"),
    7: ("band tunes bridge", ("The band that tunes", "In Harborlight, even"), "Supported"),
    8: ("bridge built apples", ("Ask a librarian: how old", "The Apple Line"), "Supported"),
}


def desk(lesson: LessonPage) -> Locator:
    """Return the checking desk."""
    return lesson.exercise("lateral-reading", 1)


def guess(lesson: LessonPage) -> None:
    """Tick two sentences, pick the worst, lock."""
    card = lesson.exercise("lateral-reading", 0)
    for start in ("In 2014", "The school band"):
        lesson.pick(card.get_by_role("checkbox", name=re.compile(start)))
    lesson.pick(card.get_by_role("radio", name=re.compile("^6 ")))
    lesson.press(card.get_by_role("button", name="Lock my guess"))
    expect(card).to_contain_text("2 of 8 sounded wrong to you: 6 and 7.", timeout=SAVED)


def choose_sentence(lesson: LessonPage, number: int) -> None:
    """Take a sentence of the answer to the desk."""
    lesson.press(desk(lesson).get_by_role("button", name=re.compile(f"^Sentence {number},")))
    expect(desk(lesson).locator(".kit-current-name")).to_contain_text(f"Sentence {number} of 8")


def search(lesson: LessonPage, words: str) -> None:
    """Search the small web."""
    tab = desk(lesson).get_by_role("tab", name="Search")
    if tab.get_attribute("aria-selected") != "true":
        lesson.press(tab)
    lesson.fill(desk(lesson).get_by_role("searchbox"), words)
    lesson.press(desk(lesson).get_by_role("button", name="Search", exact=True))
    expect(desk(lesson).locator(".kit-found")).to_contain_text(f"“{words}”", timeout=SAVED)


def take_as_evidence(lesson: LessonPage, title: str, number: int) -> None:
    """Open a page from the results, ask who is behind it, and pick it."""
    page = desk(lesson).locator(".kit-sheet:visible")
    lesson.press(page.get_by_role("button", name=re.compile(f"^{re.escape(title)}")).first)
    expect(page.get_by_role("heading", name=re.compile(f"^{re.escape(title)}"))).to_be_visible(timeout=SAVED)
    lesson.press(page.get_by_role("button", name="Who is behind this site?"))
    expect(page.locator(".kit-behind")).to_contain_text("What others say", timeout=SAVED)
    lesson.press(page.get_by_role("button", name=f"Use as evidence for sentence {number}"))
    expect(page.get_by_role("button", name=f"Evidence for sentence {number}")).to_be_visible(timeout=SAVED)
    lesson.press(page.get_by_role("button", name="Close tab"))


def back_to_results(lesson: LessonPage) -> None:
    """Go back to the search tab."""
    tab = desk(lesson).get_by_role("tab", name="Search")
    if tab.get_attribute("aria-selected") != "true":
        lesson.press(tab)


def check(lesson: LessonPage, number: int) -> None:
    """Check one sentence on two pages, judge it, and say why."""
    words, titles, verdict = CHECKS[number]
    choose_sentence(lesson, number)
    search(lesson, words)
    for title in titles:
        back_to_results(lesson)
        take_as_evidence(lesson, title, number)
    lesson.pick(desk(lesson).locator(".kit-verdict").get_by_role("radio", name=verdict))
    expect(desk(lesson).locator(".kit-verdict")).to_contain_text("2 sources that don't copy", timeout=SAVED)
    lesson.fill(desk(lesson).get_by_label("Why? One line is enough."), f"Two sources say so about sentence {number}.")
    expect(desk(lesson).locator(".kit-verdict .kit-foot")).to_contain_text("Saved", timeout=SAVED)


def mark(lesson: LessonPage, number: int, what: str) -> None:
    """Keep, revise or cut one sentence, and cite the first page of the evidence."""
    block = lesson.exercise("lateral-reading", 2).locator(f'.kit-ruling[data-claim="{number}"]')
    lesson.pick(block.get_by_role("radio", name=what))
    kind = {"Keep it": "accept", "Revise it": "revise", "Cut it": "reject"}[what]
    expect(block).to_have_attribute("data-mark", kind, timeout=SAVED)
    if what == "Cut it":
        return
    if what == "Revise it":
        lesson.fill(block.get_by_label("Your sentence"), REVISED[number])
        expect(block.locator(".kit-foot")).to_contain_text("Saved", timeout=SAVED)
    lesson.pick(block.get_by_role("radio", name=re.compile(f"^{re.escape(CHECKS[number][1][0])}")))
    expect(block.locator(".kit-nudge")).to_be_empty(timeout=SAVED)


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)
    lesson.choose("sign-at-start", "3")


def wonder(lesson: LessonPage) -> None:
    """Guess, and plan the first steps."""
    guess(lesson)
    lesson.write("first-steps", FIRST_STEPS)


def investigate(lesson: LessonPage) -> None:
    """Check six sentences, look at the machine that makes up books, and explain one check."""
    for number in CHECKS:
        check(lesson, number)
    lesson.predict("quimby", PREDICTION)
    machine = lesson.exercise("next-word", 0)
    for start in ("The most important book", "Dr. Orla Quimby is famous", "In 2019"):
        finish(lesson, machine, start)
    lesson.choose("made-up", "A title is what usually comes")
    lesson.choose("copies", "One, until you know")
    lesson.write("three-steps", STEPS)


def finish(lesson: LessonPage, machine: Locator, start: str) -> None:
    """Let the machine finish a sentence about somebody who doesn't exist, and judge it."""
    again = machine.get_by_role("button", name="Pick another sentence")
    if again.count():
        lesson.press(again.first)
    lesson.open_option(machine.get_by_role("radio", name=re.compile(f"^{start}")))
    lesson.press(machine.get_by_role("button", name="Let the machine finish the sentence"))
    expect(machine.locator(".kit-said")).to_be_visible(timeout=MODEL)
    lesson.pick(machine.locator(".kit-finish").get_by_role("radio", name="Wrong", exact=True))
    expect(machine.locator(".kit-finish")).to_contain_text("Noted:", timeout=SAVED)


def construct(lesson: LessonPage) -> None:
    """Make a claim that stands on two pages."""
    lesson.claim(
        "I would sign five of the eight sentences.",
        "The ranger wrote it down on the day, and the Ledger talked to the man in the boat.",
        ["Otter stops race", "Rangers' log"],
    )


def express(lesson: LessonPage) -> None:
    """Mark the answer up, put it into the box, and give credit."""
    kept = {2: "Revise it", 5: "Revise it", 6: "Keep it", 7: "Keep it", 8: "Keep it"}
    for number in range(1, 9):
        mark(lesson, number, kept.get(number, "Cut it"))
    answer = lesson.exercise("lateral-reading", 2)
    lesson.press(answer.get_by_role("button", name="Put it into the box below"))
    expect(lesson.card("corrected-answer").get_by_role("textbox")).to_have_value(re.compile("1,490 pounds. \\[1\\]"))
    lesson.expect_saved("corrected-answer")
    lesson.choose("my-statement", "No, I did not")


def reflect(lesson: LessonPage) -> None:
    """Look back at the guess."""
    lesson.write("looking-back", LOOKING_BACK)
    lesson.choose("sign-at-end", "2")


STAGES = (connect, wonder, investigate, construct, express, reflect)


def check_pictures(lesson: LessonPage) -> None:
    """What was guessed, judged and corrected is there again, and the class view says in words what it shows."""
    expect(lesson.exercise("lateral-reading", 0)).to_contain_text("2 of 8 sounded wrong to you: 6 and 7.")
    expect(desk(lesson)).to_contain_text("6 of 8 sentences judged")
    strip = desk(lesson).get_by_role("group", name="The eight sentences")
    expect(strip.get_by_role("button", name="Sentence 2, the heaviest boat, Contradicted")).to_be_visible()
    heat = desk(lesson).locator(".kit-heat tbody tr")
    expect(heat).to_have_count(len(CHECKS))
    expect(desk(lesson).locator(".kit-class .kit-summary")).to_contain_text(re.compile("Not enough yet|most divided"))
    preview = lesson.exercise("lateral-reading", 2).locator(".kit-corrected")
    expect(preview).to_contain_text(REVISED[2])
    expect(preview).to_contain_text("Whitlock, Dana. “1,490 Pounds: Aunt Gourda Is the Heaviest Boat Ever.”")


def open_all(lesson: LessonPage) -> None:
    """Open a page of the small web with what is behind it, so that nothing hides from a checker."""
    choose_sentence(lesson, 2)
    search(lesson, "heaviest pumpkin boat")
    page = desk(lesson).locator(".kit-sheet:visible")
    lesson.press(page.get_by_role("button", name=re.compile("^17 PUMPKINS")))
    lesson.press(page.get_by_role("button", name="Who is behind this site?"))
    expect(page.locator(".kit-behind")).to_contain_text("ClickBarrel Media", timeout=SAVED)


def pose(lesson: LessonPage, exercise: str) -> Locator:
    """Return what a picture of the exercise should show."""
    if exercise == "next-word":
        return lesson.exercise("next-word", 0).locator(".kit-stage")
    open_all(lesson)
    return desk(lesson).locator(".kit-desk")
