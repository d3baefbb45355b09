"""What a figure depends on besides the programs: date, machine, load, versions."""
import datetime
import os
import pathlib
import platform
import subprocess


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
