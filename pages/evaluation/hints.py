"""What to see in the scores of analogy questions, from the scores."""

from collections.abc import Sequence

from core.enumeration import listed
from core.evaluation.scores import Answers, SectionScore
from pages.shared.page_frame import plain
from viz.numbers import counted

MAX_NAMED = 2  # sections in a sentence


def hint(answers: Answers, section: str | None, *, with_inputs: bool, is_cut: bool) -> str:
    """Return, in Markdown, one sentence about the scores, or nothing if none was asked.

    Args:
        answers: all of them.
        section: the name of the section looked into; None for all.
        with_inputs: whether the accuracy with the question's words allowed is shown, too.
        is_cut: whether words of the vectors are kept from taking part.
    """
    total = answers.total
    asked = [score for score in answers.scores if score.asked]
    if section is not None:
        score = next(score for score in answers.scores if score.name == section)
        return _of_section(answers, score, asked) if score.asked else ""
    if not total.asked:
        return ""
    if is_cut and total.unknown:
        return _of_fewer_words(answers)
    if not with_inputs:
        share = total.repeats_input / total.asked
        return (
            "The question's own words are not allowed as answers: in "
            f"{share:.0%} of the questions one of them is nearest of all."
        )
    return _best_and_worst(asked) if len(asked) > 1 else _of_section(answers, asked[0], asked)


def _best_and_worst(asked: Sequence[SectionScore]) -> str:
    shares = [score.accuracy for score in asked]
    best = [score for score in asked if score.accuracy == max(shares)]
    worst = [score for score in asked if score.accuracy == min(shares)]
    if best == worst:
        return f"All sections are answered equally well: {best[0].accuracy:.0%} rightly."
    return (
        f"The vectors know {_named(best)} best ({best[0].accuracy:.0%} right) and {_named(worst)} "
        f"worst ({worst[0].accuracy:.0%})."
    )


def _of_fewer_words(answers: Answers) -> str:
    total = answers.total
    hit = max(answers.scores, key=lambda score: score.unknown)
    return (
        f"{total.unknown:,} of {counted(total.questions, 'question')} cannot be asked with so few "
        f"words, {hit.unknown:,} of them about **{plain(hit.name)}**."
    )


def _of_section(answers: Answers, score: SectionScore, asked: Sequence[SectionScore]) -> str:
    """Return how a section compares with the others, and what its wrong answers are."""
    mistakes = answers.mistakes(score.name)
    name = f"**{plain(score.name)}**"
    better = sum(other.accuracy > score.accuracy for other in asked)
    worse = sum(other.accuracy < score.accuracy for other in asked)
    rank = f"{name}: {score.accuracy:.0%} right"
    if len(asked) > 1:
        verb = "is" if better == 1 else "are"
        rank += f"; {better} of the other {counted(len(asked) - 1, 'section')} {verb} known better"
        rank += f", {worse} less well"
    if not mistakes:
        return f"{rank}. Every answer is right."
    of_kind = sum(one.of_kind for one in mistakes)
    if not of_kind:
        return f"{rank}. No wrong answer is the right answer to another question here."
    return (
        f"{rank}. Of {counted(len(mistakes), 'wrong answer')}, {of_kind:,} "
        f"{'is' if of_kind == 1 else 'are'} the right answer to another question here: the right "
        "kind of word, but the wrong one."
    )


def _named(scores: Sequence[SectionScore]) -> str:
    return listed([f"**{plain(score.name)}**" for score in scores], MAX_NAMED)
