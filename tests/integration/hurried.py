"""The command with a server that loses patience soon, so that tests need not wait longer.

python -m tests.integration.hurried serve …
"""

from persona.cli.main import main
from persona.web import server
from persona.web.security import bodies, patience

SECONDS = 0.5
"""After which whoever lets the server wait is given up."""


def hurry() -> None:
    """Shorten every limit in time."""
    for module, name in (
        (patience, "HEAD_SECONDS"),
        (patience, "TAKE_SECONDS"),
        (bodies, "_PAUSE"),
        (bodies, "_GRACE"),
        (bodies, "_LINGER"),
        (server, "_IDLE_SECONDS"),
    ):
        assert hasattr(module, name), name
        setattr(module, name, SECONDS)


if __name__ == "__main__":
    hurry()
    main()
