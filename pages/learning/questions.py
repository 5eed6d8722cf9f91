"""What a visitor asks of a snapshot: a word, an analogy, the words to draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.errors import InputError
from core.training.analogy import Analogy, read_analogy
from core.training.classroom import SHOWN
from core.training.snapshot_words import known_row, unknown_word
from core.training.snapshots import RecordedRun
from pages.learning.settings import PLAIN, PUZZLE
from pages.shared.controls import choice, text
from pages.shared.page_frame import show_error

MAX_PER_GROUP: Final = 4  # classroom words of a group that are drawn by default
MIN_CLASSROOM: Final = 8  # classroom words that a text must have for them to be drawn
MAX_DRAWN: Final = 60  # words
MAX_DEFAULT: Final = 30  # words of another text that are drawn by default
MAX_ERRORS: Final = 3  # unknown words that are reported: close ones take a while to search
USUAL: Final = "learn_usual"  # in the session: the default questions of this text
Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class SnapshotQuestion:
    """What a visitor asks of a snapshot.

    Args:
        word: whose neighbours and vector are shown; may be empty or unknown.
        analogy: with the word expected; None if none was typed or it cannot be read.
        groups: the words to draw, by the name of their group.
        lengths: whether vectors are drawn as long as they are; else all at length one.
    """

    word: str
    analogy: Analogy | None
    groups: Groups
    lengths: bool


def ask(run: RecordedRun) -> tuple[SnapshotQuestion, Mapping[str, tuple[InputError, ...]]]:
    """Show the fields for a question, in a horizontal container.

    Returns:
        The question, and what is wrong with the text in each field.
    """
    usual = _suit(run)
    word = text("Neighbours of", usual["learn_word"], "learn_word", width=110)
    puzzle = text("Analogy, word expected", usual["learn_puzzle"], "learn_puzzle", width=225)
    typed = text(
        "Words drawn",
        "",
        "learn_words",
        width=250,
        placeholder="king queen; lion",
        help="A semicolon begins another colour. Empty: words that suit the text.",
    )
    drawn_as = choice(
        "Drawn",
        ("directions", "lengths"),
        "learn_lengths",
        help="**directions**: all vectors at length one, so that near means a large cosine. "
        "**lengths**: as long as they are; untrained vectors are tiny.",
    )
    groups, wrong = groups_typed(run, typed)
    errors, analogy = {"learn_words": wrong}, None
    if puzzle:
        try:
            analogy = read_analogy(puzzle, run.row_of)
        except InputError as error:
            errors["learn_puzzle"] = (error,)
    return SnapshotQuestion(word, analogy, groups, drawn_as == "lengths"), errors


def show_errors(errors: Mapping[str, tuple[InputError, ...]], field: str) -> None:
    """Show what is wrong with the text in a field."""
    for error in errors.get(field, ()):
        show_error(error, field)


def groups_typed(run: RecordedRun, typed: str) -> tuple[Groups, tuple[InputError, ...]]:
    """Return the words to draw: those typed, or if these cannot be drawn, the default ones.

    Args:
        run: whose words can be drawn.
        typed: words, with a semicolon between groups; may be empty.

    Returns:
        The words by group, and what is wrong with those typed; of unknown words the first few.
    """
    lists = [part.replace(",", " ").split() for part in typed.split(";")]
    group_of: dict[str, int] = {}
    unknown = []
    for number, word in ((number, word) for number, words in enumerate(lists) for word in words):
        row = known_row(run.row_of, word)
        if row is None:
            unknown.append(word)
        else:
            group_of.setdefault(run.words[row], number)
    wrong = [unknown_word(run.row_of, word) for word in unknown[:MAX_ERRORS]]
    count = len(group_of)
    if typed and (count > MAX_DRAWN or (count < 2 and not unknown)):
        found = f"{count} different {'word' if count == 1 else 'words'} came."
        wrong.append(InputError(f"{found} Type 2 to {MAX_DRAWN}, such as king queen; lion."))
    if not 2 <= count <= MAX_DRAWN:
        return usual_groups(run), tuple(wrong)
    if len(lists) == 1:
        return {"": tuple(group_of)}, tuple(wrong)
    groups = [
        tuple(word for word, group in group_of.items() if group == number)
        for number in range(len(lists))
    ]
    return {f"{words[0]} …": words for words in groups if words}, tuple(wrong)


def usual_groups(run: RecordedRun) -> Groups:
    """Return the words to draw by default: those of the classroom, or frequent ones."""
    shown = {
        name: tuple(word for word in words if word in run.row_of) for name, words in SHOWN.items()
    }
    if sum(map(len, shown.values())) >= MIN_CLASSROOM:
        return {name: words[:MAX_PER_GROUP] for name, words in shown.items() if words}
    long = [word for word in run.words if len(word) > 3][:MAX_DEFAULT]
    return {"": tuple(long if len(long) > MIN_CLASSROOM else run.words[:MAX_DEFAULT])}


def _suit(run: RecordedRun) -> dict[str, str]:
    """Return the default questions of a text, and set them where nothing else was typed.

    A text without king and queen is asked for a word of its own, and for no analogy.
    """
    usual = {"learn_word": str(PLAIN["learn_word"]), "learn_puzzle": PUZZLE}
    if usual["learn_word"] not in run.row_of:
        usual["learn_word"] = next(iter(usual_groups(run).values()))[0]
    if not all(word in run.row_of for word in ("king", "queen", "man", "woman")):
        usual["learn_puzzle"] = ""
    before = st.session_state.get(USUAL, PLAIN)
    for key, value in usual.items():
        if st.session_state.get(key) == before[key]:
            st.session_state[key] = value
    st.session_state[USUAL] = usual
    return usual
