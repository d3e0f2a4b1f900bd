"""How many files and connections this process may hold open."""

from contextlib import suppress


def make_room(wanted: int) -> int:
    """Let this process hold ``wanted`` files open where the system lets it; return how many."""
    try:
        import resource
    except ImportError:  # Windows has no such limit on connections
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft in (unlimited, wanted) or soft > wanted:
        return wanted
    most = wanted if hard == unlimited else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
