"""Runs the benchmark on three small programs and looks at everything it wrote; then checks that it sees wrong outputs,
race reports, crashes and programs that never end."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import xml.dom.minidom

import bench
import case_run
import running

FOLDERS = sys.argv[1:]
OUT = pathlib.Path(next(argument for argument in FOLDERS if argument.startswith("--out=")).split("=", 1)[1])


def setUpModule():
    """Every test looks at what this run leaves, the measuring program among it; into an empty folder, so that nothing
    of an earlier run is taken for it."""
    shutil.rmtree(OUT, ignore_errors=True)
    command = [sys.executable, "-B", bench.__file__, "--smoke", *FOLDERS]
    Smoke.done = subprocess.run(command, capture_output=True, text=True, check=False)


class Smoke(unittest.TestCase):
    done = None

    @classmethod
    def setUpClass(cls):
        cls.data = json.loads((OUT / "results.json").read_text(encoding="utf-8"))

    def test_outputs_agree_and_nothing_is_reported(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr)

    def test_every_build_of_every_program_was_measured(self):
        self.assertEqual(sorted(case["name"] for case in self.data["cases"]), sorted(bench.SMOKE))
        for case in self.data["cases"]:
            for build in ("native", "snag", "tsan"):
                found = case["builds"][build]
                self.assertGreater(found["wall"]["median"], 0)
                self.assertGreater(found["memoryKb"]["median"], 500)
                self.assertGreater(found["code"]["text"], 100)
                self.assertGreater(found["code"]["instructions"], 50)

    def test_checking_takes_memory_that_the_native_run_does_not_have(self):
        for case in self.data["cases"]:
            native, tsan = (case["builds"][build]["memoryKb"]["median"] for build in ("native", "tsan"))
            self.assertGreater(tsan, native)

    def test_the_way_between_processors_was_measured_before_each_round(self):
        found = self.data["machine"]["handoverNs"]
        if os.cpu_count() < 2:
            self.assertIsNone(found)
            return
        self.assertEqual(found["runs"], len(bench.SMOKE) * self.data["settings"]["repeat"])
        self.assertGreater(found["min"], 1)
        self.assertLess(found["min"], 100_000)

    def test_table_and_plots_name_the_programs(self):
        table = (OUT / "table.md").read_text(encoding="utf-8")
        plot = xml.dom.minidom.parse(str(OUT / "plots/run-time.svg")).toxml()
        for name in bench.SMOKE:
            self.assertIn(f"| {name} |", table)
            self.assertIn(name, plot)

    def test_the_table_can_be_made_again_from_the_results(self):
        table = (OUT / "table.md").read_text(encoding="utf-8")
        again = OUT / "again"
        command = [sys.executable, "-B", bench.__file__, f"--from={OUT / 'results.json'}", f"--out={again}"]
        self.assertEqual(subprocess.run(command, capture_output=True, check=False).returncode, 0)
        self.assertEqual((again / "table.md").read_text(encoding="utf-8"), table)

    def test_another_run_can_add_its_tables(self):
        run = json.loads((OUT / "results.json").read_text(encoding="utf-8"))
        run["settings"]["command"] = "tools/dev bench --features"
        run["features"] = [{"name": "snag thing=0", "meaning": "A thing"}]
        for case in run["cases"]:
            case["builds"]["snag thing=0"] = case["builds"]["snag"]
            case["valgrind"] = {"drd": {"native": 0.5, "wall": 20.0, "reports": 3}}
        other = OUT / "other.json"
        other.write_text(json.dumps(run), encoding="utf-8")
        both = OUT / "both"
        command = [sys.executable, "-B", bench.__file__, f"--from={OUT / 'results.json'}", f"--beside={other}",
                   f"--out={both}"]
        self.assertEqual(subprocess.run(command, capture_output=True, check=False).returncode, 0)
        table = (both / "table.md").read_text(encoding="utf-8")
        self.assertIn("| `snag thing=0` | A thing | 1.00 |", table)
        self.assertIn("| drd | 0.500 | 20.00 | 40 | 3 |", table)
        self.assertIn("Measured by a run of its own, with reduced sizes: `tools/dev bench --features`.", table)


class Judgement(unittest.TestCase):
    """On small shell programs, run through the real measuring program."""

    def judge(self, script, expected="checksum 1\n", timeout=20):
        result = running.run(OUT / "measure", ["sh", "-c", script], timeout)
        return case_run.complaint(result, expected)

    def test_the_same_output_and_a_cost_are_fine(self):
        self.assertIsNone(self.judge("echo checksum 1; echo cost: 3.5 ns per step >&2"))

    def test_another_output_is_wrong(self):
        self.assertIn("checksum 2", self.judge("echo checksum 2"))

    def test_a_report_is_wrong_even_if_the_exit_code_is_zero(self):
        self.assertIn("data race", self.judge("echo checksum 1; echo data race >&2"))

    def test_a_failure_is_wrong(self):
        self.assertIn("exit code 66", self.judge("echo checksum 1; exit 66"))
        self.assertIn("exit code -9", self.judge("echo checksum 1; kill -9 $$"))

    def test_a_program_that_never_ends_is_stopped(self):
        self.assertIn("too long", self.judge("sleep 100", timeout=0.3))

    def test_memory_is_the_program_s_own(self):
        small = running.run(OUT / "measure", ["true"])["memoryKb"]
        self.assertLess(small, 8 * 1024)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
