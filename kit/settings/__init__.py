"""``kit.toml`` and the environment, as validated objects. No other room reads either."""

from kit.settings.course import Course
from kit.settings.session import PREVIEW_STUDENT, Session, content_root, session_from_environment

__all__ = ["PREVIEW_STUDENT", "Course", "Session", "content_root", "session_from_environment"]
