"""`python -m core.training TEXT --output vectors.safetensors` learns word vectors from a text.

With `torchrun --nproc-per-node=N -m core.training ...` N processes train one model.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, get_args, get_origin

from tqdm import tqdm

from core.errors import DivergedError, PlaygroundError
from core.formats.trained_vectors import write_trained
from core.training.config import RATES, Config
from core.training.corpus import Corpus, reading
from core.training.text import WORDS, Splitting
from core.training.training import Progress, Training

SAVED_EVERY = 30.0  # seconds between two saves of a run that can be taken up again


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    options = _parse(arguments)
    together = int(os.environ.get("WORLD_SIZE", "1")) > 1
    try:
        if not together:
            _learn(options, together=False, speaks=True)
            return 0
        from core.training import distributed as processes

        with processes.group():
            _learn(options, together=True, speaks=processes.is_first())
    except PlaygroundError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 0


def _learn(options: argparse.Namespace, *, together: bool, speaks: bool) -> None:
    """Read, train, write."""
    given = vars(options)
    config = Config(**{field.name: given[field.name] for field in fields(Config)})
    splitting = Splitting(not options.keep_case, options.pattern)
    corpus = _read(options.text, config, splitting, speaks=speaks)
    training = Training(corpus, config)
    run: Path | None = options.run
    if run is not None and run.exists():
        training.resume(run)
    if together:
        from core.training.distributed import run_together

        steps = run_together(training)
    else:
        steps = training.run()
    try:
        _show(steps, training, run if speaks else None, speaks=speaks)
    except DivergedError:
        if speaks and training.tables.is_sound:  # they are not if a full disk kept none
            write_trained(options.output, training.embeddings(options.output.stem))
            print(f"The last vectors before that are in {options.output}.", file=sys.stderr)
        raise
    if speaks:
        write_trained(options.output, training.embeddings(options.output.stem))
        if run is not None:
            run.unlink(missing_ok=True)
        print(f"{len(corpus.vocabulary):,} words, {config.dimensions} dimensions: {options.output}")


def _read(source: Path, config: Config, splitting: Splitting, *, speaks: bool) -> Corpus:
    corpus = None
    with tqdm(total=100, desc="Reading", unit="%", disable=not speaks) as bar:
        for state in reading(source, config.min_count, splitting):
            bar.update(round(100 * state.share) - bar.n)
            bar.set_postfix_str(f"{state.words:,} words")
            corpus = state.corpus
    assert corpus is not None  # noqa: S101  the last state has it
    if speaks and corpus.replaced:
        print(f"{corpus.replaced:,} characters were no UTF-8 and became U+FFFD.", file=sys.stderr)
    return corpus


def _show(steps: Iterator[Progress], training: Training, run: Path | None, *, speaks: bool) -> None:
    """Train, show how far it is, and save the run now and then if it is to be saved."""
    bar = tqdm(desc="Training", unit="words", unit_scale=True, disable=not speaks)
    saved = time.monotonic()
    with bar if speaks else nullcontext():
        for progress in steps:
            bar.total = progress.all_words
            bar.update(progress.words - bar.n)
            # Of a text of a few words, subsampling may leave no two in a sentence.
            loss = "unknown" if math.isnan(progress.loss) else f"{progress.loss:.3f}"
            bar.set_postfix_str(
                f"epoch {progress.epoch}, loss {loss}, {progress.words_per_second:,.0f} words/s"
            )
            if run is not None and time.monotonic() - saved > SAVED_EVERY:
                training.save(run)
                saved = time.monotonic()


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options; each setting of `Config` is one."""
    parser = argparse.ArgumentParser(
        prog="python -m core.training", description="Learn word vectors from a text."
    )
    parser.add_argument("text", type=Path, help="a text file, packed by gzip or not, or a folder")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("vectors.safetensors"),
        help="where the vectors go; .txt or .vec means word2vec's text format",
    )
    parser.add_argument(
        "--run", type=Path, help="where the run is saved meanwhile, to be taken up after a crash"
    )
    parser.add_argument("--keep-case", action="store_true", help="King and king are two words")
    parser.add_argument("--pattern", default=WORDS, help="what a word is, as a regular expression")
    for field in fields(Config):
        assert field.default is not MISSING  # noqa: S101  each has one
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            **_kind(field.type),
            default=field.default,
            help=f"default: {_default(field)}",
        )
    return parser.parse_args(arguments)


def _default(field: Field[Any]) -> str:
    """Return what is said of a setting's default."""
    if field.name == "learning_rate":
        return ", ".join(f"{rate} for {architecture}" for architecture, rate in RATES.items())
    return str(field.default)


def _kind(annotation: Any) -> dict[str, Any]:  # noqa: ANN401  a type
    """Return how argparse reads a setting."""
    if get_origin(annotation) is None:
        return {"type": annotation}
    return {"choices": get_args(annotation)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
