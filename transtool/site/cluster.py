"""Share work among the workers of a Dask cluster; the one place that knows Dask (the extra `fleet`)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from transtool.errors import N_, Message, Problem, WorldError, lacking_extra

T = TypeVar("T")

_PATIENCE = 10
"""Seconds to wait for the scheduler, and for the first of its workers."""


@contextmanager
def shared(work: Sequence[Callable[[], T]], scheduler: str) -> Iterator[Iterator[T | Problem]]:
    """Give what every piece of `work` gives, in its order, or why the cluster gave it up.

    A piece whose worker dies is done by another one. Raises UsageError where Dask is not installed, WorldError where
    nobody answers at the address `scheduler`, or there are no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise lacking_extra(N_("--scheduler needs Dask"), "fleet") from error
    try:
        client: Any = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is one of the first
        raise _unreachable(scheduler) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise _unreachable(scheduler) from error
        futures = [client.submit(piece, pure=False) for piece in work]
        yield map(_result, futures)


def _result(future: Any) -> Any:
    error = future.exception()
    result = future.result() if error is None else _lost(error)
    future.release()  # the cluster may forget it
    return result


def _lost(error: BaseException) -> Problem:
    """Return the problem of a piece that no worker could do: all that tried it died, or have another transtool."""
    cause = str(error) or type(error).__name__
    return Problem(message=Message(N_("the cluster gave it up: {cause}"), {"cause": cause}))


def _unreachable(scheduler: str) -> WorldError:
    message = Message(N_("no Dask scheduler with workers answers at {address}"), {"address": scheduler})
    return WorldError(Problem(message=message))
