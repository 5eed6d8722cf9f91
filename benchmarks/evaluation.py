"""Google's analogy questions and WordSim-353 compared with gensim: time and equal results.

Both use gensim's rules and the same vectors: 300,000 words, case ignored, questions with unknown
words left out. gensim takes minutes and is run once; ours is run several times.
"""

import time
from pathlib import Path

import torch
from gensim.models import KeyedVectors
from gensim.test.utils import datapath

from benchmarks.report import Pair, report
from core.catalog import load
from core.embeddings import Embeddings
from core.evaluation.analogies import answer
from core.evaluation.ratings import agreement
from core.evaluation.scores import Answers
from core.evaluation.vocabulary import MOST_FREQUENT
from core.formats.analogy_questions import Section, read_questions
from core.formats.rated_pairs import read_rated_pairs

ROUNDS = 5
QUESTIONS = datapath("questions-words.txt")
RATINGS = datapath("wordsim353.tsv")


def main() -> None:
    """Measure, compare, report."""
    embeddings = load("glove-6b-50d")
    gensim = KeyedVectors(embeddings.dimensions)
    gensim.add_vectors(list(embeddings.words), embeddings.vectors)
    gensim.fill_norms()
    file = read_questions(Path(QUESTIONS).read_bytes())

    answers = ask_all(embeddings, file.sections)  # to warm up
    ours = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask_all(embeddings, file.sections)
        ours.append(time.perf_counter() - start)
    start = time.perf_counter()
    _, theirs = gensim.evaluate_word_analogies(QUESTIONS, restrict_vocab=MOST_FREQUENT)
    peer = time.perf_counter() - start

    points = {
        score.name: 100 * abs(score.accuracy - len(other["correct"]) / asked)
        for score, other in zip((*answers.scores, answers.total), theirs, strict=True)
        if (asked := len(other["correct"]) + len(other["incorrect"]))
    }
    same_counts = all(
        score.asked == len(other["correct"]) + len(other["incorrect"])
        for score, other in zip((*answers.scores, answers.total), theirs, strict=True)
    )
    wrong = {
        tuple(word.upper() for word in (one.question.a, one.question.b, one.question.c))
        for one in answers.mistakes()
    }
    other_wrong = {question[:3] for question in theirs[-1]["incorrect"]}
    rated = agreement(embeddings, read_rated_pairs(Path(RATINGS).read_bytes()).pairs)
    _, spearman, _ = gensim.evaluate_word_pairs(RATINGS, restrict_vocab=MOST_FREQUENT)
    spearman_apart = abs((rated.spearman or 0.0) - float(spearman[0]))

    report(
        f"{len(file):,} questions among {MOST_FREQUENT:,} words, "
        f"{torch.get_num_threads()} threads, gensim once",
        {"analogies": Pair(tuple(ours), (peer,))},
        {
            "accuracy (%)": round(100 * answers.total.accuracy, 3),
            "largest difference in a section (points)": round(max(points.values()), 4),
            "questions judged otherwise": len(wrong ^ other_wrong),
            "unknown": answers.total.unknown,
            "sections": len(answers.scores),
            "WordSim-353 Spearman": rated.spearman,
            "WordSim-353 difference": spearman_apart,
        },
        same_answers=same_counts and max(points.values()) <= 0.1 and spearman_apart <= 1e-6,
    )


def ask_all(embeddings: Embeddings, sections: tuple[Section, ...]) -> Answers:
    """Return the answers to all questions."""
    *_, answers = answer(embeddings, sections)
    return answers


if __name__ == "__main__":
    main()
