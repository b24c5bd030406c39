"""The command ``groundwire``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    from groundwire.interfaces.cli.app import run  # noqa: PLC0415 -- python -m imports nothing else

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
