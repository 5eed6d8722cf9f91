"""Memory goes back to the system after visitors have left."""

import asyncio
import ctypes
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.runtime.caching.ttl_cache import TTLCache

from pages import memory_release
from pages.memory_release import (
    forget_expired_sessions,
    release_memory,
    release_memory_regularly,
)
from tests import event_loops


def test_expired_sessions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    cache: TTLCache[str, object] = TTLCache(maxsize=128, ttl=120, timer=lambda: now)
    cache["gone"] = object()
    now = 100.0
    cache["may come back"] = object()
    now = 130.0
    manager = SimpleNamespace(_session_storage=SimpleNamespace(_cache=cache))
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    assert forget_expired_sessions()
    now = 0.0  # if it were only hidden it would be seen again
    assert list(cache) == ["may come back"]


def test_this_streamlit_keeps_sessions_where_they_are_looked_for() -> None:
    from streamlit.runtime.memory_session_storage import MemorySessionStorage

    assert callable(MemorySessionStorage()._cache.expire)


@pytest.mark.parametrize("found", [SimpleNamespace(), SimpleNamespace(_session_mgr=None)])
def test_another_streamlit_is_no_error(monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    monkeypatch.setattr(runtime, "get_instance", lambda: found)
    assert not forget_expired_sessions()


def test_no_server_is_no_error() -> None:
    assert not forget_expired_sessions()


def test_another_c_library_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    assert not release_memory()


def test_it_goes_on_until_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[None] = []

    async def run() -> None:
        enough = asyncio.Event()
        loop = asyncio.get_running_loop()

        def released() -> bool:
            calls.append(None)
            if len(calls) == 3:
                loop.call_soon_threadsafe(enough.set)
            return True

        monkeypatch.setattr(memory_release, "release_memory", released)
        task: asyncio.Task[Any] = asyncio.create_task(release_memory_regularly(interval=0))
        await enough.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    event_loops.run(run())
    assert len(calls) >= 3
