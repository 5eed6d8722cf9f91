"""The server keeps no more uploads than it has room for."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages import upload_limit
from pages.upload_limit import UPLOADS, UploadLimit, kept_sizes
from tests import event_loops


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """Return where Streamlit keeps uploads."""
    made = MemoryUploadedFileManager(UPLOADS)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=made))
    monkeypatch.setattr(upload_limit, "MAX_SESSION_FILES", 3)
    monkeypatch.setattr(upload_limit, "MAX_SESSION_BYTES", 100)
    monkeypatch.setattr(upload_limit, "MAX_SERVER_BYTES", 150)
    return made


def keep(manager: MemoryUploadedFileManager, session: str, *sizes: int) -> None:
    for number, size in enumerate(sizes):
        file = UploadedFileRec(f"{number}", "mine.txt", "text/plain", b"a" * size)
        manager.add_file(session, file)


async def taken(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": 204, "headers": []})


def status(
    session: str,
    size: int,
    method: str = "PUT",
    path: str = UPLOADS,
    limit: UploadLimit | None = None,
) -> int:
    """Return the status of the answer to an upload."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message)

    headers = [(b"content-length", str(size).encode())]
    scope = {"type": "http", "method": method, "path": f"{path}{session}/1", "headers": headers}
    event_loops.run((limit or UploadLimit(taken))(scope, None, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


def test_an_upload_for_which_there_is_room_is_taken(manager: MemoryUploadedFileManager) -> None:
    assert kept_sizes() == {}
    keep(manager, "ann", 60, 10)
    assert kept_sizes() == {"ann": [60, 10]}
    assert status("ann", 30) == 204
    assert status("bob", 80, path=f"/class{UPLOADS}") == 204


@pytest.mark.parametrize(
    ("kept", "session", "size"),
    [
        ({"ann": (1, 1, 1)}, "ann", 1),  # too many files
        ({"ann": (60, 10)}, "ann", 31),  # too many bytes of one visitor
        ({"ann": (60,), "bob": (60,)}, "cleo", 31),  # of all visitors
    ],
)
def test_an_upload_for_which_there_is_no_room_is_refused(
    manager: MemoryUploadedFileManager, kept: dict[str, tuple[int, ...]], session: str, size: int
) -> None:
    for name, sizes in kept.items():
        keep(manager, name, *sizes)
    assert status(session, size) == 413
    assert status(session, size, method="DELETE") == 204
    assert status(session, size, path="/_stcore/other/") == 204
    manager.remove_session_files(session)
    manager.remove_session_files("ann")
    assert status(session, size) == 204


def test_uploads_under_way_count(manager: MemoryUploadedFileManager) -> None:
    answers: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        if not answers:
            answers.append(0)
            answers[0] = await asyncio.to_thread(status, "bob", 80, limit=limit)
        await taken(scope, receive, send)

    limit = UploadLimit(app)
    assert status("ann", 80, limit=limit) == 204
    assert answers == [413]
    assert status("bob", 80, limit=limit) == 204
    assert not manager.file_storage


@pytest.mark.parametrize("found", [SimpleNamespace(), SimpleNamespace(uploaded_file_mgr=None)])
def test_another_streamlit_is_no_error(monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    monkeypatch.setattr(runtime, "get_instance", lambda: found)
    assert kept_sizes() == {}
    assert status("ann", 1) == 204
