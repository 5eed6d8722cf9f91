"""`python -m core.training TEXT --output vectors.safetensors` learns word vectors from a text.

With `torchrun --nproc-per-node=N -m core.training ...`, N processes train one model.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import MISSING, Field, fields
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin

from tqdm import tqdm

from core.errors import DivergedError, PlaygroundError
from core.formats.trained_vectors import write_trained
from core.training.config import RATES, Config
from core.training.corpus import Corpus, reading
from core.training.lines import UNSPACED
from core.training.text import WORDS, Splitting
from core.training.training import Training, TrainingProgress

SAVED_EVERY = 30.0  # seconds between two saves of a run that can be resumed


def main(arguments: Sequence[str]) -> int:
    """Run the command line; return the exit code."""
    options = _parse(arguments)
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return _reported(partial(_learn, options, Training.run, is_first=True), is_first=True)
    from core.training import distributed

    with distributed.process_group():
        is_first = distributed.is_first()
        learn = partial(_learn, options, distributed.train_together, is_first=is_first)
        return _reported(learn, is_first=is_first)


def _reported(work: Callable[[], None], *, is_first: bool) -> int:
    """Do the work; return the exit code, and print what went wrong."""
    try:
        work()
    except PlaygroundError as error:
        if is_first or not isinstance(error, DivergedError):  # that one all processes have at once
            print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 0


def _learn(
    options: argparse.Namespace,
    steps: Callable[[Training], Iterator[TrainingProgress]],
    *,
    is_first: bool,
) -> None:
    """Read, train, write."""
    given = vars(options)
    config = Config(**{field.name: given[field.name] for field in fields(Config)})
    splitting = Splitting(not options.keep_case, options.pattern)
    corpus = _read(options.text, config, splitting, is_first=is_first)
    training = Training(corpus, config)
    run: Path | None = options.run
    if run is not None and run.exists():
        training.resume(run)
    try:
        _train(steps(training), training, run if is_first else None, is_first=is_first)
    except DivergedError:
        if is_first and training.parameters.is_finite:  # unless a full disk allowed no rollback
            write_trained(options.output, training.embeddings(options.output.stem))
            print(f"The last vectors before that are in {options.output}.", file=sys.stderr)
        raise
    if is_first:
        write_trained(options.output, training.embeddings(options.output.stem))
        if run is not None:
            run.unlink(missing_ok=True)
        print(f"{len(corpus.vocabulary):,} words, {config.dimensions} dimensions: {options.output}")


def _read(source: Path, config: Config, splitting: Splitting, *, is_first: bool) -> Corpus:
    corpus = None
    with tqdm(total=100, desc="Reading", unit="%", disable=not is_first) as bar:
        for state in reading(source, config.min_count, splitting):
            bar.update(round(100 * state.share) - bar.n)
            bar.set_postfix_str(f"{state.words:,} words")
            corpus = state.corpus
    assert corpus is not None  # noqa: S101  the last state has it
    if is_first and corpus.replaced:
        print(f"{corpus.replaced:,} characters were not UTF-8 and became U+FFFD.", file=sys.stderr)
    if is_first:
        for note in (*corpus.notes, *([UNSPACED] if corpus.is_unspaced else [])):
            print(note, file=sys.stderr)
    return corpus


def _train(
    steps: Iterator[TrainingProgress], training: Training, run: Path | None, *, is_first: bool
) -> None:
    """Train, show the progress, and save the run now and then if asked to."""
    bar = tqdm(desc="Training", unit="words", unit_scale=True, disable=not is_first)
    saved = time.monotonic()
    with bar if is_first else nullcontext():
        for progress in steps:
            bar.total = progress.all_words
            bar.update(progress.words - bar.n)
            # In a text of a few words, subsampling may leave no two in a sentence.
            loss = "unknown" if math.isnan(progress.loss) else f"{progress.loss:.3f}"
            bar.set_postfix_str(
                f"epoch {progress.epoch}, loss {loss}, {progress.words_per_second:,.0f} words/s"
            )
            if run is not None and time.monotonic() - saved > SAVED_EVERY:
                training.save(run)
                saved = time.monotonic()


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options; each field of `Config` is one."""
    parser = argparse.ArgumentParser(
        prog="python -m core.training", description="Learn word vectors from a text."
    )
    parser.add_argument(
        "text", type=Path, help="a text file, may be compressed by gzip, or a folder of such files"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("vectors.safetensors"),
        help="where the vectors go; .txt or .vec means word2vec's text format",
    )
    parser.add_argument(
        "--run", type=Path, help="where the run is saved every 30 s, to be resumed after a crash"
    )
    parser.add_argument("--keep-case", action="store_true", help="King and king are two words")
    parser.add_argument(
        "--pattern", default=WORDS, help="a regular expression that matches one word"
    )
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
    """Return the help text for the default of a setting."""
    if field.name == "learning_rate":
        return ", ".join(f"{rate} for {architecture}" for architecture, rate in RATES.items())
    return str(field.default)


def _kind(annotation: Any) -> dict[str, Any]:  # noqa: ANN401  a type
    """Return the arguments with which argparse reads a setting."""
    if get_origin(annotation) is None:
        return {"type": annotation}
    return {"choices": get_args(annotation)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
