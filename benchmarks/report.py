"""The report of a benchmark: a table, then one line of JSON."""

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Times of ours and of a peer in seconds, measured in turn."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The peer's median divided by ours; above 1, ours is faster."""
        return statistics.median(self.peer) / statistics.median(self.ours)


def in_turn(
    ours: Sequence[Callable[[], object]], peer: Sequence[Callable[[], object]], rounds: int = 5
) -> Pair:
    """Return the times of calls, made in alternating blocks of ours and the peer's.

    The blocks alternate so that both run under the same conditions. Each starts with a call that is
    not counted: the threads of the other library spin for a while and slow it down.
    """
    size = -(-len(ours) // rounds)
    times: tuple[list[float], list[float]] = ([], [])
    for start in range(0, len(ours), size):
        for calls, taken in zip((ours, peer), times, strict=True):
            some = calls[start : start + size]
            some[0]()
            taken += [_timed(call) for call in some]
    return Pair(tuple(times[0]), tuple(times[1]))


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def report(
    title: str, pairs: Mapping[str, Pair], figures: Mapping[str, object], **more: object
) -> None:
    """Print a row for each pair, the other figures, and everything as JSON on the last line."""
    print(f"\n{title}\n{'':<24}{'ours':>12}{'peer':>12}{'peer/ours':>12}")
    for name, pair in pairs.items():
        mine, theirs = (1e3 * statistics.median(times) for times in (pair.ours, pair.peer))
        print(f"{name:<24}{mine:>9.2f} ms{theirs:>9.2f} ms{pair.ratio:>11.2f}x")
    for name, figure in figures.items():
        print(f"{name:<40} {figure}")
    medians = {
        name: {
            "ours_ms": round(1e3 * statistics.median(pair.ours), 3),
            "peer_ms": round(1e3 * statistics.median(pair.peer), 3),
        }
        for name, pair in pairs.items()
    }
    ratios = {name: round(pair.ratio, 2) for name, pair in pairs.items()}
    print(json.dumps({"ratios": ratios, **more, "figures": {**medians, **figures}}))
