import numpy as np
import pytest

from core.errors import InputError
from core.language.models import LanguageModel
from core.language.next_word import next_word
from core.language.unembedding import logit_terms


@pytest.mark.parametrize("token", [0, 1, 7042, 49_151])
def test_the_sum_of_the_terms_is_the_models_logit(decoder: LanguageModel, token: int) -> None:
    said = next_word(decoder, decoder.tokenizer.ids("The capital of France is"))
    terms = logit_terms(decoder, said, token)
    assert terms.terms.shape == (576,)
    assert terms.total == pytest.approx(terms.logit, abs=1e-4)
    assert terms.logit == said.logits[token]
    largest = np.abs(terms.terms[terms.order])
    assert (largest[:-1] >= largest[1:]).all()


def test_no_such_token(decoder: LanguageModel) -> None:
    said = next_word(decoder, [1])
    with pytest.raises(InputError, match="no token"):
        logit_terms(decoder, said, 49_152)
