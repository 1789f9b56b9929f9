"""What a lesson is: the catalogue, the stages, inquiry models, standards. The authoring checks are in ``check``."""

from kit.lessons.catalogue import Catalogue, load_catalogue
from kit.lessons.inquiry import STAGE_IDS, InquiryModel, Stage, inquiry_model_ids, load_inquiry_model
from kit.lessons.model import Card, Criterion, Lesson, Measured, OnPaper, Prompt, Rubric, Segment, Station
from kit.lessons.standards import Standard, find_standard

__all__ = [
    "STAGE_IDS",
    "Card",
    "Catalogue",
    "Criterion",
    "InquiryModel",
    "Lesson",
    "Measured",
    "OnPaper",
    "Prompt",
    "Rubric",
    "Segment",
    "Stage",
    "Standard",
    "Station",
    "find_standard",
    "inquiry_model_ids",
    "load_catalogue",
    "load_inquiry_model",
]
