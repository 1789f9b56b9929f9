"""The base of everything a student touches: one card on the page, wired to the journal.

The page and Python talk by custom messages. The page sends ``{"client", "seq", "kind", "body"}``; Python answers with
the same ``client`` and ``seq``, and only after the journal has what was sent. The page says *Saved* when that answer
comes, and at no other time. Whatever the page sends is somebody's claim, never a fact: its shape, its length and its
right to happen now are looked at before anything is written.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

import anywidget
import traitlets
from ipywidgets import Layout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kit.errors import KitError, NotSaved
from kit.widgets.assets import front_end
from kit.widgets.desk import Desk
from kit.widgets.help import help_for

logger = logging.getLogger(__name__)

REPLIES_KEPT = 64
"""A page sends a message again when no answer came. So many answers are kept, so that none is acted on twice."""


class Message(BaseModel):
    """The body of a message from the page. Anything unexpected in it is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Message):
    """A message that says all by its kind."""


class Envelope(Message):
    """What every message has."""

    client: str = Field(max_length=40)
    seq: int = Field(ge=1, le=1_000_000_000)
    kind: str = Field(max_length=40)
    body: dict[str, Any]


M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Action(Generic[M]):
    """What a card does about one kind of message.

    Attributes
    ----------
    shape
        What the body must look like.
    run
        Acts on it and returns what the page should know.
    slow
        Whether it asks a model, and so runs beside the kernel's own thread.
    """

    shape: type[M]
    run: Callable[[M], Mapping[str, Any]]
    slow: bool = False


class Card(anywidget.AnyWidget):
    """One thing for a student to do.

    Parameters
    ----------
    desk
        Where the work is kept.
    field
        The card's id in the journal.
    title
        What the list before submitting calls it.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    """The pieces of its front end; the first one also names its style sheet. An instance may have more of its own."""

    data = traitlets.Dict().tag(sync=True)
    done = traitlets.Bool(default_value=False).tag(sync=True)
    # Traits of the class: anywidget would add them to each instance, and so make a class of its own for each card.
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    _anywidget_id = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: Desk, field: str, title: str) -> None:
        self.desk = desk
        self.field = field
        self.title = title
        self._offered_help = False
        self._replies: OrderedDict[tuple[str, int], dict[str, Any] | None] = OrderedDict()
        layout = _shared_layout(desk)
        desk.add(self)
        view = {"field": field, **self.view()}
        esm, css = front_end(self.parts, desk.session.front_ends)
        kind = f"{type(self).__module__}.{type(self).__name__}"
        # All at once, so that one message opens the card and none has to follow.
        super().__init__(data=view, done=self.is_done(view), layout=layout, _esm=esm, _css=css, _anywidget_id=kind)
        self.on_msg(self._on_message)
        if self.done:
            desk.announce()

    def add_traits(self, **traits: Any) -> None:
        """Add the traits that the class hasn't; anywidget asks for one that it has (read in 0.11)."""
        missing = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if missing:
            super().add_traits(**missing)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Return what this card does about each kind of message."""
        raise NotImplementedError

    def view(self) -> dict[str, Any]:
        """Return all that the page needs to draw this card, from the journal."""
        raise NotImplementedError

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether the student has done what this card asks."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Draw the card anew from the journal."""
        view = {"field": self.field, **self.view()}
        done = self.is_done(view)
        changed = done != self.done
        self.data = view
        self.done = done
        if changed:
            self.desk.announce()

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take no state from the page: it may only send messages, which are looked at one by one."""

    def _on_message(self, _card: Card, content: Any, _buffers: Any) -> None:
        try:
            envelope = Envelope.model_validate(content)
        except ValidationError:
            return  # nobody to answer: it has no number
        key = (envelope.client, envelope.seq)
        if key in self._replies:
            self._resend(key)
            return
        self._replies[key] = None
        while len(self._replies) > REPLIES_KEPT:
            self._replies.popitem(last=False)
        self._start(envelope)

    def _resend(self, key: tuple[str, int]) -> None:
        reply = self._replies[key]
        if reply is not None:
            self.send(reply)

    def _start(self, envelope: Envelope) -> None:
        action = self.actions().get(envelope.kind)
        if action is not None and action.slow:
            self.desk.in_background(lambda: self._finish(envelope, action))
        else:
            self._finish(envelope, action)

    def _finish(self, envelope: Envelope, action: Action[Any] | None) -> None:
        try:
            result = self._act(action, envelope.body)
        except KitError as error:
            self._fail(envelope, error)
        except Exception:
            # A fault of the kit's own. The page must hear of it, or it would wait in vain.
            logger.exception("card %s could not act on a message of kind %s", self.field, envelope.kind)
            mend = "Try again, or tell your teacher."
            self._fail(envelope, NotSaved("Something went wrong on the class computer.", mend=mend))
        else:
            reply = {"client": envelope.client, "seq": envelope.seq, "ok": True, "result": dict(result)}
            reply |= self._offer_help(envelope.body)
            self._replies[envelope.client, envelope.seq] = reply
            # The card first, then the answer: what the page does on hearing it, such as moving the focus, comes last.
            self.refresh()
            self.send(reply)

    def _offer_help(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the help card for words that sound like distress, whether they could be saved or not."""
        contact = help_for(body, self.desk.session)
        if contact is None:
            return {}
        if not self._offered_help:
            self._offered_help = True
            with suppress(NotSaved):  # the card matters more than the note about it
                self.desk.record("ai", self.field, {"outcome": "help"})
        return {"help": contact}

    def _fail(self, envelope: Envelope, error: KitError) -> None:
        # Not kept: after a failure the page sends the same message again, and it deserves another try.
        self._replies.pop((envelope.client, envelope.seq), None)
        reason = {"code": error.code, "message": error.message, "mend": error.mend}
        reply = {"client": envelope.client, "seq": envelope.seq, "ok": False, **reason}
        self.send(reply | self._offer_help(envelope.body))

    @staticmethod
    def _act(action: Action[Any] | None, body: dict[str, Any]) -> Mapping[str, Any]:
        if action is None:
            raise NotSaved("This page sent something the lesson doesn't know.", mend="Reload the page.")
        try:
            message = action.shape.model_validate(body)
        except ValidationError as error:
            raise _explain(error) from None
        return action.run(message)


def _shared_layout(desk: Desk) -> Layout:
    """Return the layout that all cards of a page have. No card changes it, and each of its own is one more message."""
    layouts = (card.layout for card in desk.cards.values() if isinstance(card, Card))
    return next((layout for layout in layouts if layout.comm is not None), None) or Layout()


def _explain(error: ValidationError) -> NotSaved:
    first = error.errors()[0]
    if first["type"] == "string_too_long":
        limit = first["ctx"]["max_length"]
        return NotSaved(
            f"This is longer than {limit:,} characters, so it was not saved.",
            mend="Make it shorter. Your words stay in the box.",
        )
    return NotSaved("This page sent something the lesson can't use.", mend="Reload the page, then try again.")
