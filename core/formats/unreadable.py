"""What a file is that has no vectors, in a sentence for the one who brought it."""

import re
import zipfile
from collections.abc import Sequence

from core.formats.text_shape import Shape, numbers_at_end, shape_of
from core.formats.vector_file import HEAD_BYTES, VectorFile

LINES = 200  # that are looked at
CHOOSE = "Choose the file with the vectors."
UNPACK = "Unpack it and choose the file with the vectors."
TABLE = "Save its table as CSV."
# What a file begins with, and what it is.
BEGINNINGS = {
    b"version https://git-lfs": "a pointer of Git LFS, which stands for a file and is not the file "
    "itself. Download that, for example with `git lfs pull`.",
    b"%%MatrixMarket": "a sparse matrix (Matrix Market) without words. Save it as text with a word "
    "and all its numbers on each line.",
    b"%PDF-": "a PDF document. Save the vectors as text or CSV.",
    b"{\\rtf": "a document in Rich Text Format. Save it as plain text.",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"an Office document. {TABLE}",
    b"SQLite format 3\0": "a database (SQLite). Save the vectors as text or CSV.",
    b"\x89HDF\r\n": "an HDF5 file, which is not read here. Save the vectors as .npy or text.",
    b"GGUF": "a language model (GGUF), not a list of word vectors.",
    b"7z\xbc\xaf\x27\x1c": f"a 7z archive, which is not read here. {UNPACK}",
    b"Rar!\x1a\x07": f"a RAR archive, which is not read here. {UNPACK}",
    b"\x28\xb5\x2f\xfd": f"compressed with Zstandard, which is not read here. {UNPACK}",
    **dict.fromkeys(
        (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
        f"a picture. {CHOOSE}",
    ),
    **dict.fromkeys(
        (
            b"\x7fELF",
            b"\xfe\xed\xfa\xce",
            b"\xfe\xed\xfa\xcf",
            b"\xce\xfa\xed\xfe",
            b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe",
        ),
        f"a program. {CHOOSE}",
    ),
}
# A safetensors file may begin in the same way: with the length of its heading, then a brace.
PICKLE = re.compile(rb"\x80[\x02-\x05](?!\0{6}\{)|c[\w.]+\n[\w.]+\n(p\d+\n)?\(|\([dli]p?\d*\n")
# Not `<html> 0.1 0.2`: there are vectors of such tokens.
WEB_PAGE = re.compile(
    rb"\s*(<!--.*?-->\s*)?(<!doctype html|<(html|head|body)\b[^<>]*>(?!\s*[-+.\d]))",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(rb"\s*<(\?xml\s|(Error|svg|ListBucketResult)\b[^<>]*>(?!\s*[-+.\d]))")
ERROR = re.compile(rb"<(Message|title|h1|Code)>\s*([^<]{1,80})<", re.IGNORECASE)
JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*([\[{"]|-?\d+(\.\d+)?\s*,))')
DIGIT = re.compile(rb"\d")
JSON_ERROR = re.compile(rb'"(error|message|detail|code|status)"\s*:\s*"?([^"{}\[\],]{1,80})')
OFFICE = {"[Content_Types].xml", "mimetype"}  # in documents of Microsoft, and of LibreOffice


def signature(file: VectorFile) -> str:
    """Return what a file is that surely has no vectors that can be read; else an empty text.

    The text follows "this is".
    """
    head = file.head
    text = head.removeprefix(b"\xef\xbb\xbf")
    if not head.strip(b"\0 \t\r\n"):
        size = file.path.stat().st_size
        empty = "an empty file" if size <= HEAD_BYTES else "a file that begins with empty space"
        return f"{empty}. It may not have been downloaded or saved to its end."
    if PICKLE.match(head):
        return _pickle(head)
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    beginnings = (what for beginning, what in BEGINNINGS.items() if text.startswith(beginning))
    return next(beginnings, "") or _other_binary(file, head) or _page(text)


def explanation(file: VectorFile) -> str:
    """Return the best guess at what a file is that no reader recognised; it follows "this is"."""
    head = file.head
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "replace").encode()
    if JSON.match(text):
        return (
            f"JSON{_told(JSON_ERROR, text)}, without words and vectors that are recognised. If you "
            "downloaded it, it may be an error message."
        )
    if b"\0" in text:
        return "in none of the formats that are read here. Save the vectors as text, CSV or .npy."
    lines = [line for line in text.split(b"\n")[:LINES] if line.strip()]
    return _lines(lines, shape_of(lines))


def _lines(lines: Sequence[bytes], shape: Shape) -> str:
    """Return what lines of text are that are no vectors."""
    first = lines[0].split() if lines else []
    ending = sum(numbers_at_end(line) > 0 for line in lines)
    with_points = sum(numbers_at_end(line.replace(b",", b".")) > 1 for line in lines)
    reasons = {
        "only a heading with two counts; the words and numbers are missing. Save it again.": (
            len(lines) == 1 and len(first) == 2 and all(part.isdigit() for part in first)
        ),
        "text with decimal commas. Write numbers with a point, such as 0.2.": (
            2 * ending < len(lines) < 2 * with_points
        ),
        "text without numbers. Expected a word and its numbers on each line; a list of words can "
        "belong to a file with their vectors.": not any(map(DIGIT.search, lines)),
        "text in which most lines do not end in a number. Expected a word and its numbers on each "
        "line.": 2 * ending < len(lines),
        "a table of numbers without words. Choose the file with its words too, one on each line, "
        "or put a word before the numbers of each line.": not shape.has_words,
        "text with one number at the end of each line, such as counts or ratings. A vector needs "
        "two numbers at least.": shape.dimensions < 2,
    }
    other = "text whose lines have different numbers of numbers. Expected as many for each word."
    return next((reason for reason, holds in reasons.items() if holds), other)


def _other_binary(file: VectorFile, head: bytes) -> str:
    """Return what a file is that two places tell."""
    size = file.path.stat().st_size
    picture = head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")
    if picture or (head[:2] == b"BM" and int.from_bytes(head[2:6], "little") == size):
        return f"a picture or a recording. {CHOOSE}"
    if head[:2] == b"MZ" and b"\0" in head[:64]:
        return f"a program. {CHOOSE}"
    if head[257:262] == b"ustar":
        return f"a tar archive, which is not read here. {UNPACK}"
    return ""


def _page(text: bytes) -> str:
    if WEB_PAGE.match(text):
        return f"a web page{_told(ERROR, text)}, not the file itself. Download the file again."
    if XML.match(text):
        said = _told(ERROR, text) if b"<Error" in text[:1_000] else ""
        return f"an XML document{said}. If you downloaded it, it may be an error message."
    return ""


def _told(pattern: re.Pattern[bytes], text: bytes) -> str:
    """Return the message in an error page, in brackets."""
    found = [match[2].decode("utf-8", "replace").strip() for match in pattern.finditer(text[:4096])]
    message = next((text for text in found if text), "")
    return f" ('{message}')" if message.isprintable() and message else ""


def _pickle(head: bytes) -> str:
    maker = "Python"
    if b"torch" in head or head[2:6] == b"\x8a\x0al\xfc":
        maker = "PyTorch"
    if b"gensim" in head:
        maker = "gensim"
    return (
        f"a file of {maker} (a pickle), which can contain programs and is therefore never opened "
        "here. If you trust it, open it in Python and save the vectors as text, in gensim with "
        '`model.wv.save_word2vec_format("vectors.txt")`.'
    )


def _packed(file: VectorFile) -> str:
    """Return what a ZIP archive is if it is the form of another format."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            names = archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return ""
    if any(name.endswith("data.pkl") for name in names):
        return _pickle(b"torch")
    return f"an Office document. {TABLE}" if OFFICE.intersection(names) else ""
