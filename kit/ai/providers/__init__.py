"""Where replies come from: the local model, a service that speaks the OpenAI protocol, or recordings."""

from kit.ai.providers.choose import choose_provider
from kit.ai.providers.provider import Capabilities, Provider, Survey

__all__ = ["Capabilities", "Provider", "Survey", "choose_provider"]
