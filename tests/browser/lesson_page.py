"""What a student sees and does on a lesson's page, in a student's words, by mouse or by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SAVED = 10_000
MODEL = 60_000
MOST_TABS = 400


class LessonPage:
    """The open page of one lesson, used with a mouse.

    Parameters
    ----------
    page
        A browser page of a student who is signed in.
    app_url, slug
        Where the lesson is.
    """

    def __init__(self, page: Page, app_url: str, slug: str) -> None:
        self.page = page
        self.url = f"{app_url}/lesson/{slug}"

    # The few ways to touch a page; a subclass does them by keyboard.

    def press(self, button: Locator) -> None:
        """Press a button."""
        button.click()

    def fill(self, box: Locator, text: str) -> None:
        """Write into a box and leave it."""
        box.fill(text)
        box.blur()

    def pick(self, choice: Locator) -> None:
        """Pick a radio button or tick a box."""
        choice.locator("xpath=ancestor::label").click()
        expect(choice).to_be_checked()

    def open_option(self, choice: Locator) -> None:
        """Open what a radio button stands for, where picking is not yet opening."""
        choice.locator("xpath=ancestor::label").click()

    def slide(self, slider: Locator, steps: int) -> None:
        """Move a slider by so many steps, up or down."""
        step = float(slider.get_attribute("step") or 1)
        slider.fill(f"{float(slider.input_value()) + steps * step:g}")

    # What a student does

    def open(self) -> None:
        """Open the lesson, or load it anew, and wait until all of it is there."""
        self.page.goto(self.url)
        expect(self.page.get_by_role("button", name="Hand in")).to_be_visible(timeout=MODEL)

    def card(self, field: str) -> Locator:
        """Return a card by its id."""
        return self.page.locator(f'.kit-card[data-kit-field="{field}"]')

    def exercise(self, name: str, number: int = 0) -> Locator:
        """Return one of the lesson's exercises of a kind, counted from 0."""
        return self.page.locator(f'.kit-card[data-kit-exercise="{name}"]').nth(number)

    def expect_saved(self, field: str) -> None:
        """Wait until a card says that it is saved."""
        expect(self.card(field).locator(".kit-foot").last).to_contain_text("Saved", timeout=SAVED)

    def write(self, field: str, text: str) -> None:
        """Answer a question in words."""
        self.fill(self.card(field).get_by_role("textbox"), text)
        self.expect_saved(field)

    def choose(self, field: str, option: str) -> None:
        """Answer a closed question, or a scale."""
        self.pick(self.card(field).get_by_role("radio", name=re.compile(f"^{re.escape(option)}")))
        self.expect_saved(field)

    def predict(self, field: str, text: str) -> None:
        """Make a prediction and lock it."""
        self.fill(self.card(field).get_by_role("textbox"), text)
        self.press(self.card(field).get_by_role("button", name="Lock my prediction"))
        expect(self.card(field)).to_contain_text("Prediction, locked", timeout=SAVED)

    def add_source(self, fields: dict[str, str], kind: str = "Encyclopedia", log_field: str = "source-log") -> None:
        """Log a source; the keys are the labels of the form."""
        log = self.card(log_field)
        self.press(log.get_by_role("button", name="Add a source"))
        self.pick(log.get_by_role("radio", name=kind))
        for label, text in fields.items():
            self.fill(log.get_by_role("textbox", name=label, exact=True), text)
        self.press(log.get_by_role("button", name="Done"))
        expect(log.get_by_role("button", name="Add a source")).to_be_visible(timeout=SAVED)

    def claim(self, claim: str, reasoning: str, evidence: list[str], field: str = "my-claim") -> None:
        """Make a claim with evidence; each piece is picked by some of its words."""
        card = self.card(field)
        self.fill(card.get_by_label("My claim"), claim)
        for words in evidence:
            self.pick(card.get_by_role("checkbox", name=re.compile(words)).first)
        self.fill(card.get_by_label("My reasoning"), reasoning)
        self.expect_saved(field)

    def hand_in(self) -> str:
        """Hand in and return the receipt's code."""
        self.press(self.page.get_by_role("button", name=re.compile("^Hand in")))
        self.press(self.page.get_by_role("button", name="Yes, hand in"))
        receipt = self.page.locator('.kit-receipt[data-newest="yes"] .kit-receipt-code')
        expect(receipt).to_be_visible(timeout=20_000)
        return receipt.inner_text()


class KeyboardLessonPage(LessonPage):
    """The same page for somebody who has no mouse: Tab, Enter, Space, arrows, and the letters."""

    def press(self, button: Locator) -> None:
        """Tab to the button and press Enter."""
        self._reach(button)
        self.page.keyboard.press("Enter")

    def fill(self, box: Locator, text: str) -> None:
        """Tab to the box and type."""
        self._reach(box)
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Tab")

    def pick(self, choice: Locator) -> None:
        """Tab to the group, then go through it with the arrows; a box to tick takes Space."""
        if choice.get_attribute("type") == "checkbox":
            self._reach(choice)
            self.page.keyboard.press("Space")
            return
        self._go_through(choice)
        if not choice.is_checked():
            self.page.keyboard.press("Space")

    def open_option(self, choice: Locator) -> None:
        """Go to the option with the arrows and press Enter."""
        self._go_through(choice)
        self.page.keyboard.press("Enter")

    def slide(self, slider: Locator, steps: int) -> None:
        """Press an arrow once for each step."""
        self._reach(slider)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def _reach(self, target: Locator) -> None:
        """Press Tab, or Shift and Tab for what is above, until the target has the focus."""
        key = self._way_to(target)
        for _ in range(MOST_TABS):
            if self._has_focus(target):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no Tab leads to {target}")

    def _go_through(self, choice: Locator) -> None:
        group = choice.get_attribute("name")
        key = self._way_to(choice)
        for _ in range(MOST_TABS):
            if self.page.evaluate("name => document.activeElement?.name === name", group):
                break
            self.page.keyboard.press(key)
        for _ in range(MOST_TABS):
            if self._has_focus(choice):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {choice}")

    @staticmethod
    def _way_to(target: Locator) -> str:
        """Return the key that leads to the target sooner. People look where they are, too."""
        above = "node => document.activeElement.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING"
        return "Shift+Tab" if target.evaluate(above) else "Tab"

    @staticmethod
    def _has_focus(target: Locator) -> bool:
        return bool(target.evaluate("node => node === document.activeElement"))
