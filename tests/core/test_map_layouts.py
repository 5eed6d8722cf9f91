from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.drawn_words import DrawnWords, chosen
from core.embeddings import Embeddings
from core.geometry.fidelity import fidelity
from core.geometry.projection import pca
from core.lessons import lesson_words
from core.map_layouts import SHIPPED_RECIPES, Recipe, find, make, shipped_words
from core.results import Results
from pages.shared.presets import word_groups

AGAIN = "make them again: python -m core.map_layouts"


@pytest.fixture(scope="module")
def drawn(glove: Embeddings) -> DrawnWords:
    return shipped_words(glove)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMBEDDING_PLAYGROUND_DATA", str(tmp_path))
    return tmp_path / "results"


def coordinates(recipe: Recipe, drawn: DrawnWords) -> NDArray[np.float32]:
    found = find(recipe, drawn)
    assert found is not None, AGAIN
    return found


def share_near_their_own(drawn: DrawnWords, places: NDArray[np.float32]) -> float:
    """Return how many words of the groups lie nearer to the rest of theirs than to another."""
    rows = {word: row for row, word in enumerate(drawn.words)}
    groups = [places[[rows[word] for word in words]] for words in word_groups().values()]
    near = 0
    for own, group in enumerate(groups):
        for word in range(len(group)):
            middles = [np.median(other, axis=0) for other in groups]
            middles[own] = np.median(np.delete(group, word, axis=0), axis=0)
            apart = np.linalg.norm(np.array(middles) - group[word], axis=1)
            near += int(np.argmin(apart) == own)
    return near / sum(map(len, groups))


@pytest.mark.parametrize("recipe", SHIPPED_RECIPES, ids=str)
def test_the_first_layouts_come_with_the_app(
    recipe: Recipe, drawn: DrawnWords, own_folder: Path
) -> None:
    found = coordinates(recipe, drawn)
    assert found.shape == (len(drawn), recipe.components)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert not found.flags.writeable


def test_their_words_are_those_of_the_lessons_too(drawn: DrawnWords, glove: Embeddings) -> None:
    known = {word for word in lesson_words() if word in glove}
    assert known - set(drawn.words) == set(), AGAIN


@pytest.mark.parametrize(
    ("recipe", "apart"), list(zip(SHIPPED_RECIPES, (0.75, 0.8, 0.65), strict=True)), ids=str
)
def test_groups_are_visibly_apart(recipe: Recipe, apart: float, drawn: DrawnWords) -> None:
    flat = pca(drawn.vectors, recipe.components).project(drawn.vectors)
    share = share_near_their_own(drawn, coordinates(recipe, drawn))
    assert share > apart
    assert share > share_near_their_own(drawn, flat)


@pytest.mark.parametrize(
    ("recipe", "kept"), list(zip(SHIPPED_RECIPES, (1.5, 2.2, 3.0), strict=True)), ids=str
)
def test_they_keep_neighbours_that_principal_components_lose(
    recipe: Recipe, kept: float, drawn: DrawnWords
) -> None:
    flat = pca(drawn.vectors, recipe.components).project(drawn.vectors)
    assert fidelity(drawn.units, flat, sample=400).kept < 0.5
    assert fidelity(drawn.units, coordinates(recipe, drawn), sample=400).kept > kept


def test_what_was_made_is_found_again(glove: Embeddings, own_folder: Path) -> None:
    some, recipe = chosen(glove, range(60)), Recipe("UMAP", 3, 5)
    assert find(recipe, some) is None
    *_, last = make(recipe, some)
    assert last.share == 1
    np.testing.assert_array_equal(find(recipe, some), last.coordinates)
    assert find(Recipe("UMAP", 3, 6), some) is None
    assert find(Recipe("UMAP", 3, 5, seed=1), some) is None
    assert find(recipe, chosen(glove, range(1, 61))) is None


def test_what_is_stopped_leaves_nothing(glove: Embeddings, own_folder: Path) -> None:
    some, recipe = chosen(glove, range(60)), Recipe("t-SNE", 2, 5)
    steps = make(recipe, some)
    for step in steps:
        if step.share > 0.5:
            break
    steps.close()  # type: ignore[attr-defined]
    assert find(recipe, some) is None
    assert not own_folder.exists()


@pytest.mark.parametrize("wrong", [np.zeros((3, 2), np.float32), np.zeros((60, 2))], ids=str)
def test_a_result_that_cannot_be_it_is_not_shown(
    wrong: NDArray[np.float32], glove: Embeddings, own_folder: Path
) -> None:
    some, recipe = chosen(glove, range(60)), Recipe("UMAP", 2, 5)
    Results(own_folder).keep(recipe.key(some), wrong)
    assert find(recipe, some) is None
