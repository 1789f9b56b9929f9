"""A student who does all of *Next Word, Please*, well enough for every machine point."""

from __future__ import annotations

from tests.browser.lesson_page import LessonPage

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
    "there. The ice cube changed it, because the long bar was false."
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


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)
    lesson.choose("sure-at-start", "3")


def wonder(lesson: LessonPage) -> None:
    """Bet on two sentences, ask a question, predict."""
    machine = lesson.machine(0)
    for start, word in (("Roses are red", "blue"), ("The wheels on the bus", "round")):
        lesson.bet(machine, start, word)
        lesson.reveal(machine)
    lesson.write("my-question", QUESTION)
    lesson.predict("surer", PREDICTION)


def investigate(lesson: LessonPage) -> None:
    """Turn the dial, roll, add up, judge, and check in two sources."""
    machine = lesson.machine(1)
    lesson.bet(machine, "The largest planet", "Jupiter")
    lesson.reveal(machine)
    lesson.bet(machine, "Ice is lighter than", "water")
    lesson.reveal(machine)
    shown = [float(share.removesuffix("%").removeprefix("under ")) for share in lesson.shares(machine)[:10]]
    for steps in (-7, +10, +7, -10):
        lesson.turn(machine, steps)
    lesson.roll(machine)
    lesson.write("top-ten-sum", f"{sum(shown):.0f}%")
    lesson.choose("percent-means", "In 100 rolls")
    lesson.choose("cold-means", "The false word's bar gets even longer")
    facts = lesson.machine(2)
    lesson.judge(facts, "The capital of France", "Right")
    lesson.judge(facts, "Water is made of", "Wrong")
    lesson.judge(facts, "The wild toaster", "I'm not sure")
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
