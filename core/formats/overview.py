"""`python -m core.formats.overview` prints docs/formats.md: what is read and written."""

import sys
from types import ModuleType
from typing import Any, Final

from core.formats import (
    READERS,
    arrow_files,
    delimited,
    fasttext_bin,
    hugging_face,
    json_rows,
    matrices,
    safetensors_file,
    trained_vectors,
    word2vec_binary,
    word2vec_text,
)

# For each reader: what is written (`test_writing.py`), the library that it is held against, and the
# tests.
PROOFS: Final[dict[ModuleType, tuple[str, str, str]]] = {
    trained_vectors: ("safetensors", "safetensors", "test_trained_vectors.py"),
    safetensors_file: ("", "safetensors", "test_safetensors_file.py"),
    hugging_face: ("", "tokenizers", "test_hugging_face.py"),
    matrices: ("npz, Projector", "numpy", "test_matrices.py"),
    arrow_files: ("Parquet", "pyarrow", "test_tables.py"),
    fasttext_bin: ("", "gensim", "test_fasttext_bin.py"),
    word2vec_binary: ("yes", "gensim", "test_word2vec_binary.py"),
    json_rows: ("", "pandas and json", "test_tables.py"),
    word2vec_text: ("yes", "gensim", "test_word2vec_text.py"),
    delimited: ("CSV for spreadsheets", "pandas", "test_tables.py"),
}
HEAD: Final = """\
# Formats of word vectors

Made by `python -m core.formats.overview` from the readers in `core/formats`. The content of a file
tells its format, never its name. Around any of them may be gzip, bzip2, xz or a ZIP archive
(`test_archives.py`). What cannot be read is named in a sentence (`test_unreadable.py`); nothing is
ever unpickled.

| Format | What is read | Written | Held against | Tests in `tests/core/formats` |
|---|---|---|---|---|
"""


def overview() -> str:
    """Return the table of the formats, in Markdown."""
    rows = []
    for reader in READERS:
        module: Any = reader
        written, library, tests = PROOFS[module]
        first = " ".join((module.__doc__ or "").split("\n\n")[0].split()).replace("|", "\\|")
        rows.append(f"| {module.NAME} | {first} | {written or '–'} | {library} | `{tests}` |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(overview())
