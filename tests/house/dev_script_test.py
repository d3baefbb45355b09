"""Tests of tools/dev and .ci/run that build nothing."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(sys.argv.pop(1)).resolve()
SCRIPTS = [str(ROOT / "tools/dev"), str(ROOT / ".ci/run")]


# Whoever runs the tests may have switched the set-up off; the script is tested as it comes.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "SNAG_SKIP_SETUP"}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, cwd="/",
                          env=ENVIRONMENT)


def dev(*arguments):
    return run(str(ROOT / "tools/dev"), *arguments)


def shell(code):
    """Runs code after the functions of tools/dev, without its last line, which starts it."""
    text = (ROOT / "tools/dev").read_text(encoding="utf-8")
    body, last = text.rstrip().rsplit("\n", 1)
    assert last == 'main "$@"', last
    return run("bash", "-c", body.replace("${BASH_SOURCE[0]}", str(ROOT / "tools/dev")) + "\n" + code)


class DevScript(unittest.TestCase):
    def test_scripts_parse(self):
        for script in SCRIPTS:
            self.assertEqual(run("bash", "-n", script).stderr, "")

    @unittest.skipUnless(shutil.which("shellcheck"), "shellcheck is not installed")
    def test_shellcheck_is_content(self):
        self.assertEqual(run("shellcheck", *SCRIPTS).stdout, "")

    def test_help_names_every_verb(self):
        result = dev("help")
        self.assertEqual(result.returncode, 0)
        for verb in ("setup", "build", "demo", "test", "soak", "primitives", "bench", "format", "tidy", "clean"):
            self.assertRegex(result.stdout, rf"(?m)^  {verb}\b")

    def test_an_unknown_verb_is_a_usage_error(self):
        for arguments in (["unravel"], [], ["test", "everything"], ["test", "unit", "windows"], ["build", "windows"]):
            result = dev(*arguments)
            self.assertEqual(result.returncode, 64, arguments)
            self.assertIn("tools/dev: ", result.stderr)

    def test_results_are_added_up(self):
        log = "printf '%s\\n' 'x ***Failed' '90% tests passed, 1 tests failed out of 10' > $PWD/log"
        result = shell("cd $(mktemp -d); " + log + "; countResults a log; countResults b log; printResults")
        self.assertEqual(result.stdout.splitlines()[-1], "18 passed, 2 failed")
        self.assertEqual(result.returncode, 1)

    def test_skipped_tests_have_not_passed(self):
        log = "printf '%s\\n' 'x ***Skipped' '100% tests passed, 0 tests failed out of 10' > log"
        result = shell("cd $(mktemp -d); " + log + "; countResults a log; printResults")
        self.assertEqual(result.stdout.splitlines()[-1], "9 passed, 0 failed")
        self.assertEqual(result.returncode, 0)

    def test_a_run_without_results_is_a_failure(self):
        result = shell("cd $(mktemp -d); touch log; countResults a log; printResults")
        self.assertEqual(result.stdout.splitlines()[-1], "0 passed, 1 failed")
        self.assertEqual(result.returncode, 1)

    def test_setup_elsewhere_lists_the_packages_and_stops(self):
        result = shell("isDebian12() { return 1; }; verb_setup demo")
        self.assertEqual(result.returncode, 1)
        self.assertIn("clang-22", result.stderr)

    def test_setup_calls_apt_only_for_what_is_missing(self):
        fakes = 'isDebian12() { return 0; }; areKnownToApt() { return 0; }; aptInstall() { echo "apt: $*"; }; '
        one = shell(fakes + "listInstalled() { printf '%s\\n' \"$@\" | grep -v lld-22; }; verb_setup demo")
        none = shell(fakes + "listInstalled() { printf '%s\\n' \"$@\"; }; verb_setup demo")
        self.assertIn("apt: lld-22\n", one.stdout)
        self.assertEqual(none.stdout, "")

    def test_bench_measures_the_release_build_and_passes_its_arguments_on(self):
        fakes = 'ensurePackages() { :; }; build() { echo "build: $*"; }; python3() { echo "python3: $*"; }; '
        result = shell(fakes + "verb_bench --quick hot_lock")
        self.assertIn("build: release snag-product\n", result.stdout)
        self.assertRegex(result.stdout, r"python3: -B tests/bench/bench.py --bin-dir=\S+/build-release/bin .* --quick hot_lock\n")


if __name__ == "__main__":
    unittest.main()
