"""The word map in a notebook, such as JupyterLab. It needs anywidget and no Streamlit."""

import hashlib
import operator
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError
from core.layouts.array_store import words_digest
from core.layouts.map_words import MapWords
from viz.app_theme import DARK, LIGHT, SIZES
from viz.components import word_map
from viz.components.modules import joined
from viz.components.word_map.event import pack, unpack
from viz.components.word_map.picture import Shown, picture
from viz.numbers import counted

try:
    import traitlets
    from anywidget import AnyWidget
except ModuleNotFoundError as error:
    raise ImportError(
        "The word map in a notebook needs anywidget, which is not installed. Install it with "
        "`python -m pip install --constraint constraints.txt anywidget`, then restart the kernel."
    ) from error

MAX_WORDS: Final = 400_000
HEIGHT: Final = 560  # pixels
MIN_HEIGHT, MAX_HEIGHT = 260, 4_000


class WordMap(AnyWidget):
    """A map of words; a notebook shows it if it is the last value of a cell.

    `selection` are the selected words; `selected_rows` are their rows in the layout, which can be
    observed. Both are set by a selection on the map and can be set from Python. Up to 24 selected
    words have their names on the map. `close()` frees the memory of a map that is no longer shown.

    Args:
        embeddings: N words with their vectors, the most frequent first.
        layout: (N, 2) or (N, 3) numbers, the position of each word; NaN for words to be left out.
        height: in pixels, 260 to 4,000; less on small screens.
        alt: one sentence that describes the picture, for screen readers and as title of a poster.
        shown: how the words are coloured and marked, as by `viz.components.word_map.picture`:
            `groups` and `group_names`; `values`, `value_name`, `signed` and `logarithmic`;
            `regions` and `color_by_regions`; `highlights`, `links`, `markers`, `axis_names`.

    Raises:
        InputError: `embeddings`, `layout` or `height` cannot be used.
        ValueError: the lengths, shapes or numbers of groups do not fit.

    >>> toy = Embeddings("toy", ["king", "queen", "man"], np.eye(3, dtype=np.float32))
    >>> map_of_three = WordMap(toy, [[0, 1], [1, 1], [0, 0]])
    >>> map_of_three.selection = ["queen", "king"]
    >>> map_of_three.selection, map_of_three.selected_rows
    (('king', 'queen'), (0, 1))
    """

    _esm = joined(Path(word_map.__file__).with_name("notebook.js"))
    _css = (
        f".embedding-playground-map {{ color-scheme: light; {SIZES} {LIGHT} }} "
        f".embedding-playground-map.dark {{ color-scheme: dark; {DARK} }}"
    )
    _scene = traitlets.Dict().tag(sync=True)
    _payloads = traitlets.List(traitlets.Bytes()).tag(sync=True)
    selected_rows: traitlets.TraitType[Any, Any] = traitlets.TraitType(()).tag(
        sync=True,
        to_json=lambda rows, _: pack(rows),
        from_json=lambda text, shown: shown._sent(unpack(text)),  # noqa: SLF001 - of this class
    )

    def __init__(
        self,
        embeddings: Embeddings | MapWords,
        layout: ArrayLike,
        *,
        height: int = HEIGHT,
        alt: str = "",
        **shown: Unpack[Shown],
    ) -> None:
        self._embeddings = _checked(embeddings)
        if not MIN_HEIGHT <= height <= MAX_HEIGHT:
            raise InputError(
                f"The height is {height:,} pixels; expected {MIN_HEIGHT} to {MAX_HEIGHT:,}."
            )
        words, name = self._embeddings.words, self._embeddings.name
        shown.setdefault("unit", self._embeddings.unit)
        alt = alt or f"{counted(len(words), self._embeddings.unit)} of {name}."
        coordinates = _coordinates(layout)
        words_id, layout_id = f"words:{words_digest(words)}", f"layout:{_digest(coordinates)}"
        drawn = picture(
            words, coordinates, alt=alt, words_id=words_id, layout_id=layout_id, **shown
        )
        super().__init__(
            _scene={**drawn.scene, "height": int(height)}, _payloads=list(drawn.payloads)
        )

    @property
    def selection(self) -> tuple[str, ...]:
        """The selected words, in the order of the layout; set it to a word or to several.

        Raises:
            UnknownWordError: a word is not on the map; `selection` is left as it was.
        """
        return tuple(self._embeddings.words[row] for row in self.selected_rows)

    @selection.setter
    def selection(self, words: str | Iterable[str]) -> None:
        words = [words] if isinstance(words, str) else words
        self.selected_rows = self._embeddings.indices(words)

    def _sent(self, rows: tuple[int, ...]) -> tuple[int, ...]:
        """Return the rows that the browser sent; the present ones if they do not fit."""
        fits = not rows or rows[-1] < len(self._embeddings)
        present: tuple[int, ...] = self.selected_rows
        return rows if fits else present

    @traitlets.validate("selected_rows")
    def _check_rows(self, proposal: dict[str, Any]) -> tuple[int, ...]:
        """Return rows as ascending ints, each once."""
        count = len(self._embeddings)
        try:
            rows = sorted({operator.index(row) for row in proposal["value"]})
        except TypeError:
            raise InputError(
                f"The selected rows are {proposal['value']!r:.60}; expected a list of whole "
                "numbers. To select words, set `selection`."
            ) from None
        if rows and not 0 <= rows[0] <= rows[-1] < count:
            wrong = rows[0] if rows[0] < 0 else rows[-1]
            raise InputError(
                f"There is no row {wrong:,}; the rows of this map are 0 to {count - 1:,}."
            )
        return tuple(rows)


def _checked(embeddings: object) -> Embeddings:
    """Return the words of a map with their vectors."""
    if isinstance(embeddings, MapWords):
        words = embeddings
        embeddings = Embeddings(words.source, words.words, words.vectors, words.order)
    if not isinstance(embeddings, Embeddings):
        raise InputError(
            f"Got a {type(embeddings).__name__} as embeddings; expected `Embeddings`, as those of "
            "`core.catalog.load`. Make them with `Embeddings(name, words, vectors)`."
        )
    if len(embeddings) > MAX_WORDS:
        raise InputError(
            f"{embeddings.name} has {len(embeddings):,} words; a map shows at most {MAX_WORDS:,}. "
            "Take the first with `most_frequent(embeddings, 20_000)` of `core.layouts.map_words`, "
            "and their layout."
        )
    return embeddings


def _digest(coordinates: NDArray[np.float32]) -> str:
    """Return a digest of coordinates and their shape: equal ones have one payload in a notebook."""
    content = repr(coordinates.shape).encode() + coordinates.tobytes()
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _coordinates(layout: ArrayLike) -> NDArray[np.float32]:
    """Return a layout as float32."""
    try:
        with np.errstate(over="ignore"):  # they become infinite, and such words are left out
            return np.asarray(layout).astype(np.float32)
    except (TypeError, ValueError):
        raise InputError(
            f"The layout is {layout!r:.60}; expected an array with two or three numbers for each "
            "word, such as `pca(vectors).project(vectors)` of `core.geometry.projection`."
        ) from None
