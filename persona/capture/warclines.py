"""warcio's reader with a cap on what stands before the content of a record."""

from typing import Final

from warcio.bufferedreaders import DecompressingBufferedReader

LONGEST_HEAD: Final = 2 * 1024 * 1024
"""In bytes: the lines that may follow each other before content is read."""


class BoundedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads lines and content; ValueError where lines go on without end, or one does."""

    def __init__(self, stream: object) -> None:
        super().__init__(stream)
        self._head = 0

    def readline(self, length: int | None = None) -> bytes:
        """Return the next line, or ``length`` bytes of it."""
        most = LONGEST_HEAD if length is None else min(length, LONGEST_HEAD)
        line: bytes = super().readline(most)
        self._head += len(line)
        if self._head >= LONGEST_HEAD:
            raise ValueError(f"more than {LONGEST_HEAD} bytes without content")
        return line

    def read(self, length: int | None = None) -> bytes:
        """Return the next ``length`` bytes, all where None is given."""
        self._head = 0
        content: bytes = super().read(length)
        return content
