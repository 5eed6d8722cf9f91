"""A cache of what is computed from an object, which goes when the object goes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def cached_per_owner(
    maxsize: int,
) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Return a decorator that keeps the last results of a function for each first argument.

    `functools.lru_cache` would keep that argument as well, such as the vectors of a visitor who has
    left. A result must not refer to it for the same reason. All arguments are positional.

    Args:
        maxsize: the number of results that are kept for each.

    >>> class Text(str): ...
    >>> @cached_per_owner(2)
    ... def count(text, letter):
    ...     return text.count(letter)
    >>> count(Text("banana"), "a")
    3
    """

    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        caches: WeakKeyDictionary[Any, Callable[..., Result]] = WeakKeyDictionary()

        @wraps(function)
        def cached(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            owner, *others = args
            if owner not in caches:
                seen = ref(owner)

                def of_owner(*rest: Any) -> Result:  # noqa: ANN401
                    return function(seen(), *rest)  # type: ignore[call-arg, arg-type]

                caches[owner] = lru_cache(maxsize)(of_owner)
            return caches[owner](*others, **kwargs)

        return cached

    return decorate
