"""Give memory back to the system after visitors have left.

Streamlit forgets a session two minutes after its visitor left, but only when another one leaves;
the C library keeps freed memory for later; and pages of mapped files stay that nobody reads any
more. Here all three are asked for once a minute.
"""

import asyncio
import ctypes
import gc
from collections.abc import Callable
from typing import Any, Final

from core.mapped_files import release_pages

INTERVAL: Final = 60.0  # seconds


async def release_memory_regularly(interval: float = INTERVAL) -> None:
    """Release memory again and again, until the task is cancelled.

    Args:
        interval: seconds between two releases.
    """
    while True:
        await asyncio.sleep(interval)
        forget_expired_sessions()
        await asyncio.to_thread(release_memory)


def forget_expired_sessions() -> bool:
    """Let go of sessions that nobody can resume any more; return whether Streamlit could be asked.

    Has to be called on the thread of Streamlit's event loop.
    """
    from streamlit import runtime

    try:
        manager: Any = runtime.get_instance()._session_mgr  # noqa: SLF001
        manager._session_storage._cache.expire()  # noqa: SLF001
    except (AttributeError, RuntimeError):
        return False  # another release of Streamlit: then sessions go when the next visitor leaves
    return True


def release_memory() -> bool:
    """Collect garbage and return unused memory; return whether the C library could be asked."""
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
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found
