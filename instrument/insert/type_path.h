// Names for places inside typed objects, from debug info: "Stats::hits", "Outer::in.hits", "Grid::cells[].left".
#ifndef SNAG_INSTRUMENT_TYPE_PATH_H
#define SNAG_INSTRUMENT_TYPE_PATH_H

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/DebugInfoMetadata.h"

#include <string>

namespace snag {

// Complete types of a module by their identifier (C++) or name (C).
class TypeIndex {
 public:
  explicit TypeIndex(const llvm::Module& module) : module_(module) {}
  const llvm::DICompositeType* find(llvm::StringRef name);

 private:
  const llvm::Module& module_;
  bool built_ = false;
  llvm::StringMap<const llvm::DICompositeType*> types_;
};

struct TypePath {
  std::string field;                   // "Stats::hits", empty if the place is not in a member
  std::string member;                  // the innermost member's name alone
  std::string captured;                // set if the path goes through a lambda: the captured variable's name
  const llvm::DIType* leaf = nullptr;  // type at the place, without typedefs and qualifiers
  bool isVptr = false;
};

// Walks from `type` down to what lies at `bit`. `accessBits` chooses between union members and says when the access
// covers a whole object; 0: unknown, stop at the outermost object.
TypePath pathInType(const llvm::DIType* type, uint64_t bit, uint64_t accessBits, TypeIndex& types);

// Without typedefs, qualifiers.
const llvm::DIType* stripType(const llvm::DIType* type);

// What a pointer or reference type points to; null for other types.
const llvm::DIType* pointeeOf(const llvm::DIType* type);

// Bits of a value of the type; 0 if unknown.
uint64_t bitsOf(const llvm::DIType* type);

// "ns::Stats::add" for the subprogram or type `name` in `scope`; unnamed and inline namespaces are left out.
std::string qualifiedName(const llvm::DIScope* scope, llvm::StringRef name);
std::string functionName(const llvm::DISubprogram& subprogram);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_TYPE_PATH_H
