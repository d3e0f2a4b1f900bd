"""What starting the application takes."""

import subprocess
import sys

HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "aiohttp", "joblib", "selectolax", "rich")


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Lists bring pyarrow in a process of their own, scans aiohttp with the first of them."""
    told = f"import sys, persona.web.app; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
