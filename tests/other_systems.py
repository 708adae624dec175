"""What Windows and macOS lack, taken away from this one: `python -c` runs it before transtool.

Other packages than transtool are loaded before, so that none of them looks for what this machine cannot have.
"""

import sys

_POSIX = (
    "chown fchmod fchown fork forkpty geteuid getegid getppid getpgid getuid killpg memfd_create mkfifo pread pwrite "
    "sched_getaffinity setsid wait4 waitid O_ASYNC O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_PATH"
)
_ONLY_LINUX = "memfd_create sched_getaffinity O_PATH"

_LOADED = """
import concurrent.futures.process, fcntl, multiprocessing.connection, os, select, shutil, signal, subprocess, sys
import sysconfig, tempfile, types
import babel.core, babel.dates, babel.lists, babel.numbers, frontmatter, markdown_it, msgspec.json
import msgspec.msgpack, re2, rich.console, rich.progress, rich.table, typer
sysconfig.get_config_vars()
"""

WINDOWS = f"""{_LOADED}

def locking(handle, mode, length):
    fcntl.lockf(handle, mode)

replace, link = os.replace, os.link

def refusing_open_files(move):
    def moved(before, after, **options):
        here = [os.path.realpath(f"/proc/self/fd/{{each}}") for each in os.listdir("/proc/self/fd")]
        if os.path.realpath(before) in here:
            raise PermissionError(32, "used by another process", before)
        return move(before, after)
    return moved

sys.modules["msvcrt"] = types.SimpleNamespace(
    LK_NBLCK=fcntl.LOCK_EX | fcntl.LOCK_NB, LK_UNLCK=fcntl.LOCK_UN, locking=locking
)
sys.modules["fcntl"] = sys.modules["resource"] = None
os.replace, os.link = refusing_open_files(replace), refusing_open_files(link)
for name in "{_POSIX}".split():
    vars(os).pop(name, None)
for name in ("SIGKILL", "pthread_sigmask"):
    vars(signal).pop(name, None)
vars(select).pop("poll", None)
subprocess.Popen.kill = subprocess.Popen.terminate  # it ends a process by a call of Windows
os.supports_dir_fd, os.supports_effective_ids = set(), set()
sys.platform = "win32"
"""

MACOS = f"""{_LOADED}
for name in "{_ONLY_LINUX}".split():
    vars(os).pop(name, None)
for name in ("F_SETSIG", "F_SETOWN"):
    vars(fcntl).pop(name, None)
sys.modules["resource"] = None
sys.platform = "darwin"
"""

START = """
import sys
from transtool.__main__ import main
sys.argv = ["transtool", *sys.argv[1:]]
main()
"""

SYSTEMS = {"windows": WINDOWS, "macos": MACOS}


def command(system: str) -> tuple[str, ...]:
    """Return how transtool is started on what looks like that system."""
    return (sys.executable, "-c", SYSTEMS[system] + START)
