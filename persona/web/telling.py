"""What a server says on standard error of faults that nobody expected."""

import os
import sys
import traceback


def tell_fault(place: str, error: Exception) -> None:
    """Say in one line that something failed, and where; in full with PERSONA_DEBUG set."""
    if os.environ.get("PERSONA_DEBUG"):
        traceback.print_exception(error)
        return
    name = type(error).__name__
    line = f"persona: a fault in the program ({name} at {place!r}); PERSONA_DEBUG=1 shows more"
    sys.stderr.write(f"{line}\n")
