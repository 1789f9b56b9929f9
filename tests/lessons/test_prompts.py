"""What lesson.yml says about the model is what the real model does."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from kit.ai.screens.output import OutputScreen
from kit.ai.weights import fetch_weights, find_weights
from kit.errors import WeightsMissing
from kit.lessons import Prompt, load_catalogue
from kit.settings.load import load_settings

from .conftest import REPOSITORY

CATALOGUE = load_catalogue(REPOSITORY)
LESSON = CATALOGUE["next-word-please"]
PROMPTS = [prompt for slug in CATALOGUE.slugs for prompt in CATALOGUE[slug].prompts if prompt.measured]
KEY = "for-this-test-only"
# Other processors round in other places.
TOLERANCE = 0.05

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model() -> Iterator[httpx.Client]:
    settings = load_settings(REPOSITORY)
    try:
        weights = find_weights(settings)
    except WeightsMissing:
        weights = fetch_weights()
    command = [sys.executable, "-m", "kit.ai.local_model", "--weights", str(weights)]
    environment = {**os.environ, "KIT_MODEL_KEY": KEY}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        with httpx.Client(base_url=ready["url"], headers={"Authorization": f"Bearer {KEY}"}, timeout=60) as client:
            yield client
        process.terminate()


@pytest.fixture(scope="module")
def screen() -> OutputScreen:
    return OutputScreen()


def ask(model: httpx.Client, prompt: Prompt) -> tuple[list[tuple[str, float]], str]:
    body = {"prompt": prompt.text, "max_tokens": 12, "temperature": 0, "seed": 0, "logprobs": 10}
    choice = model.post("/v1/completions", json=body).raise_for_status().json()["choices"][0]
    ten = choice["logprobs"]["content"][0]["top_logprobs"]
    return [(one["token"], math.exp(one["logprob"])) for one in ten], choice["text"]


def test_every_prompt_of_the_first_lesson_has_been_measured():
    assert set(LESSON.prompts) <= set(PROMPTS)


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.id)
def test_the_top_word_and_its_probability_are_as_noted(model, prompt):
    assert prompt.measured is not None
    (word, probability), *others = ask(model, prompt)[0]
    assert word in {prompt.measured.word, prompt.measured.close_call}
    measured = dict([(word, probability), *others])[prompt.measured.word]
    assert measured == pytest.approx(prompt.measured.probability, abs=TOLERANCE)


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.id)
def test_no_word_and_no_sentence_of_the_bank_needs_hiding(model, screen, prompt):
    ten, completion = ask(model, prompt)
    assert len(ten) == 10
    assert not [word for word, _ in ten if screen.hides(word)]
    assert screen.find(completion) is None
    assert screen.find(prompt.measured.completion) is None


def test_the_lesson_stands_on_a_false_sentence_that_is_surer_than_a_true_one(model):
    false = ask(model, LESSON.prompt("ice"))[0]
    true = ask(model, LESSON.prompt("planet"))[0]
    assert (false[0][0], true[0][0]) == (" air", " Jupiter")
    assert false[0][1] > 3 * true[0][1]


def test_facts_have_a_truth_and_a_place_to_check_it_and_inventions_have_none():
    groups = {prompt.group for prompt in LESSON.prompts}
    assert {"warm-up", "funny", "facts-true", "facts-false", "made-up"} <= groups
    for prompt in LESSON.prompts:
        is_fact = prompt.group.startswith("facts")
        assert bool(prompt.truth) == is_fact
        assert bool(prompt.check) == is_fact


@pytest.mark.parametrize("group", ["facts-true", "facts-false"])
def test_the_model_is_right_and_wrong_where_the_bank_says_so(group):
    for prompt in LESSON.prompts:
        if prompt.group == group:
            is_right = prompt.measured.completion.strip().startswith(prompt.truth)
            assert is_right == (group == "facts-true"), prompt.id
