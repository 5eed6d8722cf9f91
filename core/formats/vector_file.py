"""What all readers of vector files share: the file, the choices of its reader, and the result."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pandas as pd

from core.embeddings import Embeddings
from core.errors import FormatError

HEAD_BYTES = 65_536
CHOICES_VARIABLE = "EMBEDDING_PLAYGROUND_CHOICES"  # what was chosen when the app was started
ENDINGS = re.compile(
    r"(\.(arrow|bin|bz2|csv|feather|gz|jsonl?|np[yz]|parquet|safetensors|te?xt|tsv|vec|w2v|xz|zip))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class VectorFile:
    """A file on disk that is not compressed, or no longer.

    Args:
        path: where its bytes are.
        name: the name that its owner knows it by.
        beside: the folder with files that may belong to it, such as a list of its words; None if
            there is none that may be looked at, as for an upload.
    """

    path: Path
    name: str
    beside: Path | None = None

    @property
    def head(self) -> bytes:
        """The first bytes, by which readers recognise their format; none if it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return file.read(HEAD_BYTES)
        except OSError:  # a folder, for example
            return b""

    @property
    def title(self) -> str:
        """The name without the endings of formats, such as `glove.6B` for `glove.6B.txt.gz`."""
        return ENDINGS.sub("", self.name) or self.name


@dataclass(frozen=True)
class Choices:
    """What people may choose about a file; what is None is found by what the file holds.

    Args:
        text: the column with the words or texts.
        vector: the column with the vectors, or the first and the last as `first:last`; empty for
            none, so that a language model makes them of the texts.
        x: the column with the horizontal coordinate of a layout that came with the data.
        y: the column with the vertical one.
        labels: a file with the words of a matrix, one a line, or a table with a heading.
        member: the file in an archive, or the matrix among several; `file/matrix` for a matrix of a
            file in an archive.
        limit: read at most this number of rows.
    """

    text: str | None = None
    vector: str | None = None
    x: str | None = None
    y: str | None = None
    labels: Path | None = None
    member: str | None = None
    limit: int | None = None


def choices_from(text: str) -> Choices:
    """Return the choices in a JSON object of strings, as `run.py` passes them on.

    >>> choices_from('{"text": "word", "limit": "10"}').limit
    10
    """
    chosen: dict[str, str] = json.loads(text or "{}")
    labels, limit = chosen.pop("labels", None), chosen.pop("limit", None)
    return Choices(
        **chosen,
        labels=None if labels is None else Path(labels),
        limit=None if limit is None else int(limit),
    )


@dataclass(frozen=True)
class Columns:
    """The columns of a table, and what they were taken for.

    Args:
        names: all of them, in their order.
        numbers: those with a number in each row.
        lists: those with a list of numbers in each row.
        text: the one with the words or texts; None if there is none.
        vectors: those with the vectors: a list, or a number for each dimension; may be empty.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    lists: tuple[str, ...]
    text: str | None = None
    vectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """Vectors from a file.

    Args:
        embeddings: the words, or texts, and their vectors. A text may occur more than once.
        format: the name of the file's format.
        notes: sentences about what was left out, merged, guessed, or announced and not there.
        columns: the other columns of the file, a row for each vector; may have no columns.
        layout: the names of two of these columns, the coordinates chosen with `x` and `y`.
        table: all columns of the file; None if it has no table.
    """

    embeddings: Embeddings
    format: str
    notes: tuple[str, ...] = ()
    columns: pd.DataFrame = field(default_factory=pd.DataFrame)
    layout: tuple[str, str] | None = None
    table: Columns | None = None


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts from a table without vectors, for a language model to embed.

    Args:
        name: what people call the table.
        texts: one for each row.
        columns: the other columns, a row for each text.
        notes: as in `Loaded`.
        layout: as in `Loaded`.
        table: as in `Loaded`.
    """

    name: str
    texts: tuple[str, ...]
    columns: pd.DataFrame
    notes: tuple[str, ...] = ()
    layout: tuple[str, str] | None = None
    table: Columns | None = None


class ChoiceError(FormatError):
    """A file that can be read if something else is chosen of it.

    Args:
        file: its name.
        reason: as in `FormatError`.
        place: as in `FormatError`.
        columns: of its table, None if it has none.
        members: the files or matrices in it, if it has several.
    """

    def __init__(
        self,
        file: str,
        reason: str,
        place: str = "",
        columns: Columns | None = None,
        members: Iterable[str] = (),
    ) -> None:
        self.columns = columns
        self.members = tuple(members)
        super().__init__(file, reason, place)

    def within(self, member: str) -> "ChoiceError":
        """Return the error as one of the archive that has the file as a member.

        Args:
            member: the name of the file in the archive; empty for the only one in it.
        """
        if not member or not self.members:
            return self
        members = [f"{member}/{each}" for each in self.members]
        reason = f"{self.reason} In an archive it is called `{members[0]}`, for example."
        return ChoiceError(self.file, reason, self.place, self.columns, members)


class NoVectorsError(FormatError):
    """A table with texts, but without vectors.

    Args:
        file: its name.
        texts: the texts.
    """

    def __init__(self, file: str, texts: Texts) -> None:
        self.texts = texts
        super().__init__(
            file,
            "it has texts but no vectors. Expected a column with a list of numbers in each row, or "
            "a column for each number. The page Data can make vectors of the texts.",
        )


class Reader(Protocol):
    """A module of `core.formats` that reads vectors.

    `sniff` never raises and looks at the content, not at the name. `read` raises nothing but
    `FormatError`, and its memory and time are bounded by the size of the file, whatever its header
    says.
    """

    NAME: str

    def sniff(self, file: VectorFile) -> bool:
        """Return whether the file is in this format."""

    def read(self, file: VectorFile, choices: Choices) -> Loaded:
        """Return the vectors in the file, or raise FormatError."""
