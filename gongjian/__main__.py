"""The `gongjian` command: `python -m gongjian` is the same."""

import sys

from gongjian.cli import main as run


def main() -> int:
    """Run the command line of this process; return its exit status (0, 1 or 2)."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
