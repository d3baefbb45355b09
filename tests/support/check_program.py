#!/usr/bin/env python3
"""Builds one test program with Snag, runs it, and compares what Snag says with what the program's comments expect.

Exit codes: 0 as expected, 1 not as expected, 77 this machine cannot run it (the reason is printed).
See expectations.py for the comments and README.md for how to run one test by hand.
"""
import argparse
import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import expectations
import precompiled
import report_text

FINDING_EXIT = 66
SKIPPED = 77
DEFAULT_LIBRARY = "libstdc++"
STATIC = "-static"  # at the end of a library's name
PRECOMPILED_LEVELS = ["O0", "O2"]
COMMON_FLAGS = ["-g", "-pthread", "-Wall", "-Werror", "-Wno-unused-command-line-argument"]


class Failure(Exception):
    """Something is not as expected; the text is what the developer reads."""


class WrongVerdict(Failure):
    """The program ran to its end under Snag, and Snag said something else than expected."""


@dataclasses.dataclass
class Result:
    command: list
    code: int
    out: str
    err: str

    def __str__(self):
        return f"  command: {shlex.join(map(str, self.command))}\n  exit code: {self.code}\n" + \
            section("standard output", self.out) + section("standard error", self.err)


def section(title, text):
    text = text.rstrip()
    if not text:
        return f"  {title}: empty\n"
    return f"  {title}:\n" + "".join(f"  | {line}\n" for line in text.splitlines()[:200])


def execute(command, timeout, env=None):
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=env, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as late:
        text = lambda raw: (raw or b"").decode(errors="replace")
        raise Failure(f"no end after {timeout} s\n{Result(command, -1, text(late.stdout), text(late.stderr))}")
    except FileNotFoundError:
        raise Failure(f"{command[0]} does not exist: build the 'snag' tools first")
    return Result(command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def parseArguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--bin-dir", type=pathlib.Path, help="folder with snag-clang and snag-clang++")
    parser.add_argument("--clang", default="clang", help="plain C compiler")
    parser.add_argument("--clangxx", default="clang++", help="plain C++ compiler")
    parser.add_argument("--levels", default="O0 O2")
    parser.add_argument("--runs", type=int, default=20, help="runs of a silent program at each level")
    parser.add_argument("--racy-runs", type=int, default=5, help="runs of a racy program at each level")
    parser.add_argument("--least-runs", type=int, default=0, help="at least so many, whatever the program says")
    parser.add_argument("--define", action="append", default=[])
    parser.add_argument("--libraries", default="", help="C++ libraries to check with, instead of what the program says")
    parser.add_argument("--language", choices=["C", "C++"], help="compile the source as this, whatever its name says")
    parser.add_argument("--flags", default="", help="more compiler flags, separated by blanks")
    parser.add_argument("--launcher", default="", help="command to run the program under, such as 'setarch -R'")
    parser.add_argument("--verdict-only", action="store_true", help="look at the exit code, not at the text")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--precompiled", default="", help="folder for precompiled headers; without it none is used")
    parser.add_argument("--keep", type=pathlib.Path, help="leave what was built in this folder")
    parser.add_argument("--reference", action="store_true", help="ask ThreadSanitizer instead of Snag")
    return parser.parse_args()


class ProgramCheck:
    """One program, built and run at each level."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = pathlib.Path(folder)
        self.expect = expectations.read(arguments.source, arguments.define)
        self.isC = (arguments.language or languageOf(arguments.source)) == "C"
        self.cxxLibrary = DEFAULT_LIBRARY  # the one that is checked with now

    def libraries(self):
        return self.arguments.libraries.split() or self.expect.libraries or [DEFAULT_LIBRARY]

    def sourceArguments(self):
        """The source, as the language that is meant; what follows is what its name says again."""
        source = self.arguments.source.resolve()
        if not self.arguments.language:
            return [source]
        return ["-x", "c" if self.isC else "c++", source, "-x", "none"]

    def compiler(self, withSnag):
        if withSnag:
            return [self.arguments.bin_dir / ("snag-clang" if self.isC else "snag-clang++")]
        return [self.arguments.clang if self.isC else self.arguments.clangxx]

    def flagsOfLibrary(self):
        """The library that belongs to the compiler's headers: the system's may be an older one. Where the compiler's
        own shared library is older than its headers too, a program asks for libc++-static."""
        flags = self.arguments.flags.split() + self.expect.flags
        if "-static-libstdc++" in flags:
            return ["-Wl,-Bstatic", "-lc++", "-lc++abi", "-Wl,-Bdynamic"]
        if "-static" in flags or "-static-pie" in flags:
            return ["-lc++", "-lc++abi"]
        if self.cxxLibrary.endswith(STATIC):
            return ["-static", "-lc++", "-lc++abi"]
        folder = pathlib.Path(shutil.which(self.arguments.clangxx) or "").resolve().parent.parent / "lib"
        found = [f"-L{folder}", f"-Wl,-rpath,{folder}"] if (folder / "libc++.so.1").exists() else []
        return ["-lc++", "-lc++abi"] + found

    def build(self, level, withSnag, extra=()):
        kind = "snag" if withSnag else "plain"
        program = self.folder / f"{self.arguments.source.stem}.{self.cxxLibrary}.{level}.{kind}"
        command = self.compiler(withSnag) + self.languageFlags(level) + [f"-D{name}" for name in self.arguments.define]
        command += self.arguments.flags.split() + self.expect.flags + list(extra)
        command += ["-I", pathlib.Path(__file__).parent, *self.sourceArguments(), "-o", program]
        command += packageFlags(self.expect.packages)
        if self.cxxLibrary != DEFAULT_LIBRARY:
            command += self.flagsOfLibrary()
        header = None if extra else self.precompiledHeader(level)
        if header:
            if execute(command + ["-include-pch", header], 300).code == 0:
                return program
            header.unlink(missing_ok=True)  # perhaps the library is a newer one now
        result = execute(command, 300)
        if result.code != 0:
            raise Failure(f"does not compile\n{result}")
        return program

    def languageFlags(self, level):
        flags = [f"-{level}"] + COMMON_FLAGS + [f"-std={self.expect.std or ('gnu11' if self.isC else 'c++20')}"]
        if self.cxxLibrary != DEFAULT_LIBRARY:
            flags.append(f"-stdlib={self.cxxLibrary.removesuffix(STATIC)}")
        if self.cxxLibrary.endswith(STATIC):
            flags.append("-static")  # it also makes the code depend on its place
        return flags

    def precompiledHeader(self, level):
        """The one to compile this program with, if it is a program like most: without flags of its own."""
        own = self.arguments.define + self.expect.packages + [flag for flag in self.expect.flags if flag[:2] != "-l"]
        if not self.arguments.precompiled or self.isC or own or self.expect.std or level not in PRECOMPILED_LEVELS:
            return None
        if not precompiled.suits(self.arguments.source.read_text()):
            return None
        flags = [flag for flag in self.arguments.flags.split() if flag != "-static-libstdc++"]
        return precompiled.header(self.arguments.precompiled, self.arguments.clangxx, self.languageFlags(level) + flags)

    def run(self, program, env=None):
        environment = {key: value for key, value in os.environ.items() if key not in ("SNAG_OPTIONS", "TSAN_OPTIONS")}
        environment.update(self.expect.env)
        environment.update(env or {})
        return execute(shlex.split(self.arguments.launcher) + [program], self.arguments.timeout, environment)

    def runPlain(self, level):
        result = self.run(self.build(level, withSnag=False))
        if result.code != self.expect.exit:
            raise Failure(f"the plain program should exit with {self.expect.exit}\n{result}")
        return result

    def levels(self):
        return self.expect.levels or self.arguments.levels.split()

    def runs(self):
        usual = self.arguments.runs if self.expect.silent else self.arguments.racy_runs
        most = int(os.environ.get("SNAG_TEST_MOST_RUNS", "0")) or sys.maxsize
        return max(min(self.expect.runs or usual, most), self.arguments.least_runs)

    def checkAll(self):
        for self.cxxLibrary in self.libraries():
            plain = self.runPlain(self.levels()[0])
            for level in self.levels():
                self.checkLevel(level, plain)

    def checkLevel(self, level, plain):
        program = self.build(level, withSnag=True)
        for number in range(1, self.runs() + 1):
            try:
                self.checkOnce(program, plain)
            except Failure as failure:
                raise type(failure)(f"{self.cxxLibrary}, -{level}, run {number} of {self.runs()}: {failure}")

    def checkOnce(self, program, plain):
        env = {"SNAG_OPTIONS": f"log_dir={self.folder}"} if self.arguments.verdict_only else {}
        result = self.run(program, env)
        try:
            self.judge(result, plain)
        except Failure as failure:
            raise type(failure)(f"{failure}\n{self.wanted()}{result}")

    def judge(self, result, plain):
        if result.code < 0:
            raise Failure(f"killed by signal {-result.code}")
        if result.out != plain.out:
            raise Failure(f"standard output differs from the plain program's\n{section('plain output', plain.out)}")
        wantedCode = plain.code if self.expect.silent else FINDING_EXIT
        if result.code != wantedCode:
            raise WrongVerdict(f"exit code {result.code} instead of {wantedCode}")
        if not self.arguments.verdict_only:
            self.judgeReports(report_text.parse(result.err, self.expect.source), result.err)

    def judgeReports(self, reports, text):
        missing = list(self.expect.races)
        for report in reports:
            if report.problems:
                raise WrongVerdict(f"a report has the wrong shape: {'; '.join(report.problems)}")
            match = next((race for race in missing if race.matches(report)), None)
            if match:
                missing.remove(match)
            elif not any(race.matches(report) for race in self.expect.allowed):
                lines = [access.line for access in report.accesses]
                raise WrongVerdict(f"unexpected report: {report.kind} on '{report.name}' at lines {lines}")
        if missing:
            raise WrongVerdict(f"not reported: {missing[0]}")
        if self.expect.silent and "Snag" in text:
            raise WrongVerdict("Snag should have printed nothing")
        self.judgeText(text)

    def judgeText(self, text):
        for pattern in self.expect.says:
            if not re.search(pattern, text):
                raise WrongVerdict(f"the report should say /{pattern}/")
        for name, lines in self.expect.mentions:
            if not any(f"{self.expect.source.name}:{line}" in text for line in lines):
                raise WrongVerdict(f"the report should mention line {sorted(lines)} ({name})")

    def wanted(self):
        if self.expect.silent:
            return "  expected: silence\n"
        return "".join(f"  expected: {race}\n" for race in self.expect.races)

    def checkUnsupported(self):
        try:
            self.checkAll()
        except WrongVerdict as failure:
            print(f"known to be unsupported ({self.expect.unsupported}); Snag's answer today:\n{failure}")
            return
        raise Failure(f"marked as unsupported ({self.expect.unsupported}), but Snag got it right: "
                      "remove the Unsupported line")

    def checkReference(self):
        """What ThreadSanitizer says: a second opinion on the program, not a test of Snag."""
        self.runPlain(self.levels()[0])
        program = self.build(self.levels()[-1], withSnag=False, extra=["-fsanitize=thread"])
        for _ in range(self.runs()):
            result = self.run(program, {"TSAN_OPTIONS": "exitcode=66"})
            races = report_text.countThreadSanitizer(result.err)
            known = bool(self.expect.reference)
            if (races == 0) != self.expect.silent and not known:
                raise Failure(f"ThreadSanitizer disagrees: {races} reports\n{self.wanted()}{result}")


def languageOf(source):
    return "C" if source.suffix == ".c" else "C++"


def hasLibrary(arguments, library):
    """Whether the plain compiler finds this C++ library's headers, and they accept the compiler."""
    if library == DEFAULT_LIBRARY:
        return True
    command = [arguments.clangxx, f"-stdlib={library.removesuffix(STATIC)}", "-std=c++20", "-Werror", "-fsyntax-only", "-xc++", "-"]
    return subprocess.run(command, input=b"#include <version>\n", capture_output=True).returncode == 0


def missingFeatures(names):
    flags = pathlib.Path("/proc/cpuinfo").read_text().split()
    return [name for name in names if name not in flags]


def packageFlags(names):
    if not names:
        return []
    done = execute(["pkg-config", "--cflags", "--libs"] + names, 60)
    if done.code != 0:
        raise Failure(f"pkg-config does not answer\n{done}")
    return done.out.split()


def missingPackages(names):
    if not names:
        return []
    if shutil.which("pkg-config") is None:
        return ["pkg-config"]
    return [name for name in names if execute(["pkg-config", "--exists", name], 60).code != 0]


def main():
    arguments = parseArguments()
    with tempfile.TemporaryDirectory(prefix="snag-test-") as temporary:
        folder = arguments.keep or temporary
        try:
            check = ProgramCheck(arguments, folder)
            lacking = missingFeatures(check.expect.requires)
            if lacking:
                print(f"SKIPPED: this processor has no {', '.join(lacking)}: nothing was checked")
                return SKIPPED
            absent = [library for library in check.libraries() if not hasLibrary(arguments, library)]
            if absent:
                print(f"SKIPPED: {arguments.clangxx} finds no {', '.join(absent)}: nothing was checked")
                return SKIPPED
            lacking = missingPackages(check.expect.packages)
            if lacking:
                print(f"SKIPPED: not installed: {', '.join(lacking)}: nothing was checked")
                return SKIPPED
            if arguments.reference:
                check.checkReference()
            elif check.expect.unsupported:
                check.checkUnsupported()
            else:
                check.checkAll()
        except (Failure, expectations.BadProgram) as failure:
            print(f"FAILED: {arguments.source}: {failure}")
            return 1
    libraries = "" if check.isC else f" ({', '.join(check.libraries())})"
    print(f"passed{libraries}: {check.expect.intent}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
