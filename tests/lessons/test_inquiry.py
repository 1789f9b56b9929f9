"""Any inquiry model relabels the same six stages."""

import pytest

from kit.errors import LessonError
from kit.lessons import STAGE_IDS, inquiry_model_ids, load_inquiry_model
from kit.lessons.inquiry import FOLDER


def test_the_kit_brings_five_models():
    assert inquiry_model_ids() == ("big6", "c3", "gid", "nnps", "stripling")


@pytest.mark.parametrize("model_id", inquiry_model_ids())
def test_every_model_covers_the_six_stages_with_a_name_and_a_question(model_id):
    model = load_inquiry_model(model_id)
    assert model.id == model_id
    assert tuple(stage.id for stage in model.stages) == STAGE_IDS
    assert len({stage.label for stage in model.stages}) == 6, "two stages with one name would look the same"
    for stage in model.stages:
        assert stage.gate.endswith("?")
        assert stage.phases


def test_stripling_is_the_default():
    labels = [stage.label for stage in load_inquiry_model().stages]
    assert labels == ["Connect", "Wonder", "Investigate", "Construct", "Express", "Reflect"]
    assert load_inquiry_model().stage("question").label == "Wonder"


def test_a_division_can_bring_its_own_file(tmp_path):
    own = (FOLDER / "nnps.yml").read_text().replace("label: Explore", "label: Notice")
    (tmp_path / "ours.yml").write_text(own)
    assert load_inquiry_model("ours.yml", tmp_path).stage("orient").label == "Notice"


def test_a_model_that_misses_a_stage_is_refused_by_file_name(tmp_path):
    whole = (FOLDER / "nnps.yml").read_text()
    (tmp_path / "ours.yml").write_text(whole.partition("  - id: reflect")[0])
    with pytest.raises(LessonError, match=r"ours\.yml is wrong: the stages must be orient, question"):
        load_inquiry_model("ours.yml", tmp_path)


def test_an_unknown_model_names_those_there_are():
    with pytest.raises(LessonError, match="no inquiry model `big7`") as caught:
        load_inquiry_model("big7")
    assert "stripling" in caught.value.mend
