"""A part of a page: the topics that a sentence leans to, layer by layer."""

import streamlit as st

from core.language.topics import TopicLean
from pages.context.cached import lean_of
from pages.context.curves import show_curves
from pages.shared.controls import examples
from pages.shared.hint import show_hint
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
    """Show the topics that a sentence leans to; a change reruns this part alone."""
    model = encoder()
    with examples("context", "topic_example", {"topics": TOPICS}, part="topics"):
        picture, typed = st.columns([3, 2], gap="medium")
        with typed:
            text = text_field("Sentence", TEXT, "topic_text", lines=1)
            topics = text_field(
                "Topics, one per line",
                TOPICS,
                "topics",
                lines=6,
                about="A name, a colon, and words that stand for it. 2 to 8 topics.",
            )
    below = st.container()
    with errors_shown():
        lean = lean_of(model, model.name, text, topics)
        curves = {name: lean.cosines[:, index] for index, name in enumerate(lean.topics)}
        with picture:
            show_hint(summary(lean))
            show_curves(
                curves,
                "leans to (cosine)",
                f"How far the sentence leans to each of {len(lean.topics)} topics at each layer.",
                "lean",
                below,
                height=430,
                zero=True,
            )
        with typed:
            _show_remarks(lean)
        st.caption(
            "The vector of the sentence is the mean of its tokens' vectors at each layer (MiniLM); "
            "the vector of a topic is the mean over its words, each read alone, at the same layer. "
            "The mean of all topics is subtracted, then the cosine is computed: above 0 the "
            "sentence leans towards the topic, below 0 away from it."
        )


def _show_remarks(lean: TopicLean) -> None:
    """Show which words and tokens were left out."""
    if lean.left_out:
        named = ", ".join(plain(word) for word in lean.left_out)
        st.caption(f"Left out, since these words are in the sentence: {named}.")
    if lean.truncated:
        st.caption(f"The sentence is too long: its last {lean.truncated:,} tokens are left out.")


def summary(lean: TopicLean) -> str:
    """Return, in Markdown, the topics that the sentence leans to at the first and last layer."""
    first, last = lean.cosines[0], lean.cosines[-1]
    order = last.argsort()[::-1].tolist()
    toward = [f"{plain(lean.topics[k])} ({_signed(last[k])})" for k in order if last[k] > 0]
    away = [f"{plain(lean.topics[k])} ({_signed(last[k])})" for k in order if last[k] <= 0]
    start = int(first.argmax())
    return (
        f"At the last layer the sentence leans towards **{', '.join(toward) or 'none of them'}**"
        + (f" and away from {', '.join(away)}. " if away else ". ")
        + f"Before the first layer it leans most to {plain(lean.topics[start])} "
        f"({_signed(first[start])})."
    )


def _signed(value: float) -> str:
    rounded = round(value, 2) + 0.0  # so that zero has no minus sign
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"
