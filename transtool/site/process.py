"""Run a program that can neither outlive this one, nor keep silent for ever, nor fill the memory.

Where a system lacks what one of these takes (`site.system`), programs run without it.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from transtool.site import system

_CHUNK = 1 << 20
"""Bytes taken from a pipe at once."""
_KEPT = 1 << 16
"""Bytes kept of what a program says on stderr."""
_FAREWELL = 5.0
"""Seconds that a program has to end once it has closed its output."""


class Stopped(Exception):
    """A program was ended: it printed nothing for too long, or (`is_silent` is false) too much."""

    def __init__(self, *, is_silent: bool) -> None:
        """Say which of both."""
        super().__init__("silent" if is_silent else "too much")
        self.is_silent = is_silent


@dataclass(frozen=True, slots=True)
class Done:
    """What a program printed on stdout and (the end of it) stderr, and its exit code, negative for a signal."""

    returncode: int
    stdout: bytes
    stderr: bytes


class Child:
    """A running program that is asked on stdin and answers on stdout, each answer within `patience` seconds.

    Raises OSError where it cannot be started or does not listen any more, and Stopped where it keeps silent.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        patience: float,
        stdin: int = subprocess.PIPE,
        stderr: int = subprocess.DEVNULL,
    ) -> None:
        """Start the program."""
        self._patience = patience
        self._buffer = bytearray()
        self.process, self._hold = system.start(
            command, cwd=cwd, env=env, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr
        )

    def __enter__(self) -> Self:
        """Return the program."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, if it still runs."""
        self.kill()

    def write(self, data: bytes) -> None:
        """Hand `data` to the program: less than a pipe holds."""
        if self.process.stdin is not None:
            self.process.stdin.write(data)

    def line(self) -> bytes:
        """Return the next line with its line feed, without one where the output ends."""
        while (end := self._buffer.find(b"\n")) < 0:
            if not self._more():
                end = len(self._buffer)
                break
        return self._taken(end + 1)

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer where the output ends."""
        while len(self._buffer) < size and self._more():
            pass
        return self._taken(size)

    def finish(self, most: int) -> Done:
        """Return everything that the program prints until it ends. Raises Stopped for more than `most` bytes."""
        if not system.GROUPS:  # its pipes cannot be polled: the patience is for all of it
            try:
                return Done(*self._communicated())
            except subprocess.TimeoutExpired as error:
                raise Stopped(is_silent=True) from error
        output, errors = self._drained(most)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_FAREWELL)
        return Done(self.kill(), output, errors)

    def kill(self) -> int:
        """End the program and whatever it started; return its exit code."""
        if self.process.returncode is None:  # else its number may be somebody else's by now
            with suppress(OSError):  # it has ended meanwhile
                system.end(self.process)
        self.forget()
        return self.process.wait()

    def forget(self) -> None:
        """Let go of the program without ending it: another process asks it."""
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _more(self) -> bool:
        """Read what there is; say whether there was anything."""
        stream = self.process.stdout
        if stream is None:
            return False
        _wait([stream], self._patience)
        data = os.read(stream.fileno(), _CHUNK)
        self._buffer += data
        return bool(data)

    def _drained(self, most: int) -> tuple[bytes, bytes]:
        """Return stdout and the end of stderr, read as they come."""
        output, errors = bytearray(), bytearray()
        waiting = [stream for stream in (self.process.stdout, self.process.stderr) if stream is not None]
        while waiting:
            for stream in _wait(waiting, self._patience):
                data = os.read(stream.fileno(), _CHUNK)
                if not data:
                    waiting.remove(stream)
                elif stream is self.process.stdout:
                    output += data
                else:
                    errors = (errors + data)[-_KEPT:]
            if len(output) > most:
                raise Stopped(is_silent=False)
        return bytes(output), bytes(errors)

    def _communicated(self) -> tuple[int, bytes, bytes]:
        output, errors = self.process.communicate(timeout=self._patience)
        return self.process.returncode, output, errors


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], patience: float, most: int) -> Done:
    """Run a program to its end. Raises OSError where it cannot be started; see `Child` for Stopped."""
    silent = subprocess.DEVNULL
    with Child(command, cwd=cwd, env=env, patience=patience, stdin=silent, stderr=subprocess.PIPE) as child:
        return child.finish(most)


def show(command: Sequence[str], data: bytes, env: Mapping[str, str]) -> bool:
    """Let a program that talks with whoever sits at the terminal (a pager) show `data`, until it is told to end.

    Say whether it could be started. A key that interrupts is meant for the program, not for us.
    """
    program = shutil.which(command[0], path=env.get("PATH"))
    if program is None or not Path(program).is_absolute():  # Windows looks in the working directory first
        return False
    before = signal.signal(signal.SIGINT, lambda *_: None)  # to ignore it would be inherited
    try:
        with subprocess.Popen([program, *command[1:]], stdin=subprocess.PIPE, env=dict(env)) as child:
            with suppress(OSError):  # it was left before the end
                child.communicate(data)
            return True
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)


def _wait(streams: Sequence[IO[bytes]], patience: float) -> list[IO[bytes]]:
    """Return those of `streams` that have something to read. Raises Stopped where none has in time."""
    if not (found := system.ready(streams, patience)):
        raise Stopped(is_silent=True)
    return found
