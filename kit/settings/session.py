"""Who sits at this kernel, on which lesson: what the classroom tells a kernel, and nothing more."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PREVIEW_STUDENT = "preview"


@dataclass(frozen=True, slots=True)
class Session:
    """One student at one lesson.

    Attributes
    ----------
    student
        A pseudonym, never a name. ``preview`` when a teacher opens the notebook by hand.
    work
        The folder for the journal.
    content
        The course root (or the repository), where ``notebooks/lessons`` is.
    gateway_url, gateway_token
        Where to ask for a model, and the pass for this student and lesson. Empty when no gateway runs.
    inbox
        Where a submission is handed in; ``None`` when there is no class to hand it in to.
    feedback
        Where the feedback that was given back is read from.
    help
        Whom the help card points to, as the JSON of ``HelpSettings``; empty means the defaults.
    front_ends
        The path at which the page's own server has the cards' scripts and style sheets; empty where it has not.
    """

    student: str
    work: Path
    content: Path
    gateway_url: str = ""
    gateway_token: str = ""
    inbox: Path | None = None
    feedback: Path | None = None
    help: str = ""
    front_ends: str = ""

    def to_environment(self) -> dict[str, str]:
        """Return the variables that carry this session into a kernel."""
        found = {
            "KIT_SESSION_STUDENT": self.student,
            "KIT_SESSION_WORK": str(self.work),
            "KIT_SESSION_CONTENT": str(self.content),
            "KIT_SESSION_GATEWAY": self.gateway_url,
            "KIT_SESSION_TOKEN": self.gateway_token,
            "KIT_SESSION_INBOX": str(self.inbox or ""),
            "KIT_SESSION_FEEDBACK": str(self.feedback or ""),
            "KIT_SESSION_HELP": self.help,
            "KIT_SESSION_FRONT_ENDS": self.front_ends,
        }
        return {name: value for name, value in found.items() if value}


def session_from_environment(lesson: str) -> Session:
    """Return the session of this process.

    In a kernel that nobody prepared (a notebook opened by hand), the journal goes beside the notebook, under
    ``.kit-work``, so that a preview behaves like the real thing and saves for real.

    Parameters
    ----------
    lesson
        The slug; only used to name the preview's folder.
    """
    env = os.environ
    return Session(
        student=env.get("KIT_SESSION_STUDENT", PREVIEW_STUDENT),
        work=Path(env.get("KIT_SESSION_WORK", Path.cwd() / ".kit-work" / lesson)),
        content=Path(env.get("KIT_SESSION_CONTENT", content_root())),
        gateway_url=env.get("KIT_SESSION_GATEWAY", ""),
        gateway_token=env.get("KIT_SESSION_TOKEN", ""),
        inbox=_optional_path("KIT_SESSION_INBOX"),
        feedback=_optional_path("KIT_SESSION_FEEDBACK"),
        help=env.get("KIT_SESSION_HELP", ""),
        front_ends=env.get("KIT_SESSION_FRONT_ENDS", ""),
    )


def content_root() -> Path:
    """Return the folder that holds the lessons: the repository, or the copy inside an installed package."""
    package = Path(__file__).resolve().parents[1]
    bundled = package / "_content"
    return bundled if bundled.is_dir() else package.parent


def _optional_path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
