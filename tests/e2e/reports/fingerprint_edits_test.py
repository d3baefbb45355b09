#!/usr/bin/env python3
"""A bug keeps its fingerprint through edits, builds and runs that have nothing to do with it, and a new one gets another.

Usage: fingerprint_edits_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SUPPORT = pathlib.Path(__file__).resolve().parents[2] / "support"
FINDINGS = 66

# A lost update on a field, a data race on the heap and two lock orders, in an order that is forced.
PROGRAM = """#include <pthread.h>
#include <stdlib.h>

#include "invisible.h"

struct Stats {
  long hits;
  long misses;
};

struct Node {
  long key;
  int value;
};

static struct Stats stats;
static struct Node* node;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;
static volatile int seen;

static void increment(void) {
  stats.hits += 1;
}

static void reset(void) {
  stats.hits = 0;
}

static void fill(struct Node* place) {
  place->value = 5;
}

static int look(const struct Node* place) {
  return place->value * 2;
}

static void forth(void) {
  pthread_mutex_lock(&left);
  pthread_mutex_lock(&right);
  pthread_mutex_unlock(&right);
  pthread_mutex_unlock(&left);
}

static void back(void) {
  pthread_mutex_lock(&right);
  pthread_mutex_lock(&left);
  pthread_mutex_unlock(&left);
  pthread_mutex_unlock(&right);
}

static void* workUp(void* unused) {
  invisibleAwait(&turns, UP_TURN);
  increment();
  fill(node);
  forth();
  invisiblePass(&turns);
  return unused;
}

static void* workDown(void* unused) {
  invisibleAwait(&turns, 1 - UP_TURN);
  reset();
  seen = look(node);
  back();
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  node = malloc(sizeof *node);
  pthread_t up, down;
  pthread_create(&up, NULL, workUp, NULL);
  pthread_create(&down, NULL, workDown, NULL);
  pthread_join(up, NULL);
  pthread_join(down, NULL);
  free(node);
  return 0;
}
"""


def replaced(*pairs):
    def edit(text):
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text
    return edit


def moved(function, before):
    """The function stands before another one."""
    def edit(text):
        body = re.search(rf"^static [^\n]*\b{function}\([^\n]*\{{\n.*?^\}}\n\n", text, re.MULTILINE | re.DOTALL)[0]
        place = re.search(rf"^static [^\n]*\b{before}\(", text, re.MULTILINE).start()
        assert text.index(body) > place
        rest = text.replace(body, "")
        return rest[:place] + body + rest[place:]
    return edit


def same(text):
    return text


# name: (edit of the source, changes to how it is built and run)
EDITS = {
    "nothing": (same, {}),
    "lines above": (lambda text: "// a longer\n// and longer\n// licence\n" * 9 + text, {}),
    "lines between": (replaced(("}\n\nstatic", "}\n\n\n\n/* more\n   to read */\nstatic")), {}),
    "indentation": (lambda text: text.replace("\n  ", "\n\t\t"), {}),
    "blanks in the line": (replaced(("stats.hits += 1;", "stats.hits  +=  1 ;"), ("stats.hits = 0", "stats.hits=0")), {}),
    "comment on the line": (replaced(("stats.hits += 1;", "stats.hits += 1;  // count"), ("= 5;", "= 5;  // five")), {}),
    "carriage returns": (lambda text: text.replace("\n", "\r\n"), {}),
    "statements before": (replaced(("  stats.hits += 1;", "  volatile int busy = 3;\n  (void)busy;\n  stats.hits += 1;")), {}),
    "functions added": (replaced(("static void increment", "int unrelated(int x) { return x * 3; }\n\nstatic void increment")), {}),
    "functions in another order": (moved("look", "increment"), {}),
    "variables added": (replaced(("static struct Stats stats;", "int before[1000];\nstatic struct Stats stats;\nlong after;")), {}),
    "fields added": (replaced(("  long hits;", "  int version;\n  long hits;"), ("  int value;\n", "  char name[40];\n  int value;\n")), {}),
    "other function renamed": (replaced(("workUp", "countUpwards"), ("workDown", "countDownwards")), {}),
    "other variable renamed": (replaced(("misses", "failures"), ("turns", "order"), ("seen", "result")), {}),
    "other code in between": (replaced(("  increment();", "  for (int i = 0; i < 3; ++i) unrelatedWork();\n  increment();"),
                                       ("static void* workUp", "static void unrelatedWork(void) {}\n\nstatic void* workUp")), {}),
    "headers added": (replaced(("#include <stdlib.h>", "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>")), {}),
    "optimised": (same, {"flags": ["-O2"]}),
    "not optimised": (same, {"flags": ["-O0"]}),
    "other code model": (same, {"flags": ["-no-pie", "-fno-pie", "-fno-omit-frame-pointer"]}),
    "other folder": (same, {"folder": "far/away from/home"}),
    "other file name": (same, {"file": "renamed.c"}),
    "other thread first": (same, {"flags": ["-DUP_TURN=1"]}),
    "other thread numbers": (replaced(("  pthread_t up, down;", """  pthread_t up, down;
  for (int i = 0; i < 5; ++i) {
    pthread_create(&up, NULL, rest, NULL);
    pthread_join(up, NULL);
  }"""), ("int main", "static void* rest(void* unused) { return unused; }\n\nint main")), {}),
    "threads created in another order": (replaced(("  pthread_create(&up, NULL, workUp, NULL);\n", ""), (
        "workDown, NULL);\n", "workDown, NULL);\n  pthread_create(&up, NULL, workUp, NULL);\n")), {}),
    "done many times": (replaced(("  increment();", "  for (int i = 0; i < 100; ++i) increment();")), {}),
    "other process": (same, {"prefix": ["env", "MALLOC_ARENA_MAX=1", "UNRELATED=" + "x" * 3000]}),
}

CONTAINER = """#include <map>
#include <thread>

#include "invisible.h"

std::map<int, int> table;
InvisibleTurns turns;
volatile int seen;

void put(int count) {
  for (int i = 0; i < count; ++i) table[i * 7 % 100] = i;
}

int get(int key) {
  if (table.empty()) return 0;
  auto found = table.find(key);
  return found == table.end() ? 0 : found->second;
}

int main() {
  std::thread writer([] { invisibleAwait(&turns, UP_TURN); put(20); invisiblePass(&turns); });
  std::thread reader([] { invisibleAwait(&turns, 1 - UP_TURN); seen = get(14); invisiblePass(&turns); });
  writer.join();
  reader.join();
}
"""
CONTAINER_EDITS = {
    "nothing": (same, {}),
    "optimised and moved": (lambda text: "// more\n" * 50 + text, {"flags": ["-O2"]}),
    "not optimised": (same, {"flags": ["-O0"]}),
    "more elements": (replaced(("put(20)", "put(90)"), ("get(14)", "get(33)")), {}),
    "other thread first": (same, {"flags": ["-DUP_TURN=1"]}),
}


class Workshop:
    def __init__(self, arguments, folder, language):
        self.arguments, self.root, self.language = arguments, pathlib.Path(folder), language
        self.runs = 0

    def findings(self, text, flags=(), folder="", file=None, prefix=()):
        """{kind and subject: fingerprint} of what is found in the program."""
        self.runs += 1
        home = self.root / str(self.runs) / folder
        home.mkdir(parents=True)
        source = home / (file or f"program.{self.language}")
        source.write_bytes(text.encode())
        records = home / "records"
        records.mkdir()
        bin = pathlib.Path(self.arguments.bin_dir).resolve()
        isC = self.language == "c"
        level = [] if any(flag.startswith("-O") for flag in flags) else ["-O1"]
        turn = [] if any(flag.startswith("-DUP") for flag in flags) else ["-DUP_TURN=0"]
        subprocess.run([bin / ("snag-clang" if isC else "snag-clang++"), *level, *turn, "-g", "-pthread", "-I", SUPPORT,
                        *flags, source, "-o", home / "program"], check=True,
                       env={**os.environ, "SNAG_CLANG": self.arguments.clang if isC else self.arguments.clangxx})
        done = subprocess.run([*prefix, home / "program"], cwd=home, timeout=60,
                              env={**os.environ, "SNAG_OPTIONS": "log_dir=records"})
        assert done.returncode == FINDINGS, done.returncode
        report = subprocess.run([bin / "snag", "report", records, "--format=json"], check=True, stdout=subprocess.PIPE).stdout
        found = json.loads(report)["findings"]
        names = {f"{finding['kind']} on {finding['subject']}": finding["fingerprint"] for finding in found}
        assert len(names) == len(found), "one report a bug"
        return names


def twenty_unrelated_edits(arguments, folder):
    workshop = Workshop(arguments, folder, "c")
    original = workshop.findings(PROGRAM)
    assert sorted(name.split(" ")[0] for name in original) == ["data-race", "lock-order-inversion", "lost-update"], original
    assert len(EDITS) > 20
    changed = []
    for name, (edit, how) in EDITS.items():
        fingerprints = sorted(workshop.findings(edit(PROGRAM), **how).values())
        if fingerprints != sorted(original.values()):
            changed.append(name)
    assert not changed, f"fingerprints changed with: {changed}"


def another_bug_has_another_fingerprint(arguments, folder):
    workshop = Workshop(arguments, folder, "c")
    original = workshop.findings(PROGRAM)
    for edit, kept in ((replaced(("hits", "visits")), {"data-race", "lock-order-inversion"}),
                       (replaced(("place->value = 5", "place->value = 6")), {"lost-update", "lock-order-inversion"}),
                       (replaced(("reset", "clear")), {"data-race", "lock-order-inversion"}),
                       (replaced(("back(", "forwards(")), {"data-race", "lost-update"})):
        fingerprints = set(workshop.findings(edit(PROGRAM)).values())
        assert len(fingerprints) == len(original)
        same = {name.split(" ")[0] for name, fingerprint in original.items() if fingerprint in fingerprints}
        assert same == kept, f"{same} are the same, {kept} should be"


def one_map_misuse_is_one_finding(arguments, folder):
    workshop = Workshop(arguments, folder, "cpp")
    original = workshop.findings(CONTAINER)
    assert len(original) == 1, original
    for name, (edit, how) in CONTAINER_EDITS.items():
        found = workshop.findings(edit(CONTAINER), **how)
        assert found == original, f"{name}: {found}, but it was {original}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim")
    for name in ("bin-dir", "clang", "clangxx"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        globals()[arguments.claim](arguments, folder)


if __name__ == "__main__":
    sys.exit(main())
