"""A part of a page: the tokens of a text in three vocabularies, and the rows that they pick."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from core.enumeration import listed
from core.language.tokenizer import MAX_CHARACTERS, Token, visible
from core.language.vocabularies import dropped_characters
from pages.shared.controls import choice, examples, one_of, within
from pages.shared.examples import notes
from pages.shared.figures import show_figure
from pages.shared.hint import show_hint
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import is_opening, part
from pages.shared.word_links import show_word_links
from pages.tokens.cached import CUTS, NAMES, tokens_of, vocabulary
from viz.components.token_strip import token_strip
from viz.numbers import counted, fixed
from viz.tokens.chips import MAX_CHIPS, MAX_ROWS, chips_of, color_of, colors_of, short, token_table
from viz.tokens.token_rows import rows_figure

TEXT = "The king's tokenization: 3 unbelievable owls say bonjour, 你好!"
TEXT_KEY, MATRIX_KEY = "to_cut", "matrix_of"  # in `st.session_state` and in the address
INDEX: Final = within(-1, MAX_CHIPS - 1, -1, "picked_token")  # the clicked token; -1 for none
PICKED = "picked_token_of"  # in `st.session_state`: vocabulary and token of the last click
MAX_SHOWN_ROWS = 12  # rows of the matrix that are shown
NOTES = notes("tokens", TEXT_KEY)
WINDOW = 512  # tokens that MiniLM takes


@part
def cut_part() -> None:
    """Show the tokens of a text and their rows; a change reruns this part alone."""
    with examples("tokens", "text_example", {MATRIX_KEY: NAMES[0]}, part=TEXT_KEY):
        text = text_field("Type a text", TEXT, TEXT_KEY, max_chars=MAX_CHARACTERS, height=80)
    if not text:
        st.info("Nothing to cut yet. Type a text, or click on an example.")
        return
    with errors_shown():
        show_hint(hint({name: tokens_of(name, text) for name in NAMES}))
        _keep_picked(text)
        for column, name in zip(st.columns(len(NAMES), gap="medium"), NAMES, strict=True):
            with column:
                _show_strip(name, tokens_of(name, text), text)
        if note := NOTES.get(text):
            st.info(note, icon=":material/lightbulb:")
        st.caption(
            "Under each token is its id, the number of its row. Within a vocabulary, the same "
            "token has the same colour; after six colours, they start again. ␣ stands for a "
            "space, ↵ for a line break, ## for a piece that continues a word, <E4 BD> for bytes "
            "of a character that was split. A dashed border marks a special token, which is not in "
            "the text: the model adds it at the start ([CLS]) and at the end ([SEP]). It also "
            "marks a token that is not in the vocabulary."
        )
        _show_rows(text)


def hint(cuts: Mapping[str, Sequence[Token]]) -> str:
    """Return, in Markdown, how many tokens each vocabulary makes of a text, and what is unknown.

    Args:
        cuts: the tokens of each vocabulary, by its name.
    """
    own = {name: [token for token in tokens if not token.special] for name, tokens in cuts.items()}
    counts = [f"**{len(tokens):,}** by {name}" for name, tokens in own.items()]
    text = f"The same text is cut into {listed(counts, len(counts))} tokens."
    unknown = {name: sum(not token.known for token in tokens) for name, tokens in own.items()}
    missing = [
        f"{name} does not know {count:,} of them" for name, count in unknown.items() if count
    ]
    return text + (f" {listed(missing, len(missing))}." if missing else "")


def _show_strip(name: str, tokens: tuple[Token, ...], text: str) -> None:
    """Show the tokens of one vocabulary and their number."""
    cut = [token for token in tokens if not token.special]
    unknown = sum(not token.known for token in cut)
    count = f"{len(cut):,} token{'' if len(cut) == 1 else 's'}"
    if special := len(tokens) - len(cut):
        count += f" + {special} added by the model"
    if unknown:
        count += f", {unknown:,} unknown"
    st.markdown(f"**{name}**, {CUTS[name]}: **{count}**")
    if tokens:
        token_strip(
            chips_of(tokens, text),
            key=f"strip_{name}",
            alt=f"The text as {count} of {name}.",
            selected=_picked(name),
            on_pick=_picker(name),
        )
        _show_picked(name, tokens)
    else:
        st.caption("There is no word: spaces only separate words.")
    if lost := dropped_characters(tokens, text):
        named = " ".join(short(visible(sign)) for sign in lost[:5])
        st.caption(
            f"{len(lost):,} character{' has' if len(lost) == 1 else 's have'} no token here and "
            f"{'is' if len(lost) == 1 else 'are'} dropped: {plain(named)}"
        )
    if len(tokens) > MAX_CHIPS:
        st.caption(f"The first {MAX_CHIPS} are shown; {len(tokens) - MAX_CHIPS:,} more follow.")
    if name == "MiniLM" and len(tokens) > WINDOW:
        st.caption(
            f"MiniLM's network reads {WINDOW} tokens at once: the last {len(tokens) - WINDOW:,} of "
            "these would be left out."
        )


def _picker(name: str) -> Callable[[int], None]:
    """Return the callback of a click on a token: show its vocabulary's matrix, mark its row."""

    def pick(index: int) -> None:
        st.session_state[MATRIX_KEY] = name
        st.session_state[INDEX.key] = index
        st.session_state[PICKED] = (name, tokens_of(name, st.session_state[TEXT_KEY])[index])

    return pick


def _keep_picked(text: str) -> None:
    """Keep the clicked token, unless another vocabulary was chosen or the text has no such token.

    A link has the index of the token only.
    """
    state = st.session_state
    name, index = one_of(NAMES, MATRIX_KEY).start(), INDEX.start()
    tokens = tokens_of(name, text)
    token = tokens[index] if 0 <= index < len(tokens) else None
    if not is_opening() and state.get(PICKED) != (name, token):
        token = None
    state[PICKED] = (name, token)
    state[INDEX.key] = -1 if token is None else index
    INDEX.keep(state[INDEX.key])


def _picked(name: str) -> int | None:
    """Return the index of the clicked token in a vocabulary, or None if it is in another."""
    chosen, token = st.session_state[PICKED]
    return None if chosen != name or token is None else st.session_state[INDEX.key]


def _show_picked(name: str, tokens: tuple[Token, ...]) -> None:
    """Show which row the clicked token picks, right below the tokens."""
    index = _picked(name)
    if index is None:
        return
    token = tokens[index]
    if token.id < 0:
        st.markdown(_unknown(token, name))
        return
    row = vocabulary(name).rows([token.id])[0]
    start = ", ".join(fixed(value, 2) for value in row[:3].tolist())
    times = sum(each.id == token.id for each in tokens)
    st.markdown(
        f"**{plain(short(token.text))}** has the id {token.id:,}, so it picks row {token.id:,} of "
        f"the matrix: {len(row)} numbers, {start}, … It occurs {counted(times, 'time')}."
    )


def _show_rows(text: str) -> None:
    """Show the embedding matrix of one vocabulary, and the rows that the text picks."""
    st.subheader("An id picks a row", anchor=False)
    name = choice("Embedding matrix of", NAMES, MATRIX_KEY)
    words, tokens = vocabulary(name), tokens_of(name, text)
    index = _picked(name)
    picked = tokens[index] if index is not None else None
    shown, left_out = _different(tokens, picked)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if shown:
            ids = [token.id for token in shown]
            colors = colors_of([token.id for token in tokens if not token.special and token.known])
            show_figure(
                rows_figure(
                    [short(token.text) for token in shown],
                    ids,
                    words.rows(ids),
                    words.size,
                    [color_of(token, colors) for token in shown],
                    ids.index(picked.id) if picked and picked.id in ids else None,
                ),
                key="rows",
                alt=f"The embedding matrix of {name} as a tall box; lines lead from the rows of "
                f"{', '.join(token.text for token in shown)} to their numbers as colours.",
            )
        else:
            st.info(f"No token of this text has a row in {name}.")
        if picked and not picked.known:
            st.caption(_unknown(picked, name))
        if left_out:
            st.caption(
                f"The first {MAX_SHOWN_ROWS} different tokens; {left_out:,} more pick rows too."
            )
    with right:
        st.markdown(
            "Click on a token above to see its row. The embedding matrix of "
            f"{plain(words.title)} has **{words.size:,} rows** of **{words.dimensions} numbers**: "
            "blue below zero, red above. A text is looked up in it, token by token; nothing is "
            "computed yet."
        )
        show_table(token_table(tokens, text), "The tokens of the text, their ids and characters.")
        if picked is not None:
            show_word_links("tokens", picked.text)
        if len(tokens) > MAX_ROWS:
            st.caption(f"The table has the first {MAX_ROWS:,}.")


def _unknown(token: Token, name: str) -> str:
    """Return why a clicked token has no row of its own."""
    if token.id < 0:
        return f"**{plain(token.text)}** is not in {name}: it has no row and is dropped."
    return f"{name} does not know these characters: all unknown characters share this row."


def _different(tokens: tuple[Token, ...], picked: Token | None) -> tuple[list[Token], int]:
    """Return the first distinct tokens with a row, including the picked one; count the others."""
    each = {token.id: token for token in reversed(tokens) if token.id >= 0}
    different = [
        each[number] for number in dict.fromkeys(token.id for token in tokens) if number >= 0
    ]
    shown = different[:MAX_SHOWN_ROWS]
    if picked and picked.id >= 0 and all(token.id != picked.id for token in shown):
        shown[-1] = each[picked.id]
    return shown, len(different) - len(shown)
