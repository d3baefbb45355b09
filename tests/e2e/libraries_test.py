#!/usr/bin/env python3
"""A shared library compiled with Snag is judged like the program that links or loads it.

Usage: libraries_test.py linked|loaded|loaded_by_plain_program --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE / "libraries"
FINDING_EXIT = 66


def execute(*command):
    environment = {key: value for key, value in os.environ.items() if key != "SNAG_OPTIONS"}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, env=environment,
                          stdin=subprocess.DEVNULL)
    done.text = done.stdout + done.stderr
    print(f"$ {' '.join(map(str, command))}\nexit code {done.returncode}\n{done.text}")
    return done


def position(source, marker):
    lines = (SOURCES / source).read_text().splitlines()
    return f"{source}:{next(number for number, text in enumerate(lines, 1) if text.endswith('// RACE-' + marker))}"


class Builder:
    def __init__(self, compiler, folder, level):
        self.compile = [compiler, "-g", f"-{level}", "-std=c++20", "-pthread", "-I", HERE.parent / "support"]
        self.folder = folder

    def buildLibrary(self, *flags):
        path = self.folder / "libcounter.so"
        done = execute(*self.compile, "-shared", "-fPIC", *flags, SOURCES / "counter.cpp", "-o", path)
        assert done.returncode == 0, "the library does not link"
        return path

    def program(self, *flags):
        path = self.folder / "program"
        done = execute(*self.compile, SOURCES / "program.cpp", "-o", path, *flags, f"-Wl,-rpath,{self.folder}")
        assert done.returncode == 0, "the program does not link"
        return path


def assertSilent(done):
    assert done.returncode == 0 and done.stdout == "3\n" and done.stderr == "", "should end in silence"


def assertRace(done, *places):
    assert done.returncode == FINDING_EXIT and done.stdout == "3\n", "the race should be found, and nothing else changed"
    assert done.stderr.count("ERROR: Snag: lost update") == 1, "one report is expected"
    for place in places:
        assert place in done.stderr, f"the report does not name {place}"


def checkPrograms(builder, flags):
    """The program without and with the race, and then a race between library and program."""
    add, direct = position("counter.cpp", "ADD"), position("program.cpp", "DIRECT")
    fixed = builder.buildLibrary()
    user = builder.program(*flags)
    assertSilent(execute(user, fixed))
    racy = builder.buildLibrary("-DRACY")
    assertRace(execute(user, racy), add)
    assertRace(execute(builder.program("-DDIRECT", *flags), racy), add, direct)


def linked(arguments, folder):
    """The library is named on the link line."""
    for level in ("O0", "O2"):
        builder = Builder(f"{arguments.bin_dir}/snag-clang++", folder, level)
        builder.buildLibrary()
        checkPrograms(builder, [folder / "libcounter.so"])


def loaded(arguments, folder):
    """The library is opened by name while the program runs."""
    for level in ("O0", "O2"):
        checkPrograms(Builder(f"{arguments.bin_dir}/snag-clang++", folder, level), ["-DLOADED", "-ldl"])


def loaded_by_plain_program(arguments, folder):
    """A program without Snag's runtime cannot load such a library; the message is the cure."""
    library = Builder(f"{arguments.bin_dir}/snag-clang++", folder, "O2").buildLibrary()
    program = Builder(arguments.clangxx, folder, "O2").program("-DLOADED", "-ldl")
    done = execute(program, library)
    assert done.returncode == 2, "the library should not load"
    assert "__snag_runtime_is_missing__link_with_snag_clang" in done.stderr


def loaded_again(arguments, folder):
    """The library is unloaded while its past is remembered, and another takes its place: judged anew, with its own lines."""
    add = position("counter.cpp", "ADD")
    for level in ("O0", "O2"):
        builder = Builder(f"{arguments.bin_dir}/snag-clang++", folder, level)
        user = builder.program("-DLOADED", "-DAGAIN", "-ldl")
        fixed = builder.buildLibrary()
        assertSilent(execute(user, fixed, fixed))
        other = fixed.rename(folder / "libfixed.so")
        racy = builder.buildLibrary("-DRACY")
        assertRace(execute(user, other, racy), add)
        assertRace(execute(user, racy, racy), add)


CASES = [linked, loaded, loaded_by_plain_program, loaded_again]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", choices=[case.__name__ for case in CASES])
    parser.add_argument("--bin-dir", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--clangxx", required=True)
    arguments = parser.parse_args()
    chosen = next(case for case in CASES if case.__name__ == arguments.case)
    with tempfile.TemporaryDirectory(prefix="snag-test-") as folder:
        try:
            chosen(arguments, pathlib.Path(folder))
        except AssertionError as error:
            print(f"FAILED: {error}")
            return 1


if __name__ == "__main__":
    sys.exit(main())
