"""Make the pictures of the README from the real program on a pseudo-terminal.

python docs/pictures.py
"""

import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

import pexpect
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent
EXAMPLE = DOCS.parent / "data" / "examples" / "valve-distributor.json"
COLUMNS = 88
CLEARED = "\x1b[2J\x1b[H"
WEB_FONTS = re.compile(r"@font-face \{\{.*?\}\}\n", re.DOTALL)
COMMENTS = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def spawn(home: str, *arguments: str, rows: int = 40) -> "pexpect.spawn[str]":
    """Start the program on a pseudo-terminal of fixed size."""
    environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PERSONA_HOME": home}
    return pexpect.spawn(
        sys.executable, ["-m", "persona", *arguments], env=environment, encoding="utf-8",
        dimensions=(rows, COLUMNS), timeout=20,
    )  # fmt: skip


def picture(name: str, screen: str) -> None:
    """Write a screen as SVG, without fonts from elsewhere."""
    lines = screen.replace("\r", "").strip("\n")
    console = Console(record=True, width=COLUMNS, file=StringIO(), legacy_windows=False)
    console.print(Text.from_ansi(lines))
    template = WEB_FONTS.sub("", CONSOLE_SVG_FORMAT)
    svg = console.export_svg(title="persona", code_format=template, unique_id=name)
    svg = COMMENTS.sub("", svg)
    (DOCS / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")


def question(home: str) -> str:
    """Answer fifteen questions and return the screen of the sixteenth."""
    child = spawn(home, "assess", "--company", "Norrland Valves")
    child.logfile_read = screens = StringIO()
    for number in range(1, 17):
        child.expect(f"Question {number} of 42")
        child.expect("  > ")
        if number < 16:
            child.sendline("2")
    shown = screens.getvalue().rpartition(CLEARED)[2]
    child.sendline("q")
    child.expect(pexpect.EOF)
    return shown


def report(home: str) -> str:
    """Return the first part of the report of the bundled example."""
    child = spawn(home, "assess", "--answers", str(EXAMPLE), "--company", "Norrland Valves")
    child.expect(pexpect.EOF)
    return str(child.before).partition("\x1b[1mTo be the best at it")[0].rstrip()


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as home:
        picture("question", question(home))
        picture("report", report(home))


if __name__ == "__main__":
    main()
