"""A certificate authority for tests, made with the openssl command when it is needed."""

import ssl
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_NAMES: Final = 200
"""Names in a certificate: clients do not take certificates of any size."""


class Authority:
    """Certifies names; ``file`` is what a client has to trust (``SSL_CERT_FILE``).

    ``folder`` is where keys and certificates are kept.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.file = folder / "authority.pem"
        _openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", "/CN=tests", "-out", self.file),
            *("-keyout", self._folder / "authority.key"),
        )

    def contexts(self, names: Iterable[str]) -> dict[str, ssl.SSLContext]:
        """Return what a server shows for each of the names, and for their "www." ones."""
        ordered = sorted(set(names))
        found: dict[str, ssl.SSLContext] = {}
        for start in range(0, len(ordered), _NAMES):
            some = ordered[start : start + _NAMES]
            context = self._context(f"names-{start}", [*some, *(f"www.{name}" for name in some)])
            found |= dict.fromkeys(some, context) | {f"www.{name}": context for name in some}
        return found

    def _context(self, stem: str, names: list[str]) -> ssl.SSLContext:
        key, request = self._folder / f"{stem}.key", self._folder / f"{stem}.csr"
        certificate, extra = self._folder / f"{stem}.pem", self._folder / f"{stem}.ext"
        extra.write_text(f"subjectAltName={','.join(f'DNS:{name}' for name in names)}\n")
        _openssl(
            *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-subj", "/CN=server", "-out", request, "-keyout", key),
        )
        _openssl(
            *("x509", "-req", "-days", "2", "-in", request, "-CA", self.file),
            *("-CAkey", self._folder / "authority.key", "-CAcreateserial"),
            *("-extfile", extra, "-out", certificate),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


def trust_here(file: Path) -> None:
    """Have this process's client trust an authority, which others do by ``SSL_CERT_FILE``."""
    from aiohttp import connector

    connector._SSL_CONTEXT_VERIFIED.load_verify_locations(file)


def _openssl(*arguments: object) -> None:
    command = ["openssl", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
