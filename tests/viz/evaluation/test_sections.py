import pytest

from core.evaluation.scores import Answered, SectionScore
from core.formats.analogy_questions import AnalogyQuestion
from core.formats.text_lines import ParseError
from viz.evaluation.sections import (
    ALLOWED,
    IF_ALLOWED,
    mistake_table,
    parse_error_table,
    score_table,
    sections_figure,
    unknown_table,
)

SCORES = (
    SectionScore("capital", 10, asked=8, unknown=2, right=6, right_with_inputs=2),
    SectionScore("<b>size</b>", 4, asked=4, unknown=0, right=1, right_with_inputs=0),
    SectionScore("rare", 3, asked=0, unknown=3, right=0, right_with_inputs=0),
    SectionScore(
        "a name of very many letters", 5, asked=0, unknown=0, right=0, right_with_inputs=0
    ),
)


def test_a_bar_for_each_section_in_their_order() -> None:
    left_out, left_in, strokes = sections_figure(SCORES).data
    assert list(left_out.x) == [75, 25, 0, 0]
    assert list(left_in.x) == [25, 0, 0, 0]
    assert list(left_out.y) == list(left_in.y) == [0, 1, 2, 3]
    axis = sections_figure(SCORES).layout.yaxis
    assert axis.range[0] > axis.range[1]  # the first on top
    assert strokes.name == "unknown as wrong"


def test_what_is_written_beside_the_bars() -> None:
    names = sections_figure(SCORES).layout.yaxis.ticktext
    assert "6 of 8, 2 unknown" in names[0]
    assert "1 of 4<" in names[1]
    assert "none asked, 3 unknown" in names[2]
    assert "not asked yet" in names[3]
    assert "many letters" not in names[3]
    assert list(sections_figure(SCORES).data[0].text) == ["75 %", "25 %", "", ""]


def test_a_stroke_where_unknown_words_counted_as_wrong() -> None:
    strokes = sections_figure(SCORES).data[-1]
    assert list(strokes.x) == [60]
    assert -0.5 < strokes.y[0] < 0  # on the upper bar of the first row
    alone = sections_figure(SCORES, with_inputs=False).data[-1]
    assert list(alone.y) == [0]
    assert len(sections_figure(SCORES[1:2]).data) == 2


def test_the_second_bar_can_be_left_out() -> None:
    assert [bars.type for bars in sections_figure(SCORES[1:2], with_inputs=False).data] == ["bar"]


def test_a_chosen_section_stands_out() -> None:
    for bars in sections_figure(SCORES, chosen="rare").data[:2]:
        faint, clear = bars.marker.opacity[0], bars.marker.opacity[2]
        assert faint < clear == 1
        assert list(bars.marker.opacity) == [faint, faint, 1, faint]
    assert set(sections_figure(SCORES).data[0].marker.opacity) == {1}


def test_html_is_escaped() -> None:
    json = sections_figure(SCORES).to_json()
    for tag in ("<b>", "\\u003cb\\u003e"):
        assert tag not in json
    assert "&lt;b&gt;size" in json


def test_more_sections_are_higher() -> None:
    heights = [sections_figure(SCORES[:count]).layout.height for count in (0, 1, 4)]
    assert 0 < heights[0] < heights[1] < heights[2]


def test_the_numbers() -> None:
    table = score_table(SCORES)
    assert table["section"].tolist() == [score.name for score in SCORES]
    assert table["questions"].tolist() == [10, 4, 3, 5]
    assert table["unknown"].tolist() == [2, 0, 3, 0]
    assert table["right"].tolist() == [6, 1, 0, 0]
    none = [float("nan")] * 2  # where none was asked
    assert table["accuracy (%)"].tolist() == pytest.approx([75, 25, *none], nan_ok=True)
    assert table["unknown as wrong (%)"].tolist() == pytest.approx([60, 25, *none], nan_ok=True)
    assert table[f"{ALLOWED} (%)"].tolist() == pytest.approx([25, 0, *none], nan_ok=True)


def test_mistakes_unknown_words_and_faults() -> None:
    question = AnalogyQuestion("man", "woman", "uncle", "aunt")
    table = mistake_table([Answered("gender", question, (), "daughter", "uncle")])
    assert table.to_dict("records") == [
        {
            "question": "man : woman = uncle : ?",
            "expected": "aunt",
            "given": "daughter",
            IF_ALLOWED: "uncle",
            "section": "gender",
        }
    ]
    assert mistake_table([]).empty
    assert unknown_table({"zloty": 22, "shekel": 1})["questions"].tolist() == [22, 1]
    assert parse_error_table([ParseError(7, "1 word")]).to_dict("records") == [
        {"line": 7, "reason": "1 word"}
    ]
