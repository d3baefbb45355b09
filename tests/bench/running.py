"""Runs one command and says what it cost and what it printed."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile

STATISTICS = re.compile(r"^Snag: statistics: (.*)$", re.MULTILINE)
COST = re.compile(r"^cost: ([\d.]+) ns per .*$", re.MULTILINE)


def readErrors(text):
    """The cost of one operation that a program reported, or None, and whatever else is on its error stream."""
    cost = COST.search(text)
    return (float(cost.group(1)) if cost else None), COST.sub("", text).strip()


def readStatistics(text):
    """What Snag's runtime counted (SNAG_OPTIONS=verbosity=2), or None."""
    found = STATISTICS.search(text)
    return {name: int(value) for name, _, value in (word.partition("=") for word in found[1].split())} if found else None


def stop(process):
    """Ends a program that took too long, with everything it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate()


def run(measure, command, timeout=600, environment=None):
    """A dictionary: code (None after a timeout), wall, user, system (seconds), memoryKb, output and errors."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [pathlib.Path(folder) / name for name in ("output", "errors")]
        process = subprocess.Popen([str(measure), *map(str, streams), *map(str, command)], stdout=subprocess.PIPE,
                                   env={**os.environ, **(environment or {})}, start_new_session=True)
        try:
            answer, _ = process.communicate(timeout=timeout)
            result = json.loads(answer)
        except subprocess.TimeoutExpired:
            stop(process)
            result = {"code": None}
        for stream in streams:
            result[stream.name] = stream.read_text(encoding="utf-8", errors="replace") if stream.exists() else ""
    return result
