"""Record what the local model does with a lesson's own prompts and texts, for classes where no model runs.

``python -m kit.ai.record LESSON`` writes ``kit/ai/recordings/LESSON.json``: replies to the prompts in its
``lesson.yml``, and, if the lesson cuts text into pieces, the pieces of every ``text`` in the tables of its data. Run it
when they change.
"""

from __future__ import annotations

import asyncio
import csv
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.ai.asks import Ask, Turn
from kit.ai.gateway.rules import SPLITTER
from kit.ai.providers.remote import RemoteProvider
from kit.ai.running import running_model
from kit.settings import content_root
from kit.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kit.ai.providers import Provider, Survey
    from kit.lessons import Catalogue

__all__ = ["TEMPERATURES", "main", "record_prompts", "record_splits", "texts_of"]

TEMPERATURES = tuple(round(step * 0.05, 2) for step in range(1, 41))  # 0.05 to 2.00, the slider's steps
_TOKENS = 60
_GREEDY = 40
_FOLDER = Path(__file__).parent / "recordings"


async def record_prompts(provider: Provider, prompts: Sequence[str]) -> list[dict[str, Any]]:
    """Return recordings of the prompts, ready for JSON."""
    return [await _record(provider, prompt) for prompt in prompts]


async def record_splits(provider: Provider, texts: Sequence[str]) -> dict[str, list[list[Any]]]:
    """Return the pieces of each text, ready for JSON: the number and the bytes, in hexadecimal, of each."""
    return {text: [[piece.id, piece.data.hex()] for piece in await provider.tokenize(text)] for text in texts}


def texts_of(catalogue: Catalogue, lesson: str) -> list[str]:
    """Return every text that a lesson's tables want to have cut, in order; none for lessons that cut nothing."""
    if SPLITTER not in catalogue[lesson].exercises:
        return []
    tables = sorted(catalogue.data_folder(lesson).glob("*.csv"))
    rows = [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())]
    return list(dict.fromkeys(row["text"] for row in rows if "text" in row))


async def _record(provider: Provider, prompt: str) -> dict[str, Any]:
    survey = await provider.survey(prompt)
    greedy = await provider.send(Ask("completion", (Turn("user", prompt),), _GREEDY, logprobs=1))
    pieces = greedy["choices"][0]["logprobs"]["content"]
    return {
        "text": prompt,
        "next": [[t, round(lp, 5)] for t, lp in zip(survey.tokens[:_TOKENS], survey.logprobs, strict=False)],
        "log_z": {f"{at:.2f}": round(_log_z(survey, at), 5) for at in TEMPERATURES},
        "greedy": [[piece["token"], round(piece["logprob"], 5)] for piece in pieces],
    }


def _log_z(survey: Survey, temperature: float) -> float:
    largest = survey.logprobs[0]
    return largest / temperature + math.log(sum(math.exp((lp - largest) / temperature) for lp in survey.logprobs))


@click.command()
@click.argument("lesson")
@click.option("--course", type=click.Path(path_type=Path, file_okay=False, exists=True), default=content_root)
def main(lesson: str, course: Path) -> None:
    """Record what the local model does with the prompts and texts of LESSON."""
    from kit.lessons import load_catalogue

    catalogue = load_catalogue(course)
    prompts = [prompt.text for prompt in catalogue[lesson].prompts]
    texts = texts_of(catalogue, lesson)
    data = asyncio.run(_all(course, prompts, texts))
    target = _FOLDER / f"{lesson}.json"
    target.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    click.echo(f"{len(prompts)} prompts, {len(texts)} texts, {target.stat().st_size // 1000} kB")


async def _all(course: Path, prompts: Sequence[str], texts: Sequence[str]) -> dict[str, Any]:
    with running_model(load_settings(course)) as model:
        provider = RemoteProvider("local", f"{model.url}/v1", model.key, model.name, timeout=120)
        try:
            prompted = {"prompts": await record_prompts(provider, prompts)}
            cut = {"splits": await record_splits(provider, texts)} if texts else {}
            return {"model": provider.model, **prompted, **cut}
        finally:
            await provider.close()


if __name__ == "__main__":
    main()
