"""The language model on this laptop: llama.cpp's server, in a process of its own.

``python -m kit.ai.local_model --weights FILE --port N`` prints one JSON line when it serves and ends on SIGTERM.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import click

from kit.ai.parent import die_with_parent
from kit.errors import KitError, PortTaken, WeightsDamaged, WeightsMissing
from kit.settings.process import model_key

__all__ = ["MODEL_NAME", "SLOTS", "main", "model_name", "server_parameters"]

MODEL_NAME = "SmolLM2-135M-Instruct"
SLOTS = 4
# The lesson's prompts and replies are short: 512 tokens for each of four slots keep the process well under 400 MB.
_CONTEXT = 512 * SLOTS
# A step of the model needs room for the logits of a whole batch; a small batch is memory saved, and no slower here.
_BATCH = 128
_M_ARENA_MAX = -8  # from malloc.h


def model_name(weights: Path | None) -> str:
    """Return the name that replies give: of the kit's own model, or of a school's own file."""
    return MODEL_NAME if weights is None or weights.name.startswith(MODEL_NAME) else weights.stem


def server_parameters(weights: Path, port: int, key: str) -> Any:
    """Return llama.cpp's settings: loopback only, a key, no web page, no view of other people's prompts."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {model_name(weights)}  # or replies would name the file's path
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_parallel, params.n_ctx = SLOTS, _CONTEXT
    params.n_batch = params.n_ubatch = _BATCH
    # With llama.cpp's own choice the first call took 13 s on two cores.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = os.cpu_count() or 1
    # No busy waiting between steps: with kernels at work beside it, polling made a reply two to five times slower.
    params.cpuparams.poll = params.cpuparams_batch.poll = 0
    params.cache_ram_mib = 0  # its prompt cache grows to 8 GB; ours is in the gateway
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.cors_origins, params.cors_credentials = "http://127.0.0.1:0", False
    params.fit_params = False
    return params


@click.command()
@click.option("--weights", type=click.Path(path_type=Path), required=True, help="The model's GGUF file.")
@click.option("--port", type=int, default=0, show_default=True, help="0 means any free port.")
def main(weights: Path, port: int) -> None:
    """Serve the local model on 127.0.0.1 until asked to stop."""
    parent = os.getppid()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    die_with_parent(parent)
    _keep_memory_small()
    try:
        server = _serve(weights, port)
    except KitError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    print(json.dumps({"ready": True, "url": server.listening_address}), flush=True)
    while not stopped.wait(1.0):  # short waits: Windows runs signal handlers only between them
        pass
    _leave()


def _serve(weights: Path, port: int) -> Any:
    if not weights.is_file():
        raise WeightsMissing("The language model's file is not there.")
    if port and _taken(port):
        raise PortTaken(f"Another program already uses port {port}.")
    import xllamacpp

    try:
        return xllamacpp.Server(server_parameters(weights, port, model_key().get_secret_value()))
    except RuntimeError:
        raise WeightsDamaged("The language model's file can't be loaded.") from None


def _keep_memory_small() -> None:
    # Each thread of llama.cpp's web server would keep an arena of its own: 750 MB after a few surveys, not 290.
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library than GNU's
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _taken(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _leave() -> NoReturn:
    # llama.cpp's threads may be in the middle of a step; there is nothing to save, so there is nothing to wait for.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
