"""The placement of labels beside points."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

# The text positions of plotly, as (right, up) of the point, in order of preference.
SIDES = {
    "top center": (0, 1),
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "bottom center": (0, -1),
    "top right": (1, 1),
    "top left": (-1, 1),
    "bottom right": (1, -1),
    "bottom left": (-1, -1),
}
GAP = 0.5  # between a point and its word, in heights of the text
MAX_OVERLAP = 0.2  # share of a label that others may cover
MAX_COVERED = 2  # points under a label
MAX_CHARS = 28  # of a label
LETTER = 0.58  # width of a letter, in heights of the text


def shortened(text: str, max_chars: int = MAX_CHARS) -> str:
    """Return a text as it stands beside a point or in a sentence.

    >>> shortened("Dogs bark at the postman.", 12)
    'Dogs bark a…'
    """
    return text if len(text) <= max_chars else f"{text[: max_chars - 1]}…"


def place_labels(
    points: ArrayLike, texts: Sequence[str], text_height: float, obstacles: ArrayLike = ()
) -> list[str]:
    """Return a plotly `textposition` for each point, with little overlap of the labels.

    The algorithm is greedy: each label in turn is put on the side where it covers the least of the
    earlier labels, the points and the obstacles.

    Args:
        points: (N, 2), in the units of the axes.
        texts: N words, the most important first.
        text_height: height of a letter in the units of the axes.
        obstacles: (M, 2) further points that labels should not cover.
    """
    centers = np.asarray(points, dtype=float).reshape(-1, 2)
    kept_free = np.vstack([centers, np.asarray(obstacles, dtype=float).reshape(-1, 2)])
    placed: list[NDArray[np.float64]] = []
    sides: list[str] = []
    for center, text in zip(centers, texts, strict=True):
        boxes = [_box(center, text, side, text_height) for side in SIDES.values()]
        costs = [
            sum(_overlap(box, other) for other in placed)
            + text_height**2 * int(_inside(kept_free, box).sum())
            for box in boxes
        ]
        best = int(np.argmin(costs))
        placed.append(boxes[best])
        sides.append(list(SIDES)[best])
    return sides


def readable(
    points: ArrayLike,
    texts: Sequence[str],
    sides: Sequence[str],
    text_height: float,
    obstacles: ArrayLike = (),
) -> list[bool]:
    """Return which labels can be read if those that overprint others, or many points, are left out.

    Args:
        points: (N, 2), in the units of the axes.
        texts: N words, the most important first.
        sides: the `textposition` of each.
        text_height: height of a letter in the units of the axes.
        obstacles: (M, 2) further points.

    >>> readable([[0, 0], [1, 0], [90, 0]], ["cat", "dog", "cow"], ["top center"] * 3, 10)
    [True, False, True]
    """
    kept: list[NDArray[np.float64]] = []
    answers: list[bool] = []
    centers = np.asarray(points, dtype=float).reshape(-1, 2)
    everything = np.vstack([centers, np.asarray(obstacles, dtype=float).reshape(-1, 2)])
    for center, text, side in zip(centers, texts, sides, strict=True):
        box = _box(center, text, SIDES[side], text_height)
        allowed = MAX_OVERLAP * float(np.prod(box[2:] - box[:2]))
        is_free = sum(_overlap(box, other) for other in kept) <= allowed
        answers.append(is_free and int(_inside(everything, box).sum()) <= MAX_COVERED)
        if answers[-1]:
            kept.append(box)
    return answers


def _box(
    center: NDArray[np.float64], text: str, side: tuple[int, int], height: float
) -> NDArray[np.float64]:
    """Return left, bottom, right, top of a text beside a point."""
    half = np.array([max(len(text), 1) * LETTER * height, height]) / 2
    middle = center + np.array(side) * (half + GAP * height)
    return np.concatenate([middle - half, middle + half])


def _overlap(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the area that two boxes share."""
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    return float(np.prod(np.clip(sides, 0, None)))


def _inside(points: NDArray[np.float64], box: NDArray[np.float64]) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = np.all((points >= box[:2]) & (points <= box[2:]), axis=1)
    return within
