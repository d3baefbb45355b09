"""The benchmark's arithmetic, its reading of headers, tables and plots: nothing is built or run."""
import pathlib
import tempfile
import unittest
import xml.dom.minidom

import cases
import figures
import goals
import plots
import running
import tables


class Figures(unittest.TestCase):
    def test_median_is_the_middle_or_the_mean_of_the_two_middle_ones(self):
        self.assertEqual(figures.median([9, 1, 4]), 4)
        self.assertEqual(figures.median([9, 1, 4, 2]), 3)
        self.assertIsNone(figures.median([]))

    def test_one_slow_run_does_not_move_the_median_but_shows_in_the_spread(self):
        self.assertEqual(figures.summary([1.0, 1.0, 9.0]), {"median": 1.0, "min": 1.0, "max": 9.0, "runs": 3})
        self.assertIsNone(figures.summary([]))

    def test_geometric_mean_of_a_ratio_and_its_inverse_is_one(self):
        self.assertAlmostEqual(figures.geometricMean([4.0, 0.25]), 1.0)
        self.assertAlmostEqual(figures.geometricMean([2.0, 8.0]), 4.0)

    def test_geometric_mean_leaves_out_what_is_unknown(self):
        self.assertAlmostEqual(figures.geometricMean([None, 3.0, 0.0]), 3.0)
        self.assertIsNone(figures.geometricMean([None]))

    def test_ratio_is_unknown_when_a_side_is(self):
        self.assertEqual(figures.ratio(6.0, 3.0), 2.0)
        self.assertIsNone(figures.ratio(None, 3.0))
        self.assertIsNone(figures.ratio(6.0, None))
        self.assertIsNone(figures.ratio(6.0, 0))


class Headers(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sample.cpp"
            path.write_text(text, encoding="utf-8")
            return cases.readProgram(path)

    def test_each_bench_line_is_a_case(self):
        program = self.read("// Bench: variant=few; groups=sync lock-heavy; args=10 2; quick=5\n"
                            "// Bench: variant=all; groups=sync; args=99; quick=9; large=yes\nint main() {}\n")
        self.assertEqual([case.name for case in program.cases], ["sample/few", "sample/all"])
        self.assertEqual(program.cases[0].groups, ["sync", "lock-heavy"])
        self.assertEqual(program.cases[0].arguments, ["10", "2"])
        self.assertEqual([case.isLarge for case in program.cases], [False, True])

    def test_mistakes_are_refused(self):
        for text in ("int main() {}\n", "// Bench: groups=sync; quick=1\n",
                     "// Bench: groups=kernel; args=1; quick=1\n", "// Bench: groups=sync; args=1; quick=1; sise=4\n"):
            with self.assertRaises(cases.BadHeader, msg=text):
                self.read(text)

    def test_every_program_here_has_a_good_header(self):
        found = cases.readAll(pathlib.Path(__file__).parent / "programs")
        for group in cases.GROUPS:
            self.assertTrue(any(group in case.groups for program in found for case in program.cases), group)


class Output(unittest.TestCase):
    def test_only_cost_lines_are_silence(self):
        self.assertEqual(running.readErrors("cost: 12.5 ns per step\n"), (12.5, ""))
        self.assertEqual(running.readErrors("cost: 1.5 ns per step\nWARNING: data race\n"), (1.5, "WARNING: data race"))
        self.assertEqual(running.readErrors(""), (None, ""))


def caseResult(name, groups, native, snag, tsan):
    def build(wall):
        values = {"median": wall, "min": wall, "max": wall, "runs": 1}
        return {"wall": values, "memoryKb": values, "problems": [], "code": {"text": 10, "instructions": 3},
                "compileSeconds": values}
    builds = {"native": build(native), "snag": build(snag), "tsan": build(tsan)}
    return {"name": name, "program": name, "isShort": False, "groups": groups, "builds": builds}


class Tables(unittest.TestCase):
    results = [caseResult("a", ["kernels", "affine"], 1.0, 2.0, 8.0), caseResult("b", ["sync"], 1.0, 8.0, 8.0)]

    def test_ratios_and_means(self):
        table = tables.runTimes(self.results)
        self.assertRegex(table, r"\| a \|.*\| 2\.00 \| 8\.00 \| \*\*4\.00\*\* \|")
        self.assertRegex(table, r"\| \*\*all\*\* \|.*\| 4\.00 \| 8\.00 \| \*\*2\.00\*\* \|")

    def test_a_build_that_failed_has_a_mark_instead_of_figures(self):
        broken = caseResult("c", ["sync"], 1.0, 2.0, 3.0)
        broken["builds"]["snag"] = {"problems": ["it crashed"]}
        self.assertRegex(tables.runTimes([broken]), r"\| c \|.*\| failed \|")

    def test_goals_tell_reached_from_missed(self):
        verdicts = {goal.text: goal.isReached for goal in goals.judge(self.results)}
        self.assertIs(verdicts["no program slower than with TSan (TSan/Snag)"], True)
        self.assertIs(verdicts["geometric mean of TSan/Snag, run time"], False)

    def test_plots_are_well_formed_and_name_every_program(self):
        rows = [("a&b", {"snag": 2.0, "tsan": 8.0}), ("c", {"snag": None, "tsan": 1.5})]
        picture = plots.bars("Run <time>", rows, "times")
        text = xml.dom.minidom.parseString(picture).toxml()
        self.assertIn("a&amp;b", text)
        self.assertIn("prefers-color-scheme: dark", picture)


if __name__ == "__main__":
    unittest.main()
