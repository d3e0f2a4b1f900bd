"""The entry point: names the commands, loads only the one that is run, and ends cleanly."""

import gc

# Collecting garbage while modules load is a tenth of a cold start and frees nothing.
gc.set_threshold(100_000, 50, 50)

import os  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402
from importlib import import_module  # noqa: E402

import click  # noqa: E402

from persona.errors import PersonaError  # noqa: E402

COMMANDS = {
    "assess": "Answer the questionnaire and get a verdict and a plan.",
    "scan": "Read a website and tell the method from what it shows.",
    "score": "Score a list of prospects: every row back, with a verdict.",
    "plan": "Show the plan of a saved result.",
    "report": "Show a saved result again.",
    "serve": "Answer, read websites and compare results in a browser.",
    "compare": "Set results side by side: two dates, or several people.",
    "questions": "Print the questionnaire, blank or with the answers of a saved result.",
    "train": "Fit a model to labelled companies, and compare it with others.",
    "evaluate": "Judge a model on labelled companies.",
    "suggest": "Rank unlabelled companies by what a label would teach the model.",
    "models": "List, check and switch the models at hand.",
}
_WRONG_USAGE = 2
_INTERRUPTED = 130
_BROKEN = 70


class LazyGroup(click.Group):
    """Commands that are imported when they are run, so that a cold start stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"persona.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="persona", prog_name="persona")
def persona() -> None:
    """Tell which of three go-to-market methods a company runs on, and how to run it well.

    Example: persona assess --company "Norrland Valves"
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end the process with its exit code, never with a traceback."""
    code = run(arguments)
    gc.freeze()  # spares the interpreter the search for garbage in what ends anyway
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 done, 1 some rows of a list failed, 2 bad input, 130 interrupted.
    """
    _open_missing_streams()
    try:
        code = persona.main(args=arguments, prog_name="persona", standalone_mode=False)
    except PersonaError as error:
        return _complain(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return _WRONG_USAGE
    except click.ClickException as error:
        return _complain(error.format_message(), _WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        return _complain(f"{error.strerror or error}", _WRONG_USAGE)
    except Exception as error:
        if os.environ.get("PERSONA_DEBUG"):
            raise
        name = type(error).__name__
        return _complain(
            f"a fault in the program ({name}: {error}); PERSONA_DEBUG=1 shows more", _BROKEN
        )
    return code if isinstance(code, int) else 0


def _open_missing_streams() -> None:
    """Give a process that was started without standard streams empty ones."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _complain(line: str, code: int) -> int:
    from persona.layout import clean

    click.echo(f"persona: {clean(line)}", err=True)
    return code


def _discard_output() -> None:
    """Keep the interpreter from complaining again about a reader that went away."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
