"""The kernel provisioner ``kit-allow-list``: an ordinary local kernel that sees none of its server's secrets."""

from __future__ import annotations

import signal
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from kit.kernels.environment import allowed
from kit.kernels.lifeline import die_with_parent


class AllowListProvisioner(LocalProvisioner):
    """Start kernels with an allow-listed environment, and let none outlive its server.

    Chosen for a whole process by ``JUPYTER_DEFAULT_PROVISIONER_NAME=kit-allow-list``, so the student app, JupyterLab
    and grading all get it without a change to any kernelspec.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel with the variables on the list and no others.

        This is the last step before the process exists, so nothing can slip a variable in after it.
        """
        kwargs["env"] = allowed(kwargs["env"])
        hook = die_with_parent(signal.SIGKILL)
        if hook is not None:
            kwargs["preexec_fn"] = hook
        return await super().launch_kernel(cmd, **kwargs)
