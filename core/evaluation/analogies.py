"""Analogy accuracy: the answers of word vectors to analogy questions, and which are right.

What the rules in `core.evaluation.vocabulary` leave out is counted here: questions with an unknown
word, and the answers when a question's own words are allowed.
"""

from collections.abc import Iterator, Mapping, Sequence

from core.embeddings import Embeddings
from core.evaluation.scores import Answered, Answers
from core.evaluation.vocabulary import (
    MOST_FREQUENT,
    columns,
    most_frequent_words,
    row_of_upper,
    unit_vectors,
)
from core.formats.analogy_questions import AnalogyQuestion, Section
from core.geometry.neighbors import Neighbors, nearest_each

BATCH = 1_024  # questions between two reports of progress: a fraction of a second
CANDIDATES = 5  # words considered as an answer, beside the question's own


def answer(
    embeddings: Embeddings, sections: Sequence[Section], most_frequent: int = MOST_FREQUENT
) -> Iterator[Answers]:
    """Yield what the vectors answer to analogy questions, more of it each time; can be stopped.

    The answer to "a is to b as c is to ...?" is the word whose direction is nearest to that of
    b - a + c, found exactly (3CosAdd, Mikolov et al. 2013).

    Args:
        embeddings: V words, the most frequent first.
        sections: the questions.
        most_frequent: how many words take part, 1 to V; more mean all.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["man", "king", "woman", "queen"],
    ...                  np.array([[9, 1], [9, 5], [1, 1], [2, 6]], dtype=np.float32))
    >>> royal = Section("royal", (AnalogyQuestion("man", "king", "woman", "queen"),))
    >>> [answers.total.accuracy for answers in answer(toy, [royal])]
    [1.0]
    """
    taking_part = most_frequent_words(embeddings, most_frequent)
    asked = [(section.name, question) for section in sections for question in section.questions]
    done: list[Answered] = []
    for start in range(0, len(asked), BATCH):
        done += _answer_some(taking_part, asked[start : start + BATCH])
        yield Answers(tuple(sections), tuple(done))


def _answer_some(
    embeddings: Embeddings, asked: Sequence[tuple[str, AnalogyQuestion]]
) -> list[Answered]:
    row_of = row_of_upper(embeddings)
    rows = [
        [row_of.get(word.upper(), -1) for word in (one.a, one.b, one.c, one.expected)]
        for _, one in asked
    ]
    a, b, c = columns([row[:3] for row in rows if min(row) >= 0], 3)
    points = unit_vectors(embeddings, b) - unit_vectors(embeddings, a) + unit_vectors(embeddings, c)
    found = iter(nearest_each(embeddings, points, CANDIDATES + 3))
    return [
        _judged(section, question, row, next(found))
        if min(row) >= 0
        else Answered(section, question, unknown=_unknown(question, row_of))
        for (section, question), row in zip(asked, rows, strict=True)
    ]


def _judged(
    section: str, question: AnalogyQuestion, row: Sequence[int], found: Neighbors
) -> Answered:
    """Return the answer to a question with the rows `row`, from the words found near it."""
    own = {question.a.upper(), question.b.upper(), question.c.upper()}
    expected = question.expected.upper()
    others = [
        word
        for word, index in zip(found.words, found.indices.tolist(), strict=True)
        if index not in row[:3]
    ]
    # Of a question's own words other forms may be left, such as King beside king.
    given = next((word for word in others[:CANDIDATES] if word.upper() not in own), "")
    nearest = found.words[0]
    return Answered(
        section,
        question,
        given=given,
        given_with_inputs=nearest,
        right=given.upper() == expected,
        right_with_inputs=nearest.upper() == expected,
    )


def _unknown(question: AnalogyQuestion, row_of: Mapping[str, int]) -> tuple[str, ...]:
    words = dict.fromkeys((question.a, question.b, question.c, question.expected))
    return tuple(word for word in words if word.upper() not in row_of)
