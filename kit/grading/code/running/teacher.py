"""Who provides which name: what the teacher's notebook brings along, and what it leaves to the student.

A test may use a module that the notebook imports, or a helper that stands in a cell of the teacher's. Those are taken
from the teacher's own source, never from the student's process, where ``np.allclose`` could be anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Lead:
    """What a teacher's notebook says about names.

    Attributes
    ----------
    given
        The sources of the teacher's cells that are neither answers nor tests.
    provided
        For each name that they bind, the place in ``given``.
    imports
        For each name that an import binds anywhere in the notebook, the import.
    stars
        The modules of which everything is imported.
    expected
        The names that the student's answers are to bind.
    expects_class
        Whether one of those is a class.
    tests_own
        The names that tests bind for themselves.
    """

    given: list[str] = field(default_factory=list)
    provided: dict[str, int] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    expects_class: bool = False
    tests_own: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as something that JSON can hold."""
        return asdict(self)


def read_lead(given: Iterable[str], answers: Iterable[str], tests: Iterable[str]) -> Lead:
    """Work out who provides which name.

    Parameters
    ----------
    given, answers, tests
        The sources of the teacher's cells, with the teacher's own answers if there are any.
    """
    given, answers, tests = list(given), list(answers), list(tests)
    expected = {name for source in answers for name in _bound(source)}
    bound_by_import = dict(pair for source in [*given, *answers, *tests] for pair in _imported(source))
    stars = sorted({module for name, module in bound_by_import.items() if name.startswith("*")})
    imports = {name: words for name, words in bound_by_import.items() if not name.startswith("*")}
    provided: dict[str, int] = {}
    for place, source in enumerate(given):
        provided |= {name: place for name in _bound(source) if name not in expected and name not in imports}
    return Lead(
        given,
        provided,
        imports,
        stars,
        sorted(expected - imports.keys()),
        any(isinstance(node, ast.ClassDef) for source in answers for node in _statements(source)),
        sorted({name for source in tests for name in _bound(source)} - expected - imports.keys()),
    )


def _statements(source: str) -> list[ast.stmt]:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(source)).body
    except (SyntaxError, ValueError, RecursionError):
        return []


def _bound(source: str) -> Iterator[str]:
    """Name what a cell binds at its top level, in blocks of ``if`` and ``try`` too."""
    waiting = _statements(source)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            continue
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.stmt):
                waiting.append(part)
            elif not isinstance(part, (ast.Import, ast.ImportFrom)):
                yield from _stored(part)


def _stored(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id


def _imported(source: str) -> Iterator[tuple[str, str]]:
    for node in _statements(source):
        for part in ast.walk(node):
            if isinstance(part, ast.Import):
                for name in part.names:
                    yield (name.asname or name.name.split(".")[0]), f"import {_with_alias(name)}"
            elif isinstance(part, ast.ImportFrom) and part.module and not part.level:
                for name in part.names:
                    if name.name == "*":
                        yield f"*{part.module}", part.module
                    else:
                        yield (name.asname or name.name), f"from {part.module} import {_with_alias(name)}"


def _with_alias(name: ast.alias) -> str:
    return f"{name.name} as {name.asname}" if name.asname else name.name


# What looks into the student's process by another way than calling its functions: if such a test fails, it may be
# because there is nothing to be seen from where it runs.
_LOOKING_IN = frozenset(
    {"patch", "mock", "Mock", "MagicMock", "inspect", "get_ipython", "globals", "locals", "vars", "exec", "eval", "dir"}
)


def looks_in(test: str) -> str:
    """Return the name with which a test tries to look into the student's process; empty if it doesn't."""
    for statement in _statements(test):
        for node in ast.walk(statement):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if name in _LOOKING_IN:
                return name
    return ""
