"""Answers to analogy questions and their accuracy."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.formats.analogy_questions import AnalogyQuestion, Section


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the answer of the vectors.

    Args:
        section: the name of its section.
        question: the question.
        unknown: its words that do not take part; if there are any, the question is not asked.
        given: the word nearest to b - a + c other than a, b and c; empty if there is none.
        given_with_inputs: the word nearest to b - a + c, which may be a, b or c.
        right: whether `given` is one of the right answers.
        right_with_inputs: whether `given_with_inputs` is one of the right answers.
        repeats_input: whether `given_with_inputs` is a, b or c.
        of_kind: whether `given` is a right answer to some question of the section.
    """

    section: str
    question: AnalogyQuestion
    unknown: tuple[str, ...] = ()
    given: str = ""
    given_with_inputs: str = ""
    right: bool = False
    right_with_inputs: bool = False
    repeats_input: bool = False
    of_kind: bool = False


@dataclass(frozen=True)
class SectionScore:
    """The numbers of questions and of right answers in a section.

    Args:
        name: the name of the section.
        questions: number of its questions.
        asked: number of questions asked so far.
        unknown: number of questions not asked because of an unknown word.
        right: number of right answers, with the question's own words barred from answering.
        right_with_inputs: number of right answers, with these words allowed.
        repeats_input: number of questions whose answer would be one of these words if allowed.
    """

    name: str
    questions: int
    asked: int
    unknown: int
    right: int
    right_with_inputs: int
    repeats_input: int = 0

    @property
    def accuracy(self) -> float:
        """The share of right answers to the questions asked, 0 to 1; 0 if none was asked."""
        return self.right / max(self.asked, 1)

    @property
    def accuracy_of_all(self) -> float:
        """The share of right answers, with unknown words counted as wrong answers."""
        return self.right / max(self.asked + self.unknown, 1)

    @property
    def accuracy_with_inputs(self) -> float:
        """The share of right answers when the question's own words are allowed as answers."""
        return self.right_with_inputs / max(self.asked, 1)


@dataclass(frozen=True)
class Answers:
    """The answers of word vectors to all questions, or to the first ones.

    Args:
        sections: all questions; the names of the sections are unique.
        each: the answers so far, in the order of the questions.
    """

    sections: tuple[Section, ...]
    each: tuple[Answered, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all questions are answered."""
        return len(self.each) == self.total.questions

    @cached_property
    def scores(self) -> tuple[SectionScore, ...]:
        """The score of each section, including those that no question was asked of yet."""
        counts = Counter[tuple[str, str]]()
        for answered in self.each:
            counts[answered.section, "unknown" if answered.unknown else "asked"] += 1
            counts[answered.section, "right"] += answered.right
            counts[answered.section, "right_with_inputs"] += answered.right_with_inputs
            counts[answered.section, "repeats_input"] += answered.repeats_input
        return tuple(
            SectionScore(
                name=section.name,
                questions=len(section.questions),
                asked=counts[section.name, "asked"],
                unknown=counts[section.name, "unknown"],
                right=counts[section.name, "right"],
                right_with_inputs=counts[section.name, "right_with_inputs"],
                repeats_input=counts[section.name, "repeats_input"],
            )
            for section in self.sections
        )

    @property
    def total(self) -> SectionScore:
        """The score of all questions together."""
        return SectionScore(
            name="all sections",
            questions=sum(score.questions for score in self.scores),
            asked=sum(score.asked for score in self.scores),
            unknown=sum(score.unknown for score in self.scores),
            right=sum(score.right for score in self.scores),
            right_with_inputs=sum(score.right_with_inputs for score in self.scores),
            repeats_input=sum(score.repeats_input for score in self.scores),
        )

    @cached_property
    def unknown_words(self) -> Mapping[str, int]:
        """The number of questions with each unknown word, the most frequent word first."""
        words = (word for answered in self.each for word in answered.unknown)
        return dict(Counter(words).most_common())

    def mistakes(self, section: str | None = None) -> tuple[Answered, ...]:
        """Return the questions of a section, or of all, that were answered wrongly."""
        return tuple(
            answered
            for answered in self.each
            if not (answered.right or answered.unknown) and section in (None, answered.section)
        )
