"""What is heard of a process that scores a list, also when it dies in the middle of a word."""

import subprocess
import sys

import msgspec

from persona.web.lists.messages import Begun
from persona.web.lists.runs import _messages


def test_a_run_that_is_killed_while_it_speaks_is_heard_up_to_there() -> None:
    whole = msgspec.json.encode(Begun(200)).decode()
    says = f"print({whole!r}); print({whole[:7]!r}, end='')"
    with subprocess.Popen([sys.executable, "-c", says], stdout=subprocess.PIPE) as process:
        assert list(_messages(process)) == [Begun(200)]
