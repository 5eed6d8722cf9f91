"""The language models of the pages: one copy for all visitors, loaded when first needed."""

import streamlit as st

from core.catalog import folder_of, get
from core.errors import PlaygroundError
from core.language.custom_models import custom_models, load_custom
from core.language.models import DECODER, ENCODER, Kind, LanguageModel, kind_of, load
from core.language.tokenizer import TextTokenizer, open_tokenizer
from pages.shared.controls import one_of, select

DEFAULTS: dict[Kind, str] = {"encoder": ENCODER, "decoder": DECODER}


@st.cache_resource(show_spinner=False)
def opened(name: str) -> LanguageModel:
    """Return a default or custom model by its name."""
    return load(name) if name in DEFAULTS.values() else load_custom(name)


@st.cache_resource(show_spinner=False)
def tokenizer(name: str) -> TextTokenizer:
    """Return a model's tokenizer without loading the model."""
    return open_tokenizer(folder_of(name) / "tokenizer.json")


def encoder() -> LanguageModel:
    """Return the selected encoder, by default MiniLM; show a message while it is loaded."""
    return _shown_while_loading("encoder")


def decoder() -> LanguageModel:
    """Return the selected decoder, by default SmolLM2; show a message while it is loaded."""
    return _shown_while_loading("decoder")


def choose_model(*kinds: Kind) -> None:
    """Show a control for the model of each kind of which there is more than one."""
    for kind in kinds:
        options = [DEFAULTS[kind], *_custom(kind)]
        if len(options) > 1:
            select(
                f"Model that {'reads' if kind == 'encoder' else 'writes'}",
                options,
                kind,
                format_func=_title,
                width=300,
            )


def _custom(kind: Kind) -> list[str]:
    """Return the names of the custom models of a kind."""
    names = []
    for name, folder in custom_models().items():
        try:
            if kind_of(folder) == kind:
                names.append(name)
        except PlaygroundError:
            continue  # the folder has changed since it was listed
    return names


def _title(name: str) -> str:
    return get(name).title if name in DEFAULTS.values() else name


def _shown_while_loading(kind: Kind) -> LanguageModel:
    name = one_of([DEFAULTS[kind], *_custom(kind)], kind, written=_title).start()
    with st.spinner(f"Opening {_title(name)}, once for all visitors…", show_time=True):
        return opened(name)
