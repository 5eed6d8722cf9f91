"""Layouts that are computed in background jobs, with their progress."""

from functools import partial

from core.errors import PlaygroundError
from core.jobs import Job
from core.layouts.base import LayoutStep
from core.layouts.map_words import MapWords
from core.layouts.store import Recipe, find, make
from pages.map.layouts import Layout, layout_jobs, principal_layout
from pages.shared.job_view import (
    is_stopped,
    is_watching,
    leave,
    show_offer,
    show_progress,
    watch,
    watched,
)

MAX_AUTOMATIC = {"UMAP": 25_000, "t-SNE": 6_000}  # words up to which a layout starts by itself
MAX_SENT = 100_000  # words up to which an unfinished layout is sent to the browser
PART = "layout"


def is_forming() -> bool:
    """Return whether this visitor waits for a layout."""
    return is_watching(PART)


def forget_layout() -> None:
    """Wait for no layout."""
    leave(PART)


def formed_layout(recipe: Recipe, drawn: MapWords) -> Layout:
    """Return a layout; while it is being computed, show the progress and return its latest step.

    Before its first step, the principal components are returned.

    Raises:
        InputError: the settings do not suit the words.
    """
    name = recipe.name(drawn)
    title = f"{recipe.method} in {recipe.components} dimensions"
    job = layout_jobs().find(name)
    coordinates = find(recipe, drawn)
    if coordinates is None and job is not None and job.state == "done" and job.latest is not None:
        coordinates = job.latest.coordinates  # the disk was full, so it could not be stored
    if coordinates is not None:
        forget_layout()
        return Layout(name, title, drawn, coordinates, settings=recipe.settings())
    if job is not None and job.state == "failed":
        forget_layout()
        raise job.error or PlaygroundError("The layout could not be made.")
    start = partial(watch, PART, layout_jobs(), name, partial(make, recipe, drawn))
    meanwhile = principal_layout(drawn, recipe.components)
    if is_stopped(PART, name):
        share = job.latest.share if job is not None and job.latest is not None else 0.0
        text = f"Stopped at {share:.0%}. What you see is not finished."
        show_offer(PART, text, "Start again", start)
        return _unfinished(name, title, job, meanwhile)
    is_new = job is None or job.state == "stopped"
    if is_new and len(drawn) > MAX_AUTOMATIC[recipe.method] and watched(PART) != name:
        forget_layout()
        text = (
            f"{recipe.method} of {len(drawn):,} words takes minutes. Until then, you see their "
            "principal components."
        )
        show_offer(PART, text, "Start", start)
        return meanwhile
    job = start()
    share = job.latest.share if job.latest is not None else 0.0
    doing = job.latest.doing if job.latest is not None else "getting ready"
    show_progress(PART, job, share, f"{doing}: {share:.0%}".capitalize())
    return _unfinished(name, title, job, meanwhile)


def _unfinished(name: str, title: str, job: Job[LayoutStep] | None, meanwhile: Layout) -> Layout:
    """Return the latest step of a layout, or `meanwhile` if it has none that can be shown."""
    step = job.latest if job is not None else None
    if step is None or step.coordinates is None or len(meanwhile.drawn) > MAX_SENT:
        return meanwhile
    return Layout(
        f"{name}:{step.share:.3f}", f"{title}, not finished", meanwhile.drawn, step.coordinates
    )
