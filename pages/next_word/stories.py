"""A part of a page: stories at several temperatures side by side, token by token."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from core.enumeration import listed
from core.errors import InputError
from core.jobs import Jobs
from core.language.generation import Choice, generate
from core.language.models import LanguageModel
from core.language.softmax_steps import read_numbers
from pages.next_word.cached import READ, ids_of, tell_unread
from pages.shared.controls import examples, remembered, text, whole_number
from pages.shared.hint import show_hint
from pages.shared.job_view import is_watching, leave, raise_failure, watch, watched
from pages.shared.language_models import decoder
from pages.shared.page_frame import errors_shown, plain
from pages.shared.tables import show_table
from pages.shared.text_area import text_field
from pages.shared.url_state import is_opening
from viz.components.token_strip import token_strip
from viz.language.story import rivals_table, story_chips

Story = tuple[Choice, ...]
BEGINNING, TEMPERATURES = "Once upon a time, there was a", "0, 0.7, 1.5"
LENGTH = 60  # tokens
MAX_STORIES = 4
OTHERWISE = {"length": LENGTH, "seed": 0}
PART = "stories"
WRITTEN = "story_written"  # in the session: the wish and its stories
IN_ADDRESS = "written"  # 1 if the stories of the controls are shown
SECONDS = 0.5  # between two runs of the part while stories are being written


@dataclass(frozen=True)
class Wish:
    """What stories are asked for; its name is the same for all who ask for the same.

    Args:
        model: the decoder's name.
        ids: of the beginning.
        temperatures: one a story.
        count: how many tokens each.
        seed: of the draws.
    """

    model: str
    ids: tuple[int, ...]
    temperatures: tuple[float, ...]
    count: int
    seed: int


@st.cache_resource(show_spinner=False)
def story_jobs() -> Jobs[tuple[Story, ...]]:
    """Return the stories that are being written for all visitors, two at a time."""
    return Jobs(at_once=2)


def is_writing() -> bool:
    """Return whether this visitor waits for stories."""
    return is_watching(PART)


def stop() -> None:
    """Wait for no stories; what is written stays."""
    leave(PART)


def stories_part() -> None:
    """Ask for stories and show them as they grow; a link to written stories writes them again."""
    model = decoder()
    with errors_shown():
        with examples("next_word", "story_example", OTHERWISE, part="stories"):
            prompt = text_field("Beginning", BEGINNING, "story", lines=1, is_continued=True)
            ids = ids_of(model, model.name, prompt)
            tell_unread(max(len(ids) - READ, 0))
            controls = st.container(horizontal=True, vertical_alignment="bottom")
            with controls:
                wish = _asked(model, ids)
        if watched(PART) != wish:
            stop()
        if remembered(IN_ADDRESS, 0) and is_opening() and not _stories_of(wish):
            _write(model, wish)
        with controls:
            st.button(
                "Write",
                key="write",
                on_click=_write,
                args=(model, wish),
                disabled=is_writing(),
                type="primary",
            )
            st.button("Stop", key="stop", on_click=stop, disabled=not is_writing())
        try:
            _watch(model, wish)
        finally:
            _show(model, wish)


def _asked(model: LanguageModel, ids: tuple[int, ...]) -> Wish:
    """Show the controls and return what they say."""
    typed = text("Temperatures", TEMPERATURES, "temperatures", max_chars=60, width=200)
    count = whole_number("Tokens", 5, 200, LENGTH, "length", width=140)
    seed = whole_number(
        "Seed",
        0,
        999_999,
        0,
        "seed",
        width=140,
        help="The number that chance begins with. The same seed gives the same stories.",
    )
    temperatures = tuple(dict.fromkeys(read_numbers(typed, "temperature", "0, 0.7, 1.5")))
    if len(temperatures) > MAX_STORIES:
        raise InputError(f"Type 1 to {MAX_STORIES} temperatures, not {len(temperatures)}.")
    if min(temperatures) < 0:
        raise InputError(f"The temperature is {min(temperatures):g}. It has to be 0 or more.")
    return Wish(model.name, ids[-READ:], temperatures, count, seed)


def written(model: LanguageModel, wish: Wish) -> Iterator[tuple[Story, ...]]:
    """Yield the stories so far, after each token."""
    stories: tuple[Story, ...] = ((),) * len(wish.temperatures)
    steps = generate(model, wish.ids, wish.temperatures, count=wish.count, seed=wish.seed)
    for choices in steps:
        stories = tuple(
            story if choice is None else (*story, choice)
            for story, choice in zip(stories, choices, strict=True)
        )
        yield stories


def _watch(model: LanguageModel, wish: Wish) -> None:
    """Keep what is written so far; raise what went wrong."""
    if not is_writing():
        raise_failure(PART, wish)
        return
    job = watch(PART, story_jobs(), wish, partial(written, model, wish))
    ended = job.ended  # read before the stories: they may end in between
    if job.latest is not None:
        st.session_state[WRITTEN] = (wish, job.latest)
    if ended:
        stop()
    if job.ahead:
        st.caption(f"{job.ahead} before yours; waiting.")


def _stories_of(wish: Wish) -> tuple[Story, ...]:
    """Return the stories of a wish so far; none if another one was written last."""
    of, stories = st.session_state.get(WRITTEN, (None, ()))
    return stories if of == wish else ()


def _show(model: LanguageModel, wish: Wish) -> None:
    """Show each story as chips, and under it what the picked token beat."""
    stories = _stories_of(wish) or ((),) * len(wish.temperatures)
    names = model.token_names
    st.session_state[IN_ADDRESS] = int(any(stories))
    remembered(IN_ADDRESS, 0)
    if any(stories):
        show_hint(stories_hint(wish.temperatures, stories))
    else:
        show_hint("Press **Write**: one story grows at each temperature, token by token.")
    for index, (column, temperature) in enumerate(
        zip(st.columns(len(wish.temperatures), gap="medium"), wish.temperatures, strict=True)
    ):
        story = stories[index]
        with column:
            st.markdown(
                f"**T = {temperature:g}**, {len(story)} token{'' if len(story) == 1 else 's'}"
            )
            picked = st.session_state.get(f"story_pick_{index}")
            token_strip(
                story_chips(wish.ids[-12:], story, names),
                key=f"story_{index}",
                alt=f"A story at temperature {temperature:g}; strong colours are likely tokens.",
                selected=None if picked is None else picked + len(wish.ids[-12:]),
                on_pick=_picker(index, len(wish.ids[-12:])),
                height=420,
                follow=True,
            )
            if picked is not None and 0 <= picked < len(story):
                _show_rivals(story[picked], names)
    st.caption(
        "Each chip is a token; the stronger its colour, the more probable it was at its "
        "temperature. Grey is the beginning. Click a token to see what it beat. T = 0 always takes "
        "the likeliest and soon repeats itself; a high T makes nonsense. A story ends early when "
        "the model ends its text, or its window is full. ␣ is a space, ↵ a line break."
    )
    if any(stories):
        rows = {
            f"T = {temperature:g}": model.tokenizer.text([choice.id for choice in story])
            for temperature, story in zip(wish.temperatures, stories, strict=True)
        }
        with st.expander("The stories as text", expanded=False):
            show_table(pd.DataFrame({"story": rows}), "The stories as text.")


def stories_hint(temperatures: Sequence[float], stories: Sequence[Story]) -> str:
    """Return, in Markdown, how many different tokens each story has: repetition makes them few."""
    counts = [
        f"**{len({choice.id for choice in story})} of {len(story)}** at T = {temperature:g}"
        for temperature, story in zip(temperatures, stories, strict=True)
    ]
    return (
        f"Different tokens: {listed(counts, len(counts))}. Few means that a story repeats itself."
    )


def _show_rivals(choice: Choice, names: tuple[str, ...]) -> None:
    st.markdown(
        f"**{plain(names[choice.id])}**: {percent(choice.probability)} here, "
        f"{percent(choice.model_probability)} at T = 1"
    )
    show_table(rivals_table(choice, names), "What the token beat.")


def percent(share: float) -> str:
    """Return a probability as a percentage; a small one is not called none.

    >>> percent(0.6914), percent(0.0002), percent(0.0)
    ('69.1%', 'less than 0.1%', '0%')
    """
    if 0 < share < 0.001:
        return "less than 0.1%"
    return f"{share:.1%}" if share else "0%"


def _picker(story: int, before: int) -> Callable[[int], None]:
    """Return what a click on a chip of a story does."""

    def pick(index: int) -> None:
        st.session_state[f"story_pick_{story}"] = index - before

    return pick


def _write(model: LanguageModel, wish: Wish) -> None:
    watch(PART, story_jobs(), wish, partial(written, model, wish))
    for index in range(MAX_STORIES):
        st.session_state.pop(f"story_pick_{index}", None)
