"""Browser windows that tests use in turn."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Browser, Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 800}
Theme = Literal["light", "dark"]
PHONE: ViewportSize = {"width": 390, "height": 844}


class Window:
    """A browser page, with the listeners of the test that uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._listeners: list[tuple[str, Callable[..., object]]] = []

    def listen(self, event: str, listener: Callable[..., object]) -> None:
        """Call a function at each event of the page, until the window is given back."""
        page: Any = self.page  # its types want a literal for each event
        page.on(event, listener)
        self._listeners.append((event, listener))

    def clean(self) -> None:
        """Leave nothing of a test behind: no page, listener, route, cookie or stored value."""
        for event, listener in self._listeners:
            self.page.remove_listener(event, listener)
        self._listeners.clear()
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.context.clear_cookies()


class Windows:
    """Windows of one browser, lent to one test after the other.

    A page of the app costs a window that has opened one before a third of the processor time: the
    app's scripts are compiled.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[str, list[Window]] = defaultdict(list)
        self._lent: list[tuple[str, Window]] = []

    def take(
        self,
        viewport: ViewportSize = WIDE,
        color_scheme: Theme = "light",
        **settings: Any,  # noqa: ANN401
    ) -> Window:
        """Return a window that no one else uses.

        Args:
            viewport: its size.
            color_scheme: `light` or `dark`.
            settings: of its browser context, as for `Browser.new_context`.
        """
        name = repr(sorted(settings.items()))
        if self._free[name]:
            window = self._free[name].pop()
        else:
            window = Window(self._browser.new_context(viewport=viewport, **settings).new_page())
        self._lent.append((name, window))
        window.page.set_viewport_size(viewport)
        window.page.emulate_media(color_scheme=color_scheme)
        return window

    def give_back(self) -> None:
        """Clean all windows that are lent; close those that are beyond it."""
        while self._lent:
            name, window = self._lent.pop()
            try:
                window.clean()
            except Exception:  # noqa: BLE001  a page that has crashed, or stands in a dialog
                window.page.context.close()
            else:
                self._free[name].append(window)
