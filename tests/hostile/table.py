"""The table of tricks in README.md, made from their files. ``python -m tests.hostile.table`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.trick import Expected, all_tricks

README = Path(__file__).parent / "README.md"
_BEGIN, _END = "<!-- table -->\n", "<!-- end of table -->\n"


def table() -> str:
    """Return the table as it should be."""
    rows = [f"| [{one.name}](tricks/{one.name}.py) | {one.title} | {_outcome(one.expected)} |" for one in all_tricks()]
    return "\n".join(["| Trick | What a student does | What comes of it |", "|---|---|---|", *rows, ""])


def written() -> str:
    """Return the table as it is in the file."""
    return README.read_text(encoding="utf-8").partition(_BEGIN)[2].partition(_END)[0]


def _outcome(expected: Expected) -> str:
    if expected.refused:
        return "refused, with the reason"
    words = [f"{sum(expected.points.values()):g} points"]
    if expected.person:
        words.append("a person looks at " + ", ".join(sorted(expected.person)))
    return "; ".join(words)


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(text.partition(_BEGIN)[0] + _BEGIN + table() + _END, encoding="utf-8")
