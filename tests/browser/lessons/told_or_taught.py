"""A student who does all of *Told or Taught?*, well enough for every machine point."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lesson_page import SAVED, LessonPage

SLUG = "told-or-taught"

FIRST_IDEA = "I think that it has a long list of bad words, and when a message has one of them it goes into the trash."
RULES = ("gift card", "[link]", "password", "pay", "send", "code", "bank")
QUESTION = "How do the false alarms change when the machine gets more examples? I can compare 10, 40 and 140."
PREDICTION = "Urgent, because every fake message tells you to hurry."
SOURCE = {
    "Title": "What to do about a text that smells fishy",
    "Author or authors": "Ana Rivera",
    "Organization or website": "Harborlight Consumer Desk",
    "Web address (URL)": "https://harborlight.example/scam-texts",
    "Who is behind it?": "A consumer group that is paid by its members.",
    "What is the evidence?": "It shows texts that people sent in, and says how many it got.",
    "What do other sources say?": "The page of a government office says the same.",
}
WHAT_TO_DO = (
    "Don't answer and don't send the code. Show it to your mom, and ask your friend in person or call the old number. "
    "You can report it, too. My source collects such reports, and a second page by a public office agrees."
)
MESSAGES = (
    ("Get a gift card and read me the numbers", "A scam", "Money or gift cards"),
    ("Now get gift cards and read me the numbers at lunch on Monday, please", "A scam", "Money or gift cards"),
    ("We have your book. Pay us back with a cookie and a hug.", "Harmless", None),
)
CLAIM = "A machine that was told flips when one exact word changes. A machine that learned moves bit by bit."
REASONING = "My rule says gift card, so gift cards got through. The taught machine needed lunch and Monday to move."
LABEL = (
    "This filter was taught. It got 140 messages with labels and counted which words stand in scams. It adds the words "
    "up and says scam when the sum is above zero. It caught 22 of 24 scams, with 7 false alarms. It misses scams that "
    "use everyday words. If one gets through, don't answer, don't tap, and show it to me."
)
LOOKING_BACK = (
    "At first I thought that a filter has a list of bad words. Now I think that some only count words in examples. "
    "What changed it was the word and, because nobody would put it on a list. As for my question, they went down."
)


def card_of(lesson: LessonPage, ask: str) -> Locator:
    """Return the scam filter's card that asks for rules, to learn, or to fool."""
    return lesson.card(f"scam-filter-{ask}")


def tell(lesson: LessonPage, rules: tuple[str, ...]) -> None:
    """Write rules and try them on the pile."""
    card = card_of(lesson, "rules")
    for number, rule in enumerate(rules, 1):
        box = card.get_by_label(f"Rule {number}: it is a scam if it says")
        if not box.count():
            lesson.press(card.get_by_role("button", name="Add a rule"))
        lesson.fill(box, rule)
    lesson.press(card.get_by_role("button", name="Try my rules on the pile"))
    expect(card.locator(".kit-picture .kit-summary").first).to_contain_text("Your rules caught", timeout=SAVED)


def lock(lesson: LessonPage) -> None:
    """Lock the rules and meet the new messages."""
    card = card_of(lesson, "rules")
    lesson.press(card.get_by_role("button", name="Lock my rules and test them"))
    lesson.press(card.get_by_role("button", name="Yes, lock and test"))
    expect(card).to_contain_text("It is a scam if it says", timeout=SAVED)


def tested(lesson: LessonPage) -> tuple[int, int, int]:
    """Return what the table of the test says: caught, missed, false alarms."""
    cells = card_of(lesson, "rules").locator(".kit-picture").first.locator("tbody td").all_text_contents()
    return int(cells[0]), int(cells[1]), int(cells[2])


def teach(lesson: LessonPage, steps: int, examples: int) -> None:
    """Move the slider and wait until the machine has learned."""
    card = card_of(lesson, "learn")
    lesson.slide(card.get_by_label("How many examples does it get?"), steps)
    expect(card.locator(".kit-picture .kit-caption").first).to_have_text(f"Taught: {examples} examples", timeout=SAVED)


def fool(lesson: LessonPage, text: str, says: str, wants: str | None) -> None:
    """Make up a message and ask both machines."""
    card = card_of(lesson, "fool")
    lesson.press(card.get_by_role("button", name="New message"))
    lesson.fill(card.get_by_label("Make up a message"), text)
    lesson.pick(card.get_by_role("radio", name=says, exact=True))
    if wants:
        lesson.pick(card.get_by_role("radio", name=wants, exact=True))
    lesson.press(card.get_by_role("button", name="Ask both machines"))
    expect(card.locator(".kit-push-word").first).to_have_text(text.split(maxsplit=1)[0].lower(), timeout=SAVED)


def connect(lesson: LessonPage) -> None:
    """Say a first idea."""
    lesson.write("first-idea", FIRST_IDEA)


def wonder(lesson: LessonPage) -> None:
    """Write rules, mend them, lock them, read off two numbers, ask a question, predict."""
    tell(lesson, RULES[:3])
    tell(lesson, RULES)
    lock(lesson)
    caught, missed, false_alarms = tested(lesson)
    lesson.write("precision", f"{caught} of {caught + false_alarms}")
    lesson.write("recall", f"{caught / (caught + missed):.0%}")
    lesson.write("my-question", QUESTION)
    lesson.predict("word-bet", PREDICTION)


def investigate(lesson: LessonPage) -> None:
    """Teach the machine right and wrong, log a source, fool both machines in all four ways."""
    card = card_of(lesson, "learn")
    lesson.press(card.get_by_role("button", name="Teach it with 10 examples"))
    expect(card.locator(".kit-picture .kit-caption").first).to_have_text("Taught: 10 examples", timeout=SAVED)
    teach(lesson, 2, 40)
    teach(lesson, 2, 140)
    lesson.fill(card.get_by_label("Look up any other word"), "Lunch")
    lesson.press(card.get_by_role("button", name="Look it up"))
    expect(card.locator(".kit-scale-list")).to_contain_text("lunch", timeout=SAVED)
    lesson.pick(card.get_by_role("checkbox", name="Teach it wrong"))
    expect(card.locator(".kit-picture .kit-caption").first).to_contain_text("Taught wrong", timeout=SAVED)
    lesson.add_source(SOURCE, kind="Website")
    lesson.write("what-to-do", WHAT_TO_DO)
    for message in MESSAGES:
        fool(lesson, *message)
    expect(card_of(lesson, "fool")).to_contain_text("All four found", timeout=SAVED)


def construct(lesson: LessonPage) -> None:
    """Answer two quick questions and make a claim that stands on a run of each machine."""
    lesson.choose("which-taught", "A music app")
    lesson.choose("how-to-mend", "Teach it again")
    lesson.claim(CLAIM, REASONING, ["On new messages", "^The taught machine: 140 examples: "])


def express(lesson: LessonPage) -> None:
    """Write the label and give credit."""
    lesson.choose("audience", "A grandparent")
    lesson.write("filter-label", LABEL)
    lesson.choose("my-statement", "No, I did not")


def reflect(lesson: LessonPage) -> None:
    """Look back at the first idea."""
    lesson.write("looking-back", LOOKING_BACK)


STAGES = (connect, wonder, investigate, construct, express, reflect)


def check_pictures(lesson: LessonPage) -> None:
    """Squares, sentence and table of each picture say the same."""
    for ask in ("rules", "learn"):
        card = card_of(lesson, ask)
        picture = card.locator(".kit-picture").first
        expect(picture.locator(".kit-summary")).to_contain_text("caught", timeout=SAVED)
        drawn = [way.locator(".kit-squares i").count() for way in picture.locator(".kit-way").all()]
        assert drawn == [int(cell) for cell in picture.locator("tbody td").all_text_contents()]
        assert sum(drawn) == 60
        said = re.search(r"caught (\d+) of (\d+) scams and raised (\d+)", picture.locator(".kit-summary").inner_text())
        assert said
        assert [int(number) for number in said.groups()] == [drawn[0], drawn[0] + drawn[1], drawn[2]]
    columns = card_of(lesson, "learn").locator(".kit-column b").all_text_contents()
    told = card_of(lesson, "learn").locator(".kit-picture", has_text="Fill in the columns").locator("tbody td")
    assert sorted(columns) == sorted(text for text in told.all_text_contents() if text.isdigit())


def open_all(lesson: LessonPage) -> None:
    """Bring back what a reload folds away: a verdict, word by word."""
    fool(lesson, *MESSAGES[1])


def pose(lesson: LessonPage, _exercise: str) -> Locator:
    """Return what a picture of the exercise should show."""
    return card_of(lesson, "learn").locator(".kit-side-by-side")
