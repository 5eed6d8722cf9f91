import pytest

from pages.shared.word_links import LINKS
from tests.pages.opening import open_page, said


@pytest.mark.usefixtures("language_models_are_there")
@pytest.mark.parametrize("page", LINKS)
@pytest.mark.parametrize("word", ["queen", "x-ray", "3,000", "o'neal"])
def test_every_page_opens_with_a_word(page: str, word: str) -> None:
    app = open_page(page, **LINKS[page](word))
    assert not app.exception
    assert not app.error
    shown = said(app) + "".join(str(each.value) for each in (*app.text_input, *app.text_area))
    assert word in shown
