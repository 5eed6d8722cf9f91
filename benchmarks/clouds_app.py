"""A page for a benchmark that draws words as a word map or as plotly's WebGL scatter plot.

The query `count=20000` sets the number of words; a button draws them.
"""

import sys
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pages.map.layouts import principal_layout
from pages.map.words import frequent_words
from viz.components.word_map.component import word_map

count = int(st.query_params.get("count", "20000"))
drawn = frequent_words(count)
layout = principal_layout(drawn, 2)
if st.button("word map"):
    word_map(
        drawn.words,
        layout.coordinates,
        words_id=f"bench:{count}",
        layout_id=f"bench:{layout.name}",
        alt="The words as a word map.",
        key="map",
    )
if st.button("scatter plot"):
    x, y = layout.coordinates.T
    marks = go.Scattergl(x=x, y=y, text=drawn.words, mode="markers")
    st.plotly_chart(go.Figure(marks, {"height": 560}), alt="The words as a scatter plot.")
