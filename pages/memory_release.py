"""Return memory to the system after visitors have left.

Streamlit drops a session two minutes after its visitor left, but only when another one leaves; the
C library keeps freed memory for later use; and pages of mapped files stay in memory after their
last use. Here all three are released once a minute.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable
from typing import Any, Final

from core.mapped_files import release_pages

INTERVAL: Final = 60.0  # seconds


async def release_memory_regularly(interval: float = INTERVAL) -> None:
    """Release memory periodically until the task is cancelled.

    Args:
        interval: seconds between two releases.
    """
    while True:
        await asyncio.sleep(interval)
        forget_expired_sessions()
        await asyncio.to_thread(release_memory)


def forget_expired_sessions() -> bool:
    """Drop expired sessions; return whether this release of Streamlit allows it.

    Must be called on the thread of Streamlit's event loop.
    """
    from streamlit import runtime

    try:
        manager: Any = runtime.get_instance()._session_mgr  # noqa: SLF001
        manager._session_storage._cache.expire()  # noqa: SLF001
    except (AttributeError, RuntimeError):
        return False  # sessions are then dropped when the next visitor leaves
    return True


def release_memory() -> bool:
    """Collect garbage and return unused memory; return whether the C library supports it."""
    gc.collect()
    release_pages()
    trim = _malloc_trim()
    if trim is None:
        return False
    trim(0)
    return True


def _malloc_trim() -> Callable[[int], int] | None:
    """Return glibc's function that returns freed memory; None on other systems."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim
