"""Analogy accuracy: the answers of word vectors to analogy questions, and which are right.

Beside the accuracy by the rules of `core.evaluation.vocabulary`, this module counts the questions
with an unknown word and the right answers when a question's own words may be answers.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.evaluation.scores import Answered, Answers
from core.evaluation.vocabulary import (
    MOST_FREQUENT,
    EvaluationVocabulary,
    Numbers,
    columns,
    most_frequent_words,
    unit_vectors,
)
from core.formats.analogy_questions import AnalogyQuestion, Section
from core.geometry.neighbors import nearest_each
from core.geometry.units import unit_rows

BATCH = 1_024  # questions between two reports of progress: a fraction of a second
CANDIDATES = 5  # nearest words considered as an answer, apart from the question's own
BLOCK_ROWS = 1 << 12  # tokens compared at a time


def answer(
    embeddings: Embeddings, sections: Sequence[Section], most_frequent: int = MOST_FREQUENT
) -> Iterator[Answers]:
    """Yield the answers of word vectors to analogy questions so far, after each batch of questions.

    The answer to "a is to b as c is to ...?" is the word with the highest cosine similarity to
    b - a + c, by exact search (3CosAdd, Mikolov et al. 2013).

    Args:
        embeddings: V words, the most frequent first, or the tokens of a language model.
        sections: the questions.
        most_frequent: number of words that take part, the most frequent ones; 1 or more. Of tokens,
            all take part.

    >>> import numpy as np
    >>> toy = Embeddings("toy", ["man", "king", "woman", "queen"],
    ...                  np.array([[9, 1], [9, 5], [1, 1], [2, 6]], dtype=np.float32))
    >>> royal = Section("royal", (AnalogyQuestion("man", "king", "woman", "queen"),))
    >>> [answers.total.accuracy for answers in answer(toy, [royal])]
    [1.0]
    """
    taking_part = most_frequent_words(embeddings, most_frequent)
    questions = [(section.name, question) for section in sections for question in section.questions]
    kinds = {
        section.name: frozenset(
            taking_part.form(word) for one in section.questions for word in one.answers
        )
        for section in sections
    }
    done: list[Answered] = []
    for start in range(0, len(questions), BATCH):
        done += _answer_batch(taking_part, questions[start : start + BATCH], kinds)
        yield Answers(tuple(sections), tuple(done))


def _answer_batch(
    vocabulary: EvaluationVocabulary,
    questions: Sequence[tuple[str, AnalogyQuestion]],
    kinds: Mapping[str, frozenset[str]],
) -> list[Answered]:
    """Return the answers to some questions; `kinds` has the expected words of each section."""
    embeddings, form = vocabulary.embeddings, vocabulary.form
    rows = [
        [*vocabulary.rows((one.a, one.b, one.c)), max(vocabulary.rows(one.answers))]
        for _, one in questions
    ]
    a, b, c = columns([row[:3] for row in rows if min(row) >= 0], 3)
    points = unit_vectors(embeddings, b) - unit_vectors(embeddings, a) + unit_vectors(embeddings, c)
    is_sorted = embeddings.order == "most frequent"
    nearest = (_nearest_words if is_sorted else _nearest_tokens)(
        vocabulary, points, np.column_stack([a, b, c])
    )
    answered = []
    for (section, question), row in zip(questions, rows, strict=True):
        if min(row) < 0:
            unknown = _unknown(question, vocabulary)
            answered.append(Answered(section, question, unknown=unknown))
            continue
        first, given = next(nearest)
        expected = set(map(form, question.answers))
        answered.append(
            Answered(
                section,
                question,
                given=given,
                given_with_inputs=first,
                right=form(given) in expected,
                right_with_inputs=form(first) in expected,
                repeats_input=form(first) in map(form, (question.a, question.b, question.c)),
                of_kind=form(given) in kinds[section],
            )
        )
    return answered


def _nearest_words(
    vocabulary: EvaluationVocabulary, points: Numbers, own: NDArray[np.intp]
) -> Iterator[tuple[str, str]]:
    """Yield, for each point, the nearest word, and the nearest that is none of its own words.

    Args:
        vocabulary: the words that take part, V.
        points: (Q, D).
        own: (Q, 3), the rows of the words of the question.
    """
    neighbors = nearest_each(vocabulary.embeddings, points, CANDIDATES + own.shape[1])
    for found, rows in zip(neighbors, own.tolist(), strict=True):
        forms = {vocabulary.form(vocabulary.embeddings.words[row]) for row in rows}
        others = [
            word
            for word, index in zip(found.words, found.indices.tolist(), strict=True)
            if index not in rows
        ]
        # Other forms of the question's own words may remain, such as King for king.
        given = (word for word in others[:CANDIDATES] if vocabulary.form(word) not in forms)
        yield found.words[0], next(given, "")


def _nearest_tokens(
    vocabulary: EvaluationVocabulary, points: Numbers, own: NDArray[np.intp]
) -> Iterator[tuple[str, str]]:
    """Yield the same as `_nearest_words` from a table with many forms of a word.

    The many nearest tokens that such a table needs are slow to search. This reads all rows, a block
    at a time, and keeps the best two of each point.
    """
    embeddings = vocabulary.embeddings
    rows_of = vocabulary.rows_of_form
    asking, barred = [], []
    for query, rows in enumerate(own.tolist()):
        for form in {vocabulary.form(embeddings.words[row]) for row in rows}:
            barred += rows_of[form]
            asking += [query] * len(rows_of[form])
    at, token = np.array(asking, dtype=np.intp), np.array(barred, dtype=np.intp)
    queries = unit_rows(points, np.float32)
    best = np.full((2, len(queries)), -np.inf, dtype=np.float32)  # of all tokens, and of the others
    best_row = np.full((2, len(queries)), -1, dtype=np.intp)
    for start in range(0, len(embeddings) if len(queries) else 0, BLOCK_ROWS):
        block = unit_rows(embeddings.vectors[start : start + BLOCK_ROWS], np.float32)
        cosines = queries @ block.T
        in_block = (token >= start) & (token < start + len(block))
        for kind in range(2):
            if kind:
                cosines[at[in_block], token[in_block] - start] = -np.inf
            highest = cosines.argmax(axis=1)
            values = np.take_along_axis(cosines, highest[:, None], axis=1)[:, 0]
            is_better = values > best[kind]
            best[kind][is_better] = values[is_better]
            best_row[kind][is_better] = start + highest[is_better]
    for first, given in best_row.T.tolist():
        yield embeddings.words[first], embeddings.words[given] if given >= 0 else ""


def _unknown(question: AnalogyQuestion, vocabulary: EvaluationVocabulary) -> tuple[str, ...]:
    """Return the unknown words of a question; answers are named if none of them is known."""
    words = [question.a, question.b, question.c]
    if max(vocabulary.rows(question.answers)) < 0:
        words.append(question.expected)
    words = list(dict.fromkeys(words))
    return tuple(word for word, row in zip(words, vocabulary.rows(words), strict=True) if row < 0)
