// The shared object that -fpass-plugin names. It has no undefined LLVM symbol, so any compiler can load it; it
// refuses a compiler of another LLVM version with a message that names the cure, and otherwise hands over to
// snag_pass_impl.so beside it.
#include "llvm_compat.h"

#include <dlfcn.h>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

constexpr int kUsageError = 64;

[[noreturn]] void refuse(const std::string& message) {
  std::fprintf(stderr, "snag: %s\n", message.c_str());
  std::exit(kUsageError);
}

// 0 if the compiler does not tell (it was linked without exporting LLVM's C interface).
unsigned hostLlvmVersion() {
  using GetVersion = void (*)(unsigned*, unsigned*, unsigned*);
  auto getVersion = reinterpret_cast<GetVersion>(dlsym(RTLD_DEFAULT, "LLVMGetVersion"));
  unsigned major = 0, minor = 0, patch = 0;
  if (getVersion) getVersion(&major, &minor, &patch);
  return major;
}

void checkHostVersion() {
  unsigned host = hostLlvmVersion();
  if (host == 0 || host == SNAG_LLVM_VERSION) return;
  refuse("this plugin was built for LLVM " + std::to_string(SNAG_LLVM_VERSION) +
         ", but the compiler that loads it is LLVM " + std::to_string(host) +
         ": use snag-clang, or build Snag with -DSNAG_LLVM_VERSION=" + std::to_string(host));
}

std::string implementationPath() {
  Dl_info self;
  if (!dladdr(reinterpret_cast<void*>(&implementationPath), &self) || !self.dli_fname)
    refuse("cannot find out where the plugin was loaded from");
  std::string path = self.dli_fname;
  size_t slash = path.rfind('/');
  return (slash == std::string::npos ? std::string("./") : path.substr(0, slash + 1)) + "snag_pass_impl.so";
}

}  // namespace

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo llvmGetPassPluginInfo() {
  checkHostVersion();
  std::string path = implementationPath();
  void* implementation = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!implementation)
    refuse(std::string("cannot load the pass: ") + dlerror() + " (reinstall Snag, or use snag-clang)");
  using GetInfo = llvm::PassPluginLibraryInfo (*)();
  auto getInfo = reinterpret_cast<GetInfo>(dlsym(implementation, "snagPassPluginInfo"));
  if (!getInfo) refuse(path + " belongs to another version of Snag: reinstall Snag");
  return getInfo();
}
