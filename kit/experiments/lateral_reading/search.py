"""A search engine of forty lines: BM25, which ranks pages by the words they share with what was asked.

It knows nothing of true and false, and a page that repeats the right words comes first. That is the lesson.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

K1, B = 1.5, 0.75
TITLE_COUNTS = 2
MOST_RESULTS = 8

_WORD = re.compile(r"\d+(?:,\d{3})+|[a-z0-9]+(?:'[a-z]+)?")
_SENTENCE = re.compile(r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<=[.!?])[\"”)]*\s+")
_LITTLE_WORDS = """
a an and are as at be because been before by can come could did do does for from get had has have he her his how i if in
into is it its me my no not of on or our out she so that the their them then there they this to up us was we were what
when where which who why will with would you your
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())


def words(text: str) -> list[str]:
    """Return the words of a text that a search looks at: small letters, no plural s, no little words."""
    found = (word.replace(",", "").removesuffix("'s") for word in _WORD.findall(text.lower().replace("\u2019", "'")))
    return [_stem(word) for word in found if word not in _LITTLE]


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  # ties and pies stay
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004


class Index:
    """Pages, counted so that they can be searched.

    Parameters
    ----------
    documents
        By id, the title, the name of the site, and the text.
    """

    def __init__(self, documents: Mapping[str, tuple[str, str, str]]) -> None:
        self._texts = {key: text for key, (_, _, text) in documents.items()}
        self._counts = {
            key: Counter(words(title) * TITLE_COUNTS + words(site) + words(text))
            for key, (title, site, text) in documents.items()
        }
        self._lengths = {key: sum(counts.values()) for key, counts in self._counts.items()}
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))
        self._found_in = Counter(word for counts in self._counts.values() for word in counts)

    def search(self, query: str, most: int = MOST_RESULTS) -> list[str]:
        """Return the ids of the pages that fit best, the best first."""
        asked = set(words(query))
        scores = {key: sum(self._score(key, word) for word in asked) for key in self._counts}
        ranked = sorted((key for key, score in scores.items() if score > 0), key=lambda key: (-scores[key], key))
        return ranked[:most]

    def excerpt(self, key: str, query: str) -> str:
        """Return the sentence of a page that shares most words with the query."""
        asked = set(words(query))
        sentences = [one.strip() for one in _SENTENCE.split(self._texts[key].replace("\n", " "))]
        return max(sentences, key=lambda one: len(asked & set(words(one))))

    def _score(self, key: str, word: str) -> float:
        times = self._counts[key][word]
        rare = math.log(1 + (len(self._counts) - self._found_in[word] + 0.5) / (self._found_in[word] + 0.5))
        return rare * times * (K1 + 1) / (times + K1 * (1 - B + B * self._lengths[key] / self._mean))
