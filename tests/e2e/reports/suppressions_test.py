#!/usr/bin/env python3
"""A suppression file silences the findings it names, and nothing else.

Usage: suppressions_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SUPPORT = pathlib.Path(__file__).resolve().parents[2] / "support"

# Two races, each of which happens in every run. The program ends with 3.
PROGRAM = """
#include <thread>
#include "invisible.h"

int first, second;
InvisibleTurns turns;

void changeFirst() { first += 1; }
void changeSecond() { second += 1; }
void changeBoth() { changeFirst(); changeSecond(); }

int main() {
  std::thread a([] { changeBoth(); invisiblePass(&turns); });
  std::thread b([] { invisibleAwait(&turns, 1); changeBoth(); });
  a.join();
  b.join();
  return 3;
}
"""
OWN_EXIT_CODE = 3


class Workshop:
    """A folder with the program, and ways to run it."""

    def __init__(self, arguments, folder):
        self.binDir = pathlib.Path(arguments.bin_dir)
        self.folder = pathlib.Path(folder)
        source = self.folder / "two_races.cpp"
        source.write_text(PROGRAM)
        self.program = self.folder / "two_races"
        self.execute(self.binDir / "snag-clang++", "-O1", "-g", "-I", SUPPORT, source, "-o", self.program, check=True)

    def execute(self, *command, options="", check=False):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SNAG_")}
        if options:
            environment["SNAG_OPTIONS"] = options
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=check,
                              cwd=self.folder, env=environment, stdin=subprocess.DEVNULL)
        print(f"$ {' '.join(map(str, command))}   {options}\nexit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def rules(self, text):
        (self.folder / "known.supp").write_text(text)
        return "suppressions=known.supp"


def subjects(text):
    return re.findall(r"ERROR: Snag: lost update on '(\w+)'", text)


def offered_rule_works(shop):
    """The rule that a report prints silences that report, and the other one still counts."""
    plain = shop.execute(shop.program)
    assert subjects(plain.stderr) == ["first", "second"] and plain.returncode == 66
    rule = re.search(r"suppression rule `(.*)`", plain.stderr).group(1)
    done = shop.execute(shop.program, options=shop.rules(rule + "\n"))
    assert subjects(done.stderr) == ["second"] and done.returncode == 66
    assert f"Snag: 1 finding suppressed by {rule} (line 1)." == done.stderr.splitlines()[-1]


def all_suppressed_is_success(shop):
    """The program then has its own exit code; a rule that matched nothing is named if that is asked for."""
    options = shop.rules("# known\nrace:^changeFirst\nrace:^second$\nrace_top:changeBoth\n")
    done = shop.execute(shop.program, options=options + ":verbosity=1")
    assert subjects(done.stderr) == [] and done.returncode == OWN_EXIT_CODE
    assert "2 findings suppressed 1 by race:^changeFirst (line 2) and 1 by race:^second$ (line 3)." in done.stderr
    assert "nothing matched: race_top:changeBoth (line 4)." in done.stderr


def records_are_judged_with_rules(shop):
    """snag run and snag report take the rules as an argument; records name the file that the program was given."""
    shop.rules("race:changeBoth\n")
    snag = shop.binDir / "snag"
    done = shop.execute(snag, "run", "--suppressions=known.supp", "--", shop.program)
    assert subjects(done.stderr) == [] and done.returncode == OWN_EXIT_CODE
    shop.execute(shop.program, options="log_dir=records")
    assert subjects(shop.execute(snag, "report", "records").stdout) == ["first", "second"]
    assert subjects(shop.execute(snag, "report", "--suppressions=known.supp", "records").stdout) == []
    shop.execute(shop.program, options="log_dir=more:suppressions=known.supp")
    assert subjects(shop.execute(snag, "report", "more").stdout) == []


def mistakes_are_explained(shop):
    """Whatever is wrong with the file, findings are shown."""
    missing = shop.execute(shop.program, options="suppressions=nowhere.supp")
    assert f"'{shop.folder.resolve()}/nowhere.supp'" in missing.stderr and "Correct the path" in missing.stderr
    assert subjects(missing.stderr) == ["first", "second"] and missing.returncode == 66
    wrong = shop.execute(shop.program, options=shop.rules("\nchangeFirst\nrace:changeSecond\n"))
    assert "Line 2 of the suppression file" in wrong.stderr and "Write race:changeFirst" in wrong.stderr
    assert subjects(wrong.stderr) == ["first"] and wrong.returncode == 66


CLAIMS = {claim.__name__: claim for claim in
          (offered_rule_works, all_suppressed_is_success, records_are_judged_with_rules, mistakes_are_explained)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=CLAIMS)
    for name in ("--bin-dir", "--clang", "--clangxx"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        CLAIMS[arguments.claim](Workshop(arguments, folder))


if __name__ == "__main__":
    sys.exit(main())
