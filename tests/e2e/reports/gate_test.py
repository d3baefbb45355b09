#!/usr/bin/env python3
"""The gate is red for new findings, only for those, and never green by accident.

Usage: gate_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
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

# `./races first second` has a race on each variable that is named. The program ends with 0, or kills itself if asked.
PROGRAM = """
#include <csignal>
#include <cstring>
#include <thread>
#include "invisible.h"

int first, second;
InvisibleTurns turns;
bool wantFirst, wantSecond;

void changeFirst() { first += 1; }
void changeSecond() { second += 1; }
void change() {
  if (wantFirst) changeFirst();
  if (wantSecond) changeSecond();
}

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    wantFirst |= !strcmp(argv[i], "first");
    wantSecond |= !strcmp(argv[i], "second");
  }
  std::thread a([] { change(); invisiblePass(&turns); });
  std::thread b([] { invisibleAwait(&turns, 1); change(); });
  a.join();
  b.join();
  if (!strcmp(argv[argc - 1], "die")) raise(SIGKILL);
}
"""
ONE_THREAD = "int main(int argc, char** argv) { volatile int x = argc; return x - argc; }"
IDLE_THREADS = """
#include <pthread.h>
static void* idle(void* nothing) { return nothing; }
int main() {
  pthread_t thread;  // never read
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &detached, idle, nullptr);
}
"""
RED, NOTHING, USAGE = 66, 67, 64


class Workshop:
    def __init__(self, arguments, folder):
        self.binDir = pathlib.Path(arguments.bin_dir).resolve()
        self.folder = pathlib.Path(folder).resolve()
        self.clangxx = arguments.clangxx
        self.build("races", PROGRAM)

    def build(self, name, text, compiler="snag-clang++"):
        source = self.folder / f"{name}.cpp"
        source.write_text(text)
        self.execute(self.binDir / compiler, "-O1", "-g", "-I", SUPPORT, source, "-o", self.folder / name, "-pthread",
                     check=True)

    def execute(self, *command, options="", check=False):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SNAG_")}
        if options:
            environment["SNAG_OPTIONS"] = options
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=check,
                              cwd=self.folder, env=environment, stdin=subprocess.DEVNULL)
        print(f"$ {' '.join(map(str, command))}   {options}\nexit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def gate(self, script, *flags, options=""):
        return self.execute(self.binDir / "snag", "gate", *flags, "--", "sh", "-c", script, options=options)

    def baseline(self):
        return json.loads((self.folder / "known.json").read_text())["findings"]


def counts(done):
    """(new, known, fixed, expired)"""
    return tuple(map(int, re.search(r"^Snag gate: (\d+) new, (\d+) known, (\d+) fixed, (\d+) expired", done.stderr,
                                    re.M).groups()))


def red_even_if_hidden(shop):
    """Neither lost standard error nor a swallowed exit code makes it green; many processes are one verdict."""
    done = shop.gate("./races first 2>/dev/null || true; ./races second 2>/dev/null & wait; ./races")
    assert done.returncode == RED and counts(done) == (2, 0, 0, 0)
    assert "lost update on 'first'" in done.stderr and "lost update on 'second'" in done.stderr
    green = shop.gate("./races")
    assert green.returncode == 0 and counts(green) == (0, 0, 0, 0) and "Snag gate: green." in green.stderr


def baseline_decides(shop):
    """What the baseline knows is listed and does not count; what people wrote in it stays."""
    update = shop.gate("./races first", "--baseline=known.json", "--update-baseline")
    assert update.returncode == 0 and counts(update) == (1, 0, 0, 0)
    entry, = shop.baseline()
    assert entry["kind"] == "lost-update" and re.fullmatch(r"\d{4}-\d\d-\d\d", entry["first_seen"])
    assert entry["place"] == f"{shop.folder}/races.cpp in changeFirst()" or entry["place"] == "races.cpp in changeFirst()"
    known = shop.gate("./races first", "--baseline=known.json")
    assert known.returncode == 0 and counts(known) == (0, 1, 0, 0) and "ERROR: Snag" not in known.stderr

    entry.update(reason="ticket 7", owner="ann", first_seen="2020-02-02", ticket=7)
    (shop.folder / "known.json").write_text(json.dumps({"snag_baseline": 1, "findings": [entry]}))
    more = shop.gate("./races first second", "--baseline=known.json")
    assert more.returncode == RED and counts(more) == (1, 1, 0, 0)
    assert "lost update on 'second'" in more.stderr and "ERROR: Snag: lost update on 'first'" not in more.stderr
    shop.gate("./races second", "--baseline=known.json", "--update-baseline")
    both = {item["title"].split("'")[1]: item for item in shop.baseline()}
    assert sorted(both) == ["first", "second"], "what was not seen is kept"
    assert {key: both["first"][key] for key in ("reason", "owner", "first_seen", "ticket")} == \
        {"reason": "ticket 7", "owner": "ann", "first_seen": "2020-02-02", "ticket": 7}
    fixed = shop.gate("./races second", "--baseline=known.json")
    assert fixed.returncode == 0 and counts(fixed) == (0, 1, 1, 0)
    shop.gate("./races second", "--baseline=known.json", "--update-baseline", "--prune")
    assert [item["title"].split("'")[1] for item in shop.baseline()] == ["second"]


def baseline_is_sorted_and_expires(shop):
    shop.gate("./races first second", "--baseline=known.json", "--update-baseline")
    text = (shop.folder / "known.json").read_text()
    marks = re.findall(r'^      "fingerprint": "([0-9a-f]{16})",$', text, re.M)
    assert len(marks) == 2 and marks == sorted(marks), "one member a line, sorted"
    (shop.folder / "known.json").write_text(text.replace('"expires": ""', '"expires": "2999-12-31"'))
    assert shop.gate("./races first second", "--baseline=known.json").returncode == 0
    (shop.folder / "known.json").write_text(text.replace('"expires": ""', '"expires": "2021-01-01"', 1))
    expired = shop.gate("./races first second", "--baseline=known.json")
    assert expired.returncode == RED and counts(expired) == (0, 1, 0, 1)


def bad_baseline_is_refused(shop):
    """Before the command runs, with a message, and the file stays as it is."""
    for text, message in (("{", "it is no JSON"), ("[]", "no baseline of Snag"),
                          ('{"snag_baseline": 99, "findings": []}', "format 99"),
                          ('{"snag_baseline": 1}', 'no list "findings"'),
                          ('{"snag_baseline": 1, "findings": [{}]}', 'entry 1 of "findings" has no "fingerprint"'),
                          ('{"snag_baseline": 1, "findings": [{"fingerprint": "a", "expires": "soon"}]}',
                           "YYYY-MM-DD")):
        (shop.folder / "known.json").write_text(text)
        for flags in ((), ("--update-baseline",)):
            done = shop.gate("touch was_run", "--baseline=known.json", *flags)
            assert done.returncode == USAGE and message in done.stderr and "was left as it is" in done.stderr
            assert (shop.folder / "known.json").read_text() == text and not (shop.folder / "was_run").exists()
    missing = shop.gate("touch was_run", "--baseline=nowhere.json")
    assert missing.returncode == USAGE and "--update-baseline" in missing.stderr
    assert not (shop.folder / "was_run").exists()


def vacuous_is_not_green(shop):
    """Each way of observing nothing is named; the command's own failure stands."""
    shop.build("alone", ONE_THREAD)
    shop.build("idle", IDLE_THREADS)
    plain = shop.folder / "plain.o"
    shop.execute(shop.clangxx, "-c", shop.folder / "races.cpp", "-I", SUPPORT, "-o", plain, check=True)
    shop.execute(shop.binDir / "snag-clang++", plain, "-o", shop.folder / "linked", "-pthread", check=True)
    for script, reason, options in (("true", "no process with Snag's runtime ran", ""),
                                    ("./linked first", "no instrumented code ran", ""),
                                    ("./idle", "no memory access was checked", ""),
                                    ("./alone", "only one thread", ""),
                                    ("./races first", "switched off by enabled=0", "enabled=0")):
        done = shop.gate(script, options=options)
        assert done.returncode == NOTHING and reason in done.stderr and "green" not in done.stderr
    assert shop.gate("exit 7").returncode == 7
    failing = shop.gate("./races; exit 9")
    assert failing.returncode == 9 and "green" not in failing.stderr
    red = shop.gate("./races first; exit 9")
    assert red.returncode == RED
    update = shop.gate("true", "--baseline=known.json", "--update-baseline")
    assert update.returncode == NOTHING and not (shop.folder / "known.json").exists()


def a_killed_process_keeps_its_findings(shop):
    done = shop.gate("./races first die; true")
    assert done.returncode == RED and counts(done)[0] == 1


def formats_go_to_files(shop):
    """Several formats of one run; the text is still printed."""
    done = shop.gate("./races first", "--format=text", "--format=sarif:out.sarif", "--format=json:out.json",
                     "--format=html:out.html")
    assert done.returncode == RED and "ERROR: Snag: lost update on 'first'" in done.stderr
    finding, = json.loads((shop.folder / "out.json").read_text())["findings"]
    result, = json.loads((shop.folder / "out.sarif").read_text())["runs"][0]["results"]
    assert finding["state"] == result["baselineState"] == "new"
    assert result["partialFingerprints"]["racePair/v1"] == finding["fingerprint"]
    assert finding["fingerprint"] in (shop.folder / "out.html").read_text()
    wrong = shop.gate("./races", "--format=json:/nowhere/out.json")
    assert wrong.returncode == USAGE and "Cannot write" in wrong.stderr


def explain_filters_and_maps(shop):
    """One finding in full by the first digits of its fingerprint; filters; sources that moved."""
    snag = shop.binDir / "snag"
    (shop.folder / "records").mkdir()
    shop.execute("./races", "first", "second", options="log_dir=records")
    document = json.loads(shop.execute(snag, "report", "--format=json", "--source-root", ".", "records").stdout)
    by_name = {finding["subject"]: finding for finding in document["findings"]}
    assert sorted(by_name) == ["first", "second"]
    assert by_name["first"]["place"]["file"] == "races.cpp" and by_name["first"]["accesses"][0]["source"].strip()
    mark = by_name["second"]["fingerprint"]
    explained = shop.execute(snag, "explain", mark[:6], "records")
    assert explained.returncode == 0 and "lost update on 'second'" in explained.stdout
    assert "'first'" not in explained.stdout and "Why a bug:" in explained.stdout and "_M_run" in explained.stdout
    unknown = shop.execute(snag, "explain", "zzz", "records")
    assert unknown.returncode == USAGE and mark in unknown.stderr, "what there is, is listed"

    def subjects(*flags):
        done = shop.execute(snag, "report", "--format=json", *flags, "records")
        return sorted(finding["subject"] for finding in json.loads(done.stdout)["findings"])

    assert subjects("--filter", f"fingerprint={mark[:8]}") == ["second"]
    assert subjects("--filter", "kind=lost-update,path=races.cpp") == ["first", "second"]
    assert subjects("--filter", "kind=data-race") == [] and subjects("--filter", "path=nowhere/") == []
    assert shop.execute(snag, "report", "--filter", "kind=typo", "records").returncode == USAGE

    (shop.folder / "moved").mkdir()
    (shop.folder / "races.cpp").rename(shop.folder / "moved/races.cpp")
    mapped = shop.execute(snag, "report", f"--path-map={shop.folder}={shop.folder}/moved", "records").stdout
    assert "first += 1" in mapped and "moved/races.cpp:" in mapped
    assert f"Fingerprint: {mark}" in mapped, "it survives the move"


def rules_are_listed(shop):
    """Rules that silence many findings, and those that silence none, whatever the verdict."""
    many = "\n".join(f"int v{i}; void change{i}() {{ v{i} += 1; }}" for i in range(10))
    calls = " ".join(f"change{i}();" for i in range(10))
    shop.build("many", f"""
#include <thread>
#include "invisible.h"
InvisibleTurns turns;
{many}
int main() {{
  std::thread a([] {{ {calls} invisiblePass(&turns); }});
  std::thread b([] {{ invisibleAwait(&turns, 1); {calls} }});
  a.join();
  b.join();
}}
""")
    (shop.folder / "rules").write_text("race:change\nrace:nowhere\n")
    done = shop.gate("./many", "--suppressions=rules")
    assert done.returncode == 0 and "10 suppressed" in done.stderr
    assert re.search(r"suppression rules that nothing matched:\n    race:nowhere \(line 2\)$", done.stderr, re.M)
    assert re.search(r"over-broad suppression rules .*:\n    race:change \(line 1\): 10 findings in 1 file$", done.stderr,
                     re.M)
    (shop.folder / "rules").write_text("race:^changeFirst$\n")
    done = shop.gate("./races first", "--suppressions=rules")
    assert done.returncode == 0 and "over-broad" not in done.stderr and "nothing matched" not in done.stderr
    (shop.folder / "rules").write_text("race:change\n")
    text = shop.execute("./many", options="suppressions=rules").stderr
    assert "Snag: over-broad suppression rules, name what they mean: race:change (line 1): 10 findings in 1 file." in text


CLAIMS = {claim.__name__: claim for claim in
          (red_even_if_hidden, baseline_decides, baseline_is_sorted_and_expires, bad_baseline_is_refused,
           vacuous_is_not_green, a_killed_process_keeps_its_findings, formats_go_to_files, explain_filters_and_maps,
           rules_are_listed)}


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
