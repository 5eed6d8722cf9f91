import os
import subprocess
import sys
import textwrap
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.layouts.array_store import Results, _digest, versions, words_digest

ROOT = Path(__file__).resolve().parents[3]
KEY = {"layout": "UMAP:2:15:0", "words": "abc", "edition": 1, "numpy": "2.4.0"}
ARRAY = np.arange(20_000, dtype=np.float32).reshape(-1, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "results"


@pytest.fixture
def results(folder: Path) -> Results:
    return Results(folder)


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def assert_found(results: Results, array: NDArray[np.float32] = ARRAY) -> None:
    found = results.find(KEY)
    assert found is not None
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)


# Kept and found again


def test_what_is_kept_is_found_by_others_read_only(folder: Path, results: Results) -> None:
    assert results.find(KEY) is None
    assert not folder.exists()  # looking alone leaves nothing
    results.keep(KEY, ARRAY)
    found = Results(folder).find(dict(reversed(KEY.items())))
    assert found is not None
    np.testing.assert_array_equal(found, ARRAY)
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1
    assert only_file(folder).suffix == ".npy"


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 2), dtype=np.float32),
        np.array(3, dtype=np.int64),
        np.array([[True, False]]),
        np.array([np.nan, np.inf, -0.0], dtype=">f8"),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.arange(10)[::3],
    ],
    ids=["empty", "scalar", "bool", "big-endian", "by column", "strided"],
)
def test_any_numbers_come_back_as_they_were(results: Results, array: NDArray[np.float32]) -> None:
    results.keep(KEY, array)
    assert_found(results, array)


def test_the_last_one_kept_counts(folder: Path, results: Results) -> None:
    results.keep(KEY, ARRAY)
    results.keep(KEY, ARRAY + 1)
    assert_found(results, ARRAY + 1)
    assert len(list(folder.iterdir())) == 1


def test_what_is_found_stays_when_the_file_is_replaced(results: Results) -> None:
    results.keep(KEY, ARRAY)
    before = results.find(KEY)
    results.keep(KEY, ARRAY + 1)
    assert before is not None
    np.testing.assert_array_equal(before, ARRAY)


@pytest.mark.parametrize("part", KEY)
def test_another_part_of_the_key_is_another_result(results: Results, part: str) -> None:
    results.keep(KEY, ARRAY)
    assert results.find({**KEY, part: "another"}) is None
    assert results.find({name: value for name, value in KEY.items() if name != part}) is None
    assert results.find({**KEY, "more": part}) is None


@pytest.mark.parametrize(("one", "other"), [(1, "1"), (1, 1.5), (None, "None"), ("a", ["a"])])
def test_values_that_are_spelled_alike_are_told_apart(
    results: Results, one: object, other: object
) -> None:
    results.keep({"seed": one}, ARRAY)
    assert results.find({"seed": other}) is None
    assert results.find({"seed": one}) is not None


def test_no_key_can_pass_for_the_format_of_the_files(results: Results) -> None:
    results.keep(KEY, ARRAY)
    assert results.find({**KEY, "format": 1}) is None


def test_the_same_key_is_the_same_in_another_process(folder: Path, results: Results) -> None:
    results.keep(KEY, ARRAY)
    code = (
        "import sys; from pathlib import Path; from core.layouts.array_store import Results;"
        f"sys.exit(Results(Path({str(folder)!r})).find({KEY!r}) is None)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# Damage


def damaged(content: bytes, how: str) -> bytes:
    middle = len(content) // 2
    return {
        "empty": b"",
        "truncated": content[:middle],
        "without its end": content[:-1],
        "longer": content + b"\0",
        "one bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "zeros": bytes(len(content)),
        "header": content[:8] + b"\xff" + content[9:],
        "zip": b"PK\x03\x04" + content,
        "text": b"version https://git-lfs.github.com/spec/v1\n",
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        "empty",
        "truncated",
        "without its end",
        "longer",
        "one bit",
        "zeros",
        "header",
        "zip",
        "text",
    ],
)
def test_a_damaged_file_counts_as_absent_and_is_made_again(
    folder: Path, results: Results, how: str
) -> None:
    results.keep(KEY, ARRAY)
    path = only_file(folder)
    path.write_bytes(damaged(path.read_bytes(), how))
    assert results.find(KEY) is None
    results.keep(KEY, ARRAY)
    assert_found(results)


@given(st.data())
def test_whatever_byte_is_damaged_it_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    results = Results(tmp_path_factory.mktemp("results"))
    results.keep(KEY, ARRAY[:10])
    path = only_file(results._folder)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert results.find(KEY) is None


def test_a_file_that_was_pickled_is_never_opened(folder: Path, results: Results) -> None:
    results.keep(KEY, ARRAY)
    path = only_file(folder)
    # An array of objects: numpy would have to run what the file says.
    objects = np.array([{"a": 1}, None], dtype=object)
    np.save(path, objects)
    assert results.find(KEY) is None
    # Even one that says about itself that it is whole.
    content = path.read_bytes()
    path.write_bytes(content + _digest(content))
    assert results.find(KEY) is None


def test_objects_are_not_kept(folder: Path, results: Results) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        results.keep(KEY, np.array([{"a": 1}], dtype=object))
    assert not folder.exists() or not list(folder.iterdir())


def test_a_folder_in_the_place_of_a_file_counts_as_absent(folder: Path, results: Results) -> None:
    results.keep(KEY, ARRAY)
    path = only_file(folder)
    path.unlink()
    path.mkdir()
    assert results.find(KEY) is None
    results.keep(KEY, ARRAY)  # nothing can be kept there, and nothing breaks
    assert results.find(KEY) is None
    assert list(folder.iterdir()) == [path]


def test_where_no_folder_can_be_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    results = Results(tmp_path / "file" / "results")
    results.keep(KEY, ARRAY)
    assert results.find(KEY) is None


# Writing that breaks off


def written_with_little_room(folder: Path, code: str) -> None:
    """Run code where no file may grow beyond 4,096 bytes: as on a full disk, writing breaks off."""
    pytest.importorskip("resource", reason="limits of a process are set by the system's own means")
    before = """
        import resource, sys
        import numpy as np
        from pathlib import Path
        from core.layouts.array_store import Results
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    """
    # Its own bytecode and caches are none of the matter.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    whole = f"{textwrap.dedent(before)}\nresults = Results(Path({str(folder)!r}))\n{code}"
    command = [sys.executable, "-c", whole]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_leaves_the_old_result_and_nothing_half_written(
    folder: Path, results: Results
) -> None:
    results.keep(KEY, ARRAY)
    written_with_little_room(folder, f"results.keep({KEY!r}, np.zeros((90_000, 2)))")
    assert_found(results)
    assert len(list(folder.iterdir())) == 1


def test_what_fits_is_kept_still(folder: Path, results: Results) -> None:
    written_with_little_room(folder, f"results.keep({KEY!r}, np.arange(9))")
    found = results.find(KEY)
    assert found is not None
    assert found.tolist() == list(range(9))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may do all can write anywhere"
)
def test_a_folder_that_is_read_only_keeps_its_old_result(folder: Path, results: Results) -> None:
    results.keep(KEY, ARRAY)
    folder.chmod(0o500)
    try:
        results.keep(KEY, ARRAY + 1)
        assert_found(results)
        assert len(list(folder.iterdir())) == 1
    finally:
        folder.chmod(0o700)


def test_a_process_that_is_killed_while_writing_leaves_the_old_result(
    folder: Path, results: Results
) -> None:
    results.keep(KEY, ARRAY)
    code = f"""
import os, signal
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
results.keep({KEY!r}, np.zeros((9, 2)))
"""
    whole = (
        "import numpy as np; from pathlib import Path\n"
        "from core.layouts.array_store import Results\n"
        f"results = Results(Path({str(folder)!r})){code}"
    )
    done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, check=False)
    assert done.returncode != 0
    assert_found(results)
    # What it left is older than all that is used, and goes when there is no more room.
    (left,) = folder.glob("*.part")
    os.utime(left, (1, 1))
    whole_size = sum(path.stat().st_size for path in folder.glob("*.npy"))
    Results(folder, max_bytes=whole_size).keep(KEY, ARRAY)
    assert not left.exists()
    assert_found(results)


# Two at once


WRITER = """
import sys
import numpy as np
from pathlib import Path
from core.layouts.array_store import Results
results, key, value = Results(Path(sys.argv[1])), {"made by": "two"}, int(sys.argv[2])
sys.stdin.readline()
for _ in range(200):
    results.keep(key, np.full((500, 2), value, dtype=np.float32))
    found = results.find(key)
    assert found is not None and found.shape == (500, 2) and len(np.unique(found)) == 1, found
"""


def test_two_processes_write_the_same_result_at_once(folder: Path) -> None:
    # Processes of their own: what runs as __main__ here depends on the test before.
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(value)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for value in (1, 2)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0]
    found = Results(folder).find({"made by": "two"})
    assert found is not None
    assert set(np.unique(found)) <= {1, 2}
    assert [path.suffix for path in folder.iterdir()] == [".npy"]


# Room


def test_those_used_longest_ago_make_room(folder: Path) -> None:
    results = Results(folder)
    for name in range(4):
        results.keep({"name": name}, ARRAY)
    paths = {name: results._path({"name": name}) for name in range(4)}
    size = paths[0].stat().st_size
    for age, name in enumerate([2, 0, 3, 1]):
        os.utime(paths[name], (1_000_000 - age, 1_000_000 - age))
    assert results.find({"name": 1}) is not None  # used longest ago until now
    Results(folder, max_bytes=3 * size).keep({"name": 4}, ARRAY)
    kept = {name for name in range(5) if results.find({"name": name}) is not None}
    assert kept == {1, 2, 4}


def test_what_is_just_within_the_room_stays(folder: Path) -> None:
    results = Results(folder)
    results.keep({"name": 0}, ARRAY)
    size = only_file(folder).stat().st_size
    Results(folder, max_bytes=2 * size).keep({"name": 1}, ARRAY)
    assert len(list(folder.iterdir())) == 2
    Results(folder, max_bytes=3 * size - 1).keep({"name": 2}, ARRAY)
    assert len(list(folder.iterdir())) == 2


def test_what_is_larger_than_all_room_is_not_kept(folder: Path) -> None:
    Results(folder, max_bytes=100).keep(KEY, ARRAY)
    assert list(folder.iterdir()) == []


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine" * 1000)
    Results(folder, max_bytes=100).keep(KEY, ARRAY)
    assert only_file(folder).name == "notes.txt"


# Parts of keys


def test_versions_are_those_installed() -> None:
    assert versions() == {}
    assert versions("numpy", "openTSNE") == {
        "numpy": np.__version__,
        "openTSNE": version("openTSNE"),
    }


@pytest.mark.parametrize(
    "others",
    [
        ["king"],
        ["queen", "king"],
        ["king", "queen", ""],
        ["kingqueen"],
        ["king", "Queen"],
        ["kingq", "ueen"],
        ["king\x05queen"],
        [],
    ],
)
def test_other_words_have_another_digest(others: list[str]) -> None:
    assert words_digest(["king", "queen"]) == words_digest(("king", "queen"))
    assert words_digest(others) != words_digest(["king", "queen"])


@given(st.lists(st.text()), st.lists(st.text()))
def test_only_the_same_words_have_the_same_digest(one: list[str], other: list[str]) -> None:
    assert (words_digest(one) == words_digest(other)) == (one == other)


def test_half_a_character_has_a_digest() -> None:
    assert words_digest(["\ud800"]) != words_digest(["\udc00"])
