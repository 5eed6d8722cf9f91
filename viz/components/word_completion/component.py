"""Words that continue what is typed into a field, offered by the browser while one types."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit import runtime

from viz.components.modules import joined

_FOLDER = Path(__file__).parent
_KEY = "word_completion"
_STYLE = f"""
[class*=st-key-{_KEY}] {{
  position: absolute; /* there is nothing to see, and no gap */
}}
"""
_completion = st.components.v2.component(
    _KEY,
    css=_STYLE,
    js=joined(_FOLDER / "completion.js"),
    isolate_styles=False,
)


def packed_words(words: Sequence[str]) -> bytes:
    """Return words as the browser reads them: lines of UTF-8, compressed by gzip."""
    return gzip.compress("\n".join(words).encode(), 6, mtime=0)


def word_completion(fields: Sequence[str], packed: bytes) -> None:
    """Offer words in text fields.

    Args:
        fields: the keys of the fields, each an `st.text_input`.
        packed: the words from `packed_words`, those to offer first at the beginning; empty to
            offer none.
    """
    if not runtime.exists():  # run as a plain script, without a browser
        return
    key = " ".join((_KEY, *fields))
    files = runtime.get_instance().media_file_mgr
    address = files.add(packed, "application/gzip", key) if packed else ""
    _completion(key=key, data={"fields": list(fields), "address": address})
