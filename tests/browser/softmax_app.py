"""A page with nothing but the softmax component and a word map, for the tests in a real browser."""

import sys
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from viz.components.softmax import Settings, softmax
from viz.components.word_map.component import word_map

softmax(
    np.log(np.array([0.5, 0.3, 0.15, 0.05], dtype=np.float32)),
    [(0, "one"), (1, "two"), (2, "three")],
    st.session_state.get("settings", Settings()),
    key="softmax",
    alt="Four tokens.",
    on_settings=lambda settings: st.session_state.update(settings=settings),
    on_pick=lambda token: st.session_state.update(picked=token),
)
st.write(f"picked: {st.session_state.get('picked')}, {st.session_state.get('settings')}")
word_map(
    ["king", "queen"],
    np.eye(2, dtype=np.float32),
    words_id="two",
    layout_id="two:2",
    alt="Two words.",
    key="map",
)
