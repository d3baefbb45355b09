"""What a figure depends on besides the programs: date, machine, load, versions, how far apart the processors are."""
import datetime
import os
import pathlib
import platform
import subprocess

import builds
import figures


def firstLine(*command):
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        return (done.stdout or done.stderr).splitlines()[0]
    except (OSError, IndexError):
        return "unknown"


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def memoryGb():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


class Handover:
    """How long a cache line takes from one processor to another, looked at again and again: see handover.c."""

    def __init__(self, clang, folder):
        self.program = folder / "handover"
        self.nanoseconds = []
        builds.run([clang, "-O2", "-pthread", pathlib.Path(__file__).with_name("handover.c"), "-o", self.program])

    def look(self):
        done = subprocess.run([str(self.program)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            self.nanoseconds.append(float(done.stdout))

    def summary(self):
        """None with one processor."""
        return figures.summary(self.nanoseconds)


def describe(root, clangxx):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "memoryGb": memoryGb(),
        "kernel": platform.release(),
        "compiler": firstLine(clangxx, "--version"),
        "valgrind": firstLine("valgrind", "--version"),
        "commit": firstLine("git", "-C", root, "rev-parse", "--short", "HEAD"),
        "loadBefore": round(os.getloadavg()[0], 2),
    }
