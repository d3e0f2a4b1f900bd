"""Workers that run another version are refused."""

import pytest
from msgspec.structs import replace

from persona.errors import EngineError
from persona.prospects.engine.same_program import check_programs, this_program
from tests.conftest import complaint


def test_the_same_program_everywhere_is_fine() -> None:
    check_programs({"tcp://a:1": this_program(), "tcp://b:1": this_program()})


@pytest.mark.parametrize("other", [{"persona": "0.0.1"}, {"python": "3.99"}])
def test_another_version_is_named_with_its_worker(other: dict[str, str]) -> None:
    there = replace(this_program(), **other)
    with pytest.raises(EngineError) as caught:
        check_programs({"tcp://a:1": this_program(), "tcp://b:1": there})
    complaint(caught.value, "tcp://b:1", *other.values(), this_program().python)
