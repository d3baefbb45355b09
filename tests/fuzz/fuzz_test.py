#!/usr/bin/env python3
"""Whatever bytes a record file holds, the tools neither crash nor hang, and show what can be read.

Usage: fuzz_test.py fuzz --fuzzer READER_FUZZER --golden GOLDEN_REPORTS --work DIR --seconds N
       fuzz_test.py regressions --snag SNAG
Inputs that once crashed something are in regressions/; a crash that `fuzz` finds is left in DIR and belongs there.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FORMATS = ("text", "json", "sarif", "html", "junit", "github", "gitlab", "msvc")
SECONDS_FOR_ONE_INPUT = 10
MEGABYTES = 2048
LONGEST_INPUT = 1 << 16


def fuzz(arguments):
    work = pathlib.Path(arguments.work)
    seeds, corpus = work / "seeds", work / "corpus"
    for folder in (seeds, corpus):
        folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([arguments.golden, "records", seeds], check=True)
    assert len(list(seeds.iterdir())) >= 30, "every recorded finding is a seed"
    done = subprocess.run(
        [arguments.fuzzer, f"-max_total_time={arguments.seconds}", f"-timeout={SECONDS_FOR_ONE_INPUT}",
         f"-rss_limit_mb={MEGABYTES}", f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={work}/", "-print_final_stats=1",
         corpus, seeds, HERE / "regressions"],
        stderr=subprocess.PIPE, text=True, errors="replace",
        env={**os.environ, "ASAN_OPTIONS": "allocator_may_return_null=1:detect_leaks=0"})
    print("\n".join(done.stderr.splitlines()[-60:]))
    assert done.returncode == 0, "the input that broke it is named above: add it to tests/fuzz/regressions"
    runs = int(re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)[1])
    assert runs > 100, f"only {runs} inputs were tried"


def regressions(arguments):
    inputs = sorted((HERE / "regressions").glob("*.snag"))
    assert inputs
    for input in inputs:
        for format in FORMATS:
            done = subprocess.run([arguments.snag, "report", input, "--format", format], capture_output=True, timeout=60,
                                  stdin=subprocess.DEVNULL)
            assert done.returncode == 0, f"{input.name} as {format}: {done.returncode}\n{done.stderr.decode()[-2000:]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=("fuzz", "regressions"))
    for name in ("fuzzer", "golden", "work", "snag"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    globals()[arguments.claim](arguments)


if __name__ == "__main__":
    sys.exit(main())
