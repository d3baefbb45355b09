#!/usr/bin/env python3
"""Tools that read ThreadSanitizer's output, or sanitizers' in general, read ours.

Usage: other_tools_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
The patterns are facts about those tools: each names the file of that project in which it stands.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SUPPORT = pathlib.Path(__file__).resolve().parents[2] / "support"
SKIPPED = 77

# Two threads and a heap block, a global, a lock that one side holds, and a thread with a name.
PROGRAM = """
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include "invisible.h"

static int counter;
long* block;
static volatile long sum;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;

static void add(void) { counter += 1; }

static void* work(void* nothing) {
  pthread_setname_np(pthread_self(), "worker");
  add();
  block[1] = 1;
  invisiblePass(&turns);
  return nothing;
}

int main(int argc, char** argv) {
  pthread_t thread;
  block = (long*)calloc(4, sizeof *block);
  pthread_create(&thread, NULL, work, NULL);
  if (argc > 1) pthread_join(thread, NULL);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&mutex);
  add();
  sum = block[1];
  pthread_mutex_unlock(&mutex);
  if (argc == 1) pthread_join(thread, NULL);
  return 0;
}
"""


class Shop:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = pathlib.Path(folder).resolve()
        self.source = self.folder / "app.c"
        self.source.write_text(PROGRAM)
        self.build(pathlib.Path(arguments.bin_dir) / "snag-clang", "app")

    def build(self, compiler, name, *flags):
        subprocess.run([str(compiler), "-O1", "-g", "-pthread", "-I", str(SUPPORT), *flags, str(self.source), "-o",
                        str(self.folder / name)], check=True)

    def run(self, *command, **environment):
        clean = {key: value for key, value in os.environ.items() if key not in ("SNAG_OPTIONS", "TSAN_OPTIONS")}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=self.folder,
                              env={**clean, **environment}, stdin=subprocess.DEVNULL)
        print(f"$ {' '.join(command)} {environment}\nexit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def report(self, style):
        return self.run("./app", SNAG_OPTIONS=f"report_style={style}").stderr

    def silence(self, style):
        """The correct run of the same program."""
        return self.run("./app", "join", SNAG_OPTIONS=f"report_style={style}").stderr


# --- Qt Creator: src/plugins/projectexplorer/sanitizerparser.cpp ------------------------------------------------------

QT_HEADER = re.compile(r"^==(?P<id>\d+)==ERROR: (?P<desc>.*)$")
QT_LOCATION = (r"(?P<file>(?:[A-Za-z]:)?[\/\\][^:]+)"
               r"(?:(?::(?P<line>\d+)(?::(?P<column>\d+))?)|\+0x[0-9a-fA-F]+)")
QT_SUMMARY = re.compile(r"^SUMMARY: (?P<desc>.*?) at " + QT_LOCATION + ".*$")


def qt_creator(shop):
    """The issues pane makes an entry of header and summary, with a link to the line; frames become links."""
    lines = shop.report("snag").splitlines()
    headers = [match for match in map(QT_HEADER.match, lines) if match]
    summaries = [match for match in map(QT_SUMMARY.match, lines) if match]
    assert len(headers) == len(summaries) == 2
    assert summaries[0]["desc"] == "Snag: lost update"
    for summary in summaries:
        assert pathlib.Path(summary["file"]) == shop.source and int(summary["line"]) > 0 and int(summary["column"]) > 0
    frames = [re.search(QT_LOCATION, line) for line in lines if re.match(r"^    #\d", line)]
    assert sum(1 for frame in frames if frame and frame["file"].endswith("app.c")) >= 4
    assert shop.silence("snag") == ""


# --- CTest: Source/CTest/cmCTestMemCheckHandler.cxx -------------------------------------------------------------------

CTEST_WARNING = re.compile(r"WARNING: ThreadSanitizer: (.*) \(pid=.*\)")


def ctest_pattern(shop):
    assert CTEST_WARNING.findall(shop.report("tsan")) == ["data race", "data race"]
    shop.run("./app", SNAG_OPTIONS="log_dir=records")
    snag = str(pathlib.Path(shop.arguments.bin_dir).resolve() / "snag")
    later = shop.run(snag, "report", "--format=tsan", "records").stdout
    assert CTEST_WARNING.findall(later) == ["data race", "data race"], "of records, too"
    assert shop.silence("tsan") == ""


def ctest_memcheck(shop):
    """A real `ctest -T memcheck`, which sets TSAN_OPTIONS=log_path=… and reads the files."""
    if shutil.which("ctest") is None:
        return SKIPPED
    (shop.folder / "CTestTestfile.cmake").write_text('add_test(racy "./app")\nadd_test(correct "./app" "join")\n')
    (shop.folder / "DartConfiguration.tcl").write_text(
        f"SourceDirectory: {shop.folder}\nBuildDirectory: {shop.folder}\nSite: here\nBuildName: snag\n"
        "MemoryCheckType: ThreadSanitizer\nTimeOut: 100\n")
    done = shop.run("ctest", "-T", "memcheck")
    assert re.search(r"^data race - 2$", done.stdout, re.M), "two defects, of the racy test"
    assert re.search(r"#1: racy .*Defects: 2", done.stdout) and not re.search(r"#2: correct .*Defects", done.stdout)
    assert not list(shop.folder.glob("*.snag"))
    return 0


# --- CodeChecker: tools/report-converter/codechecker_report_converter/analyzers/sanitizers/{thread/parser,parser}.py --

CODECHECKER_LINE = re.compile(r"==(?P<code>\d+)==(ERROR|WARNING): ThreadSanitizer: (?P<message>[\S \t]+)")
CODECHECKER_FILE = re.compile(r"(?P<path>[\S]+?):(?P<line>\d+)(:(?P<column>\d+))?")


def codechecker(shop):
    """A header matches at the start of its line; of the paragraph behind it the first line with a place is the report."""
    lines = shop.report("codechecker").splitlines()
    headers = [number for number, line in enumerate(lines) if CODECHECKER_LINE.match(line)]
    assert [CODECHECKER_LINE.match(lines[number])["message"].split(" (")[0] for number in headers] == ["data race"] * 2
    for number in headers:
        paragraph = lines[number + 1:lines.index("", number)]
        places = [match for match in map(CODECHECKER_FILE.search, paragraph) if match]
        assert pathlib.Path(places[0]["path"]) == shop.source and int(places[0]["line"]) > 0
    assert shop.silence("codechecker") == ""


# --- ClusterFuzz: src/clusterfuzz/stacktraces/constants.py -------------------------------------------------------------

CLUSTERFUZZ_KIND = re.compile(r".*(ThreadSanitizer|MemorySanitizer):\s+(?!ABRT)(?!ILL)([^(:]+)")
CLUSTERFUZZ_ACCESS = re.compile(r"[ ]*([^ ]*|Atomic [^ ]*) of size ([^ ]*) at ([^ ]*)")


def clusterfuzz(shop):
    lines = shop.report("tsan").splitlines()
    kind = next(match for match in map(CLUSTERFUZZ_KIND.match, lines) if match)
    assert kind[2].strip() == "data race"
    kind, size, address = next(match for match in map(CLUSTERFUZZ_ACCESS.match, lines) if match).groups()
    assert kind == "Write" and size == "4" and re.fullmatch(r"0x[0-9a-f]+", address)
    assert shop.silence("tsan") == ""


# --- ThreadSanitizer itself ---------------------------------------------------------------------------------------------


def shape(text):
    """The report without what differs from run to run and from build to build; frames without a source line are
    ThreadSanitizer's own interceptors, or libc."""
    lines = []
    for line in text.splitlines():
        if "<null>" in line:
            continue
        line = re.sub(r"\(pid=\d+\)", "(pid=P)", re.sub(r"tid=\d+", "tid=T", line))
        line = re.sub(r"^    #\d+ ", "    #N ", line)
        line = re.sub(r"\((app|tsan)\+0x[0-9a-f]+\)( \(BuildId: [0-9a-f]+\))?", "(MODULE+OFFSET)", line)
        lines.append(re.sub(r"0x[0-9a-f]+", "ADDRESS", line))
    return lines


def as_thread_sanitizer(shop):
    """report_style=tsan is what ThreadSanitizer prints of the same program, line by line."""
    shop.build(shop.arguments.clang, "tsan", "-fsanitize=thread")
    theirs = shop.run("setarch", "-R", "./tsan")
    if "WARNING: ThreadSanitizer" not in theirs.stderr:
        return SKIPPED  # it does not run on this kernel
    ours = shop.report("tsan")
    assert shape(ours) == shape(theirs.stderr), "\n".join(shape(ours) + ["-----"] + shape(theirs.stderr))
    return 0


def log_path(shop):
    """Printed reports go to a file of this process; what cannot be written is printed, and said so."""
    done = shop.run("./app", SNAG_OPTIONS="log_path=out")
    file, = shop.folder.glob("out.*")
    assert done.stderr == "" and re.fullmatch(r"out\.\d+", file.name) and done.returncode == 66
    assert file.read_text().count("ERROR: Snag: ") == 2
    lost = shop.run("./app", SNAG_OPTIONS="log_path=/nowhere/out")
    assert "Cannot write '/nowhere/out." in lost.stderr and lost.stderr.count("ERROR: Snag: ") == 2
    theirs = shop.run("./app", TSAN_OPTIONS="log_path='their log':exitcode=5:history_size=3")
    file, = shop.folder.glob("their log.*")
    assert theirs.returncode == 5 and theirs.stderr == ""
    assert file.read_text().count("WARNING: ThreadSanitizer: data race") == 2
    ours = shop.run("./app", TSAN_OPTIONS="exitcode=5", SNAG_OPTIONS="exitcode=6")
    assert ours.returncode == 6, "SNAG_OPTIONS has the last word"


CLAIMS = {claim.__name__: claim for claim in
          (qt_creator, ctest_pattern, ctest_memcheck, codechecker, clusterfuzz, as_thread_sanitizer, log_path)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=CLAIMS)
    for name in ("--bin-dir", "--clang", "--clangxx"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return CLAIMS[arguments.claim](Shop(arguments, folder))


if __name__ == "__main__":
    sys.exit(main())
