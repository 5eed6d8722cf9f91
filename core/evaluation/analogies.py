"""Analogy accuracy: the answers of word vectors to analogy questions, and which are right.

Beside the accuracy by the rules of `core.evaluation.vocabulary`, this module counts the questions
with an unknown word and the right answers when a question's own words are allowed.
"""

from collections.abc import Iterator, Sequence

from core.embeddings import Embeddings
from core.evaluation.scores import Answered, Answers
from core.evaluation.vocabulary import (
    MOST_FREQUENT,
    EvaluationVocabulary,
    columns,
    most_frequent_words,
    unit_vectors,
)
from core.formats.analogy_questions import AnalogyQuestion, Section
from core.geometry.neighbors import Neighbors, nearest_each

BATCH = 1_024  # questions between two reports of progress: a fraction of a second
CANDIDATES = 5  # nearest words considered as an answer, without the question's own


def answer(
    embeddings: Embeddings, sections: Sequence[Section], most_frequent: int = MOST_FREQUENT
) -> Iterator[Answers]:
    """Yield the answers of word vectors to analogy questions so far, after each batch of questions.

    The answer to "a is to b as c is to ...?" is the word with the highest cosine similarity to
    b - a + c, by exact search (3CosAdd, Mikolov et al. 2013).

    Args:
        embeddings: V words, the most frequent first.
        sections: the questions.
        most_frequent: number of words that take part, the most frequent ones; 1 or more.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["man", "king", "woman", "queen"],
    ...                  np.array([[9, 1], [9, 5], [1, 1], [2, 6]], dtype=np.float32))
    >>> royal = Section("royal", (AnalogyQuestion("man", "king", "woman", "queen"),))
    >>> [answers.total.accuracy for answers in answer(toy, [royal])]
    [1.0]
    """
    taking_part = most_frequent_words(embeddings, most_frequent)
    questions = [(section.name, question) for section in sections for question in section.questions]
    done: list[Answered] = []
    for start in range(0, len(questions), BATCH):
        done += _answer_batch(taking_part, questions[start : start + BATCH])
        yield Answers(tuple(sections), tuple(done))


def _answer_batch(
    vocabulary: EvaluationVocabulary, questions: Sequence[tuple[str, AnalogyQuestion]]
) -> list[Answered]:
    embeddings = vocabulary.embeddings
    rows = [vocabulary.rows((one.a, one.b, one.c, one.expected)) for _, one in questions]
    a, b, c = columns([row[:3] for row in rows if min(row) >= 0], 3)
    points = unit_vectors(embeddings, b) - unit_vectors(embeddings, a) + unit_vectors(embeddings, c)
    neighbors = iter(nearest_each(embeddings, points, CANDIDATES + 3))
    return [
        _answered(section, question, row, next(neighbors))
        if min(row) >= 0
        else Answered(section, question, unknown=_unknown(question, vocabulary))
        for (section, question), row in zip(questions, rows, strict=True)
    ]


def _answered(
    section: str, question: AnalogyQuestion, row: Sequence[int], neighbors: Neighbors
) -> Answered:
    """Return the answer to a question.

    Args:
        section: the name of its section.
        question: the question.
        row: the rows of its four words.
        neighbors: the nearest words to b - a + c.
    """
    own = {question.a.upper(), question.b.upper(), question.c.upper()}
    expected = question.expected.upper()
    others = [
        word
        for word, index in zip(neighbors.words, neighbors.indices.tolist(), strict=True)
        if index not in row[:3]
    ]
    # Other forms of the question's own words may remain, such as King for king.
    given = next((word for word in others[:CANDIDATES] if word.upper() not in own), "")
    nearest = neighbors.words[0]
    return Answered(
        section,
        question,
        given=given,
        given_with_inputs=nearest,
        right=given.upper() == expected,
        right_with_inputs=nearest.upper() == expected,
    )


def _unknown(question: AnalogyQuestion, vocabulary: EvaluationVocabulary) -> tuple[str, ...]:
    words = list(dict.fromkeys((question.a, question.b, question.c, question.expected)))
    return tuple(word for word, row in zip(words, vocabulary.rows(words), strict=True) if row < 0)
