import gc
import warnings
from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import ArrayLike, NDArray

from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry import neighbors
from core.geometry.neighbors import (
    METRICS,
    Metric,
    Neighbors,
    nearest,
    nearest_each,
    rank,
    warm_up,
)
from core.geometry.scan import Blocks, QuantizedScan

Floats = NDArray[np.float64]


@pytest.fixture(autouse=True)
def _indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search small tables with an index too, which only large ones have in the app."""
    monkeypatch.setattr(neighbors, "MAX_UNINDEXED_NUMBERS", 0)


def embeddings(matrix: ArrayLike) -> Embeddings:
    vectors = np.asarray(matrix, dtype=np.float32)
    return Embeddings("toy", [f"w{row}" for row in range(len(vectors))], vectors)


def closeness(vectors: NDArray[np.float32], query: ArrayLike, metric: Metric) -> Floats:
    """Return how near each row is, larger for nearer, all of it in float64."""
    rows, point = vectors.astype(np.float64), np.asarray(query, dtype=np.float64)
    if metric == "euclidean":
        return -np.sqrt(np.square(rows - point).sum(axis=1))
    products: Floats = (rows * point).sum(axis=1)
    if metric == "dot":
        return products
    # Divided before they are squared, so that nothing grows too large or too small.
    largest = np.maximum(np.abs(rows).max(axis=1), 1e-300)
    units = rows / largest[:, None]
    units /= np.maximum(np.sqrt(np.square(units).sum(axis=1)), 1e-300)[:, None]
    scaled = point / max(np.abs(point).max(), 1e-300)
    cosines: Floats = units @ scaled / max(float(np.linalg.norm(scaled)), 1e-300)
    return cosines


def assert_nearest(
    words: Embeddings,
    query: ArrayLike,
    count: int,
    metric: Metric,
    exclude: Collection[int] = (),
) -> None:
    """Assert that the right words come, in the right order, up to the rounding of float64."""
    found = nearest(words, query, count, metric, exclude)
    truth = closeness(words.vectors, query, metric)
    allowed = np.setdiff1d(np.arange(len(words)), list(exclude))
    best = np.sort(truth[allowed])[::-1][:count]
    size = max(np.abs(truth).max(initial=0), np.abs(words.vectors.astype(np.float64) @ query).max())
    rounding = 1e-13 * max(float(size), 1e-300) * words.dimensions
    assert len(found) == len(best)
    assert len(set(found.indices.tolist())) == len(found)
    assert not set(found.indices.tolist()) & set(exclude)
    assert found.words == tuple(words.words[row] for row in found.indices)
    np.testing.assert_allclose(truth[found.indices], best, rtol=1e-12, atol=rounding)
    sign = -1 if metric == "euclidean" else 1
    np.testing.assert_allclose(found.scores, sign * best, rtol=1e-12, atol=rounding)


# By hand


EAST, NORTH, FAR_EAST, WEST = range(4)
COMPASS = embeddings([[1, 0], [0, 1], [3, 0.5], [-1, 0]])


@pytest.mark.parametrize(
    ("metric", "rows", "scores"),
    [
        (
            "cosine",
            [FAR_EAST, EAST, NORTH, WEST],
            [6.5 / 46.25**0.5, 2 / 5**0.5, 1 / 5**0.5, -2 / 5**0.5],
        ),
        ("dot", [FAR_EAST, EAST, NORTH, WEST], [6.5, 2, 1, -2]),
        ("euclidean", [FAR_EAST, EAST, NORTH, WEST], [1.25**0.5, 2**0.5, 2, 10**0.5]),
    ],
)  # fmt: skip
def test_four_words_by_hand(metric: Metric, rows: list[int], scores: list[float]) -> None:
    found = nearest(COMPASS, [2, 1], metric=metric)
    assert found.indices.tolist() == rows
    assert found.scores.tolist() == pytest.approx(scores)
    assert found.metric == metric


def test_excluded_words_do_not_come_and_others_take_their_place() -> None:
    assert nearest(COMPASS, [2, 1], 2, "dot").indices.tolist() == [FAR_EAST, EAST]
    assert nearest(COMPASS, [2, 1], 2, "dot", {FAR_EAST}).indices.tolist() == [EAST, NORTH]
    assert nearest(COMPASS, [2, 1], 2, "dot", [FAR_EAST, FAR_EAST]).indices.tolist() == [
        EAST,
        NORTH,
    ]
    assert nearest(COMPASS, [2, 1], 9, "dot", [0, 1, 2]).indices.tolist() == [WEST]
    assert len(nearest(COMPASS, [2, 1], 9, "dot", [0, 1, 2, 3])) == 0


def test_more_than_there_are_gives_all() -> None:
    assert len(nearest(COMPASS, [2, 1], 1_000)) == 4


def test_a_row_of_zeros_has_cosine_zero() -> None:
    words = embeddings([[0, 0], [-1, 0], [0, 1]])
    found = nearest(words, [1, 0], metric="cosine")
    assert found.words == ("w0", "w2", "w1")
    assert found.scores.tolist() == [0, 0, -1]


def test_a_query_of_zeros_ranks_by_distance_and_leaves_other_metrics_tied() -> None:
    words = embeddings([[3, 0], [-1, 0], [0, 2]])
    assert nearest(words, [0, 0], metric="euclidean").words == ("w1", "w2", "w0")
    assert nearest(words, [0, 0], metric="dot").words == ("w0", "w1", "w2")
    assert nearest(words, [0, 0], metric="cosine").scores.tolist() == [0, 0, 0]


@pytest.mark.parametrize("metric", METRICS)
def test_scores_are_not_rounded_to_float32(metric: Metric) -> None:
    words = embeddings([[1, 1e-5], [1, 0]])
    expected = closeness(words.vectors, [1 + 1e-12, 1e-9], metric)
    found = nearest(words, [1 + 1e-12, 1e-9], metric=metric)
    assert np.abs(found.scores).tolist() == pytest.approx(
        np.abs(expected[found.indices]).tolist(), rel=1e-14, abs=1e-18
    )


# Ties


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("copies", [2, 3, 5, 9, 100, 3_000])
def test_equal_rows_come_in_their_order(metric: Metric, copies: int) -> None:
    rng = np.random.default_rng(copies)
    words = embeddings(np.repeat(rng.normal(size=(3, 50)), copies, axis=0))
    for query in rng.normal(size=(10, 50)):
        found = nearest(words, query, copies, metric).indices
        assert found.tolist() == list(range(found[0], found[0] + copies))


@pytest.mark.parametrize("metric", METRICS)
def test_ties_of_one_hot_rows_go_to_the_earlier_word(metric: Metric) -> None:
    words = embeddings(np.eye(200))
    assert nearest(words, np.ones(200), 5, metric).indices.tolist() == [0, 1, 2, 3, 4]
    assert nearest(words, np.eye(200)[150], 3, metric).indices.tolist() == [150, 0, 1]
    assert nearest(words, np.eye(200)[150], 2, metric, [0, 150]).indices.tolist() == [1, 2]


@pytest.mark.parametrize("metric", ["dot", "euclidean"])
def test_ties_of_whole_numbers_go_to_the_earlier_word(metric: Metric) -> None:
    rng = np.random.default_rng(7)
    words = embeddings(rng.integers(-1, 2, size=(999, 3)))
    for query in rng.integers(-2, 3, size=(20, 3)):
        truth = closeness(words.vectors, query, metric)
        expected = np.argsort(-truth, kind="stable")[:100]
        assert nearest(words, query, 100, metric).indices.tolist() == expected.tolist()


# Matrices that are hard on a filter of eight bits


def normal(*shape: int) -> Floats:
    return np.random.default_rng(1).normal(size=shape)


def unit(rows: Floats) -> Floats:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


HARD = {
    "usual": normal(5_000, 50),
    "one word": normal(1, 5),
    "31 words": normal(31, 5),
    "32 words": normal(32, 5),
    "33 words": normal(33, 5),
    "4,097 words": normal(4_097, 3),
    "1 dimension": normal(300, 1),
    "64 dimensions": normal(300, 64),
    "65 dimensions": normal(300, 65),
    "300 dimensions": normal(700, 300),
    "columns of all sizes": normal(700, 50) * 10.0 ** np.linspace(-6, 6, 50),
    "rows of all sizes": normal(700, 50) * 10.0 ** np.linspace(-6, 6, 700)[:, None],
    "one row far out": np.vstack([normal(700, 50), np.full((1, 50), 1e6)]),
    "one coordinate far out": np.vstack([normal(700, 50), 1e6 * np.eye(1, 50)]),
    "constant columns": np.hstack([normal(700, 3), np.full((700, 5), 100.0)]),
    "a column of zeros": np.hstack([normal(700, 3), np.zeros((700, 2))]),
    "far from the origin": normal(700, 20) + 1_000,
    "hardly apart": 1 + 1e-5 * normal(700, 20),
    "one-hot": np.eye(300),
    "some zeros": normal(700, 5) * (np.arange(700) % 3 > 0)[:, None],
    "all zeros": np.zeros((100, 7)),
    "all the same": np.ones((100, 7)),
    "signs": np.sign(normal(2_000, 12)),
    "length one": unit(normal(2_000, 50)),
    "tiny": 1e-18 * normal(500, 10),
    "huge": 1e12 * normal(500, 10),
    "tiny beside usual": np.vstack([1e-25 * normal(50, 10), normal(300, 10)]),
    "huge beside usual": np.vstack([1e25 * normal(50, 10), normal(300, 10)]),
}  # fmt: skip


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", HARD)
def test_extreme_matrices(name: str, metric: Metric) -> None:
    words = embeddings(HARD[name])
    rng = np.random.default_rng(2)
    size, dimensions = words.vectors.shape
    rows = words.vectors[rng.integers(0, size, 3)].astype(np.float64).clip(-1e12, 1e12)
    for query in [
        *rows,
        *rng.normal(size=(3, dimensions)),
        *rows * rng.normal(size=(3, dimensions)),
    ]:
        clipped = query.clip(-1e12, 1e12)
        for count in (1, 7, size + 10):
            assert_nearest(words, clipped, count, metric)
        assert_nearest(words, clipped, 3, metric, exclude=range(0, size, 2))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("scale", [1e-35, 1e-25, 1e-15, 1e-8, 1e-6, 1e-3, 1e3, 1e11])
@pytest.mark.parametrize("name", ["usual", "length one"])
def test_queries_of_all_sizes(name: str, metric: Metric, scale: float) -> None:
    words = embeddings(HARD[name])
    for query in scale * normal(10, words.dimensions):
        assert_nearest(words, query, 5, metric)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Embeddings, Floats]:
    shape = draw(st.tuples(st.integers(1, 80), st.integers(1, 70)))
    numbers = draw(
        st.sampled_from(
            [
                st.floats(-1, 1, width=32, allow_subnormal=False),
                st.floats(-1e9, 1e9, width=32, allow_subnormal=False),
                st.integers(-2, 2).map(float),
            ]
        )
    )
    matrix = draw(arrays(np.float32, shape, elements=numbers))
    query = draw(arrays(np.float64, shape[1], elements=numbers))
    return embeddings(matrix), query


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(matrices(), st.integers(1, 90), st.sampled_from(METRICS), st.sets(st.integers(0, 79)))
def test_any_small_matrix(
    some: tuple[Embeddings, Floats], count: int, metric: Metric, exclude: set[int]
) -> None:
    words, query = some
    assert_nearest(words, query, count, metric, [row for row in exclude if row < len(words)])


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", ["usual", "one word", "33 words", "65 dimensions", "some zeros"])
def test_many_queries_at_once_get_what_each_gets_alone(name: str, metric: Metric) -> None:
    words = embeddings(HARD[name])
    queries = normal(300, words.dimensions)  # more than are scanned at a time
    together = nearest_each(words, queries, 5, metric, exclude=[0])
    assert len(together) == 300
    for query, found in list(zip(queries, together, strict=True))[::17]:
        alone = nearest(words, query, 5, metric, exclude=[0])
        assert found.words == alone.words
        assert found.scores.tolist() == alone.scores.tolist()


def test_no_queries_no_answers() -> None:
    assert nearest_each(COMPASS, np.zeros((0, 2))) == []


# The indices


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the sizes of the tables that an index is built for."""
    sizes: list[int] = []

    class Counted(QuantizedScan):
        def __init__(self, blocks: Blocks, offsets: NDArray[np.float32] | None = None) -> None:
            super().__init__(blocks, offsets)
            sizes.append(sum(len(block) for block in blocks()))

    monkeypatch.setattr(neighbors, "QuantizedScan", Counted)
    return sizes


def test_other_tables_do_not_evict_the_index_of_a_shared_one(built: list[int]) -> None:
    shared = embeddings(np.random.default_rng(0).normal(size=(50, 3)))
    nearest(shared, [1, 2, 3])
    for rows in range(1, 21):
        nearest(embeddings(np.eye(rows, 3)), [1, 2, 3])
    nearest(shared, [3, 2, 1])
    assert built == [50, *range(1, 21)]


def test_an_index_goes_with_its_embeddings() -> None:
    gc.collect()
    before = len(neighbors._indices)
    table = embeddings(np.eye(4))
    nearest(table, np.ones(4))
    assert len(neighbors._indices) == before + 1
    del table
    gc.collect()
    assert len(neighbors._indices) == before


def test_a_small_table_is_searched_without_an_index(
    built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = embeddings(np.random.default_rng(1).normal(size=(40, 5)))
    queries = np.random.default_rng(2).normal(size=(6, 5))
    for metric in METRICS:
        monkeypatch.setattr(neighbors, "MAX_UNINDEXED_NUMBERS", 0)
        indexed = nearest_each(table, queries, 7, metric, exclude=[3])
        monkeypatch.setattr(neighbors, "MAX_UNINDEXED_NUMBERS", 200)
        built.clear()
        warm_up(table, METRICS)
        plain = nearest_each(table, queries, 7, metric, exclude=[3])
        assert built == []
        for one, other in zip(indexed, plain, strict=True):
            assert one.words == other.words
            assert one.scores.tolist() == other.scores.tolist()


# What is refused


@pytest.mark.parametrize(
    "query",
    [[np.nan, 1], [np.inf, 1], [1, -np.inf], [1.1e12, 0], [1e300, 0], [1, 2, 3], [1], [], [[1, 2]],
     5],
    ids=str,
)  # fmt: skip
def test_a_query_that_is_no_vector_is_refused(query: ArrayLike) -> None:
    with pytest.raises(InputError):
        nearest(COMPASS, query)
    with pytest.raises(InputError):
        rank(COMPASS, query, 0)


def test_a_metric_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="manhattan.*cosine.*dot.*euclidean"):
        nearest(COMPASS, [1, 2], metric="manhattan")  # type: ignore[arg-type]


def test_the_largest_query_is_answered() -> None:
    assert nearest(COMPASS, [1e12, 0], 1).words == ("w0",)


# Ranks


def test_ranks_by_hand() -> None:
    assert [rank(COMPASS, [2, 1], row, "dot") for row in range(4)] == [2, 3, 1, 4]
    assert rank(COMPASS, [2, 1], NORTH, "dot", exclude=[FAR_EAST, EAST]) == 1
    assert rank(COMPASS, [2, 1], WEST, "euclidean", exclude=[FAR_EAST]) == 3


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(
    "name", ["usual", "33 words", "300 dimensions", "signs", "all the same", "one-hot"]
)
def test_the_rank_of_a_neighbour_is_its_place(name: str, metric: Metric) -> None:
    words = embeddings(HARD[name])
    for query in normal(10, words.dimensions):
        found = nearest(words, query, 12, metric, exclude=[0, 5])
        ranks = [rank(words, query, row, metric, {0, 5}) for row in found.indices.tolist()]
        assert ranks == list(range(1, len(found) + 1))


def test_equal_rows_have_ranks_in_their_order() -> None:
    words = embeddings(np.repeat(normal(3, 50), 40, axis=0))
    query = words.vectors[50].astype(np.float64)
    assert [rank(words, query, row) for row in range(40, 80)] == list(range(1, 41))


# Beside gensim and faiss, on real vectors


@pytest.fixture(scope="module")
def queries(glove: Embeddings) -> Floats:
    """Return 200 words and 100 sums of three."""
    rng = np.random.default_rng(3)
    words = glove.vectors[
        np.concatenate([rng.integers(0, 20_000, 150), rng.integers(0, 400_000, 50)])
    ]
    a, b, c = glove.vectors[rng.integers(0, 30_000, (3, 100))].astype(np.float64)
    return np.vstack([words.astype(np.float64), a - b + c])


def assert_same(ours: Neighbors, theirs: list[tuple[int, float]], rounding: float) -> None:
    """Assert the same words in the same order, but for those nearer than their float32 can tell."""
    assert len(ours) == len(theirs)
    scores = dict(zip(ours.indices.tolist(), ours.scores.tolist(), strict=True))
    for (row, score), own_row, own_score in zip(
        theirs, ours.indices.tolist(), ours.scores, strict=True
    ):
        assert score == pytest.approx(own_score, abs=rounding)
        if row != own_row:
            assert scores.get(row, ours.scores[-1]) == pytest.approx(own_score, abs=2 * rounding)


def test_gensim_says_the_same(glove: Embeddings, queries: Floats) -> None:
    from gensim.models import KeyedVectors

    peer = KeyedVectors(50, count=0)
    peer.add_vectors(list(glove.words), glove.vectors)
    for query, ours in zip(queries, nearest_each(glove, queries), strict=True):
        theirs = peer.similar_by_vector(query.astype(np.float32), topn=10)
        assert_same(ours, [(glove.index(word), score) for word, score in theirs], 2e-6)
    for word in ("tower", "king", "bank", "cat"):
        alone = nearest(glove, glove.vector(word), 10, exclude=[glove.index(word)])
        assert alone.words == tuple(other for other, _ in peer.most_similar(word))


@pytest.mark.parametrize("metric", METRICS)
def test_faiss_says_the_same(glove: Embeddings, queries: Floats, metric: Metric) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of SWIG, as faiss is imported
        import faiss

    rows, asked = glove.vectors.astype(np.float64), queries
    if metric == "cosine":
        rows, asked = unit(rows), unit(asked)
    index = faiss.IndexFlatL2(50) if metric == "euclidean" else faiss.IndexFlatIP(50)
    index.add(rows.astype(np.float32))
    scores, found = index.search(asked.astype(np.float32), 10)
    if metric == "euclidean":
        scores = np.sqrt(np.maximum(scores, 0))
        scores[:200, 0] = 0  # the word itself: the square root makes its rounding large
    rounding = 2e-6 if metric == "cosine" else 2e-4
    for row, ours in enumerate(nearest_each(glove, queries, 10, metric)):
        theirs = list(zip(found[row].tolist(), scores[row].tolist(), strict=True))
        assert_same(ours, theirs, rounding)


@pytest.mark.parametrize("metric", METRICS)
def test_brute_force_in_float64_says_exactly_the_same(
    glove: Embeddings, queries: Floats, metric: Metric
) -> None:
    rows = glove.vectors.astype(np.float64)
    some = queries[::10]
    scores = some @ rows.T
    if metric == "cosine":
        scores /= np.linalg.norm(some, axis=1)[:, None] * np.linalg.norm(rows, axis=1)
    if metric == "euclidean":
        scores = 2 * scores - np.square(rows).sum(axis=1)
    for query, of_query in zip(some, scores, strict=True):
        best = np.argpartition(-of_query, 25)[:25]
        expected = best[np.argsort(-of_query[best])]
        assert nearest(glove, query, 25, metric).indices.tolist() == expected.tolist()


def test_the_rank_in_glove_is_the_place(glove: Embeddings) -> None:
    for word in ("king", "cat", "bank", "river"):
        found = nearest(glove, glove.vector(word), 15)
        ranks = [rank(glove, glove.vector(word), row) for row in found.indices.tolist()]
        assert ranks == list(range(1, 16))
