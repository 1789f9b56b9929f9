from __future__ import annotations

import collections
import contextlib
import datetime as dt
import decimal
import fractions
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.grading.code.running.carry import NotCarried, can_change, pack, unpack, update


def no_stand_in(value: object) -> Any:
    raise NotCarried("not data")


def there_and_back(value: object) -> Any:
    return unpack(json.loads(json.dumps(pack(value, no_stand_in))), no_stand_in)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**60, max_value=2**400),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(max_size=30),
    st.complex_numbers(allow_nan=False),
    st.decimals(allow_nan=False),
    st.fractions(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.just(dt.UTC) | st.none()),
    st.timedeltas(),
)
HASHABLE = st.recursive(
    SCALARS.filter(lambda value: not isinstance(value, decimal.Decimal)),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(HASHABLE, inner, max_size=3),
        st.sets(HASHABLE, max_size=3),
        st.lists(inner, max_size=3).map(collections.deque),
        st.dictionaries(HASHABLE, inner, max_size=3).map(collections.OrderedDict),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_data_comes_back_equal_and_of_the_same_type(value):
    found = there_and_back(value)
    assert found == value
    assert type(found) is type(value)


def test_numbers_that_are_equal_keep_their_types():
    assert [type(value) for value in there_and_back([1, 1.0, True])] == [int, float, bool]
    assert math.isnan(there_and_back(math.nan))
    assert there_and_back(-math.inf) == -math.inf
    assert math.copysign(1, there_and_back(-0.0)) == -1


@pytest.mark.parametrize(
    "value",
    [range(1, 9, 2), slice(1, None), ..., bytearray(b"x"), collections.Counter("aab"), fractions.Fraction(1, 3)],
    ids=repr,
)
def test_rarer_kinds_come_back_too(value):
    assert there_and_back(value) == value


def test_a_defaultdict_comes_back_as_one_without_its_function():
    found = there_and_back(collections.defaultdict(list, a=[1]))
    assert type(found) is collections.defaultdict
    assert found == {"a": [1]}
    assert found.default_factory is None


@pytest.mark.parametrize("kind", ["?", "i4", "u1", "f8", "c16", "U5", "S3", "M8[D]", "m8[s]"])
def test_arrays_come_back_with_shape_and_kind(kind):
    array = np.zeros((2, 3), dtype=kind)
    found = there_and_back(array)
    assert found.dtype == array.dtype
    assert found.shape == (2, 3)
    assert (found == array).all()
    assert found.flags.writeable
    number = there_and_back(array[0, 0])
    assert type(number) is type(array[0, 0])


class _Forged(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class _ForgedArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(_Forged(1), id="subclass"),
        pytest.param([_Forged(1)], id="in a list"),
        pytest.param({1: _Forged(2)}, id="in a dictionary"),
        pytest.param(object(), id="object"),
        pytest.param(lambda: 1, id="function"),
        pytest.param(np.array([object()]), id="array of objects"),
        pytest.param(np.zeros(2).view(_ForgedArray), id="array subclass"),
    ],
)
def test_what_could_act_is_not_data(value):
    with pytest.raises(NotCarried):
        pack(value, no_stand_in)


def test_what_every_python_has_goes_by_its_name():
    assert there_and_back([len, int, ValueError]) == [len, int, ValueError]


@pytest.mark.parametrize("value", [exec, eval, open, input, print, __import__], ids=repr)
def test_what_acts_on_its_process_does_not(value):
    with pytest.raises(NotCarried):
        pack(value, no_stand_in)


def test_a_value_without_an_end_is_not_data():
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotCarried):
        pack(endless, no_stand_in)
    with pytest.raises(NotCarried):
        pack(1 << 10_000_000, no_stand_in)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["is", "of", "x"]) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["int", "float", "dict", "Counter", "tuple", "set", "bytes", "complex", "range", "slice", "decimal", "Fraction",
     "datetime", "timedelta", "builtin", "array", "scalar", "kept", "callback", "defaultdict", "deque"]
)  # fmt: skip


@given(JSON | st.fixed_dictionaries({"is": NAMES, "of": JSON}))
def test_whatever_a_student_sends_it_is_a_value_or_not_carried(packed):
    with contextlib.suppress(NotCarried):
        unpack(packed, no_stand_in)


@pytest.mark.parametrize(
    "packed",
    [
        {"is": "builtin", "of": "exec"},
        {"is": "builtin", "of": "license"},
        {"is": "builtin", "of": "__loader__"},
        {"is": "array", "of": ["|O", [1], "AAAAAAAAAAA="]},
        {"is": "int", "of": "0x" + "f" * 50_000},
        {"is": "set", "of": [[1]]},
        {"is": "nothing"},
        {"of": 1},
    ],
)
def test_what_is_forged_is_refused(packed):
    with pytest.raises(NotCarried):
        unpack(packed, no_stand_in)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([1], [1, 2]),
        ({"a": 1}, {"b": 2}),
        ({1}, {2}),
        (bytearray(b"a"), bytearray(b"bc")),
        (collections.deque([1]), collections.deque([2])),
    ],
)
def test_a_changed_argument_is_changed_in_place(old, new):
    held = old
    assert can_change(old)
    update(old, new)
    assert held == new


def test_a_changed_array_is_changed_in_place():
    array = np.zeros(3)
    update(array, np.ones(3))
    assert array.tolist() == [1, 1, 1]
    assert can_change(array)
    assert not can_change((1, 2))
