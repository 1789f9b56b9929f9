"""The language model: its file, its process, the gateway before it with the screens, and the client."""

from kit.ai.tokens import Pass, mint_token, read_token

__all__ = ["Pass", "mint_token", "read_token"]
