"""Where the server listens, and by which names it is called."""

import socket
from collections.abc import Iterator

import pytest

from persona.errors import UsageError
from persona.web.listening import address_of, hosts_of, is_everywhere, is_loopback, listen
from tests.conftest import complaint


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with listen("127.0.0.1", 0) as listening:
        yield listening


def test_the_usual_place_is_reached_from_this_machine_alone(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    assert is_loopback(listener)
    assert not is_everywhere(listener)
    assert address_of("127.0.0.1", listener) == f"http://127.0.0.1:{port}/"
    names = {"127.0.0.1", "localhost", "[::1]"}
    assert set(hosts_of("127.0.0.1", listener)) == {f"{name}:{port}" for name in names}


def test_a_server_for_all_addresses_is_called_by_the_machines_name_too() -> None:
    with listen("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        assert is_everywhere(listener)
        assert not is_loopback(listener)
        assert address_of("0.0.0.0", listener) == f"http://127.0.0.1:{port}/"
        assert f"{socket.gethostname().lower()}:{port}" in hosts_of("0.0.0.0", listener)


def test_a_port_that_is_taken_is_said_with_what_to_do(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(UsageError) as raised:
        listen("127.0.0.1", port)
    complaint(raised.value, f"port {port} is in use", "--port 0")


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "x" * 70, "a..b", ""])
def test_a_place_that_is_not_this_machines_is_refused(host: str) -> None:
    try:
        listen(host, 0).close()
    except UsageError as error:
        complaint(error, f"--host {host}", "no address of this machine")
    else:
        assert host == "", "an empty host means all addresses"
