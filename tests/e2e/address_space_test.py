#!/usr/bin/env python3
"""Snag works wherever Linux puts a program: PIE or not, randomised or not, little or much, under a debugger or not.

Usage: address_space_test.py WAY --bin-dir DIR --clang CC --clangxx CXX
Runs one racy and one correct program that way, several times. Exit code 77: this machine does not let us.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RUNNER = HERE.parent / "support" / "check_program.py"
RACY = HERE / "exactness" / "race_once.cpp"
CORRECT = HERE / "memory" / "norace_heap_reuse.cpp"
RANDOM_BITS = pathlib.Path("/proc/sys/vm/mmap_rnd_bits")
SKIPPED = 77


def check(arguments, *more):
    """Both programs through the runner; True if both are as expected."""
    good = True
    for source in (RACY, CORRECT):
        command = [sys.executable, RUNNER, source, "--bin-dir", arguments.bin_dir, "--clang", arguments.clang,
                   "--clangxx", arguments.clangxx, "--levels", "O1", "--runs", "20", "--racy-runs", "20", *more]
        good = subprocess.run(command).returncode == 0 and good
    return good


def withRandomBits(arguments, bits):
    before = RANDOM_BITS.read_text()
    try:
        RANDOM_BITS.write_text(f"{bits}\n")
    except OSError as error:
        print(f"SKIPPED: cannot set {RANDOM_BITS} to {bits} ({error}); it stays {before.strip()}: nothing was checked")
        return SKIPPED
    try:
        return 0 if check(arguments) else 1
    finally:
        RANDOM_BITS.write_text(before)


def underGdb(arguments):
    """gdb prints on standard output itself, so the findings and the exit code are looked at here."""
    if not shutil.which("gdb"):
        print("SKIPPED: gdb is not installed: nothing was checked")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        for source, code, word in ((RACY, 66, "ERROR: Snag: data race on 'message'"), (CORRECT, 0, "done")):
            program = pathlib.Path(folder) / source.stem
            subprocess.run([arguments.bin_dir + "/snag-clang++", "-g", "-O1", "-std=c++20", "-pthread", "-I",
                            HERE.parent / "support", source, "-o", program], check=True)
            done = subprocess.run(["gdb", "-nx", "-batch", "-return-child-result", "-ex", "set debuginfod enabled off",
                                   "-ex", "run", "--args", program],
                                  capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
            if "Couldn't get registers" in done.stderr or "ptrace" in done.stderr:
                print(f"SKIPPED: gdb may not trace here: {done.stderr}")
                return SKIPPED
            if done.returncode != code or word not in done.stdout + done.stderr:
                print(f"FAILED: {source} under gdb: exit code {done.returncode} instead of {code}, or no '{word}' in\n"
                      f"{done.stdout}\n{done.stderr}")
                return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("way")
    parser.add_argument("--bin-dir", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--clangxx", required=True)
    arguments = parser.parse_args()
    ways = {
        "pie": lambda: check(arguments, "--flags=-fPIE -pie"),
        "no_pie": lambda: check(arguments, "--flags=-fno-pie -no-pie"),
        "no_randomisation": lambda: check(arguments, "--launcher=setarch -R"),
    }
    if arguments.way in ways:
        return 0 if ways[arguments.way]() else 1
    if arguments.way == "gdb":
        return underGdb(arguments)
    return withRandomBits(arguments, int(arguments.way.rpartition("_")[2]))


if __name__ == "__main__":
    sys.exit(main())
