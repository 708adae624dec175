"""What holds for every test: nobody's own cache or settings, none left behind, and no clock that judges."""

import os
import signal
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A script that runs the tests in the background has them ignore interruptions, and so would every process they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is; only the timeout of a whole test (pyproject.toml) is left.
for _name in ("default", "ci"):
    settings.register_profile(
        _name, settings.get_profile(_name), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


@pytest.fixture(autouse=True, scope="session")
def _own_cache() -> Iterator[None]:
    """Keep what runs remember away from the cache of whoever runs the tests."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        yield
