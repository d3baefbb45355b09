#!/usr/bin/env python3
"""Makes the runtimes for programs that are linked statically, out of the objects of the usual one.

A static program has no dynamic linker that would find our functions first and the libc's behind them. GNU ld and lld do
the same at link time: with --wrap=f, calls of f go to __wrap_f, and __real_f is f. So each interceptor f is renamed to
__wrap_f, and a table has the address of each __real_f. What is intercepted, and what the runtime looks up besides, is
read from the objects: the functions they export, and the names in section snag_real.

There are two: for -static and -static-pie, and for -static-libstdc++, where only the C++ library is static.

Written to the output folder, for each KIND (static, static_cxx): libsnag_rt_KIND.a; KIND_link.args for the compiler that
links a program; and libsnag_absent_KIND.a, which comes last in the link and defines as 0 what no library has. It has the
way to the functions in ON_DEMAND, too, for programs that call them.
"""
import argparse
import pathlib
import struct
import subprocess
import tempfile

REAL_SECTION = "snag_real"
REAL_SYMBOL_BYTES = 24  # RealSymbol in runtime/interceptors/real_function.h; the name is its first field
MORE_LOOKUPS = ["_Unwind_Backtrace",  # platform/linux/unwind.cpp
                "__libc_start_main"]  # interceptors/quiet_modules.cpp
OWN_PREFIXES = ("__snag_", "snag_", "snag", "__tsan_")
# operator new and delete: whoever is first in the link is taken, and a program's own replace ours, as they should.
OPERATOR_PREFIXES = ("_Zn", "_Zd")
# glibc loads shared libraries for these, also in static programs, and the linker warns whoever names them: so only a
# program that does may bring them in.
ON_DEMAND = set("""
    getpwnam getpwuid getpwent getpwnam_r getpwuid_r getgrnam getgrgid getgrent getgrnam_r getgrgid_r
    gethostbyname gethostbyaddr getservbyname getservbyport getprotobyname getprotobynumber getaddrinfo
""".split())
CXX_PREFIXES = ("_Z", "__cxa_")
NOT_CXX = {"__cxa_atexit", "__cxa_finalize", "__cxa_at_quick_exit", "__cxa_thread_atexit_impl"}  # libc's

SHT_SYMTAB, SHT_RELA = 2, 4
STB_GLOBAL, STB_WEAK, STV_DEFAULT, STT_FUNC = 1, 2, 0, 2


class ObjectFile:
    """The parts of a 64-bit little-endian ELF object that matter here."""

    def __init__(self, path):
        self.data = pathlib.Path(path).read_bytes()
        (offset,) = struct.unpack_from("<Q", self.data, 0x28)
        size, count, names = struct.unpack_from("<HHH", self.data, 0x3A)
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", self.data, offset + i * size) for i in range(count)]
        self.names = [self.text(names, section[0]) for section in self.sections]
        self.symbols = self.readSymbols()

    def text(self, section, offset):
        start = self.sections[section][4] + offset
        return self.data[start:self.data.index(b"\0", start)].decode()

    def readSymbols(self):
        for section in self.sections:
            if section[1] == SHT_SYMTAB:
                start, size, strings = section[4], section[5], section[6]
                return [(self.text(strings, symbol[0]), *symbol[1:])
                        for symbol in struct.iter_unpack("<IBBHQQ", self.data[start:start + size])]
        return []

    def exportedFunctions(self):
        for name, info, other, section, _, _ in self.symbols:
            if section != 0 and info >> 4 in (STB_GLOBAL, STB_WEAK) and info & 15 == STT_FUNC and other & 3 == STV_DEFAULT:
                yield name

    def realNames(self):
        for section in self.sections:
            if section[1] != SHT_RELA or self.names[section[7]] != REAL_SECTION:
                continue
            start, size = section[4], section[5]
            for place, info, addend in struct.iter_unpack("<QQq", self.data[start:start + size]):
                if place % REAL_SYMBOL_BYTES == 0:
                    _, _, _, target, value, _ = self.symbols[info >> 32]
                    yield self.text(target, value + addend)


def isOwn(name):
    return name.startswith(OWN_PREFIXES) or name.startswith(OPERATOR_PREFIXES)


def isOfCxxLibrary(name):
    return name.startswith(CXX_PREFIXES) and name not in NOT_CXX


def tableSource(lookups, intercepted):
    """C source of the table; sorted, because it is searched by halves."""
    lines = ["struct SnagLinkedFunction { const char* name; void* function; };"]
    for number, name in enumerate(lookups):
        symbol = f"__snag_real_{name}" if name in ON_DEMAND else f"__real_{name}" if name in intercepted else name
        lines.append(f'extern char f{number}[] __asm__("{symbol}") __attribute__((weak));')
    lines.append('__attribute__((visibility("hidden"))) const struct SnagLinkedFunction snagLinkedFunctions[] = {')
    lines += [f'  {{"{name}", f{number}}},' for number, name in enumerate(lookups)]
    lines.append("};")
    lines.append('__attribute__((visibility("hidden"))) const unsigned long snagLinkedFunctionCount = '
                 f"{len(lookups)};")
    return "\n".join(lines) + "\n"


def absentFunctions(arguments, folder, names):
    """One object a function, so that the linker takes only those that it did not find."""
    source = folder / "absent.s"
    source.write_text(".weak snagAbsent\nsnagAbsent = 0\n.section .note.GNU-stack\n")
    template = source.with_suffix(".o")
    subprocess.run([arguments.cc, "-c", source, "-o", template], check=True)
    for number, name in enumerate(names):
        member = folder / f"absent{number}.o"
        subprocess.run([arguments.objcopy, f"--redefine-sym=snagAbsent={name}", template, member], check=True)
        yield member


def functionsOnDemand(arguments, folder, names):
    """One object a function, which the linker takes if the program calls it: by it the call finds the interceptor, and
    the table the function."""
    for name in names:
        source = folder / f"on_demand_{name}.s"
        ways = {f"__wrap_{name}": f"__snag_wrap_{name}", f"__snag_real_{name}": f"__real_{name}"}
        source.write_text("".join(f".globl {way}\n.type {way}, @function\n{way}: jmp {to}\n" for way, to in ways.items())
                          + ".section .note.GNU-stack\n")
        subprocess.run([arguments.cc, "-c", source, "-o", source.with_suffix(".o")], check=True)
        yield source.with_suffix(".o")


def makeArchive(arguments, archive, members):
    archive.unlink(missing_ok=True)
    subprocess.run([arguments.ar, "qcs", archive, *members], check=True)


def makeRuntime(arguments, kind, objects, intercepted, lookups):
    # In the order of bytes, as the runtime compares.
    lookups = sorted((name for name in lookups if not name.startswith(OPERATOR_PREFIXES)), key=str.encode)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        table = folder / "linked_functions.c"
        table.write_text(tableSource(lookups, intercepted))
        compiled = table.with_suffix(".o")
        subprocess.run([arguments.cc, "-O1", "-fPIC", "-c", table, "-o", compiled], check=True)
        onDemand = sorted(ON_DEMAND & intercepted)
        renames = folder / "renames"
        renames.write_text("".join(f"{name} __{'snag_' if name in onDemand else ''}wrap_{name}\n"
                                   for name in sorted(intercepted)))
        archive = arguments.output / f"libsnag_rt_{kind}.a"
        makeArchive(arguments, archive, [*objects, compiled])
        subprocess.run([arguments.objcopy, f"--redefine-syms={renames}", archive], check=True)
        needed = [name for name in lookups if name not in onDemand]
        makeArchive(arguments, arguments.output / f"libsnag_absent_{kind}.a",
                    [*absentFunctions(arguments, folder, needed), *functionsOnDemand(arguments, folder, onDemand)])
    # --undefined brings the function in from its archive: the table's references are weak, and bring nothing.
    options = [f"-Wl,--wrap={name}" for name in sorted(intercepted)]
    options += [f"-Wl,--undefined={name}" for name in needed]
    (arguments.output / f"{kind}_link.args").write_text("\n".join(options) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--ar", required=True)
    parser.add_argument("--objcopy", required=True)
    parser.add_argument("objects", nargs="+")
    arguments = parser.parse_args()

    files = [ObjectFile(path) for path in arguments.objects]
    intercepted = {name for file in files for name in file.exportedFunctions() if not isOwn(name)}
    lookups = {name for file in files for name in file.realNames()} | set(MORE_LOOKUPS)

    def without(*names):
        return [path for path in arguments.objects if not any(name in pathlib.Path(path).name for name in names)]

    makeRuntime(arguments, "static", without("dynamic_symbols", "mixed_symbols"), intercepted, lookups)
    makeRuntime(arguments, "static_cxx", without("dynamic_symbols", "static_symbols"),
                set(filter(isOfCxxLibrary, intercepted)), set(filter(isOfCxxLibrary, lookups)))


if __name__ == "__main__":
    main()
