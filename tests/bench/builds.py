"""The ways in which every program is built: natively, with Snag, with ThreadSanitizer, and with Snag's switches."""
import dataclasses
import pathlib
import re
import subprocess

import figures
import running

INSTRUCTION = re.compile(r"^ *\t(?!nop|int3)[a-z]", re.MULTILINE)  # a line of a disassembly, but not padding
OPTIONS = ["-O2", "-g", "-pthread"]  # the same for every build


@dataclasses.dataclass
class Build:
    """A compiler with flags, and run-time options of the programs that it makes."""
    name: str
    compilers: dict  # True: for C++; False: for C
    flags: list = dataclasses.field(default_factory=list)
    environment: dict = dataclasses.field(default_factory=dict)


def standardBuilds(binFolder, clang, clangxx):
    native = {False: clang, True: clangxx}
    snag = {False: str(binFolder / "snag-clang"), True: str(binFolder / "snag-clang++")}
    return [Build("native", native), Build("snag", snag), Build("tsan", native, ["-fsanitize=thread"])]


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def compileCommand(build, program, objectFile):
    return [build.compilers[program.isCxx], f"-std={program.std}", *OPTIONS, *build.flags, *program.flags, "-w", "-c",
            program.path, "-o", objectFile]


def make(build, program, folder):
    """Builds one program; returns the executable and its object file."""
    folder = pathlib.Path(folder) / build.name
    folder.mkdir(parents=True, exist_ok=True)
    objectFile, executable = folder / (program.name + ".o"), folder / program.name
    run(compileCommand(build, program, objectFile))
    run([build.compilers[program.isCxx], *OPTIONS, *build.flags, objectFile, "-o", executable, "-lm"])
    return executable, objectFile


def codeSize(objectFile, llvmFolder):
    """Of the object file, so without any runtime: bytes of machine code, number of instructions in it, and bytes of
    everything that is loaded into memory (tables of places included)."""
    sections = run([llvmFolder / "llvm-size", "-A", objectFile]).splitlines()
    text = sum(int(line.split()[1]) for line in sections if line.startswith(".text"))
    loaded = run([llvmFolder / "llvm-size", objectFile]).splitlines()[1].split()
    listing = run([llvmFolder / "llvm-objdump", "-d", "--no-show-raw-insn", "--no-leading-addr", objectFile])
    return {"text": text, "loaded": int(loaded[3]), "instructions": len(INSTRUCTION.findall(listing))}


def compileTimes(measure, builds, program, folder, repeat):
    """Seconds of processor time that each build needs for the object file; the builds take turns."""
    seconds = {build.name: [] for build in builds}
    for _ in range(repeat):
        for build in builds:
            target = pathlib.Path(folder) / build.name / "timed.o"
            cost = running.run(measure, compileCommand(build, program, target))
            if cost["code"] == 0:
                seconds[build.name].append(cost["user"] + cost["system"])
    return {name: figures.summary(values) for name, values in seconds.items()}
