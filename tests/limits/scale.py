#!/usr/bin/env python3
"""How many threads and locks a program may have: programs of tests/e2e with the counts of their full claims.

Usage: scale.py --build BUILD
Each program must be silent and print what it prints without Snag. Threads that live one after another must need no more
memory when they are ten times as many. They run with a small log budget: the thread that creates them has a log, too,
and it must be compacted in time. Prints time and peak memory, without Snag and with it; of memory, less than this
script's own (some 15 MB) cannot be told. Run by `tools/dev soak scale`.
"""
import argparse
import dataclasses
import os
import pathlib
import subprocess
import sys
import tempfile
import time

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "e2e"
SUPPORT = PROGRAMS.parent / "support"
MORE_MEGABYTES = 8  # what ten times the threads in turn may take on top: noise, not a byte for each thread


@dataclasses.dataclass
class Claim:
    text: str
    source: str
    define: str


FEWER_IN_TURN = Claim("100,000 threads in turn", "threads/norace_many_threads_in_turn_c.c", "THREADS=100000")
IN_TURN = Claim("1,000,000 threads in turn", FEWER_IN_TURN.source, "THREADS=1000000")
CLAIMS = [
    Claim("10,000 live threads", "threads/norace_many_live_threads_c.c", "THREADS=10000"),
    FEWER_IN_TURN,
    IN_TURN,
    Claim("1,000 locks held at once", "locks/norace_thousand_locks_held_c.c", "LOCKS=1000"),
    Claim("1,000,000 mutexes alive", "locks/norace_many_mutexes.cpp", "MUTEXES=1000000"),
]


@dataclasses.dataclass
class Run:
    seconds: float
    megabytes: float
    code: int
    output: bytes
    errors: bytes


def compiled(claim, compilers, program):
    source = PROGRAMS / claim.source
    compiler = compilers[source.suffix == ".cpp"]
    subprocess.run([compiler, "-O2", "-g", "-pthread", f"-D{claim.define}", f"-I{SUPPORT}", source, "-o", program],
                   check=True)
    return program


def run(program):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        child = subprocess.Popen([program], stdout=output, stderr=errors, stdin=subprocess.DEVNULL,
                                 env={**os.environ, "SNAG_OPTIONS": ""})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        output.seek(0)
        errors.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, child.returncode, output.read(), errors.read())


def check(claim, plain, checked):
    """What is wrong, or nothing."""
    if plain.code != 0:
        return f"without Snag it ends with {plain.code}: does the system allow so many? {plain.errors.decode()}"
    if checked.code != 0 or checked.errors:
        return f"ended with {checked.code}: {checked.errors.decode()[:2000]}"
    if checked.output != plain.output:
        return f"printed {checked.output!r} instead of {plain.output!r}"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--tools", default="/usr/lib/llvm-22/bin", help="folder of the plain compilers")
    parser.add_argument("--only", default="", help="only claims whose text contains this")
    arguments = parser.parse_args()
    bin = arguments.build.resolve() / "bin"
    peaks, wrong = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        for claim in (claim for claim in CLAIMS if arguments.only in claim.text):
            program = pathlib.Path(folder) / "program"
            plain = run(compiled(claim, [f"{arguments.tools}/clang", f"{arguments.tools}/clang++"], program))
            checked = run(compiled(claim, [bin / "snag-clang", bin / "snag-clang++"], program))
            peaks[claim.text] = checked.megabytes
            problem = check(claim, plain, checked)
            print(f"{'FAILED' if problem else 'ok':8}{claim.text:28}{checked.seconds:8.1f} s {checked.megabytes:7.0f} MB"
                  f"   without Snag {plain.seconds:6.1f} s {plain.megabytes:6.0f} MB", flush=True)
            if problem:
                print(problem, flush=True)
                wrong += 1
    if FEWER_IN_TURN.text in peaks and IN_TURN.text in peaks:
        more = peaks[IN_TURN.text] - peaks[FEWER_IN_TURN.text]
        bounded = more <= MORE_MEGABYTES
        print(f"{'ok' if bounded else 'FAILED':8}ten times the threads in turn take {more:.0f} MB more")
        wrong += not bounded
    return 1 if wrong or not peaks else 0


if __name__ == "__main__":
    sys.exit(main())
