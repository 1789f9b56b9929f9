"""Presses a document into a tagged PDF. The only module that knows typst."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Set
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from kit.errors import PrintFailed
from kit.paper.document import Document

TEMPLATE = Path(__file__).with_name("templates") / "page.typ"
FONTS = Path(__file__).with_name("fonts")
_PNG = b"\x89PNG\r\n\x1a\n"
_CANT_SHOW = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_TRIES = 8


def press(document: Document, system_fonts: bool = True) -> tuple[bytes, str]:
    """Return a PDF, and the signs that no font here can show; words stand in their place.

    Parameters
    ----------
    document
        What goes on the pages.
    system_fonts
        Whether fonts of this computer may help out with letters that the kit's own don't have.

    Raises
    ------
    PrintFailed
        If it can't be typeset.
    """
    data = _each_text(document.to_data(), _without_controls)
    missing: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="kit-paper-") as name:
        folder = Path(name)
        shutil.copyfile(TEMPLATE, folder / "page.typ")
        _bring_pictures(data, folder)
        for _ in range(_TRIES):
            (folder / "data.json").write_text(json.dumps(_each_text(data, partial(in_words, missing=missing))))
            made = _compile(folder / "page.typ", folder, system_fonts)
            if isinstance(made, bytes):
                return made, "".join(sorted(missing))
            missing |= made
    raise PrintFailed(f"The pages can't be typeset: no font here can show {' '.join(sorted(missing))}.")


def in_words(words: str, missing: Set[str]) -> str:
    """Return a text with words in place of signs that can't be shown: a smiley's name, or the name of a script."""
    parts = []
    for is_missing, run in groupby(words, missing.__contains__):
        signs = list(run)
        parts.append(_name(signs) if is_missing else "".join(signs))
    return "".join(parts)


def _name(signs: list[str]) -> str:
    """Name neighbors in one bracket; each script once, and nothing for what only joins signs."""
    names = [_name_one(sign) for sign in signs if unicodedata.category(sign) != "Cf"]
    return f"[{', '.join(name for name, _ in groupby(names))}]" if names else ""


def _name_one(sign: str) -> str:
    name = unicodedata.name(sign, "a sign")
    if unicodedata.category(sign)[0] in "LM" and name != "a sign":
        script = name.split()[0]
        return "Chinese characters" if script == "CJK" else f"{script.capitalize()} letters"
    return name.lower()


def _compile(source: Path, root: Path, system_fonts: bool) -> bytes | set[str]:
    """Return the PDF, or the signs that kept it from being made."""
    try:
        import typst
    except ImportError:
        raise PrintFailed(
            "The typesetter is not installed on this computer.",
            mend="Use --html-only and print from a browser, or run `make setup`.",
        ) from None
    try:
        # PDF/UA-1: tagged, with a title, a language, and words for every picture. The typesetter checks it.
        return typst.compile(
            source, root=root, font_paths=[FONTS], ignore_system_fonts=not system_fonts, pdf_standards="ua-1"
        )
    except typst.TypstError as error:
        signs = {sign for found in _CANT_SHOW.findall(error.diagnostic) for sign in _unescaped(found)}
        if not signs:
            raise PrintFailed(f"The pages can't be typeset: {error.message.rstrip('.')}.") from error
        return signs


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)


def _without_controls(words: str) -> str:
    """Return the words without what is no sign: control characters and halves of pairs."""
    return "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn", "Co"})


def _each_text(node: Any, change: Callable[[str], str]) -> Any:
    """Return the same data with every text changed."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, dict):
        return {key: _each_text(inner, change) for key, inner in node.items()}
    if isinstance(node, list | tuple):
        return [_each_text(inner, change) for inner in node]
    return node


def _bring_pictures(node: Any, folder: Path) -> None:
    """Copy every picture beside the page under a plain name, and drop the names of those that are none."""
    if isinstance(node, dict):
        if node.get("file"):
            node["file"] = _bring(Path(node["file"]), folder)
        for inner in node.values():
            _bring_pictures(inner, folder)
    elif isinstance(node, list):
        for inner in node:
            _bring_pictures(inner, folder)


def _bring(file: Path, folder: Path) -> str:
    content = read_picture(file)
    if not content:
        return ""
    name = f"picture-{len(list(folder.glob('picture-*')))}.png"
    (folder / name).write_bytes(content)
    return name


def read_picture(file: Path) -> bytes:
    """Return a PNG's bytes; nothing if it isn't there or isn't one, so that no page shows a broken picture."""
    try:
        content = file.read_bytes()
    except OSError:
        return b""
    return content if content.startswith(_PNG) else b""
