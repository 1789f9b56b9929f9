"""Every error the kit raises on purpose.

Each carries a stable ``code`` (kebab-case, documented in ``docs/reference/errors.md``), a message that is safe to show
a child, and a ``mend``: the one thing to do next. No message holds a name, a key or a traceback.

KitError
├── SettingsError            settings-invalid
├── LessonError              lesson-invalid
│   ├── LessonNotFound       lesson-not-found
│   └── NotebookInvalid      notebook-invalid
├── PrintFailed              print-failed
├── JournalError             journal-unusable
│   ├── NotSaved             not-saved
│   └── DiskFull             disk-full
├── AIError                  ai-failed
│   ├── WeightsMissing       weights-missing
│   ├── WeightsDamaged       weights-damaged
│   ├── ProviderRefused      provider-refused
│   ├── ProviderUnavailable  provider-unavailable
│   │   └── NotRecorded      not-recorded
│   ├── TokenRejected        token-rejected
│   ├── MessageRefused       message-refused
│   └── HelpOffered          help-offered
├── ClassroomError           classroom-failed
│   ├── PortTaken            port-taken
│   ├── ProcessDied          process-died
│   └── BrowserMissing       browser-missing
└── GradingError             grading-failed
    ├── SubmissionInvalid    submission-invalid
    ├── RosterInvalid        roster-invalid
    └── SandboxMissing       sandbox-missing
"""

from __future__ import annotations

from typing import ClassVar


class KitError(Exception):
    """Something went wrong that a person can mend.

    Parameters
    ----------
    message
        One plain sentence that says what happened. Safe to show a student.
    mend
        One plain sentence that says what to do next.
    """

    code: ClassVar[str] = "kit-failed"
    default_mend: ClassVar[str] = "Try again. If it happens twice, run `kit doctor`."

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend or self.default_mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend} [{self.code}]"


class SettingsError(KitError):
    """``kit.toml`` or an environment variable can't be used."""

    code = "settings-invalid"
    default_mend = "Correct that line in kit.toml, then try again."


class LessonError(KitError):
    """A lesson's files don't fit together."""

    code = "lesson-invalid"
    default_mend = "Correct the file, then run `kit lesson check`."


class LessonNotFound(LessonError):
    """No lesson has that slug."""

    code = "lesson-not-found"
    default_mend = "Run `kit lesson list` to see the lessons."


class NotebookInvalid(LessonError):
    """A file that should be a notebook isn't one."""

    code = "notebook-invalid"
    default_mend = "Take a fresh copy of the notebook."


class PrintFailed(KitError):
    """A lesson's pages can't be made for paper."""

    code = "print-failed"
    default_mend = "Use --html-only and print from a browser."


class JournalError(KitError):
    """The record of a student's work can't be used."""

    code = "journal-unusable"
    default_mend = "Tell your teacher; nothing has been deleted."


class NotSaved(JournalError):
    """An answer did not reach the disk."""

    code = "not-saved"
    default_mend = "Keep this page open and try again."


class DiskFull(NotSaved):
    """The class computer has no room left."""

    code = "disk-full"
    default_mend = "Keep this page open and tell your teacher: the class computer has no room left."


class AIError(KitError):
    """The model or the gateway could not do what was asked."""

    code = "ai-failed"


class WeightsMissing(AIError):
    """The language model's file isn't there."""

    code = "weights-missing"
    default_mend = "Run `kit weights fetch`, or set ai.weights in kit.toml to a model file you have."


class WeightsDamaged(AIError):
    """The language model's file isn't the one that was promised."""

    code = "weights-damaged"
    default_mend = "Delete the file and run `kit weights fetch` again."


class ProviderRefused(AIError):
    """The model service said no: a wrong key, no credit, or a name it doesn't know."""

    code = "provider-refused"
    default_mend = "Check the key, the model name and the account, then run `kit doctor`."


class ProviderUnavailable(AIError):
    """The model service can't be reached, or didn't answer in time."""

    code = "provider-unavailable"
    default_mend = "Wait a moment and try again. Your work is saved."


class NotRecorded(ProviderUnavailable):
    """No model runs, and nobody recorded what it would say to this. Asking again gives the same."""

    code = "not-recorded"
    default_mend = "Pick one of the lesson's prompts."


class TokenRejected(AIError):
    """The gateway doesn't know this page, or its class period is over."""

    code = "token-rejected"
    default_mend = "Reload the page to get a new pass."


class MessageRefused(AIError):
    """The gateway's screens or the lesson's rules don't allow this message."""

    code = "message-refused"
    default_mend = "Pick one of the lesson's prompts, or change your words."


class HelpOffered(AIError):
    """The message sounded like someone may need help, so a help card is shown and no model was asked."""

    code = "help-offered"
    default_mend = "Talk to an adult you trust. You can call or text 988 at any time (US)."


class ClassroomError(KitError):
    """A part of the classroom didn't start or didn't keep running."""

    code = "classroom-failed"


class PortTaken(ClassroomError):
    """Another program already uses the network port."""

    code = "port-taken"
    default_mend = "Stop that program, or give another port."


class ProcessDied(ClassroomError):
    """One of the kit's processes ended when it should not have."""

    code = "process-died"
    default_mend = "Look at its log, then start again."


class BrowserMissing(ClassroomError):
    """No browser can be found for a job that needs one."""

    code = "browser-missing"
    default_mend = "Install Chromium, then try again."


class GradingError(KitError):
    """Grading could not be done."""

    code = "grading-failed"


class SubmissionInvalid(GradingError):
    """One student's submission can't be read; the others are graded."""

    code = "submission-invalid"
    default_mend = "Ask the student to submit again, or repair the file by hand. The others were graded."


class RosterInvalid(GradingError):
    """The class list can't be read."""

    code = "roster-invalid"
    default_mend = "Correct that line in roster.csv."


class SandboxMissing(GradingError):
    """The computer can't fence in the code that students wrote, so none of it was run."""

    code = "sandbox-missing"
    default_mend = (
        "Grade on Linux 5.13 or newer (WSL works too) with libseccomp installed; `kit doctor` tells you more."
    )
