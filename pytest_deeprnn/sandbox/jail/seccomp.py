"""Which system calls a worker may make, held by the kernel's seccomp.

What is refused here is refused whatever rights the user has. Source of names and arguments: the
Linux manual pages, section 2.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from pytest_deeprnn.sandbox.jail.missing import Missing

if TYPE_CHECKING:
    from pyseccomp import Arg, SyscallFilter

_NETWORK = "socket socketpair connect bind listen accept accept4"
_PROCESSES = "fork vfork execve execveat setns unshare"
_OTHER_PROCESSES = """
    tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal pidfd_getfd ptrace
    process_vm_readv process_vm_writev process_madvise process_mrelease kcmp setpriority
    ioprio_set sched_setaffinity sched_setattr sched_setparam sched_setscheduler
    migrate_pages move_pages setpgid setsid perf_event_open
"""
#: Landlock leaves what is known of a file, and how it is mounted, to be changed and watched.
_FILES = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr truncate
    mknod mknodat inotify_init inotify_init1 fanotify_init
    name_to_handle_at open_by_handle_at
    mount umount umount2 mount_setattr open_tree move_mount fsopen fsconfig fsmount fspick
    pivot_root chroot quotactl quotactl_fd swapon swapoff
"""
#: Memory that no limit counts, and memory that several processes share.
_MEMORY = """
    memfd_create memfd_secret shmget shmat shmctl semget semop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink userfaultfd
"""
_KERNEL = """
    bpf io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key
    init_module finit_module delete_module kexec_load kexec_file_load reboot personality acct
    syslog settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    iopl ioperm modify_ldt lookup_dcookie vhangup nfsservctl uselib
"""
_REFUSED = " ".join((_NETWORK, _PROCESSES, _OTHER_PROCESSES, _FILES, _MEMORY, _KERNEL)).split()
#: Newer than any that torch needs; their numbers are the same on all processors.
_NEWER = range(457, 512)
_CLONE_THREAD = 0x00010000
_BY_ARGUMENT = (
    ("prctl", 0, 1),  # PR_SET_PDEATHSIG: to live on when the zygote dies
    ("fcntl", 1, 8),  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by way of a file
    ("fcntl", 1, 10),
    ("fcntl", 1, 15),
    ("ioctl", 1, 0x8901),  # FIOSETOWN, SIOCSPGRP: the same
    ("ioctl", 1, 0x8902),
    ("ioctl", 1, 0x5412),  # TIOCSTI: keys typed into a terminal
)


def refuse() -> None:
    """Refuse network, new and other processes, and what no calculation needs; for good."""
    if sys.platform != "linux":
        raise Missing(f"{sys.platform} has no seccomp")
    from pyseccomp import ALLOW, ERRNO, SyscallFilter

    rules = SyscallFilter(ALLOW)
    refusal, unknown = ERRNO(errno.EPERM), ERRNO(errno.ENOSYS)
    for name in _REFUSED:
        _add(rules, refusal, name)
    # clone3 hides its arguments from the filter; where it is unknown, threads are made by clone
    _add(rules, unknown, "clone3")
    for number in _NEWER:
        rules.add_rule(unknown, number)
    _refuse_by_argument(rules, refusal)
    rules.load()


def _refuse_by_argument(rules: SyscallFilter, refusal: int) -> None:
    from pyseccomp import GT, MASKED_EQ, NE, Arg

    itself = os.getpid()
    _add(rules, refusal, "clone", Arg(0, MASKED_EQ, _CLONE_THREAD, 0))
    for name in ("kill", "tgkill"):  # a signal to itself is how abort() ends
        _add(rules, refusal, name, Arg(0, NE, itself))
    _add(rules, refusal, "prlimit64", Arg(0, GT, 0))
    for name, index, value in _BY_ARGUMENT:  # the kernel looks at the lower half only
        _add(rules, refusal, name, Arg(index, MASKED_EQ, 0xFFFFFFFF, value))


def _add(rules: SyscallFilter, action: int, name: str, *arguments: Arg) -> None:
    """Add a rule, but for a call that this processor, or this libseccomp, does not know."""
    from pyseccomp import Arch, resolve_syscall

    number = resolve_syscall(Arch.NATIVE, name)
    if number >= 0:
        rules.add_rule(action, number, *arguments)
