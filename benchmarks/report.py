"""Time and weight of the HTML report of 28 answers and 60 pages; the budgets are printed beside.

    python -m benchmarks.report

Rendering alone is timed, from a result to the bytes of the page: the first time, which loads
the templates, and then the median. Processor time stands beside the clock's, which a busy machine
stretches.
"""

import statistics
import time

from persona.reports.html.company import company_report
from tests.unit.reports.html.companies import long

RUNS = 25
MOST_MS, MOST_KB = 300, 300


def main() -> None:
    """Render, and print how long it took and how much it weighs."""
    result = long()
    clock, processor = [], []
    for _ in range(RUNS):
        begin = time.perf_counter(), time.process_time()
        page = company_report(result)
        clock.append(1000 * (time.perf_counter() - begin[0]))
        processor.append(1000 * (time.process_time() - begin[1]))
    for name, times in (("clock", clock), ("processor", processor)):
        median = statistics.median(times[1:])
        print(f"{name:10} first {times[0]:6.1f} ms, then {median:6.1f} ms; budget {MOST_MS} ms")
    print(f"{'weight':10}       {len(page) / 1000:6.1f} kB; budget {MOST_KB} kB")


if __name__ == "__main__":
    main()
