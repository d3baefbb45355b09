#!/usr/bin/env python3
"""Every race_ and norace_ program, and those of tests/programs, many times, at -O0 and -O2, with each C++ library and in
each language that it names.

The tests are those of the build folder's ctest, so that programs are run with the same arguments as there, but for the
levels: some tests have only one of them.
Writes a table as it goes; exits with 1 if a program failed.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

PROGRAM = re.compile(r"/((no)?race_[^/]*|programs/[^/]*)\.(c|cpp)$")


def parseArguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--result", type=pathlib.Path, required=True)
    parser.add_argument("--topic", default="", help="only programs whose path contains this")
    parser.add_argument("--runs", type=int, default=50)
    return parser.parse_args()


def programTests(build):
    """(name, command) of every ctest test that checks one program."""
    listed = subprocess.run(["ctest", "--test-dir", str(build), "--show-only=json-v1"], capture_output=True, text=True,
                            check=True)
    for test in json.loads(listed.stdout)["tests"]:
        command = test.get("command", [])
        if any(word.endswith("check_program.py") for word in command) and any(map(PROGRAM.search, command)):
            yield test["name"], command


def soak(command, runs):
    """(verdict, seconds, what the check printed)."""
    started = time.monotonic()
    more = ["--precompiled", "", "--levels", "O0 O2", "--runs", str(runs), "--racy-runs", str(runs), "--least-runs", str(runs)]
    done = subprocess.run(command + more, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    verdict = {0: "ok", 77: "skipped"}.get(done.returncode, "FAILED")
    return verdict, time.monotonic() - started, done.stdout + done.stderr


def main():
    arguments = parseArguments()
    tests = [test for test in programTests(arguments.build) if any(arguments.topic in word for word in test[1][2:])]
    counts = {"ok": 0, "skipped": 0, "FAILED": 0}
    with arguments.result.open("w", encoding="utf-8") as table:
        for name, command in tests:
            verdict, seconds, text = soak(command, arguments.runs)
            counts[verdict] += 1
            line = f"{verdict:8}{arguments.runs:4} runs {seconds:7.1f} s  {name}"
            print(line, flush=True)
            print(line if verdict != "FAILED" else f"{line}\n{text}", file=table, flush=True)
        total = f"{len(tests)} programs: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        print(total, file=table)
    print(f"{total}; see {arguments.result}")
    return 1 if counts["FAILED"] or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
