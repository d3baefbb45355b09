"""How many instructions a program executes: by the processor's counter where there is one, else by Valgrind."""
import re
import shutil
import subprocess


def perfCounts():
    """Can perf count here? Virtual machines often hide the counter."""
    if not shutil.which("perf"):
        return False
    command = ["perf", "stat", "-x,", "-e", "instructions:u", "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return bool(re.match(r"^\d+,", done.stderr.strip()))


def byPerf(command):
    done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *map(str, command)], capture_output=True,
                          text=True, check=False)
    found = re.search(r"^(\d+),[^,]*,instructions", done.stderr, re.MULTILINE)
    return int(found.group(1)) if found and done.returncode == 0 else None


def byCallgrind(command):
    """Works for native programs, and for others if Valgrind can map their shadow memory."""
    done = subprocess.run(["valgrind", "--tool=none", "--quiet", "true"], capture_output=True, check=False)
    if done.returncode:
        return None
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)],
                          capture_output=True, text=True, check=False, timeout=900)
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found.group(1)) if found and done.returncode == 0 else None


def counter():
    """(name, function of a command), or (None, None)."""
    if perfCounts():
        return "perf stat, user mode", byPerf
    if shutil.which("valgrind"):
        return "Valgrind's callgrind, on reduced sizes; a build that cannot run under it has no figure", byCallgrind
    return None, None
