"""A part of a page: which topic the network's state leans to, layer by layer."""

import streamlit as st

from core.language.topics import TopicLean
from pages.context.cached import lean_of
from pages.context.curves import show_curves
from pages.shared.language_models import encoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.text_area import text_field
from pages.shared.url_state import part

TEXT = "What sound does a dog make?"
TOPICS = """animals: dog, cat, horse, cow, bird, lion, wolf
sounds: sound, noise, voice, bark, loud, song, music
pets: pet, puppy, kitten, owner, leash, hamster
currency: money, dollar, euro, coin, bank, price
architecture: building, tower, house, roof, bridge, castle
sports: football, tennis, team, player, goal, match"""


@part
def topics_part() -> None:
    """Show what a sentence leans to; a change runs this part alone."""
    model = encoder()
    picture, typed = st.columns([3, 2], gap="medium")
    with typed:
        text = text_field("Sentence", TEXT, "topic_text", lines=1)
        topics = text_field(
            "Topics, one a line",
            TOPICS,
            "topics",
            lines=6,
            about="A name, a colon, and words that stand for it. 2 to 8 topics.",
        )
    below = st.container()
    with errors_shown():
        found = lean_of(model, model.name, text, topics)
        curves = {name: found.cosines[:, index] for index, name in enumerate(found.topics)}
        with picture:
            show_curves(
                curves,
                "leans to (cosine)",
                "How far the state of the sentence leans to each of "
                f"{len(found.topics)} topics at each layer.",
                "lean",
                below,
                height=430,
                zero=True,
            )
        with typed:
            _tell(found)
            st.markdown(verdict(found))
        st.caption(
            "What is measured: at each layer, the mean vector of the sentence's tokens (MiniLM). A "
            "topic is the mean of its words, each read alone, at the same layer. What all topics "
            "share is taken off, then the cosine is taken: above 0 is towards the topic, below 0 "
            "away from it."
        )


def _tell(found: TopicLean) -> None:
    if found.left_out:
        named = ", ".join(plain(word) for word in found.left_out)
        st.caption(f"Left out, since the sentence has these words itself: {named}.")
    if found.truncated:
        st.caption(f"The sentence is too long: its last {found.truncated:,} tokens are left out.")


def verdict(found: TopicLean) -> str:
    """Return, in Markdown, what the sentence leans to at the first layer and at the last."""
    first, last = found.cosines[0], found.cosines[-1]
    order = last.argsort()[::-1].tolist()
    toward = [f"{plain(found.topics[k])} ({_signed(last[k])})" for k in order if last[k] > 0]
    away = [f"{plain(found.topics[k])} ({_signed(last[k])})" for k in order if last[k] <= 0]
    start = int(first.argmax())
    return (
        f"At the last layer the state leans towards **{', '.join(toward) or 'none of them'}**"
        + (f" and away from {', '.join(away)}. " if away else ". ")
        + f"Before the first layer it leans most to {plain(found.topics[start])} "
        f"({_signed(first[start])})."
    )


def _signed(value: float) -> str:
    rounded = round(value, 2) + 0.0  # no zero with a minus sign
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"
