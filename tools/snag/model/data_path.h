// From an address inside a global to the path of the member there, by DWARF types: "account.m", "shards[3].lock".
#ifndef SNAG_MODEL_DATA_PATH_H
#define SNAG_MODEL_DATA_PATH_H

#include <cstdint>
#include <memory>
#include <string>

namespace llvm {
class DWARFContext;
}

namespace snag::model {

struct DataPath {
  std::string path;
  std::string type;  // as in DataSymbol
};

// The path of the innermost member whose name is the user's own (names with a leading '_' belong to the library),
// or nothing if the debug info knows no variable there. Addresses are virtual, as in the file; `start` is the
// variable's.
DataPath dataPath(llvm::DWARFContext& debugInfo, uint64_t start, uint64_t address);

}  // namespace snag::model

#endif  // SNAG_MODEL_DATA_PATH_H
