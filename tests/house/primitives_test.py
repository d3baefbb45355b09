"""The primitives page says no when a test is missing, unknown or not mentioned."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(ROOT / "tests/support"))

import primitives  # noqa: E402  found in the folder above

LIST = "[Locks | C]\nmutex | 0.1.0 | also: lock; pthread mutex\nerrno | 0.2.0 | no racy test: it is private\n"


def checked(texts, promised=LIST):
    """The problems of a tree with these programs."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "tests/e2e").mkdir(parents=True)
        for name, text in texts.items():
            (root / "tests/e2e" / name).write_text(text)
        listed, names = primitives.parseList(promised)
        problems = primitives.join(root, names)
        return problems + [line for primitive in listed for line in primitives.lacking(primitive)], primitives.render(listed)


COMPLETE = {"race_a.c": "// Expect: data race on 'x' at A, B\n// Primitive: Mutex\n",
            "norace_a.c": "// Expect: silent\n// Primitive: pthread mutex, errno\n// Libraries: libstdc++ libc++\n"}


class Page(unittest.TestCase):
    def test_complete_tests_are_listed(self):
        problems, page = checked(COMPLETE)
        self.assertEqual(problems, [])
        self.assertIn("| mutex | 0.1.0 | [race_a](../tests/e2e/race_a.c) | [norace_a](../tests/e2e/norace_a.c) "
                      "(libstdc++ libc++) |", page)
        self.assertIn("| errno | 0.2.0 | none: it is private |", page)

    def test_a_script_may_show_both_signs(self):
        script = '"""Builds programs.\n// Languages: C\n// Primitive: lock\n// Expect: silent\n// Expect: data race\n"""\n'
        _, page = checked({"foreign_test.py": script})
        self.assertIn("| mutex | 0.1.0 | [foreign_test](../tests/e2e/foreign_test.py) (C) | [foreign_test]", page)

    def test_a_missing_sign_is_a_problem(self):
        for missing in COMPLETE:
            self.assertTrue(checked({name: text for name, text in COMPLETE.items() if name != missing})[0], missing)

    def test_each_language_has_both_signs(self):
        both = LIST.replace(" | C]", "]")
        problems, _ = checked(COMPLETE, both)
        self.assertEqual([line for line in problems if "in C++," in line], problems)
        self.assertEqual(len(problems), 3)
        cxx = {name.replace(".c", ".cpp"): text for name, text in COMPLETE.items()}
        self.assertEqual(checked(COMPLETE | cxx, both)[0], [])

    def test_a_program_may_be_compiled_as_both_languages(self):
        both = {name: text + "// Languages: C C++\n" for name, text in COMPLETE.items()}
        problems, page = checked(both, LIST.replace(" | C]", "]"))
        self.assertEqual(problems, [])
        self.assertIn("[race_a](../tests/e2e/race_a.c) (C C++)", page)

    def test_a_primitive_may_belong_to_one_language(self):
        one = "[Locks]\nmutex | 0.1.0 | languages: C | also: lock; pthread mutex\nerrno | 0.2.0 | languages: C | no racy test: private\n"
        self.assertEqual(checked(COMPLETE, one)[0], [])
        with self.assertRaises(primitives.BadList):
            primitives.parseList("[Locks | D]\n")

    def test_an_unknown_name_is_a_problem(self):
        problems, _ = checked(COMPLETE | {"race_b.c": "// Expect: data race on 'x' at A, B\n// Primitive: mutexx\n"})
        self.assertEqual(len(problems), 1)
        self.assertIn("mutexx", problems[0])

    def test_a_program_that_is_not_right_yet_shows_nothing(self):
        wrong = COMPLETE | {"race_a.c": COMPLETE["race_a.c"] + "// Unsupported: not yet\n"}
        self.assertTrue(checked(wrong)[0])

    def test_a_reason_that_is_no_longer_true_is_a_problem(self):
        racy = COMPLETE | {"race_b.c": "// Expect: data race on 'x' at A, B\n// Primitive: errno\n"}
        self.assertTrue(checked(racy)[0])

    def test_one_name_means_one_primitive(self):
        with self.assertRaises(primitives.BadList):
            primitives.parseList(LIST + "lock | 0.2.0\n")


if __name__ == "__main__":
    unittest.main()
