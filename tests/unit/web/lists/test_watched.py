"""What the server knows of a run, from the messages of the process that scores the list."""

import io

import msgspec

from persona.prospects.shard import SlowSite
from persona.web.lists.messages import Begun, Ended, Judged, Message, Remark, Writing
from persona.web.lists.record import Counts
from persona.web.lists.run import Told
from persona.web.lists.watched import Watched


def test_what_the_process_tells_is_what_the_page_shows() -> None:
    stream, now = io.BytesIO(), [100.0]
    told, watched = Told(stream), Watched(lambda: now[0])
    assert watched.line == "Opening the list"
    told.tell(Remark("website: “Site”"))
    told.begin(200)
    told.add(scored=10, undecided=0, failed=0, duplicate=0, before=True)
    told.add(scored=20, undecided=8, failed=1, duplicate=1, slowest=[SlowSite("a.com", 9.0)])
    for line in stream.getvalue().splitlines():
        watched.hear(msgspec.json.decode(line, type=Message))
    now[0] += 10
    assert watched.line == "40 of 200 rows · 3 a second · 53 s left"
    assert watched.now == Counts(200, 30, 8, 1, 1)
    assert watched.slow() == "slowest: a.com 9 s"
    assert watched.remarks == ["website: “Site”"]
    watched.hear(Writing())
    assert watched.line == "200 rows judged, writing the list"
    assert watched.ended is None
    watched.hear(Ended("done"))
    assert watched.ended == Ended("done")


def test_a_list_whose_length_is_not_known_tells_what_is_done() -> None:
    watched = Watched(lambda: 50.0)
    watched.hear(Begun(0))
    watched.hear(Judged(5, 0, 0, 0))
    assert watched.now == Counts(5, 5, 0, 0, 0)
    assert watched.line == "5 rows so far"
