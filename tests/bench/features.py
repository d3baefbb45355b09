"""One switch for each feature, so that the table shows what each is worth. Found in the sources: nothing to keep up."""
import re

import builds

PASS_SWITCH = re.compile(r'cl::opt<bool>\s+\w+\(\s*"(snag-[\w-]+)",\s*cl::init\((true|false)\)'
                         r'[^;]*?cl::desc\(\s*"([^"]*)"', re.DOTALL)
RUNTIME_SWITCHES = {
    "exact": ("0", "Publish shadow words without compare-exchange"),
    "skip_alone": ("0", "Remember accesses made while the program has one thread"),
}


def passSwitches(root):
    """(name, flag that turns it round, what it says of itself) of each on-off option of the pass."""
    for source in sorted((root / "instrument").rglob("*.cpp")):
        for name, default, meaning in PASS_SWITCH.findall(source.read_text(encoding="utf-8")):
            yield name, f"-{name}={0 if default == 'true' else 1}", meaning


def featureBuilds(root, snag):
    """(build, meaning) pairs: Snag with one thing switched, each."""
    found = []
    for name, flag, meaning in passSwitches(root):
        found.append((builds.Build(f"snag {flag.removeprefix('-snag-')}", snag.compilers, ["-mllvm", flag]), meaning))
    for name, (value, meaning) in RUNTIME_SWITCHES.items():
        environment = {"SNAG_OPTIONS": f"{name}={value}"}
        found.append((builds.Build(f"snag {name}={value}", snag.compilers, [], environment), meaning))
    return found
