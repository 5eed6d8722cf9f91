"""The settings of a training run."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

import streamlit as st

from core.training.classroom import CONFIG
from core.training.config import Config, Initialisation
from pages.shared.controls import choice, number, toggle, whole_number

METHODS: Final = ("skip-gram", "CBOW")
STARTS: Final[dict[str, Initialisation]] = {
    "random": "uniform",
    "normal": "normal",
    "zeros": "zeros",
}
# What the buttons say; the names above are also read from addresses.
START_NAMES: Final = {"random": "uniform", "normal": "bell curve", "zeros": "zeros"}
COMPARED_HELP: Final = (
    "A second run beside this one. **start**: it starts with zeros, or with random numbers if this "
    "one starts with zeros. **method**: it uses the other method. **seed**: it has the next seed."
)
Compared = Literal["nothing", "start", "method", "seed"]
COMPARED: Final[tuple[Compared, ...]] = get_args(Compared)
PUZZLE: Final = "king - man + woman = queen"
# The defaults of the controls, which suit the classroom sentences.
PLAIN: Final[dict[str, Any]] = {
    "learn_text": "Classroom",
    "learn_method": METHODS[0],
    "learn_start": "random",
    "learn_dimensions": CONFIG.dimensions,
    "learn_window": CONFIG.window,
    "learn_epochs": CONFIG.epochs,
    "learn_rate": CONFIG.learning_rate,
    "learn_seed": CONFIG.seed,
    "learn_negatives": CONFIG.negatives,
    "learn_exponent": CONFIG.exponent,
    "learn_subsampling": float(CONFIG.subsampling),
    "learn_min_count": CONFIG.min_count,
    "learn_final_rate": CONFIG.final_learning_rate,
    "learn_lower_case": True,
    "learn_compare": "nothing",
    "learn_words": "",
    "learn_lengths": "directions",
    "learn_word": "king",
    "learn_puzzle": PUZZLE,
}
EXPLAINED: Final = (
    "**Dimensions**: the number of coordinates of each word. **Window**: up to how many words away "
    "a word counts as near. **Epochs**: how often the text is read. **Learning rate**: how far one "
    "step moves a vector; it falls linearly to the last learning rate. **Seed**: the start of the "
    "random numbers; the same seed gives the same run. **Noise words**: drawn at random for each "
    "pair of near words; training learns to distinguish them from the real word. With the exponent "
    "1 they are drawn as often as they occur in the text, with 0 all equally often. **Minimum "
    "count**: rarer words are left out. **Subsampling**: words whose share of the text is larger "
    "than this are sometimes skipped; with 0 never."
)


@dataclass(frozen=True)
class TrainingSettings:
    """The values of the controls.

    Args:
        config: the config of the run.
        lower_case: whether the text is converted to lower case.
    """

    config: Config
    lower_case: bool


def settings_row(suited: Mapping[str, Any]) -> TrainingSettings:
    """Show the controls of a run in a horizontal container.

    Args:
        suited: defaults of some controls that suit the text better.
    """
    method = choice(
        "Method",
        METHODS,
        "learn_method",
        help="**Skip-gram**: each word near a gap predicts the missing word by itself. **CBOW**: "
        "the mean of all words near the gap predicts the missing word.",
    )
    start = choice(
        "Vectors start",
        tuple(STARTS),
        "learn_start",
        markdown=START_NAMES.__getitem__,
        help="**uniform**: small random numbers, all equally likely. **bell curve**: random "
        "numbers, most of them near zero, few far away (a normal distribution). **zeros**: nothing "
        "can be learned from zeros; the page shows why.",
    )
    config = Config(
        architecture="skip-gram" if method == METHODS[0] else "cbow",
        initialisation=STARTS[start],
    )
    with st.popover("Settings", icon=":material/tune:", width=130):
        return _more(config, PLAIN | dict(suited))


def _more(config: Config, defaults: Mapping[str, Any]) -> TrainingSettings:
    """Show the controls that are changed less often, and return all settings."""

    def whole(label: str, low: int, high: int, key: str, width: int = 92) -> int:
        return whole_number(label, low, high, int(defaults[key]), key, width=width)

    def decimal(label: str, low: float, high: float, key: str, width: int = 100) -> float:
        looks = {"step": 0.01, "format": "%.5g", "width": width}
        return number(label, low, high, float(defaults[key]), key, **looks)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        config = replace(
            config,
            dimensions=whole("Dimensions", 1, 300, "learn_dimensions"),
            window=whole("Window", 1, 10, "learn_window"),
            epochs=whole("Epochs", 1, 200, "learn_epochs"),
            learning_rate=decimal("Learning rate", 0.0001, 100.0, "learn_rate"),
            seed=whole("Seed", 0, 999_999, "learn_seed"),
            negatives=whole("Noise words", 1, 20, "learn_negatives", 130),
            exponent=decimal("Noise exponent", -1.0, 1.0, "learn_exponent", 130),
            min_count=whole("Minimum count", 1, 1_000, "learn_min_count", 130),
            subsampling=decimal("Subsampling", 0.0, 1.0, "learn_subsampling", 130),
            final_learning_rate=decimal("Last learning rate", 0.0, 100.0, "learn_final_rate", 130),
        )
    lower_case = toggle(
        "King and king are one word", "learn_lower_case", default=defaults["learn_lower_case"]
    )
    st.caption(EXPLAINED)
    return TrainingSettings(config, lower_case)


def compared(config: Config, what: Compared) -> Config | None:
    """Return the config of a second run, which differs from the first in one setting, or None.

    >>> compared(Config(), "start").initialisation, compared(Config(), "seed").seed
    ('zeros', 1)
    """
    if what == "start":
        other: Initialisation = "uniform" if config.initialisation == "zeros" else "zeros"
        return replace(config, initialisation=other)
    if what == "method":
        cbow = config.architecture == "cbow"
        return replace(config, architecture="skip-gram" if cbow else "cbow")
    if what == "seed":
        return replace(config, seed=config.seed + 1)
    return None


def name_of(config: Config, what: Compared) -> str:
    """Return a name for a run by the setting in which it differs from the run beside it."""
    starts = {value: START_NAMES[name] for name, value in STARTS.items()}
    return {
        "start": f"start: {starts[config.initialisation]}",
        "method": "skip-gram" if config.architecture == "skip-gram" else "CBOW",
        "seed": f"seed {config.seed}",
        "nothing": "",
    }[what]
