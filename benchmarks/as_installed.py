"""The command as where the program alone is installed, without pandas.

    python -m benchmarks.as_installed score LIST -o OUTPUT

Wherever pandas is, pyarrow imports it to see whether it was given any of its tables: half a
second that users of the program do not wait. Run by ``score.py``.
"""

import sys
from importlib.abc import MetaPathFinder
from typing import Any

from persona.cli.main import main


class NoPandas(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(self, name: str, *_: Any) -> None:
        """Raise ModuleNotFoundError for pandas; leave all else to the finders that follow."""
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, NoPandas())
    main()
