"""What does the gateway cost? The same eight parallel streams, to the model directly and through the gateway, in turns.

Prints first-token times, tokens per second and memory, and as its last line ``ratio: N``: the median, over rounds, of
the time through the gateway divided by the time directly. 1.00 is no cost; up to 1.05 is what the kit promises.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import psutil

from kit.ai.asks import Ask, Turn
from kit.ai.providers.protocol import completion_body
from kit.ai.providers.remote import PLAIN_SAMPLING
from kit.ai.running import RunningModel, running_model
from kit.ai.tokens import mint_token
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.settings.load import load_settings
from kit.settings.process import plain_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

LESSON = "next-word-please"
STREAMS, TOKENS, ROUNDS = 8, 60, 6


@dataclass(frozen=True, slots=True)
class Stream:
    """What one student saw."""

    first_token: float
    pieces: int


@dataclass(frozen=True, slots=True)
class Round:
    """Eight students at once."""

    seconds: float
    streams: list[Stream]

    @property
    def speed(self) -> float:
        """Tokens per second, of all together."""
        return sum(stream.pieces for stream in self.streams) / self.seconds


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways to the model."""

    name: str
    url: str
    tokens: list[str]
    sampling: dict[str, float]

    def request(self, number: int, prompt: str, seed: int) -> tuple[dict[str, object], dict[str, str]]:
        """Return the body and the headers of one student's request."""
        ask = Ask("completion", (Turn("user", prompt),), TOKENS, temperature=0.8, seed=seed, stream=True)
        return completion_body(ask, "", self.sampling), {"Authorization": f"Bearer {self.tokens[number]}"}


async def one_round(way: Way, prompts: list[str], seed: int) -> Round:
    """Send all streams at once, with one connection for each student, and read them to the end."""
    async with httpx.AsyncClient(base_url=way.url, timeout=300, trust_env=False) as http:
        started = time.perf_counter()
        streams = await asyncio.gather(*(_stream(http, way, n, prompts[n], seed + n) for n in range(STREAMS)))
        return Round(time.perf_counter() - started, list(streams))


async def _stream(http: httpx.AsyncClient, way: Way, number: int, prompt: str, seed: int) -> Stream:
    body, headers = way.request(number, prompt, seed)
    started, first, pieces = time.perf_counter(), 0.0, 0
    async with http.stream("POST", "/v1/completions", json=body, headers=headers) as response:
        response.raise_for_status()
        async for raw in response.aiter_bytes():
            pieces += raw.count(b'"text":') - raw.count(b'"text":""')
            first = first or time.perf_counter() - started
    return Stream(first, pieces)


@contextmanager
def running_gateway(model: RunningModel, secret: bytes) -> Iterator[tuple[str, int]]:
    """Start the real gateway before a running model; yield its address and process id."""
    environment = plain_environment() | {
        "KIT_MODEL_KEY": model.key.get_secret_value(),
        "KIT_MODEL_URL": model.url,
        "KIT_GATEWAY_SECRET": secret.hex(),
    }
    command = [sys.executable, "-m", "kit.ai.gateway", "--course", str(content_root())]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["url"], process.pid
        finally:
            process.terminate()


def megabytes(pid: int) -> float:
    """Return how much memory a process holds."""
    return psutil.Process(pid).memory_info().rss / 1e6


def main() -> None:
    """Measure and print."""
    prompts = [prompt.text for prompt in load_catalogue(content_root())[LESSON].prompts][:STREAMS]
    secret = secrets.token_bytes(32)
    with running_model(load_settings(content_root())) as model, running_gateway(model, secret) as (url, pid):
        passes = [mint_token(secret, f"student-{n}", LESSON, 3600) for n in range(STREAMS)]
        direct = Way("direct", model.url, [model.key.get_secret_value()] * STREAMS, PLAIN_SAMPLING)
        gateway = Way("gateway", url, passes, {})
        for way in (direct, gateway):
            asyncio.run(one_round(way, prompts, seed=1))  # warm up
        rounds = measure(direct, gateway, prompts)
        survey(url, passes[0], prompts)
        report(rounds, megabytes(model.pid), megabytes(pid))


def measure(direct: Way, gateway: Way, prompts: list[str]) -> dict[str, list[Round]]:
    """Run the rounds, one way and the other in turns, so that a busy moment of the machine meets both."""
    rounds: dict[str, list[Round]] = {"direct": [], "gateway": []}
    for number in range(ROUNDS):
        order = (direct, gateway) if number % 2 == 0 else (gateway, direct)
        for way in order:
            rounds[way.name].append(asyncio.run(one_round(way, prompts, seed=100 * number)))
    return rounds


def survey(url: str, token: str, prompts: list[str]) -> None:
    """Ask once for the whole vocabulary of each prompt, so that memory is measured after the heaviest request too."""
    for prompt in prompts:
        body = {"prompt": prompt, "max_tokens": 1, "temperature": 0, "logprobs": 50_000}
        httpx.post(f"{url}/v1/completions", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=120)


def report(rounds: dict[str, list[Round]], model: float, gateway: float) -> None:
    """Print the table, and the ratio last."""
    print(f"{STREAMS} streams of {TOKENS} tokens at once, {ROUNDS} rounds each way")
    print(f"{'':<10}{'first token, median':>22}{'slowest':>10}{'tokens/s':>10}{'seconds':>10}")
    for name, found in rounds.items():
        firsts = [stream.first_token for one in found for stream in one.streams]
        speed = statistics.median(one.speed for one in found)
        seconds = statistics.median(one.seconds for one in found)
        print(f"{name:<10}{statistics.median(firsts):>21.3f}s{max(firsts):>9.3f}s{speed:>10.1f}{seconds:>10.3f}")
    print(f"memory    model {model:.0f} MB (4 slots), gateway {gateway:.0f} MB")
    pairs = zip(rounds["gateway"], rounds["direct"], strict=True)
    print(f"ratio: {statistics.median(through.seconds / straight.seconds for through, straight in pairs):.3f}")


if __name__ == "__main__":
    main()
