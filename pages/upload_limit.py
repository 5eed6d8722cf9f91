"""Bounds on the files that the server keeps for visitors.

Streamlit bounds the size of one upload and keeps every upload until its session ends. A browser
takes a file back when another one replaces it; somebody who sends requests of their own could fill
the memory of the server.
"""

from typing import Any, Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

MAX_SESSION_FILES: Final = 20
MAX_SESSION_BYTES: Final = 200_000_000
MAX_SERVER_BYTES: Final = 1_000_000_000
UPLOADS: Final = "/_stcore/upload_file/"


class UploadLimit:
    """Middleware that refuses an upload for which there is no more room.

    Args:
        app: the ASGI application that takes the uploads.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._arriving = 0  # bytes of uploads that are under way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or UPLOADS not in scope["path"] or scope["method"] != "PUT":
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"")
        size = int(length) if length.isdigit() else 0
        refusal = self._refusal(scope["path"].split(UPLOADS)[1].split("/")[0], size)
        if refusal:
            await PlainTextResponse(refusal, status_code=413)(scope, receive, send)
            return
        self._arriving += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving -= size

    def _refusal(self, session: str, size: int) -> str:
        """Return why there is no room for so many bytes, or nothing."""
        kept = kept_sizes()
        own = kept.get(session, [])
        if len(own) >= MAX_SESSION_FILES:
            return f"You have uploaded {len(own)} files. Remove one, or reload the page."
        if sum(own) + size > MAX_SESSION_BYTES:
            return (
                f"Your files have more than {MAX_SESSION_BYTES // 10**6} MB together. Remove one, "
                "or reload the page."
            )
        if sum(map(sum, kept.values())) + self._arriving + size > MAX_SERVER_BYTES:
            return "The server has no room for more files now. Try again in a few minutes."
        return ""


def kept_sizes() -> dict[str, list[int]]:
    """Return the size in bytes of each upload that Streamlit keeps, by session.

    There are none without a server, or where another Streamlit keeps them elsewhere.
    """
    from streamlit import runtime

    try:
        manager: Any = runtime.get_instance().uploaded_file_mgr
        kept = {name: [*files.values()] for name, files in [*manager.file_storage.items()]}
        return {name: [len(file.data) for file in files] for name, files in kept.items()}
    except (AttributeError, RuntimeError):
        return {}
