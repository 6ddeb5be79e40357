"""A process that can reach nobody, the kernel refusing it every new socket, and that does not outlive who started it.

Queries that would have others asked are refused by their words already (`tokens`); this holds should one slip through. Source:
seccomp(2), the kernel's seccomp_filter documentation.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import platform
import signal
import struct
import sys

_log = logging.getLogger(__name__)
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # by machine: its name for the kernel, the call socket(2)
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000 | errno.EPERM
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 1, 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def no_network() -> bool:
    """Take from this process, and threads that it starts from now on, the right to open sockets; whether that could be done."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET:
        return False
    machine, call = _SOCKET[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),  # which machine the call is made for
        (_JUMP_IF_EQUAL, 0, 3, machine),
        (_LOAD, 0, 0, 0),  # which call
        (_JUMP_IF_EQUAL, 0, 1, call),
        (_RETURN, 0, 0, _FAIL),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    libc = ctypes.CDLL(None, use_errno=True)
    done: bool = (
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
    )
    if not done:
        _log.warning("sockets cannot be forbidden: %s", errno.errorcode.get(ctypes.get_errno(), "unknown"))
    return done


def end_with_parent() -> None:
    """Have this process killed when the thread that started it is gone: one in the midst of a query would not notice."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
