"""How kernels are started: at once, with a short list of variables, tied to the life of their server."""

from kit.kernels.environment import allowed
from kit.kernels.lifeline import die_with_parent

__all__ = ["PROVISIONER", "allowed", "die_with_parent"]

PROVISIONER = "kit-warm"
