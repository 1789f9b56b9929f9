"""A real model and a real gateway, each a process, for the tests of the AI room."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kit.ai.running import RunningModel, running_model
from kit.ai.tokens import mint_token
from kit.ai.weights import fetch_weights
from kit.settings import content_root
from kit.settings.load import load_settings
from kit.settings.process import plain_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = bytes(range(32))
LESSON = "next-word-please"
BANK_PROMPT = "The capital of France is"


@dataclass(frozen=True)
class RunningGateway:
    """A gateway process and how to get in."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def headers(self, student: str = "otter") -> dict[str, str]:
        return {"Authorization": f"Bearer {mint_token(SECRET, student, LESSON, 600)}"}


@contextmanager
def gateway_process(folder: Path, **environment: str) -> Iterator[RunningGateway]:
    """Run the real gateway with the lessons of this repository."""
    log = folder / "gateway.log"
    variables = plain_environment() | {"KIT_GATEWAY_SECRET": SECRET.hex()} | environment
    command = [sys.executable, "-m", "kit.ai.gateway", "--course", str(content_root())]
    with (
        log.open("wb") as stderr,
        subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=stderr) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()
        assert line, log.read_text()
        yield RunningGateway(json.loads(line)["url"], log, process)
        process.terminate()
        assert process.wait(15) == 0


@pytest.fixture(scope="session")
def model() -> Iterator[RunningModel]:
    fetch_weights()
    with running_model(load_settings(content_root())) as running:
        yield running


@pytest.fixture(scope="session")
def gateway(model: RunningModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    folder = tmp_path_factory.mktemp("gateway")
    key = model.key.get_secret_value()
    with gateway_process(
        folder, KIT_MODEL_KEY=key, KIT_MODEL_URL=model.url, KIT_AI__REQUESTS_PER_MINUTE="500"
    ) as running:
        yield running


@pytest.fixture(scope="session")
def recorded_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    folder = tmp_path_factory.mktemp("recorded")
    with gateway_process(folder, KIT_AI__PROVIDER="recorded", KIT_AI__REQUESTS_PER_MINUTE="500") as running:
        yield running
