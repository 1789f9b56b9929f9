"""A student who does all of *What Can It Guess About Me?*, well enough for every machine point."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lesson_page import SAVED, LessonPage

SLUG = "what-can-it-guess"

FIRST_IDEA = "I think it can, if somebody already knows a few things about you, like your bus and your birthday."
QUESTION = "Is one rare fact worse than five common ones?"
PREDICTION = "About 15, because there are so many people on each bus."
HURT = (
    "Row 68 has no little brother or sister, but the machine was 98 percent sure. It only counted fruit snacks and "
    "movie songs. If a school gave the places in homework club to kids with little ones at home, somebody else "
    "would miss out."
)
RULE = (
    "Before you fill in a form, leave out what they do not need. In a test with 120 rows and no names, a birth month, "
    "a bus and a pet left 82 people standing alone. So if a quiz wants your birthday to tell you which pizza you are, "
    "skip the quiz. Telling the school nurse is fine, because she needs it to help you."
)
LOOKING_BACK = (
    "At first I thought that a survey without names is safe. Now I think that it depends on how rare your facts are "
    "together. What changed it was the lizard, because after three facts there was one dot left. As for my question, "
    "yes: common facts hid the koala."
)
PEOPLE = {
    "PuddleJumper": (("March birthday", 9), ("Quarry bus", 2), ("my lizard", 1)),
    "CometSocks": (("Lighthouse bus", 27), ("chess club", 5), ("their fish", 1)),
    "QuietKoala": (("grade 6", 35), ("Ferry bus", 12), ("movie songs", 10), ("family tablet", 8)),
}
SETTING = (
    ("Birthday", "leave out"),
    ("Bus", "side of town"),
    ("Pet", "leave out"),
    ("Club", "kind of club"),
    ("Grade", "grade"),
)
# What to black out: a word, and which of the words that read like it.
MESSAGES = {
    "The thank-you note": "Marisol Vega Harborlight 14. Mr. Lindgren, 31 Heron 555-0142.",
    "The fractions test": "Theo ear infection 8 Pelican nobody home dev.okoro otter-42-river. Ms. Abara.",
    "The party with no names": (
        "Harborlight, 13 red house behind dock, Quarry Sam Sam sleeps night light. away Sunday."
    ),
}
NOTICES = {
    "StudyPal Homework Chat": ("In the course", "Such information", "Information is retained", "It doesn't say."),
    "Harborlight Library Help Desk": ("When you ask us", "We do not show", "After 30 days", "If you want us"),
}


def part_of(lesson: LessonPage, ask: str) -> Locator:
    """Return one part of the exercise."""
    return lesson.card(f"guess-about-me-{ask}")


def find(lesson: LessonPage, handle: str) -> None:
    """Tap every fact that somebody posted."""
    card = part_of(lesson, "find")
    lesson.pick(card.get_by_role("radio", name=re.compile(f"^{handle}")))
    for words, left in PEOPLE[handle]:
        lesson.press(card.get_by_role("button", name=words))
        expect(card.locator(".kit-count-line")).to_have_text(f"{left} of 120 rows still fit", timeout=SAVED)


def publish(lesson: LessonPage, fact: str, level: str) -> None:
    """Say how exactly a fact is published, and wait until the journal has it."""
    card = part_of(lesson, "crowd")
    group = card.get_by_role("group", name=fact, exact=True)
    lesson.pick(group.get_by_role("radio", name=level, exact=True))


def black_out(lesson: LessonPage, title: str) -> None:
    """Black out a message and check it."""
    card = part_of(lesson, "redact")
    lesson.pick(card.get_by_role("radio", name=re.compile(f"^{title}")))
    words = MESSAGES[title].split()
    for place, word in enumerate(words):
        lesson.press(card.get_by_role("button", name=word, exact=True).nth(words[:place].count(word)))
    lesson.press(card.get_by_role("button", name="Check my message"))
    expect(card.locator(".kit-result")).to_contain_text("Safe to send, and still a good question.", timeout=SAVED)


def read_notices(lesson: LessonPage) -> None:
    """Mark the sentence that answers each question, in both notices."""
    card = part_of(lesson, "notices")
    for number in range(4):
        lesson.pick(card.get_by_role("radio", name=re.compile(f"^{number + 1}\\.")))
        for title, starts in NOTICES.items():
            notice = card.get_by_role("region", name=title)
            lesson.press(notice.get_by_role("button", name=re.compile(f"^{re.escape(starts[number])}")))
    lesson.press(card.get_by_role("button", name="Check my marks"))
    expect(card.locator(".kit-result")).to_contain_text("You found it all.", timeout=SAVED)


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)
    lesson.choose("sure-at-start", "3")


def wonder(lesson: LessonPage) -> None:
    """Predict, and ask a question."""
    lesson.predict("how-many-alone", PREDICTION)
    lesson.write("my-question", QUESTION)


def investigate(lesson: LessonPage) -> None:
    """Find, hide, guess, black out, and read the small print."""
    for handle in PEOPLE:
        find(lesson, handle)
    crowd = part_of(lesson, "crowd")
    lesson.press(crowd.get_by_role("button", name="Count who stands alone"))
    expect(crowd.locator(".kit-count-line")).to_have_text("82 of 120 rows stand alone", timeout=SAVED)
    for fact, level in SETTING:
        publish(lesson, fact, level)
    expect(crowd.locator(".kit-praise").last).to_contain_text("both questions have their answer", timeout=SAVED)
    lesson.write("smallest-crowd", "3 rows")
    lesson.choose("anonymous-means", "Who knows a few facts")
    guess = part_of(lesson, "guess")
    for fact, like in (("Snack", "popcorn"), ("Music", "movie songs")):
        lesson.pick(guess.get_by_role("group", name=fact, exact=True).get_by_role("radio", name=like, exact=True))
        expect(guess.locator(".kit-summary").first).to_contain_text(like, timeout=SAVED)
    lesson.slide(guess.get_by_role("slider"), 12)
    lesson.press(guess.get_by_role("button", name="Lock in my bet"))
    lesson.press(guess.get_by_role("button", name="Try it on all 120"))
    expect(guess.locator(".kit-trial")).to_contain_text("93 of 120", timeout=SAVED)
    lesson.choose("guess-means", "In the rows that it learned from")
    lesson.write("who-is-hurt", HURT)
    for title in MESSAGES:
        black_out(lesson, title)
    read_notices(lesson)


def construct(lesson: LessonPage) -> None:
    """Make a claim that stands on two runs."""
    lesson.claim(
        "A few harmless facts can point at one person, even when there is no name.",
        "PuddleJumper was alone after three facts. In the first count 82 of 120 rows stood alone: no accident.",
        ["3 facts: 1 of 120 left", "82 alone"],
    )


def express(lesson: LessonPage) -> None:
    """Write the rule card and give credit."""
    lesson.choose("audience", "Everybody at home")
    lesson.write("rule-card", RULE)
    lesson.choose("my-statement", "No, I did not")


def reflect(lesson: LessonPage) -> None:
    """Look back at the first idea."""
    lesson.write("looking-back", LOOKING_BACK)
    lesson.choose("sure-at-end", "4")


STAGES = (connect, wonder, investigate, construct, express, reflect)


def check_pictures(lesson: LessonPage) -> None:
    """Each picture, its table and its sentence say the same."""
    find_card = part_of(lesson, "find")
    expect(find_card.locator(".kit-dots-field .kit-in")).to_have_count(int(find_card.locator(".kit-big").inner_text()))
    crowd = part_of(lesson, "crowd")
    expect(crowd.locator(".kit-crowds .kit-lone i")).to_have_count(int(crowd.locator(".kit-big").inner_text()))
    smallest = crowd.locator(".kit-crowds > span").first.locator("i").count()
    assert crowd.locator("table tbody th").first.text_content() == str(smallest)
    guess = part_of(lesson, "guess")
    trial = guess.locator(".kit-trial")
    expect(trial.locator(".kit-dots-field .kit-in")).to_have_count(int(trial.locator(".kit-big").inner_text()))
    bars = trial.locator(".kit-guess-bars .kit-percent").all_text_contents()
    assert bars == trial.locator("table tbody td").all_text_contents()
    redact = part_of(lesson, "redact")
    black = redact.locator('.kit-word[aria-pressed="true"]').count()
    assert redact.locator(".kit-result").inner_text().count(f"You hid {black} words") == 1


def pose(lesson: LessonPage, _exercise: str) -> Locator:
    """Return what a picture of the exercise should show."""
    card = part_of(lesson, "find")
    lesson.pick(card.get_by_role("radio", name=re.compile("^PuddleJumper")))
    return card.locator(".kit-sides")
