"""What an answer says, in a sentence or two."""

from core.embeddings import Embeddings
from core.geometry.arithmetic import Answer
from core.geometry.construction import Construction
from core.geometry.neighbors import rank
from pages.shared.frame import plain

FAR = 10  # a place beyond this is no answer


def verdict(answer: Answer) -> str:
    """Return, in Markdown, who is nearest with the expression's own words and without."""
    everyone, others = answer.with_inputs, answer.without_inputs
    if not len(others):
        return "There is no word but those of the expression."
    best = f"**{plain(others.words[0])}** ({others.scores[0]:.3f})"
    if everyone.words[0] not in answer.sum.words:
        return f"{best} is nearest, even with the expression's own words left in."
    first = f"**{plain(everyone.words[0])}** itself ({everyone.scores[0]:.3f})"
    return (
        f"Of all words, {first} is nearest. Leave out the expression's own words, as textbooks do "
        f"without a word, and {best} comes first."
    )


def place_of(embeddings: Embeddings, answer: Answer, word: str) -> str:
    """Return, in Markdown, the place of one word in both rankings; raises `UnknownWordError`."""
    index = embeddings.index(word)
    name = f"**{plain(embeddings.words[index])}**"
    metric, inputs = answer.with_inputs.metric, set(answer.sum.rows.tolist())
    among_all = rank(embeddings, answer.sum.vector, index, metric)
    if index in inputs:
        return f"{name} is part of the expression; among all words its place is {among_all:,}."
    among_others = rank(embeddings, answer.sum.vector, index, metric, inputs)
    fails = " So with these vectors the analogy fails." if among_others > FAR else ""
    return f"{name}: place {among_others:,} ({among_all:,} with the inputs left in).{fails}"


def legend(drawing: Construction, answer: Answer) -> str:
    """Return, in Markdown, what the picture shows and what it cannot show."""
    best = next((place for place in drawing.places if place.role == "answer"), None)
    if best is None:
        return ""
    name = plain(best.word)
    missed = f"The tip misses {name} by {drawing.gap:.2f}, an angle of {drawing.angle:.0f}°."
    if drawing.parallelogram:
        kind = "The parallelogram is drawn as it truly lies"
    else:
        kind = f"The picture keeps {drawing.kept:.0%} of the arrows"
    dimensions = len(answer.sum.vector)
    off = f"; {name} hovers {best.off:.2f} off it" if best.off > 0.005 else ""
    return f"{kind} in {dimensions} dimensions{off}. {missed}"
