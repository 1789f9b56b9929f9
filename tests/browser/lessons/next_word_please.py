"""A student who does all of *Next Word, Please*, well enough for every machine point."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lesson_page import MODEL, SAVED, LessonPage

SLUG = "next-word-please"

FIRST_IDEA = "I think it is right when a lot of people say the same thing, because then it has read it often."
QUESTION = "Is the machine surer about a saying that everybody knows than about a made-up country?"
PREDICTION = "True, because it must have read more about planets."
CARD = (
    "Ice is lighter than air, says the machine, with 64 percent. It does not look anything up. It was trained on text "
    "to guess the next word, and lighter than is often followed by air. It is false: ice floats on water, and it falls "
    "through the air. Tip: look in one more place."
)
LOOKING_BACK = (
    "At first I thought that it is right when it is sure. Now I think that sure only means that the word is usual "
    "there. The ice cube changed it, because the long bar was false. As for my question: yes, by far."
)
SOURCES = (
    {
        "Title": "Ice",
        "Author or authors": "Ana Rivera",
        "Name of the encyclopedia": "Harborlight Encyclopedia",
        "Date": "2024",
        "Who is behind it?": "Science editors of a school publisher.",
        "What is the evidence?": "It gives the density of ice and of air.",
        "What do other sources say?": "A second encyclopedia agrees.",
    },
    {
        "Title": "Density",
        "Author or authors": "Sam Okafor",
        "Name of the encyclopedia": "The Second Shelf",
        "Date": "2023",
        "Who is behind it?": "A group of libraries.",
        "What is the evidence?": "A table with numbers that were measured.",
        "What do other sources say?": "The first one agrees.",
    },
)


def machine_of(lesson: LessonPage, number: int) -> Locator:
    """Return one of the lesson's next-word machines, counted from 0."""
    return lesson.exercise("next-word", number)


def pick_sentence(lesson: LessonPage, machine: Locator, start: str) -> None:
    """Pick a sentence of the bank."""
    again = machine.get_by_role("button", name="Pick another sentence")
    if again.count():
        lesson.press(again.first)
    lesson.open_option(machine.get_by_role("radio", name=re.compile(f"^{start}")))


def bet(lesson: LessonPage, machine: Locator, start: str, word: str) -> None:
    """Pick a sentence and lock a bet in."""
    pick_sentence(lesson, machine, start)
    lesson.fill(machine.get_by_label("Your bet: what is the next word?"), word)
    lesson.pick(machine.get_by_role("radio", name="Quite sure"))
    lesson.press(machine.get_by_role("button", name="Lock in my bet"))
    expect(machine).to_contain_text(f"Your bet: “{word}”")


def reveal(lesson: LessonPage, machine: Locator) -> None:
    """Look at the machine's ten favorite words."""
    lesson.press(machine.get_by_role("button", name="Reveal the machine's ten favorite words"))
    expect(machine.get_by_label("Temperature", exact=True)).to_be_visible(timeout=MODEL)


def shares(machine: Locator) -> list[str]:
    """Return what the table says: ten words' shares, and last the one of all other words."""
    return machine.locator("table tbody tr td:nth-child(2)").all_text_contents()[:11]


def turn(lesson: LessonPage, machine: Locator, steps: int) -> None:
    """Turn the dial by so many tenths and let it rest until the journal has it."""
    runs = machine.locator(".kit-runs summary")
    before = runs.text_content() or ""
    lesson.slide(machine.get_by_label("Temperature", exact=True), steps)
    expect(runs).not_to_have_text(before, timeout=SAVED)


def roll(lesson: LessonPage, machine: Locator) -> None:
    """Roll the dice twenty times."""
    lesson.press(machine.get_by_role("button", name="Roll the dice 20 times"))
    expect(machine.locator(".kit-dice")).to_contain_text("20 rolls at temperature", timeout=30_000)


def judge(lesson: LessonPage, machine: Locator, start: str, verdict: str) -> str:
    """Let the machine finish a sentence, judge it, and return what it said."""
    pick_sentence(lesson, machine, start)
    lesson.press(machine.get_by_role("button", name="Let the machine finish the sentence"))
    said = machine.locator(".kit-said")
    expect(said).to_be_visible(timeout=MODEL)
    lesson.pick(machine.locator(".kit-finish").get_by_role("radio", name=verdict, exact=True))
    expect(machine.locator(".kit-finish")).to_contain_text("Noted:", timeout=SAVED)
    return said.inner_text()


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)
    lesson.choose("sure-at-start", "3")


def wonder(lesson: LessonPage) -> None:
    """Bet on two sentences, ask a question, predict."""
    machine = machine_of(lesson, 0)
    for start, word in (("Roses are red", "blue"), ("The wheels on the bus", "round")):
        bet(lesson, machine, start, word)
        reveal(lesson, machine)
    lesson.write("my-question", QUESTION)
    lesson.predict("surer", PREDICTION)


def investigate(lesson: LessonPage) -> None:
    """Turn the dial, roll, add up, judge, and check in two sources."""
    machine = machine_of(lesson, 1)
    bet(lesson, machine, "The largest planet", "Jupiter")
    reveal(lesson, machine)
    bet(lesson, machine, "Ice is lighter than", "water")
    reveal(lesson, machine)
    shown = [float(share.removesuffix("%").removeprefix("under ")) for share in shares(machine)[:10]]
    for steps in (-7, +10, +7, -10):
        turn(lesson, machine, steps)
    roll(lesson, machine)
    lesson.write("top-ten-sum", f"{sum(shown):.0f}%")
    lesson.choose("percent-means", "In 100 rolls")
    lesson.choose("cold-means", "The false word's bar gets even longer")
    facts = machine_of(lesson, 2)
    judge(lesson, facts, "The capital of France", "Right")
    judge(lesson, facts, "Water is made of", "Wrong")
    judge(lesson, facts, "The wild toaster", "I'm not sure")
    for source in SOURCES:
        lesson.add_source(source)


def construct(lesson: LessonPage) -> None:
    """Make a claim that stands on a run and a source."""
    lesson.claim(
        "The machine is right when the usual word is also the true word.",
        "Paris is usual and true. Air is usual after lighter than, and it is false.",
        ["lighter than", "Density"],
    )


def express(lesson: LessonPage) -> None:
    """Write the card and give credit."""
    lesson.choose("audience", "The people in our school's front office")
    lesson.write("why-this-word", CARD)
    lesson.choose("my-statement", "No, I did not")


def reflect(lesson: LessonPage) -> None:
    """Look back at the first idea."""
    lesson.write("looking-back", LOOKING_BACK)
    lesson.choose("sure-at-end", "4")


STAGES = (connect, wonder, investigate, construct, express, reflect)


def check_pictures(lesson: LessonPage) -> None:
    """The picture, its table and its sentence say the same."""
    machine = machine_of(lesson, 1)
    expect(machine.get_by_label("Temperature", exact=True)).to_be_visible(timeout=MODEL)
    drawn = machine.locator(".kit-bar .kit-percent").all_text_contents()
    told = machine.locator("table tbody tr td:nth-child(2)").all_text_contents()
    assert drawn == told
    first = machine.locator("table tbody tr").first
    words = machine.locator(".kit-summary").inner_text()
    assert f"“{first.locator('th').text_content()}” at {told[0]}" in words


def open_all(lesson: LessonPage) -> None:
    """Unfold what is folded, so that nothing hides from a checker."""
    expect(machine_of(lesson, 1).get_by_label("Temperature", exact=True)).to_be_visible(timeout=MODEL)
    lesson.card("source-log").get_by_role("button", name="Edit Ice").click()


def pose(lesson: LessonPage, _exercise: str) -> Locator:
    """Return what a picture of the exercise should show."""
    machine = machine_of(lesson, 1)
    pick_sentence(lesson, machine, "Ice is lighter than")
    expect(machine.get_by_label("Temperature", exact=True)).to_be_visible(timeout=MODEL)
    return machine.locator(".kit-stage")
