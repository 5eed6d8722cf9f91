"""Small files of vectors in each format, made by the libraries of the formats, to be changed."""

import bz2
import gzip
import io
import json
import lzma
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
from numpy.typing import NDArray

from core.embeddings import Embeddings
from core.formats import word2vec_binary
from core.formats.trained_vectors import vectors_as_safetensors
from core.formats.vector_file import Loaded
from core.formats.word2vec_text import vectors_as_text
from core.formats.writing import as_csv, as_npz, as_projector

WORDS: Final = ("the", "Ärger", "new york", "猫", "it's", " ", "1984", "end")
NUMBERS: Final = np.random.default_rng(0).normal(size=(len(WORDS), 5)).astype(np.float32)
TABLE: Final = Embeddings("seed", WORDS, NUMBERS)
TEXT: Final = [["the", "king", "größe", "東京"], ["a", "queen", "naïve", "🙂", "the"]]


@dataclass(frozen=True)
class Seed:
    """A file with those beside it, or their folder.

    Args:
        files: the contents by name; the first one is read.
        changed: the names of those that are changed.
        is_folder: whether the folder is read instead of the first file.
    """

    files: Mapping[str, bytes]
    changed: tuple[str, ...]
    is_folder: bool = False

    def written(self, folder: Path) -> Path:
        """Write the files into an empty folder; return the path to read."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder if self.is_folder else folder / next(iter(self.files))


def seeds() -> Iterator[Seed]:
    """Yield files of all formats, whose contents are all changed."""
    for content in (*_word_vectors(), *_tables(), *_fasttext()):
        yield Seed({"seed": content}, ("seed",))
    for several in (*_matrices(), *_safetensors()):
        yield Seed(several, tuple(several))
    for tokenizer in _tokenizers():
        yield Seed(_model(tokenizer), ("model.safetensors", "tokenizer.json"), is_folder=True)
    several = _model(next(_tokenizers()))
    several["a.safetensors"] = several.pop("model.safetensors")
    index = {"weight_map": {"any": "a.safetensors"}}
    several["model.safetensors.index.json"] = json.dumps(index).encode()
    yield Seed(several, tuple(several), is_folder=True)


def label_seeds() -> Iterator[Seed]:
    """Yield a matrix with lists of its words, which alone are changed."""
    for names in (("v.npy", "v.vocab"), ("v.npy", "metadata.tsv")):
        for files in _matrices():
            if tuple(files) == names:
                yield Seed(files, names[1:])


def tokenizer_seeds() -> Iterator[Seed]:
    """Yield a matrix with tokenizers, which alone are changed."""
    for tokenizer in _tokenizers():
        files = _model(tokenizer)
        del files["config.json"]
        yield Seed(files, ("tokenizer.json",))


def _word_vectors() -> Iterator[bytes]:
    text = vectors_as_text(TABLE)
    yield from (text, text.partition(b"\n")[2], text.replace(b" ", b"\t"))
    yield text.decode().encode("utf-16")
    binary = io.BytesIO()
    single = [row for row, word in enumerate(WORDS) if " " not in word]
    words = [WORDS[row] for row in single]
    word2vec_binary.write(binary, Embeddings("b", words, NUMBERS[single]))
    yield from (binary.getvalue(), vectors_as_safetensors(TABLE))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.vec", text)
        archive.writestr("README", "Words.\n")
    yield packed.getvalue()
    yield from (pack(text) for pack in (gzip.compress, bz2.compress, lzma.compress))


def _tables() -> Iterator[bytes]:
    """Yield tables of texts, another column, and vectors in a column or in several."""
    frame = pd.DataFrame({"text": WORDS, "kind": ["a", "b"] * 4, "size": range(8)})
    lists = frame.assign(vector=[row.tolist() for row in NUMBERS])
    wide = frame.assign(**{f"d{at}": NUMBERS[:, at] for at in range(5)})
    shown = frame.assign(vector=[json.dumps(row) for row in lists["vector"]])
    for table in (wide, shown, frame):
        for separator in (",", "\t", ";"):
            yield table.to_csv(index=False, sep=separator).encode()
    yield wide.to_csv(index=False, header=False).encode()
    yield wide.to_csv(index=False).encode("utf-16")
    yield wide.replace({"猫": "é"}).to_csv(index=False).encode("cp1252")
    yield as_csv(Loaded(TABLE, "seed", columns=frame[["kind", "size"]]))
    for table in (wide, lists, shown):
        yield table.to_json(orient="records", lines=True).encode()
        yield table.to_json(orient="records", force_ascii=False).encode()
    typed = pa.table(lists.assign(kind=lists["kind"].astype("category")))
    fixed = pa.FixedSizeListArray.from_arrays(pa.array(NUMBERS.ravel()), 5)
    for one in (typed, pa.table({"word": WORDS, "vector": fixed}), pa.table(wide)):
        for packing in ("none", "snappy"):
            buffer = io.BytesIO()
            pq.write_table(one, buffer, compression=packing)
            yield buffer.getvalue()
        for packing in ("uncompressed", "lz4"):
            buffer = io.BytesIO()
            pa.feather.write_feather(one, buffer, compression=packing)
            yield buffer.getvalue()


def _fasttext() -> Iterator[bytes]:
    from gensim.models import FastText
    from gensim.models.fasttext import save_facebook_model

    with tempfile.TemporaryDirectory() as folder:
        for shortest, longest in ((2, 4), (0, 0)):
            model = FastText(
                TEXT, vector_size=4, min_count=1, min_n=shortest, max_n=longest, bucket=20, epochs=1
            )
            path = Path(folder) / "model.bin"
            save_facebook_model(model, str(path))
            yield path.read_bytes()


def _matrices() -> Iterator[dict[str, bytes]]:
    words = "".join(f"{word}\n" for word in WORDS).encode()
    table = "word\tkind\n" + "".join(f"{word}\ta\n" for word in WORDS)
    for dtype in ("<f4", ">f4", "<f2", "<i4"):
        yield {"v.npy": _npy((10 * NUMBERS).astype(dtype)), "v.vocab": words}
    yield {"v.npy": _npy(np.asfortranarray(NUMBERS)), "metadata.tsv": table.encode()}
    yield {"v.npz": as_npz(Loaded(TABLE, "seed"))}
    packed = io.BytesIO()
    named = np.array([word.encode() for word in WORDS])
    np.savez_compressed(packed, v=NUMBERS.astype(np.float64), w=named)
    yield {"v.npz": packed.getvalue()}
    with zipfile.ZipFile(io.BytesIO(as_projector(Loaded(TABLE, "seed")))) as archive:
        yield {name: archive.read(name) for name in ("tensors.tsv", "metadata.tsv")}


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def _safetensors() -> Iterator[dict[str, bytes]]:
    import torch
    from safetensors.torch import save

    words = "\n".join(WORDS).encode()
    for dtype in (torch.float32, torch.float16, torch.bfloat16, torch.float64):
        tensors = {"vectors": torch.from_numpy(NUMBERS).to(dtype), "bias": torch.ones(3)}
        yield {"v.safetensors": save(tensors), "v.vocab": words}
    for tokenizer in _tokenizers():
        files = _model(tokenizer)
        yield {name: files[name] for name in ("model.safetensors", "tokenizer.json")}


def _tokenizers() -> Iterator[bytes]:
    """Yield tokenizers of the kinds that language models have."""
    from tokenizers import Tokenizer, decoders, models

    level = Tokenizer(models.BPE({"Ġ": 0, "k": 1, "i": 2, "ki": 3, "Ġki": 4, "Ã": 5}, []))
    level.decoder = decoders.ByteLevel()
    level.add_special_tokens(["<s>"])
    unigram = Tokenizer(models.Unigram([("<unk>", 0.0), ("▁king", -1.0), ("s", -2.0)], unk_id=0))
    unigram.decoder = decoders.Metaspace()
    pieces = Tokenizer(models.WordPiece({"<unk>": 0, "sea": 1, "##s": 2}, unk_token="<unk>"))
    pieces.add_tokens(["new word"])
    words = Tokenizer(models.WordLevel({"<unk>": 0, "sea": 1, "ship": 3}, unk_token="<unk>"))
    for made in (level, unigram, pieces, words):
        yield made.to_str().encode()


def _model(tokenizer: bytes) -> dict[str, bytes]:
    """Return the files of a model's folder."""
    from safetensors.numpy import save

    tensors = {"model.embed_tokens.weight": NUMBERS, "layer.weight": np.ones((2, 2), np.float32)}
    return {
        "model.safetensors": save(tensors),
        "tokenizer.json": tokenizer,
        "config.json": b'{"architectures": ["AnyForCausalLM"]}',
    }
