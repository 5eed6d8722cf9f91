"""The questions about a snapshot: a word, an analogy, and the words to draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.errors import InputError
from core.training.analogy import Analogy, read_analogy
from core.training.classroom import DRAWN_WORDS
from core.training.snapshot_words import known_row, unknown_word
from core.training.snapshots import RecordedRun
from pages.learning.settings import PLAIN, PUZZLE
from pages.shared.controls import choice, text, text_value
from pages.shared.first_words import frequent
from pages.shared.page_frame import show_error
from pages.shared.url_state import is_opening
from viz.numbers import counted

MAX_PER_GROUP: Final = 4  # classroom words of a group that are drawn by default
MIN_CLASSROOM: Final = 8  # classroom words that a text must have for them to be drawn
MAX_DRAWN: Final = 60  # words
MAX_DEFAULT: Final = 30  # words of another text that are drawn by default
MAX_ERRORS: Final = 3  # unknown words that are reported; the search for suggestions is slow
DEFAULTS_KEY: Final = "learn_usual"  # in the session: the default questions for this text
Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class SnapshotQuestion:
    """The questions about a snapshot.

    Args:
        word: the word of the neighbours and the vector; may be empty or unknown.
        analogy: the analogy; None if none was typed or it cannot be read.
        groups: the words to draw, by the name of their group.
        lengths: whether vectors are drawn in their own length; else all are scaled to length one.
    """

    word: str
    analogy: Analogy | None
    groups: Groups
    lengths: bool


def ask(run: RecordedRun) -> tuple[SnapshotQuestion, Mapping[str, tuple[InputError, ...]]]:
    """Show the fields for a question, in a horizontal container.

    Returns:
        The question, and the errors in the text of each field.
    """
    defaults = _set_defaults(run)
    word = text("Neighbours of", defaults["learn_word"], "learn_word", width=110)
    puzzle = text("Analogy, word expected", defaults["learn_puzzle"], "learn_puzzle", width=225)
    typed = text(
        "Words drawn",
        "",
        "learn_words",
        width=250,
        placeholder=_suggestion(run),
        help="A semicolon starts another colour. If empty, words that suit the text are drawn.",
    )
    drawn_as = choice(
        "Drawn",
        ("directions", "lengths"),
        "learn_lengths",
        help="**directions**: all vectors are scaled to length one, so that near means a large "
        "cosine. **lengths**: vectors keep their own lengths; untrained vectors are tiny.",
    )
    groups, wrong = groups_typed(run, typed)
    errors, analogy = {"learn_words": wrong}, None
    if puzzle:
        try:
            analogy = read_analogy(puzzle, run.row_of)
        except InputError as error:
            errors["learn_puzzle"] = (error,)
    return SnapshotQuestion(word, analogy, groups, drawn_as == "lengths"), errors


def ask_about(word: str) -> None:
    """Fill a word into the field for the word whose neighbours are shown."""
    st.session_state["learn_word"] = word


def show_errors(errors: Mapping[str, tuple[InputError, ...]], field: str) -> None:
    """Show the errors in the text of a field."""
    for error in errors.get(field, ()):
        show_error(error, field)


def groups_typed(run: RecordedRun, typed: str) -> tuple[Groups, tuple[InputError, ...]]:
    """Return the words to draw: the typed ones, or the default ones if those cannot be drawn.

    Args:
        run: the run, whose words can be drawn.
        typed: words, with a semicolon between groups; may be empty.

    Returns:
        The words by group, and the errors in the typed text; at most `MAX_ERRORS` unknown words.
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
    wrong = [unknown_word(run.row_of, word) for word in list(dict.fromkeys(unknown))[:MAX_ERRORS]]
    count = len(group_of)
    if typed and (count > MAX_DRAWN or (count < 2 and not unknown)):
        wrong.append(
            InputError(
                f"{counted(count, 'different word')} cannot be drawn. Type 2 to {MAX_DRAWN}, such "
                f"as {_suggestion(run)}."
            )
        )
    if not 2 <= count <= MAX_DRAWN:
        return default_groups(run), tuple(wrong)
    if len(lists) == 1:
        return {"": tuple(group_of)}, tuple(wrong)
    groups = [
        tuple(word for word, group in group_of.items() if group == number)
        for number in range(len(lists))
    ]
    return {f"{words[0]} …": words for words in groups if words}, tuple(wrong)


def _suggestion(run: RecordedRun) -> str:
    """Return words of the text as they can be typed to be drawn."""
    usual = ("king", "queen", "lion")
    words = usual if all(word in run.row_of for word in usual) else frequent(run.words)
    return f"{' '.join(words[:2])}; {words[2]}" if len(words) > 2 else " ".join(words)


def default_groups(run: RecordedRun) -> Groups:
    """Return the words to draw by default: those of the classroom, or frequent ones."""
    known = {
        name: tuple(word for word in words if word in run.row_of)
        for name, words in DRAWN_WORDS.items()
    }
    if sum(map(len, known.values())) >= MIN_CLASSROOM:
        return {name: words[:MAX_PER_GROUP] for name, words in known.items() if words}
    long = [word for word in run.words if len(word) > 3][:MAX_DEFAULT]
    return {"": tuple(long if len(long) > MIN_CLASSROOM else run.words[:MAX_DEFAULT])}


def _set_defaults(run: RecordedRun) -> dict[str, str]:
    """Return the default questions for a text, and set the fields that still have a default.

    For a text without king and queen, the word is one of the text, and there is no analogy.
    """
    defaults = {"learn_word": str(PLAIN["learn_word"]), "learn_puzzle": PUZZLE}
    if defaults["learn_word"] not in run.row_of:
        defaults["learn_word"] = next(iter(default_groups(run).values()))[0]
    if not all(word in run.row_of for word in ("king", "queen", "man", "woman")):
        defaults["learn_puzzle"] = ""
    before = st.session_state.get(DEFAULTS_KEY, PLAIN)
    for key, value in defaults.items():
        # A text that could not be read has hidden the field, whose text is then kept elsewhere.
        held = st.session_state.get(key) if is_opening() else text_value(key, value).start()
        if held == before[key]:
            st.session_state[key] = value
    st.session_state[DEFAULTS_KEY] = defaults
    return defaults
