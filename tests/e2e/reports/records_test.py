#!/usr/bin/env python3
"""Records of many processes share a folder, are read on other machines, and damage costs only what is damaged.

Usage: records_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

PROCESSES, CHILDREN = 6, 3
FINDINGS = 66

# A race that the pass knows the place of, and a misuse that only its stack tells; in each child, too.
PROGRAM = """#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

long hits;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void* count(void* unused) {
  hits += 1;
  return unused;
}

static void unlockTooMuch(void) { pthread_mutex_unlock(&mutex); }

static void work(void) {
  pthread_t first, second;
  pthread_create(&first, NULL, count, NULL);
  pthread_create(&second, NULL, count, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  unlockTooMuch();
}

int main(int argc, char** argv) {
  for (int i = 0; i < (argc > 1 ? atoi(argv[1]) : 0); ++i)
    if (fork() == 0) {
      work();
      exit(0);
    }
  work();
  while (wait(NULL) > 0) {
  }
}
"""


class Workshop:
    def __init__(self, arguments, folder):
        self.snag = pathlib.Path(arguments.bin_dir).resolve() / "snag"
        self.folder = pathlib.Path(folder)
        self.records = self.folder / "records"
        self.records.mkdir()
        self.source = self.folder / "program.c"
        self.source.write_text(PROGRAM)
        subprocess.run([self.snag.parent / "snag-clang", "-O1", "-g", "-pthread", self.source, "-o", self.folder / "program"],
                       check=True, env={**os.environ, "SNAG_CLANG": arguments.clang})

    def start(self, *more):
        return subprocess.Popen([self.folder / "program", *map(str, more)], cwd=self.folder,
                                env={**os.environ, "SNAG_OPTIONS": "log_dir=records"})

    def report(self, *more):
        done = subprocess.run([self.snag, "report", self.records, *more], capture_output=True, text=True, timeout=60,
                              cwd=self.folder)
        print(done.stdout[-6000:] + done.stderr)
        assert done.returncode == 0
        return done.stdout


def kinds(document):
    return sorted(finding["kind"] for finding in document["findings"])


def many_processes_at_once(workshop):
    running = [workshop.start(CHILDREN) for _ in range(PROCESSES)]
    assert {process.wait(timeout=60) for process in running} == {FINDINGS}
    document = json.loads(workshop.report("--format=json"))
    assert not document["problems"]
    assert len({process["pid"] for process in document["processes"]}) == PROCESSES * (1 + CHILDREN)
    assert all(process["findings"] == 2 for process in document["processes"]), "each found both"
    assert kinds(document) == ["lost-update", "unlock-of-unlocked-mutex"], "which are two bugs, not forty-eight"


def readable_elsewhere(workshop):
    assert workshop.start().wait(timeout=60) == FINDINGS
    here = json.loads(workshop.report("--format=json"))
    there = workshop.folder / "elsewhere"
    there.mkdir()
    shutil.move(workshop.folder / "program", there)
    shutil.move(workshop.source, there)
    text = workshop.report()
    assert "lost update on 'hits'" in text and "program.c:10" in text, "the pass noted the place"
    assert "unlock of an unlocked mutex" in text and "program+0x" in text, "a stack is shown by module and offset"
    elsewhere = json.loads(workshop.report("--format=json"))
    assert kinds(elsewhere) == kinds(here)
    for format in ("sarif", "html", "junit", "github", "gitlab", "msvc"):
        assert workshop.report("--format", format)


def damage_costs_only_itself(workshop):
    for _ in range(3):
        assert workshop.start().wait(timeout=60) == FINDINGS
    files = sorted(workshop.records.glob("*.snag"))
    cut, older = files[0], files[1]
    cut.write_bytes(cut.read_bytes()[:-200])
    whole = bytearray(older.read_bytes())
    at = 0
    while at < len(whole):  # the version is behind each record's magic number
        struct.pack_into("<H", whole, at + 4, 99)
        at += struct.unpack_from("<I", whole, at + 12)[0]
    older.write_bytes(whole)
    (workshop.records / "empty.snag").write_bytes(b"")
    (workshop.records / "other.snag").write_bytes(b"this is no record at all, and longer than a header")
    document = json.loads(workshop.report("--format=json"))
    problems = "\n".join(document["problems"])
    assert f"{cut.name}: " in problems and "incomplete" in problems
    assert f"{older.name}: " in problems and "format 99" in problems
    assert "other.snag: " in problems and "damaged" in problems
    assert set(kinds(document)) == {"lost-update", "unlock-of-unlocked-mutex"}
    assert {finding["subject"] for finding in document["findings"]} >= {"hits", "mutex"}, "the rest is shown"
    assert workshop.report().count("Snag: warning: ") == len(document["problems"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim")
    for name in ("bin-dir", "clang", "clangxx"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        globals()[arguments.claim](Workshop(arguments, pathlib.Path(folder).resolve()))


if __name__ == "__main__":
    sys.exit(main())
