"""Start the local model for as long as a block of code runs: for one try, a recording, a benchmark."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from pydantic import SecretStr

from kit.ai.local_model import model_name
from kit.ai.weights import find_weights
from kit.errors import ProviderUnavailable
from kit.settings.process import plain_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kit.settings.model import Settings

__all__ = ["RunningModel", "running_model"]

_PATIENCE = 10  # seconds to end by itself


@dataclass(frozen=True, slots=True)
class RunningModel:
    """Where a model answers."""

    url: str
    key: SecretStr
    name: str
    pid: int


@contextmanager
def running_model(settings: Settings) -> Iterator[RunningModel]:
    """Start the local model on a free port, and end it with the block.

    Raises
    ------
    WeightsMissing, WeightsDamaged
    ProviderUnavailable
        When it doesn't start.
    """
    weights, key = find_weights(settings), secrets.token_hex(16)
    command = [sys.executable, "-m", "kit.ai.local_model", "--weights", str(weights)]
    environment = {**plain_environment(), "KIT_MODEL_KEY": key}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield RunningModel(_ready_url(process), SecretStr(key), model_name(weights), process.pid)
        finally:
            _end(process)


def _ready_url(process: subprocess.Popen[bytes]) -> str:
    line = cast("IO[bytes]", process.stdout).readline()
    if not line:
        raise ProviderUnavailable("The local model did not start.", mend="Run `kit weights check`.")
    return str(json.loads(line)["url"])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
