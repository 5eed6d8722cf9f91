"""Sentences about the answer to an expression."""

import numpy as np

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer, step_similarity
from core.geometry.construction import Construction
from core.geometry.neighbors import rank
from pages.shared.page_frame import plain
from viz.tables import SCORE_NAMES

DIGITS = 2  # of the distances in a sentence
MAX_ANSWER_RANK = 10  # the largest rank of a word that counts as an answer


def answer_hint(answer: Answer) -> str:
    """Return, in Markdown, where the arrow ends: the nearest word with and without the inputs."""
    all_words, others = answer.with_inputs, answer.without_inputs
    if not len(others):
        return "There are no other words than those you typed."
    score = SCORE_NAMES[all_words.metric]
    best = f"**{plain(others.words[0])}** ({score} {others.scores[0]:.3f})"
    if len(set(answer.sum.words)) == 1:
        return f"Of all other words, {best} is nearest."
    if all_words.words[0] not in answer.sum.words:
        return f"The arrow ends nearest to {best}, even if the words you typed count."
    first = f"**{plain(all_words.words[0])}** itself ({score} {all_words.scores[0]:.3f})"
    return (
        f"The arrow ends nearest to {first}. Textbooks leave the words you typed out without "
        f"saying so: then {best} comes first."
    )


def reversed_order(embeddings: Embeddings, answer: Answer, drawing: Construction) -> str:
    """Return, in Markdown, that a picture reverses which of two words is nearer to the tip, if so.

    The two words are the nearest of all and the nearest that was not typed, or the one after it.

    Args:
        embeddings: the vectors.
        answer: the answer.
        drawing: its drawing.
    """
    nearest = (*answer.with_inputs.indices[:1].tolist(), *answer.without_inputs.indices.tolist())
    rows = list(dict.fromkeys(nearest))[:2]
    points = {point.word: point.position for point in drawing.points}
    names = [embeddings.words[row] for row in rows]
    if len(rows) < 2 or not points.keys() >= set(names):
        return ""
    true = [
        float(np.linalg.norm(embeddings.vectors[row].astype(np.float64) - answer.sum.vector))
        for row in rows
    ]
    shown = [float(np.linalg.norm(points[name] - drawing.tip)) for name in names]
    near, far = (0, 1) if true[0] < true[1] else (1, 0)
    texts = [f"{length:.{DIGITS}f}" for length in true]
    if shown[near] <= shown[far] or texts[0] == texts[1]:
        return ""
    kind = "flat picture" if len(drawing.axes) == len("xy") else "picture"
    return (
        f" In this {kind} {plain(names[far])} looks nearer to the tip; in all "
        f"{embeddings.dimensions} dimensions {plain(names[near])} is (distance {texts[near]} "
        f"against {texts[far]})."
    )


def rank_summary(embeddings: Embeddings, answer: Answer, word: str) -> str:
    """Return, in Markdown, the rank of one word in both rankings; raises `UnknownWordError`."""
    index = embeddings.index(word)
    name = f"**{plain(embeddings.words[index])}**"
    metric, inputs = answer.with_inputs.metric, set(answer.sum.rows.tolist())
    among_all = rank(embeddings, answer.sum.vector, index, metric)
    if index in inputs:
        return f"{name} is one of the words you typed; among all words it has rank {among_all:,}."
    among_others = rank(embeddings, answer.sum.vector, index, metric, inputs)
    ranks = f"{name} has rank {among_others:,} ({among_all:,} if the words you typed count)."
    vector = embeddings.vectors[index].astype(np.float64)
    if (similarity := step_similarity(answer.sum, vector)) is not None:
        a, b, c = (plain(word) for word in (similarity.a, similarity.b, similarity.c))
        ranks += (
            f" The step from {a} to it and the step from {b} to {c} have cosine "
            f"{similarity.cosine:.3f}, where 1 is the same direction."
        )
    if among_others == 1:
        return ranks
    ranks += f" **{plain(answer.without_inputs.words[0])}** comes first."
    if among_others > MAX_ANSWER_RANK:
        ranks += " If you expected it, the analogy fails in these vectors."
    return ranks


def drawing_caption(drawing: Construction, answer: Answer) -> str:
    """Return, in Markdown, what the drawing shows and what it cannot show."""
    best = next((point for point in drawing.points if point.role == "answer"), None)
    if best is None:
        return ""
    name, dimensions = plain(best.word), len(answer.sum.vector)
    if drawing.parallelogram:
        kind = f"The parallelogram has its true shape in {dimensions} dimensions."
    else:
        kind = f"The picture keeps {drawing.kept:.0%} of the arrows from {dimensions} dimensions."
    gap = (
        f"The distance from the tip to {name} is {drawing.gap:.2f} in all of them; seen from zero, "
        f"the two are {drawing.angle:.0f}° apart."
    )
    off = (
        f" The word itself is {best.distance:.2f} away from the plane or space of this picture."
        if best.distance > 0.005
        else ""
    )
    return f"{kind} {gap}{off}"
