"""The models that come with the playground: find, fetch, check, load by name."""

from core.catalog.models import (
    DATA_VARIABLE,
    MODELS,
    Model,
    data_folder,
    fetch,
    folder_of,
    get,
    is_present,
    load,
)

__all__ = [
    "DATA_VARIABLE",
    "MODELS",
    "Model",
    "data_folder",
    "fetch",
    "folder_of",
    "get",
    "is_present",
    "load",
]
