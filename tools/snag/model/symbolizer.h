// From (module file, virtual address in it) to source positions and names of data. An interface, so that
// everything above it is tested without debug info.
#ifndef SNAG_MODEL_SYMBOLIZER_H
#define SNAG_MODEL_SYMBOLIZER_H

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace snag::model {

// A position in the source; empty strings and zeros where unknown.
struct SourcePlace {
  std::string function;  // demangled, with parameters where the debug info has them
  std::string file;      // absolute where the debug info says so
  uint32_t line = 0;
  uint32_t column = 0;
};

// A variable in a module's data; `name` is empty if no symbol covers the address.
struct DataSymbol {
  std::string name;
  uint64_t start = 0;
  uint64_t size = 0;
  std::string file;
  uint32_t line = 0;
  std::string path;  // of the member at the address, "account.m"; empty without debug info
  std::string type;  // of that member if it is a number, a bool, an enumeration or a pointer: "long", "Config*"
};

class Symbolizer {
 public:
  virtual ~Symbolizer() = default;
  // The inlined calls at `address`, innermost first; empty if nothing is known.
  virtual std::vector<SourcePlace> code(const std::string& module, uint64_t address) = 0;
  virtual DataSymbol data(const std::string& module, uint64_t address) = 0;
};

// The real one. Cheap to make: LLVM's symbolizer and debug info are loaded by the first question.
std::unique_ptr<Symbolizer> makeLlvmSymbolizer();

}  // namespace snag::model

#endif  // SNAG_MODEL_SYMBOLIZER_H
