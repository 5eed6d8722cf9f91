"""The language models that pages work on: one copy for all visitors, opened when first needed."""

import streamlit as st

from core.catalog import folder_of, get
from core.errors import PlaygroundError
from core.language.custom_models import custom_models, load_custom
from core.language.models import DECODER, ENCODER, Kind, LanguageModel, kind_of, load
from core.language.tokenizer import TextTokenizer
from pages.shared.controls import one_of, select

USUAL: dict[Kind, str] = {"encoder": ENCODER, "decoder": DECODER}


@st.cache_resource(show_spinner=False)
def opened(name: str) -> LanguageModel:
    """Return one of the usual models, or one of one's own, by its name."""
    return load(name) if name in USUAL.values() else load_custom(name)


@st.cache_resource(show_spinner=False)
def tokenizer(name: str) -> TextTokenizer:
    """Return a model's tokenizer, which is there at once: the model is not loaded for it."""
    return TextTokenizer(folder_of(name) / "tokenizer.json")


def encoder() -> LanguageModel:
    """Return the encoder that was chosen, MiniLM at first; the page says when it is opened."""
    return _shown_while_loading("encoder")


def decoder() -> LanguageModel:
    """Return the decoder that was chosen, SmolLM2 at first; the page says when it is opened."""
    return _shown_while_loading("decoder")


def choose_model(*kinds: Kind) -> None:
    """Show which model `encoder` and `decoder` return, if there is more than one to choose from."""
    for kind in kinds:
        options = [USUAL[kind], *_custom(kind)]
        if len(options) > 1:
            select(
                f"Model that {'reads' if kind == 'encoder' else 'writes'}",
                options,
                kind,
                format_func=_title,
                width=300,
            )


def _custom(kind: Kind) -> list[str]:
    """Return the names of the models of one's own that are of a kind."""
    found = []
    for name, folder in custom_models().items():
        try:
            if kind_of(folder) == kind:
                found.append(name)
        except PlaygroundError:
            continue  # the folder has changed since it was looked at
    return found


def _title(name: str) -> str:
    return get(name).title if name in USUAL.values() else name


def _shown_while_loading(kind: Kind) -> LanguageModel:
    name = one_of([USUAL[kind], *_custom(kind)], kind, written=_title).start()
    with st.spinner(f"Opening {_title(name)}, once for all visitors…", show_time=True):
        return opened(name)
