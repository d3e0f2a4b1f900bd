"""Running the real command: by pipe and on a pseudo-terminal, each in a folder of its own."""

import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect

COMMAND = [str(Path(sys.executable).with_name("persona"))]
EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "valve-distributor.json"
SECONDS = 60
"""The longest that any command, or any wait for a prompt, may take, on a busy machine too."""

PROMPT = "\n  > "
HEADER = re.compile(r"Question (\d+)(?: of (?:at most )?\d+)? \(([PEC]\d\d)\)")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
HINTS = re.compile(
    r"\b(sales[-_ ]driven|passive|dynamic|marketer|personas?|levels?|scores?|points"
    r"|probabilit(y|ies)|log-odds|likely)\b",
    re.IGNORECASE,
)
"""Words that would tell a respondent what an answer stands for. "Scored" is not among them: the
last part is announced as never scored."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def pages(self) -> list[str]:
        """The pages asked on standard error, and what came after the last prompt."""
        return self.err.split(PROMPT)

    @property
    def asked(self) -> list[str]:
        """The ids of the questions drawn, in order."""
        return [item for _, item in HEADER.findall(self.err)]

    @property
    def last_line(self) -> str:
        """The line a user is left with: the last on standard error, without the prompt."""
        return self.err.rstrip("\n").rpartition("\n")[2].removeprefix("  > ")


class Desk:
    """A folder to work in, with a home for half-finished questionnaires."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)

    def environment(self, **extra: str) -> dict[str, str]:
        """Return a command's environment: nothing of the caller's but where programs are."""
        here = str(Path(sys.executable).parent)
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "PATH": os.pathsep.join([here, os.environ.get("PATH", "")]),
            "HOME": str(self.folder / "nobody"),
            "LC_ALL": "C.UTF-8",
            "PERSONA_HOME": str(self.home),
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            **extra,
        }

    def run(
        self,
        *arguments: str | os.PathLike[str] | bytes,
        feed: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        through: str = "",
    ) -> Done:
        """Run a command with ``feed`` on standard input.

        ``through`` is a line of shell in which ``"$@"`` stands for the command.
        """
        command: list[Any] = [*COMMAND, *arguments]
        if through:
            command = ["/bin/sh", "-c", through, "sh", *command]
        done = subprocess.run(
            command,
            input=feed.encode() if isinstance(feed, str) else feed,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(**(env or {})),
            timeout=SECONDS,
            check=False,
        )
        return Done(
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command with pipes on all three streams."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(),
        )

    def terminal(
        self, *arguments: str, columns: int = 100, shell: str = "", **env: str
    ) -> "Screen":
        """Start a command on a pseudo-terminal; ``shell`` as ``through`` in :meth:`run`."""
        command = [*COMMAND, *arguments]
        if shell:
            command = ["/bin/sh", "-c", shell, "sh", *command]
        return Screen(command, columns, self.folder, self.environment(**env))

    def write(self, name: str, content: str | bytes | Mapping[str, Any]) -> Path:
        """Write a file into the folder: text, bytes, or a mapping as JSON."""
        path = self.folder / name
        if isinstance(content, Mapping):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def files(self) -> dict[str, bytes]:
        """Every file under the folder with its content."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and path.stat().st_size < 10_000_000
        }

    def kept(self) -> dict[str | None, dict[str, Any]]:
        """Return the questionnaires kept, by company."""
        documents = [
            json.loads(path.read_bytes()) for path in (self.home / "sessions").glob("*.json")
        ]
        return {document["company"]: document for document in documents}

    def answers(self, company: str | None = "Acme") -> dict[str, str | None]:
        """Return the answers kept for a company."""
        answers: dict[str, str | None] = self.kept()[company]["answers"]
        return answers

    def key(self, item: str, option: str, company: str = "Acme") -> str:
        """Return the number under which an option is shown."""
        return str(self.kept()[company]["option_order"][item].index(option) + 1)


class Screen:
    """A command on a pseudo-terminal."""

    def __init__(
        self, command: list[str], columns: int, folder: Path, environment: dict[str, str]
    ) -> None:
        with warnings.catch_warnings():  # forking beside the test runner's threads
            warnings.simplefilter("ignore", DeprecationWarning)
            self.child = pexpect.spawn(
                command[0],
                command[1:],
                cwd=str(folder),
                env=environment,
                dimensions=(40, columns),
                encoding="utf-8",
                codec_errors="replace",
                timeout=SECONDS,
            )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.01
        self.seen = ""

    def page(self) -> str:
        """Wait for the next prompt; return what was drawn before it."""
        self.child.expect_exact(PROMPT)
        return self._note(str(self.child.before) + PROMPT)

    def type(self, *lines: str) -> str:
        """Type lines, each at a prompt; return the page that the last one leads to."""
        page = ""
        for line in lines:
            self.child.sendline(line)
            page = self.page()
        return page

    def read_on(self) -> None:
        """Turn the pages of the report until something is asked."""
        while self.seen.rstrip("> \r\n").endswith("Enter to read on."):
            self.type("")

    def end(self, *, line: str | None = None, interrupt: bool = False, eof: bool = False) -> str:
        """Leave by a last line, Ctrl-C or Ctrl-D, or wait; return what is drawn until the end."""
        if line is not None:
            self.child.sendline(line)
        if interrupt:
            self.child.sendintr()
        if eof:
            self.child.sendeof()
        self.child.expect(pexpect.EOF)
        rest = self._note(str(self.child.before))
        self.child.close()
        return rest

    @property
    def code(self) -> int | None:
        """The exit status, once the command ended by itself."""
        status: int | None = self.child.exitstatus
        return status

    def kill(self, signal: int) -> None:
        """Send a signal, and wait for the end."""
        self.child.kill(signal)
        self.end()

    def _note(self, text: str) -> str:
        self.seen += text
        return text


def current(page: str) -> str:
    """Return the id of the question on a page."""
    return str(HEADER.findall(ANSI.sub("", page))[-1][1])


def widest(text: str) -> int:
    """Return the columns that the longest line takes."""
    return max(len(line.rstrip()) for line in ANSI.sub("", text).splitlines())


def lines(typed: Iterable[object]) -> str:
    """Return what to feed by pipe: each of these on a line."""
    return "".join(f"{line}\n" for line in typed)


def complaint(done: Done) -> str:
    """Check that a command refused with one clear line; return the line."""
    assert done.code == 2, done.err
    assert done.out == ""
    assert done.err.endswith("\n")
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("persona: ")
    assert "Traceback" not in done.err
    assert "fault in the program" not in done.err
    assert len(done.err) < 400, done.err
    return done.err
