"""The dialog that shares a page: its link, a QR code, a line that embeds it, its pictures."""

from collections.abc import Sequence
from html import escape
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from pages.shared.user_embeddings import BROUGHT
from viz.frozen import frozen_page
from viz.numbers import counted
from viz.shown import PagePicture

LOCAL = {"localhost", "127.0.0.1", "::1"}
EMBED_HEIGHT = 700  # pixels of the frame on somebody else's page
QR_SCALE = 4  # pixels of a module


@st.dialog("Share this page", width="large", icon=":material/share:")
def share(title: str, link: str, *, is_whole: bool, pictures: Sequence[PagePicture]) -> None:
    """Show how to share a page as it is now.

    Args:
        title: the page's title.
        link: to the page as it is set.
        is_whole: whether the link holds all that is set.
        pictures: those that the page shows.
    """
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.markdown("**Link** to this page with all that is set on it:")
        st.code(link, language=None, wrap_lines=True)
        if not is_whole:
            st.warning("The link leaves out a text that is too long for an address.")
        if any(BROUGHT.fullmatch(value) for _, value in parse_qsl(urlsplit(link).query)):
            st.warning("The vectors that you brought are not in the link: only you can see them.")
        if urlsplit(link).hostname in LOCAL:
            st.info("This link works on this computer only.")
        st.markdown("**Embed** the page without its headline in a page of your own:")
        st.code(embed_line(title, link), language="html", wrap_lines=True)
    with right:
        picture = qr_code(link)
        if picture:
            st.image(picture, caption="The link as a QR code", width="stretch")
        else:
            st.caption("The link is too long for a QR code.")
    if pictures:
        st.download_button(
            f"Save {counted(len(pictures), 'picture')} as one page",
            lambda: frozen_page(title, link, pictures),
            "pictures.html",
            "text/html",
            key="share_pictures",
            on_click="ignore",
            icon=":material/download:",
            help="One file that opens in any browser, without this app and without the internet. "
            "It holds the figures, arrows, tokens and sliders of the page. Word maps are saved by "
            "their own buttons.",
        )


def page_link(query: str) -> str:
    """Return the address of the page that is shown, with another query."""
    page = (st.context.url or "").partition("?")[0]
    return f"{page}?{query}" if query else page


def embed_line(title: str, link: str) -> str:
    """Return the HTML element that shows a page, without its headline, on somebody else's page."""
    source = escape(f"{link}{'&' if '?' in link else '?'}embed=true")
    return (
        f'<iframe src="{source}" title="{escape(title)}" width="100%" height="{EMBED_HEIGHT}" '
        'style="border: 0" loading="lazy"></iframe>'
    )


def qr_code(link: str) -> str | None:
    """Return the QR code of a link as SVG, dark on white; None if the link is too long for one."""
    picture = BytesIO()
    try:
        code = segno.make_qr(link, error="l")
    except DataOverflowError:
        return None
    code.save(picture, kind="svg", scale=QR_SCALE, light="white", xmldecl=False)
    return picture.getvalue().decode()
