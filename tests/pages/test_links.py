"""Links that were handed on: each opens what its sender saw, on every page, with every control."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.pages.opening import open_page

# A value in the address, and what the control then holds, where that is another thing.
Link = dict[str, str | list[str]]


@dataclass(frozen=True)
class Kept:
    """A link of a page, and what its controls hold.

    Args:
        page: its folder.
        link: the query, as the browser writes it.
        holds: the values that are no copy of what the link says.
    """

    page: str
    link: Link
    holds: dict[str, Any] = field(default_factory=dict)


LINKS = {
    "home": Kept("home", {"start": "cat"}),
    "home, another line": Kept("home", {"line": "The bank is closed", "start": "closed"}),
    "tokens": Kept(
        "tokens",
        {
            "to_cut": "for i in range(10):\n    print(i)",
            "matrix_of": "SmolLM2",
            "sentence_a": "dog bites man",
            "sentence_b": "man bites dog",
            "numbers": "all 384",
            "input_place": "3",
            "positions": "every 8th of 512",
        },
        {"input_place": 3},
    ),
    "map": Kept(
        "map",
        {
            "word": "cat",
            "map_vectors": "MiniLM tokens",
            "count": "1,000",
            "colour": "groups",
            "groups": ["animals", "foods"],
            "projection": "UMAP",
            "map_dimensions": "3D",
            "neighbors": "20",
        },
        {"count": 1_000, "neighbors": 20},
    ),
    "map of words of one's own": Kept(
        "map",
        {
            "word": "",
            "only": "cat, dog, lion, tiger, king, queen, bread, cheese",
            "colour": "none",
            "projection": "PCA",
        },
    ),
    "map by t-SNE": Kept(
        "map",
        {"count": "100", "colour": "frequency", "projection": "t-SNE", "perplexity": "12"},
        {"count": 100, "perplexity": 12},
    ),
    "map as a slice": Kept(
        "map",
        {
            "count": "100",
            "projection": "slice",
            "map_dimensions": "3D",
            "axis_1": "woman - boy",
            "axis_2": "paris - france",
            "axis_3": "dogs - dog",
        },
        {"count": 100},
    ),
    "map of a token": Kept(
        "map",
        {
            "word": "king",
            "row": "2332",
            "map_vectors": "MiniLM tokens",
            "count": "100",
            "projection": "PCA",
        },
        {"count": 100, "row": None},  # the row of the address is of another word
    ),
    "analogies": Kept(
        "analogies",
        {
            "expression": "paris - france + italy",
            "metric": "dot",
            "dimensions": "3D",
            "vectors": "MiniLM tokens",
            "look_for": "rome",
            "walk_from": "cat",
            "walk_to": "dog",
            "walk_metric": "euclidean",
            "walk_ends": "true",
        },
        {"walk_ends": True},
    ),
    "analogies typed": Kept(
        "analogies",
        {"vectors": "typed", "typed": "a 1 2\nb 3 4\nc 5 1", "expression": "a - b + c"},
    ),
    "directions": Kept(
        "directions",
        {
            "picture": "space",
            "direction_1": "own pairs",
            "direction_2": "own groups",
            "direction_3": "expression",
            "name_1": "more",
            "pairs_1": "cat cats, dog dogs",
            "name_2": "arts",
            "low_2": "science, physics",
            "high_2": "art, music",
            "name_3": "big",
            "expression_3": "large - small",
            "words": "king queen, man, woman",
            "length_one": "true",
            "look": "its ends",
            "about": "2",
            "bare": "7",
            "direction_vectors": "GloVe",
        },
        {"length_one": True, "bare": 7},
    ),
    "directions that lead": Kept(
        "directions",
        {
            "picture": "plane",
            "direction_1": "size",
            "direction_2": "dimension",
            "dimension_2": "9",
            "words": "ant, bee, cow",
            "look": "where it leads",
            "start": "lion",
        },
        {"dimension_2": 9},
    ),
    "dot products": Kept(
        "dot_products",
        {
            "source": "GloVe",
            "first": "dog",
            "second": "cat",
        },
    ),
    "dot products of many words": Kept(
        "dot_products",
        {
            "words": "dog, cat, lion, king",
            "topic": "pet, puppy",
            "measure": "dot",
            "order": "clustered",
            "table": "MiniLM tokens",
        },
    ),
    "dot products of opposites": Kept("dot_products", {"opposites": "hot cold, up down"}),
    "dot products typed": Kept(
        "dot_products",
        {"toy": "a 1 2\nb 3 4\nc 5 6", "toy_first": "b", "toy_second": "c"},
    ),
    "dot products by a table's short name": Kept("dot_products", {"source": "MiniLM"},
        {"source": "MiniLM tokens"}),
    "evaluation": Kept(
        "evaluation",
        {"section": "capital", "most_frequent": "10,000", "as_textbooks": "true"},
        {"as_textbooks": True},
    ),
    "evaluation of a file": Kept("evaluation", {"questions": "your file"}),
    "learning": Kept(
        "learning",
        {
            "learn_text": "Typed",
            "learn_typed": "the cat sat on the mat\nthe dog sat on the rug\nthe cat saw the dog",
            "learn_method": "CBOW",
            "learn_start": "normal",
            "learn_dimensions": "8",
            "learn_window": "2",
            "learn_epochs": "3",
            "learn_rate": "0.1",
            "learn_seed": "5",
            "learn_negatives": "3",
            "learn_exponent": "0.5",
            "learn_min_count": "2",
            "learn_subsampling": "0.01",
            "learn_final_rate": "0.001",
            "learn_lower_case": "false",
            "learn_word": "cat",
            "learn_puzzle": "cat - dog + the = sat",
            "learn_words": "cat dog; the",
            "learn_lengths": "lengths",
            "learn_compare": "seed",
        },
        {
            "learn_dimensions": 8,
            "learn_window": 2,
            "learn_epochs": 3,
            "learn_rate": 0.1,
            "learn_seed": 5,
            "learn_negatives": 3,
            "learn_exponent": 0.5,
            "learn_min_count": 2,
            "learn_subsampling": 0.01,
            "learn_final_rate": 0.001,
            "learn_lower_case": False,
        },
    ),
    "context, one word": Kept(
        "context",
        {
            "shared_word": "bat",
            "sentences": "animal: A bat flew.\nsport: He swung the bat.",
            "shown": "everything",
            "uses_layer": "3",
        },
        {"uses_layer": 3},
    ),
    "context, attention": Kept(
        "context",
        {
            "part": "attention",
            "attention_text": "The cat sat.",
            "attention_model": "SmolLM2",
            "attention_layer": "7",
            "attention_head": "mean",
            "attention_temperature": "0.5",
            "looks": "2 ␣cat",
        },
        {"attention_layer": 7, "attention_temperature": 0.5},
    ),
    "context, topics": Kept(
        "context",
        {
            "part": "topics",
            "topic_text": "The dog barked.",
            "topics": "pets: pet, puppy\nsounds: noise, voice",
        },
    ),
    "context, logit lens": Kept(
        "context", {"part": "logit lens", "lens_text": "Once upon a", "lens_rows": "all layers"}
    ),
    "context, window": Kept(
        "context",
        {"part": "window", "window_text": "My name is Anna. My name is", "window": "4"},
        {"window": 4},
    ),
    "next word": Kept(
        "next_word",
        {
            "prompt": "My favourite food is",
            "added": "260-5",
            "temperature": "0.5",
            "top_k": "7.0",
            "top_p": "0.9",
        },
        {"temperature": 0.5, "top_k": 7.0, "top_p": 0.9},
    ),
    "next word, stories": Kept(
        "next_word",
        {
            "part": "stories",
            "story": "To bake a cake, first",
            "temperatures": "0, 1",
            "length": "20",
            "seed": "4",
        },
        {"length": 20, "seed": 4},
    ),
    "next word, softmax by hand": Kept(
        "next_word", {"part": "softmax by hand", "logits": "1, 2, 3", "hand_temperature": "0.5"}
    ),
    "next word, one logit": Kept(
        "next_word", {"part": "one logit", "prompt": "The capital of Spain is", "logit_of": "␣the"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_a_link_restores_every_control(name: str) -> None:
    kept = LINKS[name]
    app = open_page(kept.page, **kept.link)
    assert not app.error, app.error[0].value
    held = {key: app.session_state[key] for key in kept.link}
    assert held == kept.link | kept.holds
