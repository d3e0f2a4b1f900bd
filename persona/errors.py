"""Every error the program raises on purpose.

    PersonaError                 one clear line: what was wrong, where, and what to do
    ├── InputError               something the user gave cannot be used
    │   ├── UsageError           options that do not go together, or are missing
    │   ├── FileError            a file that cannot be read: absent, a folder, too large, not text
    │   ├── AnswersError         an answers file or mapping with unknown or unusable entries
    │   ├── SessionError         a half-finished questionnaire that cannot be continued
    │   ├── ResultError          a saved result that cannot be read
    │   ├── AddressError         what was typed is no address of a public website
    │   ├── CaptureError         saved pages that cannot be read: no captures, broken archive
    │   ├── TableError           a table of companies that cannot be used
    │   ├── ListError            a list of prospects that cannot be used
    │   └── RunError             an unfinished run that cannot be gone on with as asked
    ├── OutputError              a place that cannot be written to
    ├── EngineError              workers that cannot be started or reached, or that died
    ├── BusyError                more is asked of the browser application than it takes on at once
    ├── DataError                a file that ships with the program is faulty
    │   ├── QuestionnaireError   the questionnaire and its probability table
    │   ├── TriggerError         a trigger in the playbook
    │   ├── PlaybookError        the plays, strengths, guards and paths
    │   ├── OpeningsError        the ways to open a conversation
    │   ├── TalkingPointsError   the questions for people who see a company differently
    │   ├── CatalogueError       the catalogue of signals, or a list of terms
    │   ├── CodebookError        the questions for those who label companies
    │   └── ModelError           a model file: wrong hash, wrong schema, unusable numbers
    └── Paused                   the user stopped; what was done is kept and can be continued

A command ends with ``exit_code`` and prints the message as its only line of complaint.
"""


class PersonaError(Exception):
    """Base of every error raised on purpose; ``str(error)`` is the line a user sees."""

    exit_code = 2

    def __str__(self) -> str:
        """Return the message as one line, whatever a file name or a value put into it."""
        line = ""
        for char in super().__str__():
            if char.isprintable():
                line += char
            elif not line.endswith(" "):
                line += " "
        return line.strip()


class InputError(PersonaError):
    """Something the user gave cannot be used."""


class UsageError(InputError):
    """Options that do not go together, or one that is missing."""


class FileError(InputError):
    """A file that cannot be read: absent, a folder, too large, or not UTF-8 text."""


class AnswersError(InputError):
    """An answers file or mapping with unknown, repeated or unusable entries."""


class SessionError(InputError):
    """A half-finished questionnaire that cannot be continued."""


class ResultError(InputError):
    """A saved result that cannot be read."""


class AddressError(InputError):
    """What was typed is no address of a public website."""


class CaptureError(InputError):
    """Saved pages that cannot be read: no captures in the file, or a broken archive."""


class TableError(InputError):
    """A table of companies that cannot be used."""


class ListError(InputError):
    """A list of prospects that cannot be used."""


class RunError(InputError):
    """An unfinished run that cannot be gone on with as asked."""


class OutputError(PersonaError):
    """A place that cannot be written to."""


class EngineError(PersonaError):
    """Workers that cannot be started or reached, or that died."""


class BusyError(PersonaError):
    """More is asked of the application than it takes on; ``seconds`` from now is when to ask."""

    def __init__(self, message: str, seconds: int = 15) -> None:
        super().__init__(message)
        self.seconds = seconds


class DataError(PersonaError):
    """A file that ships with the program is faulty."""


class QuestionnaireError(DataError):
    """The questionnaire or its probability table is faulty."""


class TriggerError(DataError):
    """A trigger in the playbook cannot be read."""


class PlaybookError(DataError):
    """The playbook is faulty."""


class OpeningsError(DataError):
    """The ways to open a conversation are faulty."""


class TalkingPointsError(DataError):
    """The questions for people who see a company differently are faulty."""


class CatalogueError(DataError):
    """The catalogue of signals or a list of terms is faulty."""


class CodebookError(DataError):
    """The codebook is faulty."""


class ModelError(DataError):
    """A model file with a wrong hash, a wrong schema or unusable numbers."""


class Paused(PersonaError):
    """The user stopped; everything done is kept and the message says how to go on."""

    exit_code = 130
