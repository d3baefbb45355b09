"""Installs Snag from a build folder into a new place, and builds and runs another project against it there."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
COUNTER = HERE.parent.parent / "docs/examples/counter.cpp"
REPORT = "lost update on 'counter'"


def run(*command, **more):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SNAG_")}
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, env=environment, **more)


class InstalledSnag(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.prefix = Path(cls.folder.name) / "a prefix"
        cls.succeed(run(ARGUMENTS.cmake, "--install", ARGUMENTS.build, "--prefix", cls.prefix))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def succeed(result):
        if result.returncode != 0:
            raise AssertionError(f"{result.args}\n{result.stdout}\n{result.stderr}")
        return result

    def configure(self, build, cxx, c, *more):
        return run(ARGUMENTS.cmake, "-S", HERE / "consumer", "-B", build, "-G", "Ninja",
                   f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={cxx}", f"-DCMAKE_C_COMPILER={c}",
                   "-DCMAKE_BUILD_TYPE=RelWithDebInfo", f"-DCOUNTER_SOURCE={COUNTER}", *more)

    def test_the_target_checks_a_program(self):
        build = Path(self.folder.name) / "consumer"
        self.succeed(self.configure(build, ARGUMENTS.clang_bin / "clang++", ARGUMENTS.clang_bin / "clang"))
        self.succeed(run(ARGUMENTS.cmake, "--build", build))
        checked, unchecked = run(build / "checked"), run(build / "unchecked")
        self.assertEqual((checked.returncode, unchecked.returncode), (66, 0), checked.stderr)
        self.assertIn(REPORT, checked.stderr)
        static = run(build / "checked_static")
        self.assertEqual(static.returncode, 66, static.stderr)
        self.assertIn(REPORT, static.stderr)
        correct = run(self.prefix / "bin/snag", "gate", "--", build / "threads_static", "2")
        self.assertEqual(correct.returncode, 0, correct.stderr)
        self.checkSnagAddTest(build)

    def checkSnagAddTest(self, build):
        ctest = Path(ARGUMENTS.cmake).with_name("ctest")
        result = run(ctest, "--test-dir", build, "-V")
        verdicts = dict(re.findall(r"Test +#\d+: (\w+) \.+ *\**(Passed|Failed|Skipped)", result.stdout))
        self.assertEqual(verdicts, {"racy": "Failed", "racy_run": "Failed", "suppressed": "Passed", "correct": "Passed",
                                    "vacuous": "Failed", "vacuous_on_purpose": "Skipped"}, result.stdout)
        self.assertEqual(len(json.loads((build / "racy.json").read_text())["findings"]), 1)
        self.assertIn("only one thread", result.stdout)
        labelled = run(ctest, "--test-dir", build, "-N", "-L", "^counter$").stdout
        self.assertRegex(labelled, r"Total Tests: 1\b")

        baseline = Path(self.folder.name) / "known findings.json"
        self.succeed(run(self.prefix / "bin/snag", "gate", f"--baseline={baseline}", "--update-baseline", "--",
                         build / "checked"))
        self.succeed(self.configure(build, ARGUMENTS.clang_bin / "clang++", ARGUMENTS.clang_bin / "clang",
                                    f"-DBASELINE={baseline}"))
        self.succeed(run(ctest, "--test-dir", build, "-R", "^known$"))

    def test_the_installed_wrapper_checks_a_program(self):
        program = Path(self.folder.name) / "counter"
        self.succeed(run(self.prefix / "bin/snag-clang++", "-O1", "-g", COUNTER, "-o", program))
        result = run(program)
        self.assertEqual(result.returncode, 66, result.stderr)
        self.assertIn(REPORT, result.stderr)

    def test_another_compiler_is_refused_with_a_reason(self):
        result = self.configure(Path(self.folder.name) / "gcc", "g++-12", "gcc-12")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("needs Clang", result.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cmake", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--clang-bin", required=True, type=Path)
    ARGUMENTS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
