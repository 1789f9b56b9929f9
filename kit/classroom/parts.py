"""The programs of a running class: what each is started with, and what it may see."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kit.kernels import PROVISIONER, allowed
from kit.settings import Course

HOST = "127.0.0.1"
# Imported once in each server's warm parent, so that a lesson's kernel has it from the start.
LESSON_MODULES = ("kit.widgets.preload", "kit.kernels.kernel")
_JUPYTER = Path(__file__).parent / "jupyter"
# Settings that a school gave by environment, without those of the AI: a provider's key is one of them.
_SETTINGS = ("KIT_COURSE_ID", "KIT_TITLE", "KIT_INQUIRY_MODEL")
_SECTIONS = ("KIT_CLASSROOM__", "KIT_HELP__")


@dataclass(frozen=True, slots=True)
class Part:
    """One program of the class.

    Attributes
    ----------
    name
        What people and logs call it.
    module, arguments
        What is run: ``python -m module arguments``.
    environment
        All that it may see. Nothing is inherited beyond this.
    patience
        Seconds until it must be ready.
    """

    name: str
    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    patience: float = 60

    @property
    def command(self) -> list[str]:
        """The command line. It holds no secret: anybody on the computer can read command lines."""
        return [sys.executable, "-m", self.module, *self.arguments]


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made anew for every start of a class, kept in memory and in the environments of the programs that need them."""

    model_key: str
    gateway_secret: str
    lab_token: str

    @classmethod
    def fresh(cls) -> Secrets:
        """Return new secrets."""
        return cls(secrets.token_hex(32), secrets.token_hex(32), secrets.token_hex(24))


@dataclass(frozen=True, slots=True)
class Plan:
    """Builds the parts of one class.

    Parameters
    ----------
    course
        The course.
    outside
        The environment the class was started in.
    secrets
        This start's secrets.
    """

    course: Course
    outside: Mapping[str, str]
    secrets: Secrets

    def model(self, weights: Path, port: int) -> Part:
        """Return the language model."""
        arguments = ("--weights", str(weights), "--port", str(port))
        return Part(
            "model", "kit.ai.local_model", arguments, self._environment(KIT_MODEL_KEY=self.secrets.model_key), 120
        )

    def gateway(self, port: int, model_url: str) -> Part:
        """Return the gateway, the only one that may have the provider's key."""
        provider = {name: value for name, value in self.outside.items() if name.startswith(("KIT_AI__", "OPENAI_"))}
        environment = self._environment(
            KIT_GATEWAY_SECRET=self.secrets.gateway_secret,
            **provider,
            **({"KIT_MODEL_URL": model_url, "KIT_MODEL_KEY": self.secrets.model_key} if model_url else {}),
        )
        return Part("gateway", "kit.ai.gateway", self._course_and(port), environment)

    def app(self, port: int, gateway_url: str) -> Part:
        """Return the student app."""
        data = os.pathsep.join(filter(None, (str(_JUPYTER / "data"), self.outside.get("JUPYTER_PATH", ""))))
        environment = self._passes(gateway_url) | {"JUPYTER_PATH": data}
        return Part("student app", "kit.classroom.app", self._course_and(port), environment)

    def lab(self, port: int, gateway_url: str) -> Part:
        """Return the teacher's JupyterLab with the formgrader."""
        environment = self._passes(gateway_url) | {
            "JUPYTER_TOKEN": self.secrets.lab_token,
            "JUPYTER_CONFIG_PATH": str(_JUPYTER / "config"),
        }
        return Part("JupyterLab", "kit.classroom.lab", self._course_and(port), environment, 120)

    def _course_and(self, port: int) -> tuple[str, ...]:
        return ("--course", str(self.course.root), "--port", str(port))

    def _passes(self, gateway_url: str) -> dict[str, str]:
        """Return the environment of a program that gives its kernels passes for the gateway."""
        return self._environment(
            KIT_GATEWAY_URL=gateway_url,
            KIT_GATEWAY_SECRET=self.secrets.gateway_secret,
            JUPYTER_DEFAULT_PROVISIONER_NAME=PROVISIONER,
            # The class does not depend on what somebody once set up in their own Jupyter, and leaves nothing there.
            JUPYTER_CONFIG_DIR=str(self.course.private / "jupyter"),
        )

    def _environment(self, **more: str) -> dict[str, str]:
        base = allowed(self.outside, also=_SETTINGS)
        base |= {name: value for name, value in self.outside.items() if name.startswith(_SECTIONS)}
        # nbgrader calls `alembic` by name, and the venv need not be activated.
        here = str(Path(sys.executable).parent)
        base["PATH"] = os.pathsep.join(filter(None, (here, base.get("PATH", ""))))
        return {**base, "PYTHONUNBUFFERED": "1", **more}
