"""The process in which a GGUF model runs: ``python -m groundwire.chain.llama_child``.

It reads one JSON object from its standard input, loads the model, prints the address that it
listens at, on 127.0.0.1 alone, and ends when its standard input does, so it never outlives
whoever started it. Only requests that carry the key it was given are answered.

It is a process of its own because llama.cpp takes over Ctrl-C and SIGTERM, and because a damaged
file can bring it down.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> int:
    """Serve until nobody is left; return 1 if the model cannot be loaded."""
    told = json.loads(sys.stdin.readline())
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = told["path"]
    params.model_alias = {"local"}
    params.api_keys = [told["key"]]
    params.n_ctx = told["window"]
    params.n_predict = told["answer_tokens"]
    params.n_parallel = 1
    params.cache_ram_mib = 0  # prompts are not kept: their passages differ
    params.offline = True
    params.ui = False
    params.warmup = False
    params.verbosity = -1
    # A thread on every core spins while another program wants one, and then all of them wait.
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = max((os.cpu_count() or 1) // 2, 1)
    try:
        server = Server(params)
    except RuntimeError:
        return 1
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
