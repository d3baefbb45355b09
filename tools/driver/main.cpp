// snag-clang and snag-clang++: the compiler with Snag's pass, and with its runtime when linking. One exec, nothing
// else.
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Arguments = std::vector<std::string>;

constexpr int kUsageError = 64;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "snag-clang: %s\n", message.c_str());
  std::exit(kUsageError);
}

std::string folderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

// The folder above bin/: an installation prefix, or a build folder.
std::string root() {
  char self[4096];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) fail("cannot read /proc/self/exe, which tells where Snag is installed: is /proc mounted?");
  return folderOf(folderOf(std::string(self, length)));
}

std::string required(const std::string& path, const char* cure) {
  if (access(path.c_str(), R_OK) != 0) fail(path + " is missing: " + cure);
  return path;
}

std::string compiler(bool isCxx) {
  if (const char* chosen = std::getenv("SNAG_CLANG"); chosen && *chosen) return chosen;
  return required(std::string(SNAG_LLVM_ROOT "/bin/") + (isCxx ? "clang++" : "clang"),
                  "install clang " SNAG_LLVM_VERSION_TEXT
                  ", or name one of that version in the environment variable SNAG_CLANG");
}

bool startsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool has(const Arguments& arguments, auto predicate) {
  return std::any_of(arguments.begin(), arguments.end(), predicate);
}

bool isOneOf(const std::string& argument, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* name) { return argument == name; });
}

// -g, -g1, -ggdb3, -gdwarf-5, -gline-tables-only, and -g0 too: who asks for no debug information gets none. Modifiers
// such as -gsplit-dwarf and -gz do not choose.
bool choosesDebugInfo(const std::string& argument) {
  return argument == "-g" || startsWith(argument, "-ggdb") || startsWith(argument, "-gline-") ||
         startsWith(argument, "-gdwarf") ||
         (argument.size() == 3 && startsWith(argument, "-g") && argument[2] >= '0' && argument[2] <= '3');
}

bool stopsBeforeLinking(const std::string& argument) {
  return isOneOf(argument, {"-c", "-S", "-E", "-fsyntax-only", "-M", "-MM", "--version", "-v", "--help", "-###", "-cc1",
                            "--precompile", "-emit-ast"}) ||
         startsWith(argument, "-print-") || startsWith(argument, "--print-") || startsWith(argument, "-dump");
}

// Shared libraries and relocatable objects leave the hooks undefined: the executable brings the runtime.
bool hasNoRuntime(const std::string& argument) { return isOneOf(argument, {"-shared", "--shared", "-r", "-Wl,-r"}); }

// An input file, a library or standard input: not an option, nor an option's value, as far as matters here.
bool isInput(const std::string& argument) {
  return argument[0] != '-' || argument == "-" || startsWith(argument, "-l");
}

bool links(const Arguments& arguments) {
  bool onlyAsks = has(arguments, stopsBeforeLinking) &&
                  !(has(arguments, [](auto& a) { return a == "-v"; }) && has(arguments, isInput));
  return !onlyAsks && !has(arguments, hasNoRuntime) && has(arguments, isInput);
}

bool isStatic(const Arguments& arguments) {
  return has(arguments, [](auto& argument) { return isOneOf(argument, {"-static", "--static", "-static-pie"}); });
}

void append(Arguments& command, std::initializer_list<std::string> more) { command.insert(command.end(), more); }

// Shared libraries find these in the executable, also those that are loaded later.
constexpr const char* kExports =
    "-Wl,--export-dynamic-symbol=__snag_*,--export-dynamic-symbol=snag_*,--export-dynamic-symbol=__tsan_*";
constexpr const char* kCure = "build Snag completely, or install it again";

void appendRuntime(Arguments& command, const std::string& folder) {
  append(command, {"-xnone", "-Wl,--whole-archive", required(folder + "libsnag_rt.a", kCure), "-Wl,--no-whole-archive",
                   "-lpthread", "-ldl", "-Wl,--build-id", kExports});
}

// The C++ library that the user has chosen.
Arguments cxxLibraries(const Arguments& user) {
  const auto chosen = std::find_if(user.rbegin(), user.rend(), [](auto& a) { return startsWith(a, "-stdlib="); });
  if (chosen != user.rend() && *chosen == "-stdlib=libc++") return {"-lc++", "-lc++abi"};
  return {"-lstdc++"};
}

// Calls of intercepted functions go to the runtime because the linker is told so. The libraries, which the compiler
// adds at the end anyway, come before the archive that stands in for what none of them has.
void appendStaticRuntime(Arguments& command, const std::string& folder, const std::string& kind,
                         const Arguments& libraries) {
  append(command, {"-xnone", "-Wl,--whole-archive", required(folder + "libsnag_rt_" + kind + ".a", kCure),
                   "-Wl,--no-whole-archive", "-Wl,--build-id", "@" + required(folder + kind + "_link.args", kCure),
                   "-Wl,--start-group"});
  command.insert(command.end(), libraries.begin(), libraries.end());
  append(command, {"-Wl,--end-group", required(folder + "libsnag_absent_" + kind + ".a", kCure)});
}

void appendRuntimeFor(Arguments& command, const std::string& folder, const Arguments& user, bool isCxx) {
  Arguments libraries = isCxx ? cxxLibraries(user) : Arguments{};
  if (isStatic(user)) {
    append(libraries, {"-lm", "-lgcc", "-lgcc_eh", "-lc"});
    appendStaticRuntime(command, folder, "static", libraries);
  } else if (isCxx && has(user, [](auto& argument) { return argument == "-static-libstdc++"; })) {
    libraries.insert(libraries.begin(), "-Wl,-Bstatic");
    append(libraries, {"-Wl,-Bdynamic", "-lm", "-lgcc_s", "-lgcc", "-lc", "-lpthread", "-ldl", kExports});
    appendStaticRuntime(command, folder, "static_cxx", libraries);
  } else {
    appendRuntime(command, folder);
  }
}

Arguments commandFor(const Arguments& user, bool isCxx) {
  std::string library = root() + "/lib/snag/";
  Arguments command{compiler(isCxx), "-fpass-plugin=" + required(library + "snag_pass.so", kCure)};
  if (!has(user, choosesDebugInfo)) command.push_back("-g");
  command.push_back("-fno-omit-frame-pointer");
  command.push_back("-Wno-unused-command-line-argument");
  command.insert(command.end(), user.begin(), user.end());
  if (links(user)) appendRuntimeFor(command, library, user, isCxx);
  return command;
}

}  // namespace

int main(int, char** argv) {
  Arguments user;
  for (char** argument = argv + 1; *argument; ++argument)
    if (**argument) user.push_back(*argument);
  bool isCxx = std::string_view(argv[0]).find("++") != std::string_view::npos;
  Arguments command = commandFor(user, isCxx);
  std::vector<char*> raw;
  for (std::string& argument : command) raw.push_back(argument.data());
  raw.push_back(nullptr);
  execvp(raw[0], raw.data());
  fail("cannot run " + command[0] + ": " + std::strerror(errno) + "; is SNAG_CLANG set to a compiler?");
}
