"""Room for connections, within what the system allows a process."""

import subprocess
import sys

import pytest

resource = pytest.importorskip("resource")

PROGRAM = """
import resource, sys
from persona.capture.descriptors import make_room
soft, hard, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(make_room(wanted), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "got"),
    [
        (100, 200, 150, "150 150 200"),
        (100, 200, 500, "200 200 200"),
        (100, 200, 50, "50 100 200"),
    ],
)
def test_room_is_made_up_to_what_is_allowed(soft: int, hard: int, wanted: int, got: str) -> None:
    command = [sys.executable, "-c", PROGRAM, str(soft), str(hard), str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == got
