"""What to see in the pictures of a snapshot, in one sentence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.training.groups import nearest_in_group
from pages.learning.playback import SeenRun
from pages.learning.questions import SnapshotQuestion
from pages.learning.view import drawn_vectors, scores_of
from pages.shared.page_frame import plain
from viz.numbers import ordinal


@dataclass(frozen=True)
class Neighbours:
    """How many words have a word of their own colour as the nearest of the words drawn.

    Args:
        same: how many have.
        count: of how many words.
        by_chance: how many would have on average if the colours were dealt out at random.
    """

    same: int
    count: int
    by_chance: float


def hint(
    runs: Sequence[SeenRun], names: Sequence[str], index: int, question: SnapshotQuestion
) -> str:
    """Return what to see in a snapshot, in Markdown; it is computed from what is drawn.

    Args:
        runs: one or two runs.
        names: their names.
        index: the index of the snapshot.
        question: the question about it.
    """
    if len(runs) > 1:
        return _compared(runs, names, index)
    (run,) = runs
    shown = min(index, len(run.history) - 1)
    if _is_flat(run, shown, question):
        return (
            f"All {len(_drawn(question))} words are at one point: with every vector "
            "the same, no word can be told from another"
            + (", and nothing has moved since the start." if index else ". Train, and watch.")
        )
    parts = []
    near = neighbours(run, shown, question)
    if near is not None:
        part = f"**{near.same} of {near.count}** words are nearest to one of their own colour"
        before = neighbours(run, 0, question)
        if index:
            parts.append(f"{part} ({before.same} at the start)" if before else part)
        else:
            parts.append(f"{part} (by chance: {near.by_chance:.1f} on average)")
    if index and (change := _loss_change(run, shown)):
        parts.append(change)
    if rank := _rank(run, shown, question):
        parts.append(rank)
    text = _joined(parts)
    if index:
        return f"{text[:1].upper()}{text[1:]}."
    told = f": {text}" if text else ""
    return f"Untrained, the words lie anywhere{told}. Press **Train**."


def neighbours(run: SeenRun, index: int, question: SnapshotQuestion) -> Neighbours | None:
    """Return how many words are nearest to a word of their own colour.

    They are compared with all their dimensions, of which the picture shows two. It is None if there
    is only one colour, or all words are at one point.
    """
    numbers = [number for number, words in enumerate(question.groups.values()) for _ in words]
    if len(question.groups) < 2 or _is_flat(run, index, question):
        return None
    same = nearest_in_group(drawn_vectors(run, question, index), numbers)
    if not len(same):
        return None
    sizes = [len(words) for words in question.groups.values()]
    others = sum(sizes) - 1
    by_chance = sum(size * (size - 1) for size in sizes) / others if others else 0.0
    return Neighbours(int(same.sum()), len(same), by_chance)


def _drawn(question: SnapshotQuestion) -> list[str]:
    return [word for words in question.groups.values() for word in words]


def _is_flat(run: SeenRun, index: int, question: SnapshotQuestion) -> bool:
    vectors = drawn_vectors(run, question, index)
    return bool((vectors == vectors[0]).all())


def _loss_change(run: SeenRun, index: int) -> str:
    """Return how the loss has changed since the start; empty if it is unknown."""
    before, now = (run.history[each].progress.loss for each in (0, index))
    if math.isnan(before) or math.isnan(now):
        return ""
    if f"{before:.2f}" == f"{now:.2f}":
        return f"the loss (error) is still {now:.2f}"
    return (
        f"the loss (error) {'fell' if now < before else 'rose'} from {before:.2f} to **{now:.2f}**"
    )


def _rank(run: SeenRun, index: int, question: SnapshotQuestion) -> str:
    """Return the rank of the answer of the analogy; empty if there is none."""
    if question.analogy is None:
        return ""
    scores = scores_of(run, question.analogy)
    now, before = scores[index].rank, scores[0].rank
    if now is None:
        return ""
    answer, text = plain(question.analogy.answer), plain(question.analogy.text)
    if index and before is not None:
        if before == now:
            return f"{answer} still has rank **{now}**"
        return f"{answer} {'rose' if now < before else 'sank'} from rank {before} to **{now}**"
    what = f"the {ordinal(now)} nearest" if now > 1 else "nearest"
    return f"{answer} is **{what}** to {text}"


def _compared(runs: Sequence[SeenRun], names: Sequence[str], index: int) -> str:
    """Return which of two runs has the lower loss."""
    losses = [run.snapshot(index).progress.loss for run in runs]
    if not index or any(map(math.isnan, losses)):
        return "Two untrained runs side by side. Press **Train**: in which one does the loss fall?"
    texts = [f"{plain(name)} **{loss:.2f}**" for name, loss in zip(names, losses, strict=True)]
    text = f"The loss (error) is now {texts[0]}, {texts[1]}"
    if f"{losses[0]:.2f}" == f"{losses[1]:.2f}":
        return f"{text}: no difference."
    lower = names[losses.index(min(losses))]
    return f"{text}: *{plain(lower)}* has the lower one."


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
