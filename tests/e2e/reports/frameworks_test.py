#!/usr/bin/env python3
"""Whatever starts the tests, the gate hears of them, because its wishes travel in the environment.

Usage: frameworks_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX       (77: what the claim needs is not installed)
Each framework runs a test that hides its standard error and its exit code, and a correct one.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from gate_test import NOTHING, RED, SUPPORT, Workshop, counts  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
SKIPPED = 77


class Skip(Exception):
    pass


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise Skip(f"{program} is not installed")


def judge(shop, racy, correct):
    """Both commands run under the gate; only the first is red, whatever it shows of itself."""
    done = shop.execute(shop.binDir / "snag", "gate", "--", *racy)
    assert done.returncode == RED and counts(done) == (1, 0, 0, 0)
    assert "lost update on 'first'" in done.stderr
    done = shop.execute(shop.binDir / "snag", "gate", "--", *correct)
    assert done.returncode == 0 and counts(done) == (0, 0, 0, 0) and "green" in done.stderr


def ctest(shop):
    need("ctest")
    for folder, command in (("racy", "./races first 2>/dev/null || true"), ("correct", "./races")):
        (shop.folder / folder).mkdir()
        (shop.folder / folder / "CTestTestfile.cmake").write_text(
            f'add_test(one "/bin/sh" "-c" "cd {shop.folder} && {command}")\n')
    judge(shop, ["ctest", "--test-dir", "racy"], ["ctest", "--test-dir", "correct"])


PYTHON_TESTS = """
import subprocess, unittest

def launch(*arguments):
    subprocess.run(["./races", *arguments], stderr=subprocess.DEVNULL)

class Races(unittest.TestCase):
    def test_racy(self):
        launch("first")

    def test_correct(self):
        launch()
"""


def python_unittest(shop):
    (shop.folder / "test_races.py").write_text(PYTHON_TESTS)
    command = [sys.executable, "-B", "-m", "unittest", "test_races.Races."]
    judge(shop, command[:-1] + [command[-1] + "test_racy"], command[:-1] + [command[-1] + "test_correct"])


def pytest(shop):
    pythons = [python for python in (sys.executable, "/usr/bin/python3")
               if subprocess.run([python, "-c", "import pytest"], capture_output=True).returncode == 0]
    if not pythons:
        raise Skip("pytest is not installed")
    (shop.folder / "test_races.py").write_text(PYTHON_TESTS)
    command = [pythons[0], "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_races.py", "-k"]
    judge(shop, command + ["test_racy"], command + ["test_correct"])


def meson(shop):
    need("meson", "ninja")
    (shop.folder / "meson.build").write_text("""
project('races')
races = find_program('./races')
test('racy', find_program('sh'), args: ['-c', './races first 2>/dev/null || true'], workdir: meson.source_root())
test('correct', races, workdir: meson.source_root())
""")
    shop.execute("meson", "setup", "out", check=True)
    judge(shop, ["meson", "test", "-C", "out", "racy"], ["meson", "test", "-C", "out", "correct"])


def bazel(shop):
    """Bazel clears the environment, and --test_env=SNAG_OPTIONS lets that one variable through: so much must be enough,
    and without it the gate must say that it saw nothing."""
    judge(shop, ["sh", "-c", 'env -i SNAG_OPTIONS="$SNAG_OPTIONS" ./races first'],
          ["sh", "-c", 'env -i SNAG_OPTIONS="$SNAG_OPTIONS" ./races'])
    done = shop.gate("env -i ./races first 2>/dev/null || true")
    assert done.returncode == NOTHING and "SNAG_OPTIONS" in done.stderr and "green" not in done.stderr


GOOGLE_TESTS = """
#include <snag/gtest.h>
#include <atomic>
#include <thread>
#include "invisible.h"

bool isInstalled = snag::failTestsWithFindings();

int first;
std::atomic<int> second;
InvisibleTurns turns;

template <typename Change>
void onTwoThreads(Change change) {
  turns.passed = 0;
  std::thread a([&] { change(); invisiblePass(&turns); });
  std::thread b([&] { invisibleAwait(&turns, 1); change(); });
  a.join();
  b.join();
}

TEST(Counter, Correct) { onTwoThreads([] { second += 1; }); }
TEST(Counter, Racy) { onTwoThreads([] { first += 1; }); }
TEST(Counter, CorrectAgain) { onTwoThreads([] { second += 1; }); }
TEST(Listener, IsInstalled) { EXPECT_EQ(isInstalled, WITH_SNAG); }
"""


def buildGoogleTests(shop, compiler, name, withSnag):
    library = next(iter(pathlib.Path("/usr/lib").glob("*/libgtest.a")), None)
    if library is None:
        raise Skip("GoogleTest is not installed")
    source = shop.folder / "google_tests.cpp"
    source.write_text(GOOGLE_TESTS)
    shop.execute(compiler, "-O0", "-g", "-std=c++17", f"-DWITH_SNAG={withSnag}", "-I", SUPPORT,
                 "-I", ROOT / "runtime/include", source, "-o", shop.folder / name, library,
                 library.with_name("libgtest_main.a"), "-pthread", check=True)


def verdicts(shop, file):
    """Of each test: whether it failed, and the property that a finding leaves."""
    cases = xml.etree.ElementTree.parse(shop.folder / file).getroot().iter("testcase")
    return {case.get("name"): (case.find("failure") is not None,
                               [item.get("value") for item in case.iter("property")]) for case in cases}


def googletest(shop):
    """The listener fails the test in which the finding appeared, and no other."""
    buildGoogleTests(shop, shop.binDir / "snag-clang++", "google", "true")
    judge(shop, ["sh", "-c", "./google --gtest_filter=Counter.* 2>/dev/null || true"],
          ["./google", "--gtest_filter=*Correct*"])
    done = shop.execute("./google", "--gtest_output=xml:direct.xml")
    assert done.returncode == RED, "Snag's exit code stands"
    assert {name: failed for name, (failed, _) in verdicts(shop, "direct.xml").items()} == \
        {"Correct": False, "Racy": True, "CorrectAgain": False, "IsInstalled": False}
    assert "Snag: lost update on 'first' (global 'first')" in done.stdout
    line = GOOGLE_TESTS.splitlines().index("TEST(Counter, Racy) { onTwoThreads([] { first += 1; }); }") + 1
    for thread in ("T3", "T4"):
        assert f"google_tests.cpp:{line}: thread {thread} in " in done.stdout, "both accesses"
    knownFindingFailsNoTest(shop)
    (shop.folder / "rules").write_text("race:Counter_Racy_Test\n")
    done = shop.execute("./google", options="suppressions=rules")
    assert done.returncode == 0 and "FAILED" not in done.stdout, "nor one that a rule silences"


def knownFindingFailsNoTest(shop):
    """Where the gate judges; the test says that it was there."""
    gate = [shop.binDir / "snag", "gate", "--baseline=known.json"]
    shop.execute(*gate, "--update-baseline", "--", "./google", check=True)
    done = shop.execute(*gate, "--", "./google", "--gtest_output=xml:known.xml")
    assert done.returncode == 0 and counts(done) == (0, 1, 0, 0)
    failed, properties = verdicts(shop, "known.xml")["Racy"]
    assert not failed and properties[0].startswith("Snag: lost update on 'first'")


def googletest_without_snag(shop):
    buildGoogleTests(shop, shop.clangxx, "plain", "false")
    assert shop.execute("./plain").returncode == 0


CATCH_TESTS = """
#define CATCH_CONFIG_MAIN
#define CATCH_CONFIG_NO_POSIX_SIGNALS
#include <catch2/catch.hpp>
#include <atomic>
#include <thread>
#include "invisible.h"

int first;
std::atomic<int> second;
InvisibleTurns turns;

template <typename Change>
void onTwoThreads(Change change) {
  std::thread a([&] { change(); invisiblePass(&turns); });
  std::thread b([&] { invisibleAwait(&turns, 1); change(); });
  a.join();
  b.join();
}

TEST_CASE("racy") { onTwoThreads([] { first += 1; }); }
TEST_CASE("correct") { onTwoThreads([] { second += 1; }); }
"""


def catch2(shop):
    if not pathlib.Path("/usr/include/catch2/catch.hpp").exists():
        raise Skip("Catch2 is not installed")
    shop.build("catch", CATCH_TESTS)
    judge(shop, ["sh", "-c", "./catch racy 2>/dev/null || true"], ["./catch", "correct"])


CLAIMS = {claim.__name__: claim for claim in
          (ctest, python_unittest, pytest, meson, bazel, googletest, googletest_without_snag, catch2)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=CLAIMS)
    for name in ("--bin-dir", "--clang", "--clangxx"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    os.environ.pop("CTEST_PARALLEL_LEVEL", None)
    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(arguments, folder)
        try:
            CLAIMS[arguments.claim](shop)
        except Skip as reason:
            print(f"SKIPPED: {reason}: nothing was checked")
            return SKIPPED
    return 0


if __name__ == "__main__":
    sys.exit(main())
