"""Inquiry models: what a division calls the six stages of a lesson.

Lessons, grades and journals know the six stage ids. A model only gives them names and questions, so a division can
change its model without touching a lesson or a grade.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args

from pydantic import model_validator

from kit.errors import LessonError
from kit.lessons.files import Record, make_record, read_yaml

FOLDER = Path(__file__).with_name("inquiry_models")

StageId = Literal["orient", "question", "investigate", "construct", "express", "reflect"]
STAGE_IDS: tuple[StageId, ...] = get_args(StageId)


class Stage(Record):
    """One stage under the name that a model gives it.

    Attributes
    ----------
    id
        The stage id; the same in every model.
    label
        The name on the student's page.
    phases
        The model's own phases that fall in this stage. One phase may fall in two stages.
    student_does
        What happens here, in a short line.
    gate
        The question a student can answer before moving on.
    """

    id: StageId
    label: str
    phases: tuple[str, ...]
    student_does: str
    gate: str


class InquiryModel(Record):
    """A named way through the six stages."""

    id: str
    title: str
    credit: str
    stages: tuple[Stage, ...]

    @model_validator(mode="after")
    def _covers_all_stages_in_order(self) -> InquiryModel:
        ids = tuple(stage.id for stage in self.stages)
        if ids != STAGE_IDS:
            raise ValueError(f"the stages must be {', '.join(STAGE_IDS)}, in this order")
        return self

    def stage(self, stage_id: str) -> Stage:
        """Return one stage by its id."""
        return self.stages[STAGE_IDS.index(cast("StageId", stage_id))]


def inquiry_model_ids() -> tuple[str, ...]:
    """Return the ids of the models that come with the kit."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yml")))


def load_inquiry_model(model: str = "stripling", root: Path | None = None) -> InquiryModel:
    """Return an inquiry model.

    Parameters
    ----------
    model
        The id of a model in the kit (``stripling gid big6 c3 nnps``), or the path of a division's own YAML file.
    root
        A path is looked up from here: the course.

    Raises
    ------
    LessonError
        If there is no such model, or its file does not cover the six stages.
    """
    if model in inquiry_model_ids():
        file = FOLDER / f"{model}.yml"
    elif model.endswith((".yml", ".yaml")):
        file = (root or Path.cwd()) / model
    else:
        known = ", ".join(inquiry_model_ids())
        raise LessonError(
            f"There is no inquiry model `{model}`.", mend=f"Use one of {known}, or the path of a .yml file of your own."
        )
    return make_record(InquiryModel, read_yaml(file, root), file, root)
