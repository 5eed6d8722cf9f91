import json
import shutil
import tomllib
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog import DATA_VARIABLE
from core.embeddings import Embeddings
from core.errors import InputError
from core.geometry.projection import pca
from core.layouts import __main__ as layouts_command
from core.layouts import store as map_layouts
from core.layouts.base import finished, upright
from core.layouts.curated_words import ASSETS, curated_words
from core.layouts.map_words import MapWords, chosen, most_frequent
from core.layouts.quality import layout_quality
from core.layouts.store import SHIPPED, SHIPPED_COUNT, SHIPPED_RECIPES, Recipe, find, make
from core.layouts.tsne import tsne
from core.layouts.umap import umap

REMAKE = "The shipped layouts are missing or of other words: run `python -m core.layouts`."
GROUPS = json.loads((ASSETS / "word_groups.json").read_text(encoding="utf-8"))
Rows = NDArray[np.float32]
NAMES = [f"{recipe.method} {recipe.components}D" for recipe in SHIPPED_RECIPES]


@pytest.fixture(scope="module")
def usual(glove: Embeddings) -> MapWords:
    """Return the words that every map begins with."""
    return map_layouts.shipped_words(glove)


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of results of an empty data folder."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    return tmp_path / "results"


@pytest.fixture(scope="module")
def few() -> MapWords:
    rows = np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32)
    toy = Embeddings("toy", [f"w{place}" for place in range(60)], rows)
    return chosen(toy, range(60))


def shipped(recipe: Recipe, drawn: MapWords) -> Rows:
    found = find(recipe, drawn)
    assert found is not None, REMAKE
    return found


# The layouts that come with the app


def test_they_are_those_that_the_page_asks_for_first() -> None:
    assert set(SHIPPED_RECIPES) >= {Recipe("UMAP"), Recipe("UMAP", 3), Recipe("t-SNE", 2, 30)}


@pytest.mark.parametrize("recipe", SHIPPED_RECIPES, ids=NAMES)
def test_they_are_found_for_the_usual_words(usual: MapWords, recipe: Recipe, results: Path) -> None:
    found = shipped(recipe, usual)
    assert found.shape == (len(usual), recipe.components)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1
    assert not results.exists(), "it was found in the data folder, not among those that ship"


def test_the_usual_words_are_the_most_frequent_and_those_of_the_lessons(
    glove: Embeddings, usual: MapWords
) -> None:
    assert usual.frequent == SHIPPED_COUNT
    assert usual.rows[:SHIPPED_COUNT].tolist() == list(range(SHIPPED_COUNT))
    with np.load(SHIPPED, allow_pickle=False) as file:
        rows = file[map_layouts.ROWS]
    assert usual.rows.tolist() == rows.tolist(), REMAKE
    known = {word for word in curated_words() if word in glove}
    assert known - set(usual.words) == set(), REMAKE
    assert {"sushi", "mussolini", "puppies", "octopi", "bratwurst"} <= known


@pytest.mark.parametrize("recipe", SHIPPED_RECIPES, ids=NAMES)
def test_other_words_and_other_recipes_have_none(
    glove: Embeddings, usual: MapWords, recipe: Recipe, results: Path
) -> None:
    others = [
        most_frequent(glove, 1_000),
        chosen(glove, usual.rows[:-1].tolist()),
        chosen(glove, [*usual.rows[:-1].tolist(), 399_999]),
    ]
    assert [find(recipe, drawn) for drawn in others] == [None] * 3
    for other in (
        Recipe(recipe.method, recipe.components, recipe.neighbors + 1),
        Recipe(recipe.method, recipe.components, recipe.neighbors, seed=1),
    ):
        assert find(other, usual) is None


def test_the_same_words_with_other_vectors_have_none(
    glove: Embeddings, usual: MapWords, results: Path
) -> None:
    # As the same words in 100 dimensions have, or vectors that somebody changed.
    other = MapWords(usual.source, usual.rows, usual.words, -usual.vectors, usual.frequent)
    assert find(SHIPPED_RECIPES[0], other) is None
    mirrored = Embeddings(glove.name, glove.words, glove.vectors[:, ::-1])
    words = map_layouts.shipped_words(mirrored)
    assert find(SHIPPED_RECIPES[0], words) is None
    assert words.digest == most_frequent(mirrored, SHIPPED_COUNT).digest


def test_embeddings_of_another_name_have_words_of_their_own(glove: Embeddings) -> None:
    toy = Embeddings("toy", ["a", "b"], np.eye(2, dtype=np.float32))
    assert map_layouts.shipped_words(toy).words == ["a", "b"]


def own_group_is_nearest(drawn: MapWords, places: Rows) -> float:
    """Return for how many words of the groups the nearest other one is of their own group.

    Groups need not lie in one place: tiger and lion stand with the teams that are called so.
    """
    rows = {word: row for row, word in enumerate(drawn.words)}
    words = [(rows[word], group) for group, some in enumerate(GROUPS.values()) for word in some]
    at, groups = (np.array(column) for column in zip(*words, strict=True))
    apart = np.linalg.norm(places[at][:, None] - places[at], axis=2)
    np.fill_diagonal(apart, np.inf)
    return float((groups[apart.argmin(axis=1)] == groups).mean())


@pytest.fixture(scope="module")
def flat(usual: MapWords) -> Rows:
    """Return the principal components of the usual words."""
    return pca(usual.vectors, 2).project(usual.vectors)


@pytest.mark.parametrize("recipe", SHIPPED_RECIPES, ids=NAMES)
def test_the_groups_are_apart_as_in_all_dimensions_and_not_in_principal_components(
    usual: MapWords, flat: Rows, recipe: Recipe
) -> None:
    share = own_group_is_nearest(usual, shipped(recipe, usual))
    assert share >= 0.8
    assert share > own_group_is_nearest(usual, usual.units) - 0.02
    assert share > own_group_is_nearest(usual, flat) + 0.4
    deep = pca(usual.vectors, 3).project(usual.vectors)
    assert share > own_group_is_nearest(usual, deep) + 0.2


@pytest.mark.parametrize(("recipe", "least"), [*zip(SHIPPED_RECIPES, (3.9, 2.5, 3), strict=True)])
def test_layouts_that_ship_keep_neighbours(usual: MapWords, recipe: Recipe, least: float) -> None:
    found = layout_quality(usual.units, shipped(recipe, usual))
    assert found.kept > least
    assert found.trustworthiness > 0.9


def test_of_ten_neighbours_principal_components_keep_next_to_none(
    usual: MapWords, flat: Rows
) -> None:
    assert layout_quality(usual.units, flat).kept < 0.5


def test_without_the_file_there_are_none_and_nothing_breaks(
    glove: Embeddings, usual: MapWords, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_layouts, "SHIPPED", results / "nothing.npz")
    map_layouts._shipped.cache_clear()
    try:
        assert find(SHIPPED_RECIPES[0], usual) is None
        words = map_layouts.shipped_words(glove)
        assert words.digest == most_frequent(glove, SHIPPED_COUNT).digest
    finally:
        map_layouts._shipped.cache_clear()


# Recipes


def test_a_recipe_is_made_as_it_says(few: MapWords) -> None:
    np.testing.assert_array_equal(
        finished(Recipe("UMAP", 3, 7, seed=4).steps(few)), upright(umap(few.units, 3, 7, seed=4))
    )
    np.testing.assert_array_equal(
        finished(Recipe("t-SNE", 2, 6, seed=4).steps(few)), upright(tsne(few.units, 6, seed=4))
    )


def test_t_sne_draws_in_the_plane_only(few: MapWords) -> None:
    with pytest.raises(InputError, match="not 3"):
        list(make(Recipe("t-SNE", 3, 5), few))


def test_a_recipe_that_does_not_fit_the_words_is_refused(few: MapWords, results: Path) -> None:
    with pytest.raises(InputError, match="60 words"):
        list(make(Recipe("UMAP", 2, 60), few))
    assert not results.exists()


def test_names_and_keys_differ_by_every_part(few: MapWords) -> None:
    recipes = [
        Recipe("UMAP"),
        Recipe("UMAP", 3),
        Recipe("UMAP", 2, 16),
        Recipe("UMAP", seed=1),
        Recipe("t-SNE"),
    ]
    fewer = MapWords(few.source, few.rows[1:], few.words[1:], few.vectors[1:], 0)
    other = MapWords(few.source, few.rows, few.words, few.vectors + 1, 0)
    every = [(recipe, drawn) for recipe in recipes for drawn in (few, fewer, other)]
    assert len({recipe.name(drawn) for recipe, drawn in every}) == len(every)
    assert len({json.dumps(dict(recipe.key(drawn))) for recipe, drawn in every}) == len(every)


# Made once, found again


RECIPE = Recipe("UMAP", 2, 5)


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_what_was_made_is_found(few: MapWords, results: Path) -> None:
    assert find(RECIPE, few) is None
    steps = list(make(RECIPE, few))
    found = find(RECIPE, few)
    assert found is not None
    np.testing.assert_array_equal(found, steps[-1].coordinates)
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1
    assert len(files(results)) == 1
    for other in (Recipe("UMAP", 3, 5), Recipe("UMAP", 2, 6), Recipe("UMAP", 2, 5, seed=1)):
        assert find(other, few) is None


def test_another_data_folder_has_none(
    few: MapWords, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(make(RECIPE, few))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "another"))
    assert find(RECIPE, few) is None
    monkeypatch.undo()


def test_made_by_other_versions_it_is_not_found(
    few: MapWords, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(make(RECIPE, few))
    monkeypatch.setattr(map_layouts, "versions", lambda *libraries: dict.fromkeys(libraries, "0"))
    assert find(RECIPE, few) is None


def test_of_another_edition_it_is_not_found(
    few: MapWords, usual: MapWords, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(make(RECIPE, few))
    monkeypatch.setattr(map_layouts, "EDITION", map_layouts.EDITION + 1)
    assert find(RECIPE, few) is None
    assert find(SHIPPED_RECIPES[0], usual) is None


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((60, 3), dtype=np.float32),
        np.zeros((59, 2), dtype=np.float32),
        np.zeros(120, dtype=np.float32),
        np.zeros((60, 2), dtype=np.float64),
        np.zeros((60, 2), dtype="<U3"),
    ],
    ids=["3D", "fewer words", "no table", "other numbers", "no numbers"],
)
def test_what_cannot_be_this_layout_is_ignored_and_made_again(
    few: MapWords, results: Path, wrong: Rows
) -> None:
    map_layouts._results().keep(RECIPE.key(few), wrong)
    assert len(files(results)) == 1
    assert find(RECIPE, few) is None
    list(make(RECIPE, few))
    assert find(RECIPE, few) is not None
    assert len(files(results)) == 1


def test_what_is_damaged_is_made_again(few: MapWords, results: Path) -> None:
    list(make(RECIPE, few))
    (path,) = files(results)
    path.write_bytes(path.read_bytes()[:-100])
    assert find(RECIPE, few) is None
    list(make(RECIPE, few))
    assert find(RECIPE, few) is not None


@pytest.mark.parametrize("taken", [1, 20, -1])
def test_stopped_before_its_end_nothing_is_kept(few: MapWords, results: Path, taken: int) -> None:
    count = len(list(RECIPE.steps(few))) if taken < 0 else taken
    steps = make(RECIPE, few)
    assert len(list(islice(steps, count))) == count  # all of them even, and the end not seen
    steps.close()  # type: ignore[attr-defined]
    assert find(RECIPE, few) is None
    assert files(results) == []


def test_a_key_has_versions_of_what_is_installed_with_the_app(few: MapWords) -> None:
    text = (Path(__file__).resolve().parents[3] / "pyproject.toml").read_text("utf-8")
    dependencies = tomllib.loads(text)["project"]["dependencies"]
    for library in set(RECIPE.key(few)) - {"layout", "edition"}:
        assert any(line.startswith(library) for line in dependencies), library


def test_where_nothing_can_be_kept_it_is_made_all_the_same(
    few: MapWords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "file"))
    steps = list(make(RECIPE, few))
    assert steps[-1].share == 1
    assert find(RECIPE, few) is None


def test_what_is_shipped_is_read_again_as_it_was_written(
    few: MapWords, tmp_path: Path, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As `python -m core.layouts` does it, but of few words.
    monkeypatch.setattr(layouts_command, "load", lambda name: _embeddings(few))
    monkeypatch.setattr(layouts_command, "SHIPPED_RECIPES", (RECIPE,))
    path = tmp_path / "new" / "folder" / "layouts.npz"
    layouts_command.main(path)
    monkeypatch.setattr(map_layouts, "SHIPPED", path)
    map_layouts._shipped.cache_clear()
    try:
        found = find(RECIPE, few)
        assert found is not None
        np.testing.assert_array_equal(found, upright(umap(few.units, 2, 5)))
        shutil.rmtree(path.parent)
    finally:
        map_layouts._shipped.cache_clear()
    assert files(results) == []


def _embeddings(drawn: MapWords) -> Embeddings:
    return Embeddings(drawn.source, drawn.words, drawn.vectors)
