#!/usr/bin/env python3
"""Objects compiled by gcc and g++ -fopenmp, with libgomp, call functions compiled with Snag.

openmp/gcc/regions.c is valid C and C++. At each level both compilers compile it, and the level's runs are shared by the
two programs.

Usage: openmp_gcc_test.py correct|RACE --bin-dir DIR --clang CC --clangxx CXX      (RACE: a name in openmp/gcc/regions.c)
// Languages: C C++
// Primitive: libgomp, libgomp barrier, libgomp critical, libgomp task
// Expect: silent
// Expect: data race
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE / "openmp" / "gcc"
FINDING_EXIT = 66
SKIPPED = 77
COMPILERS = {"c": "gcc", "c++": "g++"}
RUNS = 5  # of each program


def execute(*command):
    environment = {key: value for key, value in os.environ.items() if key != "SNAG_OPTIONS"}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, env=environment,
                          stdin=subprocess.DEVNULL)
    return done


def required(done):
    assert done.returncode == 0, f"exit code {done.returncode}: {done.args}\n{done.stdout}{done.stderr}"
    return done


def build(arguments, folder, level):
    """One program for each language of the regions."""
    include = ["-I", HERE.parent / "support"]
    wrapper, own = f"{arguments.bin_dir}/snag-clang++", folder / "cells.o"
    required(execute(wrapper, "-g", f"-{level}", *include, "-c", SOURCES / "cells.cpp", "-o", own))
    # The runtime library is named in full: gcc keeps the link to it in a folder of its own.
    gomp = execute("gcc", "-print-file-name=libgomp.so").stdout.strip()
    for language, compiler in COMPILERS.items():
        foreign, program = folder / "regions.o", folder / f"program.{level}.{language}"
        required(execute(compiler, "-x", language, "-fopenmp", "-g", f"-{level}", "-w", *include, "-c",
                         SOURCES / "regions.c", "-o", foreign))
        required(execute(wrapper, foreign, own, gomp, "-o", program))
        yield program


def checkSilence(program):
    first = None
    for _ in range(RUNS):
        done = execute(program)
        assert done.returncode == 0 and not done.stderr, f"silence is expected\n{done.stdout}{done.stderr}"
        first = first or done.stdout
        assert done.stdout == first, "the program computes something else every time"


def checkRace(program, name):
    for _ in range(RUNS):
        done = execute(program, name)
        assert done.returncode == FINDING_EXIT, f"the race is not found (exit code {done.returncode})\n{done.stderr}"
        places = set(re.findall(r"#0 .*cells\.cpp:(\d+)", done.stderr))
        assert places and places <= {"6", "7"}, f"unexpected lines {places}\n{done.stderr}"
        assert "OpenMP worker" in done.stderr, f"the report does not say whose thread it is\n{done.stderr}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case")
    parser.add_argument("--bin-dir", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--clangxx", required=True)
    arguments = parser.parse_args()
    lacking = [compiler for compiler in COMPILERS.values() if shutil.which(compiler) is None]
    if lacking:
        print(f"SKIPPED: there is no {' and no '.join(lacking)}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="snag-test-") as folder:
        try:
            for level in ("O0", "O2"):
                for program in build(arguments, pathlib.Path(folder), level):
                    checkSilence(program) if arguments.case == "correct" else checkRace(program, arguments.case)
        except AssertionError as error:
            print(f"FAILED: {error}")
            return 1
    print("passed")


if __name__ == "__main__":
    sys.exit(main())
