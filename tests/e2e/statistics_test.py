#!/usr/bin/env python3
"""The statistics of SNAG_OPTIONS=verbosity=2: what docs/speed.md lists, and true.

Usage: statistics_test.py --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "speed.md"
ROUNDS = 1000
PROGRAM = f"""
#include <pthread.h>
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long total, parts[64];
static void* work(void* unused) {{
  for (int i = 0; i < {ROUNDS}; ++i) {{
    pthread_mutex_lock(&mutex);
    total += parts[i % 64]++;
    pthread_mutex_unlock(&mutex);
  }}
  return unused;
}}
int main(void) {{
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, work, 0);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  return 0;
}}
"""


def execute(*command, **environment):
    clean = {key: value for key, value in os.environ.items() if key != "SNAG_OPTIONS"}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120,
                          env={**clean, **environment}, check=False)
    print(f"$ {' '.join(map(str, command))}   {environment or ''}\nexit code {done.returncode}\n{done.stderr}")
    assert done.returncode == 0
    return done.stderr


def statistics(text):
    lines = re.findall(r"^Snag: statistics: (.*)$", text, re.MULTILINE)
    assert len(lines) == 1 and text.count("\n") == 1, "there should be one line and nothing else"
    return {name: int(value) for name, value in (word.split("=") for word in lines[0].split())}


def check(binDir, folder):
    source, program = folder / "program.c", folder / "program"
    source.write_text(PROGRAM)
    execute(f"{binDir}/snag-clang", "-g", "-O1", "-pthread", source, "-o", program)
    assert execute(program, SNAG_OPTIONS="verbosity=1") == "", "only verbosity=2 asks for statistics"
    found = statistics(execute(program, SNAG_OPTIONS="verbosity=2"))

    listed = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert listed == list(found), f"{PAGE.name} lists {listed}"
    example = statistics(re.search(r"^Snag: statistics: .*\n", PAGE.read_text(), re.MULTILINE)[0])
    assert list(example) == listed, f"the example of {PAGE.name} is of another version"

    assert found["threads"] == 3
    assert found["locks"] == 2 * ROUNDS
    # A thread that takes the lock again, and nobody else did meanwhile, goes on in its segment.
    assert 2 <= found["segments"] <= 2 * ROUNDS + 10
    assert found["segments"] <= found["checks"] <= 4 * ROUNDS + 10
    assert found["remembered"] <= found["checks"]
    for name in ("ranges", "atomics", "races", "collections", "compactions", "forgotten"):
        assert found[name] == 0, name


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--clangxx", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="snag-test-") as folder:
        try:
            check(arguments.bin_dir, pathlib.Path(folder))
        except AssertionError as error:
            print(f"FAILED: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
