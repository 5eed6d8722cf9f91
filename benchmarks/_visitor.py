"""A simulated visitor: a client of Streamlit's websocket protocol without a browser.

Each visitor is one session on the server. A change sends the state of all controls and the fragment
of the changed control, as the browser does, and waits for the message that the run has finished.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

TIMEOUT: Final = 120.0  # seconds for one answer
MAX_MESSAGE: Final = 200 * 2**20  # bytes
FULL_RUN: Final = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")
FRAGMENT_RUN: Final = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_FRAGMENT_RUN_SUCCESSFULLY")
TEXT_FIELDS: Final = ("text_input", "text_area")


@dataclass(frozen=True)
class Control:
    """A control on the page: its id, its key in the address, and its fragment."""

    id: str
    query_key: str
    fragment: str


@dataclass
class Response:
    """The messages that the server sent for one change.

    Args:
        elements: the new elements in the order of their messages.
        size: bytes of all messages.
    """

    elements: list[Element] = field(default_factory=list)
    size: int = 0

    def holds(self, texts: Iterable[str]) -> bool:
        """Return whether the elements contain all of the texts; text fields do not count."""
        sent = b"\n".join(
            element.SerializeToString()
            for element in self.elements
            if element.WhichOneof("type") not in TEXT_FIELDS
        )
        return all(text.encode() in sent for text in texts)


class Visitor:
    """A session on one page.

    Args:
        port: the port of the server on this computer.
        page: the name of the page, as in its address.
        query: the query string of the address.
    """

    def __init__(self, port: int, page: str, query: str = "") -> None:
        self.page = page
        self.query: dict[str, str] = dict(parse_qsl(query))
        self._address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self._socket: ClientConnection | None = None
        self._states: dict[str, WidgetState] = {}
        self._controls: dict[str, Control] = {}
        self._cached: dict[str, ForwardMsg] = {}
        self._recent: list[set[str]] = []
        self._page_hash = ""

    async def __aenter__(self) -> Self:
        """Open the page and wait until its run has finished."""
        self._socket = await connect(
            self._address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=MAX_MESSAGE,
            compression=None,
            proxy=None,
        )
        await self._rerun("")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connection, as a browser does when its tab is closed."""
        assert self._socket is not None
        await self._socket.close()

    def has(self, key: str) -> bool:
        """Return whether the page has a control with this key."""
        return key in self._controls

    async def type(self, key: str, text: str) -> Response:
        """Type a text into the field with this key and press Enter; return the response."""
        control = self._controls[key]
        self._states[control.id] = WidgetState(id=control.id, string_value=text)
        return await self._changed(control, text)

    async def choose(self, key: str, option: str) -> Response:
        """Choose one of a row of buttons; return the response."""
        control = self._controls[key]
        state = WidgetState(id=control.id)
        state.string_array_value.data.append(option)
        self._states[control.id] = state
        return await self._changed(control, option)

    async def _changed(self, control: Control, value: str) -> Response:
        if control.query_key:
            self.query[control.query_key] = value
        return await self._rerun(control.fragment)

    async def _rerun(self, fragment: str) -> Response:
        """Request a run and collect its messages until it has finished."""
        assert self._socket is not None
        message = BackMsg()
        run = message.rerun_script
        run.query_string = urlencode(self.query)
        run.page_name = "" if self._page_hash else self.page
        run.page_script_hash = self._page_hash
        run.fragment_id = fragment
        run.widget_states.widgets.extend(self._states.values())
        run.cached_message_hashes.extend(self._cached)
        run.context_info.locale = "en-US"
        run.context_info.url = f"http://localhost/{self.page}"
        await self._socket.send(message.SerializeToString())
        self._recent.append(set())
        response = Response()
        async with asyncio.timeout(TIMEOUT):
            while not self._received(await self._socket.recv(), response):
                pass
        self._forget_old_messages()
        return response

    def _received(self, data: bytes | str, response: Response) -> bool:
        """Process a message; return whether it was the last of the run."""
        assert isinstance(data, bytes)
        response.size += len(data)
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "ref_hash":
            message = self._cached[message.ref_hash]
        if message.metadata.cacheable:
            self._cached[message.hash] = message
            self._recent[-1].add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page_hash = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = dict(parse_qsl(message.page_info_changed.query_string))
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            response.elements.append(message.delta.new_element)
            self._mounted(message.delta.new_element, message.delta.fragment_id)
        elif kind == "script_finished":
            return message.script_finished in {FULL_RUN, FRAGMENT_RUN}
        return False

    def _mounted(self, element: Element, fragment: str) -> None:
        """Register a control and the state in which the browser would show it."""
        kind = str(element.WhichOneof("type"))
        widget: Any = getattr(element, kind)
        identity: str = getattr(widget, "id", "")
        if not identity:
            return
        # An id ends in the key that the page gave the control.
        key = identity.rsplit("-", 1)[-1]
        query_key = getattr(widget, "query_param_key", "")
        self._controls[key] = Control(identity, query_key, fragment)
        state = WidgetState(id=identity)
        given = getattr(widget, "set_value", False)
        if identity in self._states and not given:
            return
        if kind in TEXT_FIELDS:
            state.string_value = widget.value if given else widget.default
        elif kind == "button_group":
            options = [option.content or option.content_icon for option in widget.options]
            chosen = (
                widget.raw_values if given else [options[default] for default in widget.default]
            )
            state.string_array_value.data.extend(chosen)
        elif kind == "multiselect":
            chosen = widget.raw_values if given else [widget.options[i] for i in widget.default]
            state.string_array_value.data.extend(chosen)
        elif kind == "selectbox":
            state.string_value = widget.raw_value if given else widget.options[widget.default]
        elif kind == "checkbox":
            state.bool_value = widget.value if given else widget.default
        elif kind == "number_input":
            state.double_value = widget.value if given else widget.default
        else:
            return
        self._states[identity] = state

    def _forget_old_messages(self) -> None:
        """Keep the messages of the last two runs, as the browser does."""
        self._recent = self._recent[-2:]
        kept = set().union(*self._recent)
        self._cached = {hash_: self._cached[hash_] for hash_ in self._cached if hash_ in kept}
