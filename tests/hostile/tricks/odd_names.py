"""Give files names that do something to a screen, a page or a path.

Line ends, terminal codes, HTML, bytes that are no text, and two dots. The teacher sees no points and a readable report.
"""

import os

from tests.hostile.trick import Expected, Work

NAMES = [b"new\nline.py", b"\x1b[2J\x1b]0;title\x07.html", b"<script>alert(1)<", b"\xff\xfe.py", b"..%2f..%2fx.py"]
NAMES += [b"-rf.py", b"{{ x }}.html", b"\xe2\x80\xae.svg", b"[bold red]x[", b"a" * 200]


def play(work: Work) -> None:
    for name in NAMES:
        with open(os.fsencode(work.folder) + b"/" + name, "wb") as file:  # noqa: PTH123 - not every name is text
            file.write(b"x")


EXPECTED = Expected(notes=("was left out: a page or script of a student's is not opened here",))
