"""A file system that a process dies on: at one operation, which is not done or half done."""

from typing import Any

import pyarrow.fs as pafs

from persona.prospects.runs.work import WorkFolder


class Killed(BaseException):
    """The process is no more."""


class _Disk(pafs.FileSystemHandler):  # type: ignore[misc]
    """Passes everything on until ``left`` operations that change something are done."""

    def __init__(self, files: pafs.FileSystem) -> None:
        self.files = files
        self.left: int | None = None

    def count(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed

    def get_type_name(self) -> str:
        return "fragile"

    def get_file_info(self, paths: list[str]) -> Any:
        return self.files.get_file_info(paths)

    def get_file_info_selector(self, selector: pafs.FileSelector) -> Any:
        return self.files.get_file_info(selector)

    def create_dir(self, path: str, recursive: bool) -> None:
        self.count()
        self.files.create_dir(path, recursive=recursive)

    def delete_dir(self, path: str) -> None:
        for one in self.files.get_file_info(pafs.FileSelector(path, recursive=True)):
            if one.type == pafs.FileType.File:
                self.delete_file(one.path)
        self.count()
        self.files.delete_dir(path)

    def delete_dir_contents(self, path: str, missing_dir_ok: bool) -> None:
        raise NotImplementedError

    def delete_root_dir_contents(self) -> None:
        raise NotImplementedError

    def delete_file(self, path: str) -> None:
        self.count()
        self.files.delete_file(path)

    def move(self, src: str, dest: str) -> None:
        self.count()
        self.files.move(src, dest)

    def copy_file(self, src: str, dest: str) -> None:
        raise NotImplementedError

    def open_input_stream(self, path: str) -> Any:
        return self.files.open_input_stream(path)

    def open_input_file(self, path: str) -> Any:
        return self.files.open_input_file(path)

    def open_output_stream(self, path: str, metadata: Any) -> Any:
        if self.left == 0:
            with self.files.open_output_stream(path) as stream:
                stream.write(b"half")
        self.count()
        return self.files.open_output_stream(path)

    def open_append_stream(self, path: str, metadata: Any) -> Any:
        raise NotImplementedError

    def normalize_path(self, path: str) -> str:
        return path

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class FragileFolder(WorkFolder):
    """A work folder in memory; :meth:`die_after` says when the process using it dies."""

    def __init__(self) -> None:
        memory = pafs._MockFileSystem()
        memory.create_dir("run")
        self.memory = pafs.SubTreeFileSystem("run", memory)
        self._disk = _Disk(self.memory)
        super().__init__(pafs.PyFileSystem(self._disk), "work", "fragile://run/work")

    def die_after(self, operations: int | None) -> None:
        """Die at the operation after so many that change something, or never."""
        self._disk.left = operations

    def contents(self) -> dict[str, bytes]:
        """Return all files with what is in them."""
        everything = pafs.FileSelector("work", recursive=True, allow_not_found=True)
        files = [
            one.path
            for one in self.memory.get_file_info(everything)
            if one.type == pafs.FileType.File
        ]
        return {path: self.memory.open_input_stream(path).read() for path in sorted(files)}

    def overwrite(self, path: str, content: bytes) -> None:
        """Put other bytes into a file, as a faulty disk would."""
        with self.memory.open_output_stream(path) as stream:
            stream.write(content)
