"""Standards are looked up, never invented, and say how well they are known."""

import pytest

from kit.errors import LessonError
from kit.lessons import find_standard
from kit.lessons.standards import framework_ids, load_framework


@pytest.mark.parametrize("name", sorted(framework_ids()))
def test_every_standard_is_complete_and_honest(name):
    for key, standard in load_framework(name).items():
        assert key == standard.key == f"{name}:{standard.code}"
        assert standard.url.startswith("https://")
        assert standard.licence
        assert standard.paraphrase.endswith(".")
        assert (standard.verified_on is None) == (standard.status == "from-memory")


@pytest.mark.parametrize("key", ["aasl-2018:IX.Z.9", "aasl-1998:I.A.2", "../secrets:1", "", "I.A.2"])
def test_a_code_that_is_not_in_the_data_is_refused(key):
    with pytest.raises(LessonError, match="No standard"):
        find_standard(key)
