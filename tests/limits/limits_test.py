#!/usr/bin/env python3
"""Many records are read in little time and memory, and people at a terminal see that work goes on.

Usage: limits_test.py CLAIM --snag SNAG --generator MANY_RECORDS --nm LLVM_NM
"""
import argparse
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

SECONDS = 5  # of processor time: a busy machine must not fail the test
MEGABYTES = 500
FINDINGS, GROUPS, FILES = 10000, 1000, 100
MOST_PLACES = 4000


def places(nm, module, most=MOST_PLACES):
    """Addresses of code and data in an executable, in the form that the generator reads."""
    lines = []
    listing = subprocess.run([nm, "--defined-only", module], check=True, capture_output=True, text=True).stdout
    for kind, wanted in (("Tt", "code"), ("BbDd", "data")):
        found = re.findall(rf"^([0-9a-f]+) [{kind}] ", listing, re.MULTILINE)
        lines += [f"{wanted} {int(address, 16) + (wanted == 'code') * 4:x}" for address in found[:most]]
    return "\n".join(lines)


def generate(arguments, folder, groups):
    command = [arguments.generator, folder, arguments.snag, str(FINDINGS), str(groups), str(FILES)]
    subprocess.run(command, input=places(arguments.nm, arguments.snag), text=True, check=True)


def measured(command):
    """Seconds of processor time, peak megabytes, and standard output."""
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, f"{command} ended with {child.returncode}"
        output.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read().decode()


def findings_in(format, text):
    if format == "json":
        return len(json.loads(text)["findings"])
    if format == "html":
        return len(re.findall(r"<article ", text))
    return len(re.findall(r"^==\d+==ERROR: Snag: ", text, re.MULTILINE))


def stays_within_limits(arguments, groups):
    with tempfile.TemporaryDirectory() as folder:
        generate(arguments, folder, groups)
        wrong = []
        for format in ("text", "json", "html"):
            seconds, megabytes, text = measured([arguments.snag, "report", folder, "--format", format])
            print(f"{format}: {seconds:.2f} s, {megabytes:.0f} MB, {len(text) / 1e6:.1f} MB written")
            assert findings_in(format, text) == groups, f"{findings_in(format, text)} findings in {format}"
            if seconds > SECONDS or megabytes > MEGABYTES:
                wrong.append(f"{format} took more than {SECONDS} s or {MEGABYTES} MB")
        assert not wrong, wrong


def ten_thousand_records(arguments):
    stays_within_limits(arguments, GROUPS)


def one_bug_ten_thousand_times(arguments):
    stays_within_limits(arguments, 1)


class Terminal:
    """A command whose standard error is a terminal."""

    def __init__(self, command, **environment):
        self.master, slave = pty.openpty()
        self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=slave,
                                      env={**os.environ, "TERM": "xterm", **environment})
        os.close(slave)
        self.seen = b""

    def read_some(self, seconds):
        if select.select([self.master], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.master, 4096)
            except OSError:  # how Linux says that the other side is closed
                return False
        return True

    def wait_for(self, text, seconds=60):
        end = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < end:
            self.read_some(0.1)
        assert text in self.seen, self.seen

    def finish(self):
        output = self.child.communicate(timeout=60)[0]
        while self.read_some(0):
            if not select.select([self.master], [], [], 0)[0]:
                break
        os.close(self.master)
        assert self.child.returncode == 0
        return output, self.seen


def report_of_a_pipe(arguments, folder, whileReading, standardError):
    """snag report reads a named pipe, in which records arrive when `whileReading` returns."""
    pipe = pathlib.Path(folder) / "late.snag"
    os.mkfifo(pipe)
    command = [arguments.snag, "report", pipe]
    records = next(pathlib.Path(folder).glob("snag.*.snag")).read_bytes()
    reader = Terminal(command) if standardError == "terminal" else subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(pipe, "wb") as writer:
        whileReading(reader)
        writer.write(records)
    pipe.unlink()
    return reader.finish() if standardError == "terminal" else reader.communicate(timeout=60)


def progress_on_a_terminal(arguments):
    with tempfile.TemporaryDirectory() as folder:
        generate(arguments, folder, GROUPS)
        output, error = report_of_a_pipe(
            arguments, folder, lambda reader: reader.wait_for(b"Snag: reading record file 1 of 1"), "terminal")
        assert b"Snag: reading" not in output and b"ERROR: Snag: " in output
        assert error.rstrip(b" ").endswith(b"\r") or error.endswith(b"\r"), f"the line is erased: {error!r}"
        output, error = report_of_a_pipe(arguments, folder, lambda reader: time.sleep(1.5), "pipe")
        assert b"ERROR: Snag: " in output and error == b"", f"nothing but reports where nobody watches: {error!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim")
    for name in ("snag", "generator", "nm"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    globals()[arguments.claim](arguments)


if __name__ == "__main__":
    sys.exit(main())
