"""Regions of a map: contiguous parts of a layout whose words are similar, at several levels.

The words are divided into small cells by k-means on their coordinates (Sculley 2010, in batches).
Ward's method (1963) merges neighbouring cells by the mean vectors of their words, so a region is in
one piece on the map, and its borders are where the meaning changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from core.layouts.telling_words import telling_words

COUNTS: Final = (12, 50, 200)  # regions at each level
MIN_WORDS: Final = 20  # of a region on average; a map of fewer words has fewer regions
MAX_CELLS: Final = 1_200
WORDS_PER_CELL: Final = 5
LAYOUT_WEIGHT: Final = 1.0  # of the coordinates beside the mean vectors, when cells are merged
ADJACENT: Final = 6  # nearest cells that count as neighbours
NAMED_BY: Final = 5  # central words of a region
FREQUENT_SHARE: Final = 1 / 6  # of a region's words, the most frequent, that may name it
COVERED: Final = 0.6  # share of a word group's words that a region named by it has to hold
CENTRAL: Final = 0.6  # share of a region's words that are less central than a group that names it
FILLED: Final = 1 / 25  # least size of a group that names a region, against the region's
NAME_LENGTH: Final = 20  # characters of a word in a name
NEIGHBORS: Final = 10
ASKED: Final = 20  # words of a region at the last level whose true neighbours are compared
Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class RegionLevel:
    """A division of the N words of a map into R regions, the largest first.

    Args:
        labels: (N,) int32, the region of each word.
        parents: (R,) int32, the region of the level before that holds each region; 0 at the first.
        peaks: (R, K) float32, where the words of each region are densest on the map.
        central: for each region the positions of up to five central words, the first the most
            central.
        names: for each region its two most central words, or the word group that it covers; of
            texts, two words that are more common in its texts than in all others.
        adjacent: (R, R) bool, whether two regions touch on the map.
        kept: (R,) float32, the share of the ten nearest neighbours of a region's words, by all
            dimensions, that are in the same region; estimated from a sample of its words.
    """

    labels: Labels
    parents: Labels
    peaks: Floats
    central: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    adjacent: NDArray[np.bool_]
    kept: Floats

    def __len__(self) -> int:
        return len(self.names)

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return self.labels.nbytes + self.adjacent.nbytes + self.peaks.nbytes


@dataclass(frozen=True, eq=False)
class RegionStep:
    """The progress of a division into regions.

    Args:
        share: of the work that is done, 0 to 1.
        doing: the current task, for people.
        levels: of regions; none before the last step.
    """

    share: float
    doing: str
    levels: tuple[RegionLevel, ...] = ()


def regions(
    words: Sequence[str],
    units: Floats,
    coordinates: Floats,
    groups: Mapping[str, Sequence[int]] | None = None,
    counts: Sequence[int] = COUNTS,
    seed: int = 0,
    *,
    are_texts: bool = False,
) -> tuple[RegionLevel, ...]:
    """Return the levels of regions of a map; see `region_steps`.

    >>> corners = np.repeat(np.array([[1, 0], [0, 1]], dtype=np.float32), 50, axis=0)
    >>> noise = np.random.default_rng(0).normal(scale=0.01, size=(100, 2)).astype(np.float32)
    >>> (level,) = regions([f"word{n}" for n in range(100)], corners, corners + noise, counts=[2])
    >>> np.bincount(level.labels), level.kept
    (array([50, 50]), array([1., 1.], dtype=float32))
    """
    *_, last = region_steps(words, units, coordinates, groups, counts, seed, are_texts=are_texts)
    return last.levels


def region_steps(
    words: Sequence[str],
    units: Floats,
    coordinates: Floats,
    groups: Mapping[str, Sequence[int]] | None = None,
    counts: Sequence[int] = COUNTS,
    seed: int = 0,
    *,
    are_texts: bool = False,
) -> Iterator[RegionStep]:
    """Yield the progress, and at last the levels; each region lies in one of the level before.

    Args:
        words: N words, the most frequent first.
        units: (N, D) float32, their vectors with length one.
        coordinates: (N, K) float32, their layout.
        groups: positions of the words of each word group. A group names the smallest region that
            holds most of its words, if these are central there and no other group is.
        counts: number of regions at each level, ascending. A small map has fewer of them, and no
            level if it would have one region only.
        seed: of the cells.
        are_texts: whether the words are texts, whose words name the regions.
    """
    distinct = len(np.unique(coordinates, axis=0))
    most = min(len(words) // MIN_WORDS, distinct)
    if most < 2:
        yield RegionStep(1.0, "done")
        return
    yield RegionStep(0.0, "dividing the map into cells")
    cells = min(max(most, len(words) // WORDS_PER_CELL), MAX_CELLS, distinct)
    cell_of = _cells(coordinates, cells, seed)
    yield RegionStep(0.5, "merging the cells")
    centers = _means(cell_of, coordinates)
    neighbors = _touching(centers)
    merges = _merges(_means(cell_of, units), centers, neighbors)
    divisions = [
        _largest_first(_divided(merges, len(centers), size), cell_of)
        for size in sorted({min(count, most) for count in counts})
    ]
    labels = [division[cell_of] for division in divisions]
    yield RegionStep(0.6, "naming the regions")
    described = [[*_described(of_word, units, groups or {})] for of_word in labels]
    if are_texts:
        each = zip(labels, described, strict=True)
        named = [_named_by_words(of_text, level, words) for of_text, level in each]
    else:
        named = _named(described, words)
    parents = [np.zeros_like(divisions[0]), *divisions]
    yield RegionStep(0.8, "comparing true neighbours")
    levels = tuple(
        RegionLevel(
            of_word,
            parent[np.unique(division, return_index=True)[1]],
            _peaks(division, centers, np.bincount(cell_of)),
            tuple(each.central for each in about),
            names,
            _adjacent(division, neighbors),
            kept,
        )
        for of_word, division, parent, about, names, kept in zip(
            labels, divisions, parents, described, named, _kept(units, labels), strict=False
        )
    )
    yield RegionStep(1.0, "done", levels)


def _cells(coordinates: Floats, count: int, seed: int) -> Labels:
    """Return the cell of each word, (N,) int32, from 0 without gaps."""
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(count, n_init=1, batch_size=4096, max_iter=20, random_state=seed)
    labels = means.fit_predict(coordinates)
    return np.unique(labels, return_inverse=True)[1].astype(np.int32)


def _means(labels: Labels, rows: Floats) -> Floats:
    """Return the mean of the rows with each label, (L, D) float32."""
    count = np.bincount(labels)
    one = csr_array(
        (np.ones(len(labels), dtype=np.float32), (labels, np.arange(len(labels)))),
        shape=(len(count), len(labels)),
    )
    means: Floats = (one @ rows) / count[:, None].astype(np.float32)
    return means


def _touching(centers: Floats) -> csr_array:
    """Return which cells are neighbours, (C, C): the nearest ones, and those of a spanning tree."""
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial.distance import pdist, squareform
    from sklearn.neighbors import kneighbors_graph

    near = kneighbors_graph(centers, min(ADJACENT, len(centers) - 1))
    # In one piece; scipy takes a distance of zero for no edge.
    tree = minimum_spanning_tree(squareform(pdist(centers) + 1e-9))
    both = csr_array(near) + csr_array(tree)
    return csr_array(both + both.T)


def _merges(meanings: Floats, centers: Floats, neighbors: csr_array) -> NDArray[np.intp]:
    """Return the pairs of nodes that are merged one after the other, (C - 1, 2)."""
    from sklearn.cluster import ward_tree

    scaled = [
        weight * (rows - rows.mean(axis=0)) / max(float(np.sqrt(rows.var(axis=0).sum())), 1e-9)
        for rows, weight in ((meanings, 1.0), (centers, LAYOUT_WEIGHT))
    ]
    children: NDArray[np.intp] = ward_tree(np.hstack(scaled), connectivity=neighbors)[0]
    return children


def _divided(merges: NDArray[np.intp], cells: int, count: int) -> Labels:
    """Return the region of each cell, (C,) int32, when all but the last merges are made."""
    made = cells - count
    region = np.arange(cells + made, dtype=np.int32)
    for node in reversed(range(made)):
        region[merges[node]] = region[cells + node]
    return region[:cells]


def _largest_first(division: Labels, cell_of: Labels) -> Labels:
    """Return regions numbered from 0 by their number of words."""
    division = np.unique(division, return_inverse=True)[1].astype(np.int32)
    order = np.argsort(-np.bincount(division[cell_of]), kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    ranked: Labels = rank[division]
    return ranked


def _peaks(of_cell: Labels, centers: Floats, words: NDArray[np.intp]) -> Floats:
    """Return the centre of each region's densest cell, (R, K) float32.

    Args:
        of_cell: (C,), the region of each cell.
        centers: (C, K).
        words: (C,), the number of words in each cell.
    """
    from scipy.spatial.distance import cdist

    apart = cdist(centers, centers, "sqeuclidean")
    near = np.partition(apart, min(ADJACENT, len(centers) - 1), axis=1)
    reach = np.median(near[:, min(ADJACENT, len(centers) - 1)])
    same = of_cell[:, None] == of_cell
    density = (same * np.exp(-apart / max(reach, 1e-9))) @ words
    order = np.lexsort((-density, of_cell))
    firsts = order[np.searchsorted(of_cell[order], np.arange(of_cell.max() + 1))]
    peaks: Floats = centers[firsts]
    return peaks


@dataclass(frozen=True)
class _Described:
    """The central words of a region and the word groups that it covers."""

    central: tuple[int, ...]
    groups: tuple[str, ...]


def _described(
    labels: Labels, units: Floats, groups: Mapping[str, Sequence[int]]
) -> Iterator[_Described]:
    """Yield what describes each region.

    A word is the more central the larger its dot product with the region's mean vector, from which
    the mean of all words is subtracted: otherwise common words would be central everywhere.
    """
    order = np.argsort(labels, kind="stable")
    starts = np.cumsum(np.bincount(labels))[:-1]
    directions = _means(labels, units) - units.mean(axis=0)
    for region, rows in enumerate(np.split(order, starts)):
        products = units[rows] @ directions[region]
        frequent = max(NAMED_BY, int(len(rows) * FREQUENT_SHARE))
        nearest = np.argsort(-products[:frequent], kind="stable")[:NAMED_BY]
        limit = np.quantile(products, CENTRAL)
        covered = [
            name
            for name, words in groups.items()
            if len(words) >= max(1, FILLED * len(rows))
            and np.mean(labels[list(words)] == region) >= COVERED
            and np.median(units[list(words)] @ directions[region]) >= limit
        ]
        yield _Described(tuple(rows[nearest].tolist()), tuple(covered))


def _named(
    described: Sequence[Sequence[_Described]], words: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return the names of the regions of each level; a group names one region at most."""
    used: set[str] = set()
    names: list[tuple[str, ...]] = []
    for level in reversed(described):
        alone = {one.groups[0] for one in level if len(one.groups) == 1} - used
        names.append(
            tuple(
                one.groups[0]
                if len(one.groups) == 1 and one.groups[0] in alone
                else _joined([words[index] for index in one.central])
                for one in level
            )
        )
        used |= alone
    return names[::-1]


def _named_by_words(
    labels: Labels, described: Sequence[_Described], texts: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the regions of a level, from the words of their texts."""
    return tuple(
        _joined(telling or [texts[index] for index in one.central])
        for telling, one in zip(telling_words(labels, texts), described, strict=True)
    )


def _joined(words: Sequence[str]) -> str:
    """Return a name made of two words, of those with letters, else of those with digits.

    >>> _joined(["------", "jazz", "guitar", "singer"]), _joined(["1980", "–", "1981"])
    ('jazz, guitar', '1980, 1981')
    """
    readable = [word for word in words if any(map(str.isalpha, word))]
    numbers = [word for word in words if any(map(str.isalnum, word))]
    short = [
        word if len(word) <= NAME_LENGTH else word[: NAME_LENGTH - 1] + "…"
        for word in (readable or numbers or words)[:2]
    ]
    return ", ".join(short)


def _adjacent(of_cell: Labels, neighbors: csr_array) -> NDArray[np.bool_]:
    """Return whether two regions have neighbouring cells, (R, R) bool."""
    count = of_cell.max() + 1
    adjacent = np.zeros((count, count), dtype=bool)
    one, other = neighbors.nonzero()
    adjacent[of_cell[one], of_cell[other]] = True
    adjacent &= ~np.eye(count, dtype=bool)
    return adjacent


def _kept(units: Floats, levels: Sequence[Labels]) -> list[Floats]:
    """Return for each level the share of true neighbours in the same region, (R,) float32.

    The same words are asked at all levels: some of each region of the last one.
    """
    from sklearn.neighbors import NearestNeighbors

    order = np.argsort(levels[-1], kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(levels[-1]))[:-1])
    some = [rows[np.linspace(0, len(rows) - 1, min(len(rows), ASKED), dtype=int)] for rows in parts]
    asked = np.concatenate(some)
    weights = np.repeat(
        [len(rows) / len(few) for rows, few in zip(parts, some, strict=True)],
        [len(few) for few in some],
    )
    count = min(NEIGHBORS, len(units) - 1)
    search = NearestNeighbors(n_neighbors=count + 1, algorithm="brute").fit(units)
    near = search.kneighbors(units[asked], return_distance=False)
    others = near != asked[:, None]  # words with the same vector may come before the word itself
    shares = []
    for labels in levels:
        same = (labels[near] == labels[asked, None]) & others
        kept = same.sum(axis=1) / others.sum(axis=1)
        sums = [np.bincount(labels[asked], values) for values in (weights * kept, weights)]
        shares.append((sums[0] / sums[1]).astype(np.float32))
    return shares
