#!/usr/bin/env python3
"""Random programs under Snag, judged by an oracle: see README.md.

    random_programs.py --bin-dir build/bin --count 200 --seed 1

Exit codes: 0 all as the oracle says, 1 not, 2 too few programs raced to mean anything.
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import c_text
import program as programs
import report_text
import schedule
import shrink
import verdict

SUPPORT = pathlib.Path(__file__).resolve().parent.parent / "support"
HERE = pathlib.Path(__file__).resolve().parent


class Stage:
    """Compiles and runs programs."""

    def __init__(self, compiler, folder):
        self.compiler, self.folder, self.built = compiler, pathlib.Path(folder), 0

    def build(self, cases, level):
        """One file with all these programs; returns the executable and the lines of each program's accesses."""
        text = c_text.CText()
        for case in cases:
            text.addCase(case)
        self.built += 1
        source = self.folder / f"batch{self.built}.c"
        source.write_text(text.finish())
        result = source.with_suffix("")
        command = [self.compiler, f"-{level}", "-g", "-pthread", "-w", "-std=gnu11", "-I", SUPPORT, "-I", HERE, source,
                   "-o", result]
        subprocess.run([str(word) for word in command], check=True)
        return result, text.accessLines

    def judge(self, executable, case, program, lines):
        environment = {key: value for key, value in os.environ.items() if key != "TSAN_OPTIONS"}
        try:
            done = subprocess.run([str(executable), str(case)], capture_output=True, timeout=60, env=environment,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return ["no end after 60 s"]
        said = done.stderr.decode(errors="replace")
        reports = report_text.parse(said, executable.with_suffix(".c"))
        return list(verdict.Verdict(program, lines).complaints(done.returncode, reports))

    def check(self, program, level):
        """Builds and judges a single program, for the shrinker."""
        executable, lines = self.build([program], level)
        return self.judge(executable, 0, program, lines[0])


def variantsOf(seed):
    """The program of a seed, and the same program without one of its synchronisations."""
    original = schedule.makeProgram(seed)
    result = [original]
    if original.mutations:
        result.append(programs.mutated(original, random.Random(seed + 1).choice(original.mutations)))
    return result


def tell(stage, program, level, complaints):
    print(f"FAILED: {program.text()}\nwith -{level}: " + "; ".join(complaints))
    small = shrink.shrink(program, lambda candidate: stage.check(candidate, level))
    print(f"Smallest program that fails alike (all of it again: --seed {program.seed} --count 1 --level {level}):")
    print(small.text())
    for complaint in stage.check(small, level):
        print(f"  {complaint}")


def checkBatch(stage, seeds, level):
    """Returns how many programs ran, raced and were judged wrongly."""
    cases = [variant for seed in seeds for variant in variantsOf(seed)]
    executable, lines = stage.build(cases, level)
    racy = failed = 0
    for number, case in enumerate(cases):
        racy += bool(verdict.Verdict(case, lines[number]).races)
        complaints = stage.judge(executable, number, case, lines[number])
        if complaints:
            failed += 1
            if failed <= 3:
                tell(stage, case, level, complaints)
    return len(cases), racy, failed


def parseArguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", type=pathlib.Path, required=True, help="folder with snag-clang")
    parser.add_argument("--count", type=int, default=200, help="seeds; each is a program and its mutant")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--batch", type=int, default=10, help="seeds in one C file")
    parser.add_argument("--level", help="O0 or O2; without it, batches alternate")
    parser.add_argument("--keep", type=pathlib.Path, help="leave the C files in this folder")
    return parser.parse_args()


def main():
    arguments = parseArguments()
    ran = racy = failed = 0
    with tempfile.TemporaryDirectory(prefix="snag-random-") as temporary:
        stage = Stage(arguments.bin_dir / "snag-clang", arguments.keep or temporary)
        last = arguments.seed + arguments.count
        for number, first in enumerate(range(arguments.seed, last, arguments.batch)):
            level = arguments.level or ("O0", "O2")[number % 2]
            more = checkBatch(stage, range(first, min(first + arguments.batch, last)), level)
            ran, racy, failed = ran + more[0], racy + more[1], failed + more[2]
            if failed > 10:
                break
    print(f"{ran} programs, {racy} of them with races, {failed} judged wrongly")
    if failed:
        return 1
    return 2 if arguments.count >= 50 and racy < ran // 8 else 0


if __name__ == "__main__":
    sys.exit(main())
