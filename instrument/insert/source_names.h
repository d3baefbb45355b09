// Which variable and which field an address expression means, from debug info and TBAA. Best effort: a name that
// cannot be found stays empty, a wrong one would be worse.
#ifndef SNAG_INSTRUMENT_SOURCE_NAMES_H
#define SNAG_INSTRUMENT_SOURCE_NAMES_H

#include "insert/type_path.h"

#include "llvm/IR/Instructions.h"

#include <string>

namespace snag {

struct SourceNames {
  std::string
      variable;  // root of the expression: "stats" in stats.hits, "p" in p->n, "counter" in [&counter] { ++counter; }
  std::string field;  // "Stats::hits"
  bool isVptr = false;
};

class SourceNamer {
 public:
  explicit SourceNamer(TypeIndex& types) : types_(types) {}

  // `size` bytes (0: unknown) at `address`, accessed by `instruction`.
  SourceNames namesOf(const llvm::Instruction& instruction, llvm::Value* address, uint64_t size);

 private:
  // "`offset` bytes into an object of `type`, which the source reaches through `variable`".
  struct Place {
    std::string variable;
    const llvm::DIType* type = nullptr;
    int64_t offset = 0;
    bool throughPointer = false;
    bool isKnown() const { return type || !variable.empty(); }
  };

  Place placeOf(llvm::Value* address, unsigned depth);
  Place placeOfGlobal(const llvm::GlobalVariable& global);
  Place placeOfOffset(llvm::Value* address, unsigned depth);
  Place placeOfLoaded(llvm::LoadInst& load, unsigned depth);
  Place placeOfCall(llvm::CallBase& call, unsigned depth);
  Place placeOfAny(llvm::User& choice, unsigned depth);
  Place placeFromRecords(llvm::Value* value);
  Place pointeeAt(const Place& pointer);
  TypePath pathTo(const Place& pointer);
  std::string nameAt(const Place& place);

  std::string fieldFromTbaa(const llvm::Instruction& instruction, uint64_t bits);

  TypeIndex& types_;
  const llvm::DataLayout* layout_ = nullptr;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_SOURCE_NAMES_H
