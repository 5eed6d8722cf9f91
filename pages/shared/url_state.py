"""Values of controls in the address: a link restores them, and so does Back.

A control reads its value with `Linked.start` before it is shown and passes it to `Linked.keep`
afterwards. When the page, or a part of it, has finished its run, all values are written at once:
each action makes one entry in the browser's history.

Streamlit's `bind="query-params"` is not used. It omits a value that a callback sets for a control
which first appears in the same run, makes a history entry for each control that a callback sets,
and puts texts of any length into the address.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, Generic, ParamSpec, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Value = TypeVar("Value")
Arguments = ParamSpec("Arguments")
Raw = tuple[str, ...]  # the strings that an address has for a key; more than one for a list
Query = dict[str, Raw]
Path = tuple[str, ...]  # the names of a part and of those around it; () is the page itself

MAX_ADDRESS: Final = 7_500  # bytes of an encoded query; from 8 kB on, servers refuse an address
BROWSER_KEYS: Final = {"view"}  # a component's own, which the browser adds again after each write
MAX_ENTRIES: Final = 50  # addresses for which the session keeps all values
SESSION_KEY: Final = "url_state"
# A page that resumes its last values gets its query in the history entry that the navigation made;
# `st.query_params` would make a second one. A query that the page got meanwhile is kept.
REPLACE_JS: Final = """
const sorted = (query) => JSON.stringify([...new URLSearchParams(query)].sort());
export default ({ data, parentElement }) => {
  if (parentElement.isDone) return;
  parentElement.isDone = true;
  if (sorted(location.search) !== sorted(data.before)) return;
  const query = data.query && `?${data.query}`;
  history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
};
"""


@dataclass(frozen=True)
class Linked(Generic[Value]):
    """A value that is kept in the session and in the address.

    Args:
        key: its name in `st.session_state` and in the address.
        default: the value at first; it is omitted from the address.
        parse: converts a string from an address to a value; returns None or raises ValueError if
            the string is invalid.
        write: converts a value to the string that `parse` reads.
        max_chars: length of the string; a longer one is kept in the session only.
        many: whether the value is a list, whose items are parsed and written one by one.
    """

    key: str
    default: Value
    parse: Callable[[str], Any]
    write: Callable[[Any], str] = str
    max_chars: int = MAX_ADDRESS
    many: bool = False

    def start(self) -> Value:
        """Return the value, and put it into `st.session_state` for its control.

        When the page was opened, or Back was pressed, it is the value in the address. Otherwise it
        is what the control or a callback has set, else the value when the control was last shown.
        """
        opening, visit, state = _opening(), _visit(), st.session_state
        held_raw = self.raw(state[self.key]) if self.key in state else None
        if opening.adopts(self.key, held_raw):
            value = self._value(opening.values.get(self.key, ()))
        elif self.key in state:
            value = self._value(self.raw(state[self.key]))
        else:
            value = self._value(visit.kept.get(visit.page, {}).get(self.key, ()))
        held = state.get(self.key)
        if self.key not in state or type(held) is not type(value) or held != value:
            state[self.key] = value
        return value

    def keep(self, value: Value) -> bool:
        """Keep the value of a control that is shown; return whether it fits into the address."""
        visit, run, raw = _visit(), _run.get(), self.raw(value)
        if run is not None and run.opening is not visit.opening:  # Back led on; nothing is kept
            return True
        visit.kept.setdefault(visit.page, {})[self.key] = raw
        if run is None:  # outside a page, as in a test of one control
            return True
        query = {key: each for key, each in visit.query(run.shown).items() if key != self.key}
        is_default = value == self.default
        has_room = is_default or (
            sum(map(len, raw)) <= self.max_chars
            and len(encoded(query | {self.key: raw})) <= MAX_ADDRESS
        )
        run.shown[run.path][self.key] = _Shown(self, raw, has_room and not is_default)
        return has_room

    def has_changed(self, raw: Raw) -> bool:
        """Return whether the session now has another value than these strings."""
        return self.key in st.session_state and self.raw(st.session_state[self.key]) != raw

    def _value(self, raw: Raw) -> Value:
        try:
            items = [self.parse(each) for each in (raw if self.many else raw[-1:])]
        except ValueError:
            return self.default
        values: Any = [item for item in items if item is not None]
        if not values:
            return self.default
        return values if self.many else values[0]  # type: ignore[no-any-return]

    def raw(self, value: Any) -> Raw:  # noqa: ANN401
        """Return the strings that stand for a value."""
        if value is None:
            return ()
        return tuple(map(self.write, value)) if self.many else (self.write(value),)


@dataclass(frozen=True)
class _Shown:
    """The value of a control that is shown, and whether it is in the address."""

    linked: Linked[Any]
    raw: Raw
    in_address: bool


Parts = dict[Path, dict[str, _Shown]]  # the controls of each part by key


@dataclass
class _Opening:
    """The first run of a page, or the run after Back: its controls adopt given values.

    Attributes:
        values: what they adopt.
        goes_on: whether these are the page's own last values.
        is_fresh: whether the page was opened without an address, so that a value may come from
            another page.
        is_over: whether the run has ended. If it was broken off, the next run does the same.
        replaced: by key of a control that has adopted its value, what it held before.
    """

    values: Query = field(default_factory=dict)
    goes_on: bool = False
    is_fresh: bool = False
    is_over: bool = False
    replaced: dict[str, Raw | None] = field(default_factory=dict)

    def adopts(self, key: str, held: Raw | None) -> bool:
        """Return whether a control adopts its value now.

        It does so once, unless it holds the replaced value again: the run was broken off before the
        browser had the adopted value, and the browser sent the one that it still shows.
        """
        return not self.is_over and self.replaced.setdefault(key, held) == held


@dataclass
class _Run:
    """One run of a page or a part.

    Attributes:
        path: of the part that runs now.
        shown: the controls that are shown.
        opening: the session's last opening as the run began. Streamlit starts the run for Back in
            another thread, before the present run has stopped: each must know its own opening.
    """

    path: Path
    shown: Parts
    opening: _Opening


_run: ContextVar[_Run | None] = ContextVar("run", default=None)


@dataclass
class _Visit:
    """The state of a session's addresses; it changes with each run.

    Attributes:
        page: the page that is shown.
        written: the query in the browser.
        shown: the controls of the page.
        kept: the last value of every control, by page.
        opening: the last run that adopts values, which may be over.
        entries: all values at the last addresses, by page and query.
    """

    page: str = ""
    written: str = ""
    shown: Parts = field(default_factory=dict)
    kept: dict[str, Query] = field(default_factory=dict)
    opening: _Opening = field(default_factory=lambda: _Opening(is_over=True))
    entries: OrderedDict[tuple[str, str], Query] = field(default_factory=OrderedDict)

    def query(self, newer: Parts | None = None) -> Query:
        """Return the query for the address, sorted so that equal values give equal addresses."""
        parts = self.shown | (newer or {})
        shown = {key: each for part in parts.values() for key, each in part.items()}
        return {key: shown[key].raw for key in sorted(shown) if shown[key].in_address}

    def remember(self) -> None:
        """Keep all values, to restore them when Back leads to the present address."""
        address = (self.page, self.written)
        self.entries[address] = dict(self.kept.get(self.page, {}))
        self.entries.move_to_end(address)
        while len(self.entries) > MAX_ENTRIES:
            self.entries.popitem(last=False)

    def open(self, page: str, query: Query, *, came_back: bool) -> None:
        """Let the controls of a page adopt the values in its address.

        A page that the navigation opens without a query resumes its last values; one to which Back
        leads, those that it had at this address.
        """
        for part in self.shown.values():
            for key, each in part.items():
                if each.linked.has_changed(each.raw):  # as the page was left, which did not run
                    self.kept[self.page][key] = each.linked.raw(st.session_state[key])
        self.remember()
        own = self.kept.get(page, {}) if not query else None
        if came_back:
            own = self.entries.get((page, encoded(query)))
        values = query if own is None else dict(own)
        self.opening = _Opening(values, own is not None, is_fresh=not query and not came_back)
        self.page, self.written, self.shown = page, encoded(query), {}
        self.kept[page] = self.kept.get(page, {}) | self.opening.values

    def write(self) -> None:
        """Put all values into the address, in one step."""
        query = self.query()
        if query != query_now():
            st.query_params.from_dict({key: list(raw) for key, raw in query.items()})
        self.written = encoded(query)
        self.remember()


@contextmanager
def page_values(page: str) -> Iterator[None]:
    """Let a page adopt the values in its address, run it, and write its values.

    Args:
        page: its name; each page's values are kept separately.
    """
    visit, query = _visit(), query_now()
    came_back = is_history_navigation()
    if came_back is None:
        came_back = page == visit.page and encoded(query) != visit.written
    if came_back or page != visit.page:
        visit.open(page, query, came_back=came_back)
    opening = visit.opening
    is_opened = not opening.is_over
    with _running(visit, ()):
        yield
    if opening is not visit.opening:  # Back led on meanwhile
        return
    opening.is_over = True
    if not is_opened:
        visit.write()
    elif opening.goes_on and encoded(visit.query()) != visit.written:
        before, visit.written = visit.written, encoded(visit.query())
        data = {"before": before, "query": visit.written}
        _replacer()(key=f"address of {page}", data=data)
    visit.remember()


def part(
    function: Callable[Arguments, None], *, run_every: float | None = None
) -> Callable[Arguments, None]:
    """Make a part of a page that reruns alone when one of its controls changes.

    Unlike `st.fragment`, it writes its values into the address, and reruns the whole page if a
    control outside the part has changed too. A callback may have set that control, or a single tap
    may have ended a text field there and pressed a button here; then the browser requests a run of
    only one of the two parts.

    Args:
        function: shows the part.
        run_every: seconds after which the part runs again.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def show_part(path: Path, *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        visit, run = _visit(), _run.get()
        if run is not None:
            around, run.path = run.path, path
            run.shown[path] = {}
            try:
                function(*args, **kwargs)
            finally:
                run.path = around
            return
        others = (shown for at, shown in visit.shown.items() if at[: len(path)] != path)
        if any(each.linked.has_changed(each.raw) for other in others for each in other.values()):
            st.rerun()
        opening = visit.opening
        with _running(visit, path):
            function(*args, **kwargs)
        if opening is visit.opening:
            visit.write()

    fragment: Any = st.fragment(show_part, run_every=run_every)

    @wraps(function)
    def show(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        run = _run.get()
        fragment((*(run.path if run else ()), name), *args, **kwargs)

    return show


def encoded(query: Query) -> str:
    """Return a query encoded for an address.

    >>> encoded({"word": ("a b",), "groups": ("x", "y")})
    'word=a+b&groups=x&groups=y'
    """
    return urlencode(query, doseq=True)


def link_query() -> tuple[str, bool]:
    """Return the encoded query that restores what is seen, and whether it restores all of it."""
    visit = _visit()
    browser = {key: tuple(st.query_params.get_all(key)) for key in sorted(BROWSER_KEYS)}
    query = visit.query() | {key: raw for key, raw in browser.items() if raw}
    each = [shown for part in visit.shown.values() for shown in part.values()]
    is_whole = all(one.in_address or one.raw == one.linked.raw(one.linked.default) for one in each)
    return encoded(query), is_whole


def have_values(values: Mapping[str, object]) -> bool:
    """Return whether the controls that are shown so far have certain values.

    Args:
        values: a value for each key. Only the controls of the running part and of the parts around
            it are compared, since a part that runs alone cannot change what is shown around it.
    """
    run = _run.get()
    if run is None:
        return False
    parts = _visit().shown | run.shown
    around = [parts.get(run.path[:depth], {}) for depth in range(len(run.path) + 1)]
    shown = {key: each for part in around for key, each in part.items() if key in values}
    return bool(shown) and all(
        each.linked.raw(values[key]) == each.raw for key, each in shown.items()
    )


def is_opening() -> bool:
    """Return whether the controls adopt the values in the address, so that nothing else sets them.

    This is so when a page is opened, and when Back or Forward was pressed.
    """
    return not _opening().is_over


def open_with(key: str, value: str) -> None:
    """Let a control adopt a value from another page, if this one was opened without an address.

    It has to be called before the control's `Linked.start`.
    """
    opening = _opening()
    if opening.is_fresh and not opening.is_over and key not in opening.replaced:
        opening.values[key] = (value,)


def opened_with(key: str) -> str | None:
    """Return the string that a control adopts in this run; None if it adopts none."""
    opening = _opening()
    values = () if opening.is_over else opening.values.get(key, ())
    return values[-1] if values else None


def query_now() -> Query:
    """Return the query of the address, without the values that the browser keeps there itself."""
    keys = sorted(set(st.query_params) - BROWSER_KEYS)
    return {key: tuple(st.query_params.get_all(key)) for key in keys}


def is_history_navigation() -> bool | None:
    """Return whether Back or Forward caused this run; None if this Streamlit does not say.

    This is the only private name of Streamlit that the pages read.
    """
    answer: bool | None = getattr(get_script_run_ctx(), "is_history_navigation", None)
    return answer


@contextmanager
def _running(visit: _Visit, path: Path) -> Iterator[None]:
    """Run a page or a part; if it does not raise, its controls replace those of its last run."""
    run = _Run(path, {path: {}}, visit.opening)
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)
    if run.opening is not visit.opening:
        return
    rest = {at: shown for at, shown in visit.shown.items() if at[: len(path)] != path}
    visit.shown = rest | run.shown


def _opening() -> _Opening:
    """Return the opening that the present run belongs to; outside a page, the session's last."""
    run = _run.get()
    return run.opening if run else _visit().opening


def _replacer() -> Any:  # noqa: ANN401
    return st.components.v2.component("url_state_replace", js=REPLACE_JS)


def _visit() -> _Visit:
    visit: _Visit = st.session_state.setdefault(SESSION_KEY, _Visit())
    return visit
