"""Where the program keeps what belongs to its user, and which file says what model is in use."""

import os
import sys
from pathlib import Path
from typing import Final

from persona.errors import OutputError

HOME_VARIABLE: Final = "PERSONA_HOME"
MODEL_IN_USE: Final = "model-in-use.json"


def state_folder() -> Path:
    """Return the folder of what the program remembers for its user; it may not exist yet.

    ``PERSONA_HOME`` comes first, then the system's place for state: ``XDG_STATE_HOME``,
    ``%LOCALAPPDATA%`` or ``~/.local/state``. Raises OutputError where there is no home folder.
    """
    own = os.environ.get(HOME_VARIABLE)
    if own:
        return Path(own)
    state = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME")
    try:
        base = Path(state) if state else Path.home() / ".local" / "state"
    except RuntimeError:
        raise OutputError(f"no home folder; set {HOME_VARIABLE} to a folder of yours") from None
    return base / "persona"


def chosen_model_file() -> Path | None:
    """Return the file that says which model is in use, or None while none was chosen.

    Costs one look at the disk. Where there is no home folder, or none that may be looked into,
    nothing was chosen.
    """
    try:
        file = state_folder() / MODEL_IN_USE
        return file if file.exists() else None
    except (OSError, OutputError):
        return None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; OutputError says which variable names another place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be made ({error.strerror}); set {HOME_VARIABLE} to a folder of yours"
        ) from None
