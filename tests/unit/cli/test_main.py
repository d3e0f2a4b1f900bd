"""The entry point: which commands there are, and how every kind of end is reported."""

import click
import pytest

from persona import errors
from persona.cli.main import COMMANDS, LazyGroup, main, persona, run


def everything_below(error: type[errors.PersonaError]) -> list[type[errors.PersonaError]]:
    below = [error]
    for each in error.__subclasses__():
        below += everything_below(each)
    return below


def raiser(error: BaseException) -> click.Command:
    """Return a command that ends with an error."""

    def fail() -> None:
        raise error

    return click.Command("fail", callback=fail)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> LazyGroup:
    """Return the group, which for this test also lets commands be added."""
    assert isinstance(persona, LazyGroup)
    monkeypatch.setattr(LazyGroup, "get_command", click.Group.get_command)
    monkeypatch.setattr(persona, "commands", {})
    return persona


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded_and_shows_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0

    shown = capsys.readouterr()
    assert f"Example: persona {name}" in shown.out
    assert shown.err == ""


def test_help_lists_the_commands_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0

    shown = capsys.readouterr().out
    places = [shown.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert "Example: persona assess" in shown


def test_help_fits_a_terminal_of_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["-h"], *([name, "-h"] for name in COMMANDS)):
        run(arguments)
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 80


def test_without_a_command_the_help_is_shown_as_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run([])

    shown = capsys.readouterr()
    assert "\nCommands:\n" in shown.out + shown.err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("persona, version ")


def test_main_ends_the_process_with_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["--version"], 0), (["nonsense"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == code
    assert capsys.readouterr().err == "persona: No such command 'nonsense'.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["assess", "--nonsense"],
        ["--nonsense"],
        ["assess", "nonsense"],
        ["assess", "--answers"],
        ["assess", "--quick", "--risk", "much"],
        ["plan"],
        ["report", "a.json", "b.json"],
        ["questions", "--format", "xml"],
        ["assess", "--nonsense\n\x1b[31mred"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("persona: ")
    assert shown.err.count("\n") == 1
    assert shown.err.removesuffix("\n").isprintable()


@pytest.mark.parametrize("kind", everything_below(errors.PersonaError))
def test_errors_raised_on_purpose_are_one_line(
    kind: type[errors.PersonaError], failing: LazyGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    failing.add_command(raiser(kind("what\nwas \x1b[31mwrong")))

    assert run(["fail"]) == (130 if kind is errors.Paused else 2)
    assert capsys.readouterr().err == "persona: what was [31mwrong\n"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "\npersona: interrupted\n"),
        (click.Abort(), 130, "persona: interrupted\n"),
        (OSError(28, "No space left on device"), 2, "persona: No space left on device\n"),
        (
            KeyError("x"),
            70,
            "persona: a fault in the program (KeyError: 'x'); PERSONA_DEBUG=1 shows more\n",
        ),
    ],
)
def test_other_ends_are_one_line(
    error: BaseException,
    code: int,
    line: str,
    failing: LazyGroup,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PERSONA_DEBUG", raising=False)
    failing.add_command(raiser(error))

    assert run(["fail"]) == code
    assert capsys.readouterr().err == line


def test_a_fault_is_shown_in_full_to_those_who_ask(
    failing: LazyGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONA_DEBUG", "1")
    failing.add_command(raiser(KeyError("x")))

    with pytest.raises(KeyError):
        run(["fail"])


@pytest.mark.parametrize("name", list(COMMANDS))
def test_examples_stand_on_lines_of_their_own(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run([name, "--help"])

    shown = capsys.readouterr().out
    assert "\\b" not in shown
    assert all(line.count("Example:") <= 1 for line in shown.splitlines())
    assert f"Example: persona {name}" in shown
