// The module's table of sites: one SnagSite (hooks.h) in section snag_sites for each distinct place that accesses
// memory.
#ifndef SNAG_INSTRUMENT_SITE_TABLE_H
#define SNAG_INSTRUMENT_SITE_TABLE_H

#include "insert/source_names.h"
#include "insert/type_path.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Module.h"

#include <map>
#include <string>
#include <tuple>

namespace snag {

struct SiteRequest {
  const llvm::Instruction& instruction;
  llvm::Value* address;
  uint64_t size;  // of one access; 0 if unknown
  uint8_t kind;   // SNAG_SITE_*
};

class SiteTable {
 public:
  explicit SiteTable(llvm::Module& module) : module_(module), types_(module), namer_(types_) {}

  // The site's constant. Equal places of one function share one, but not the copies of an inlined function: together
  // with the context word a site stands for a whole stack, and the function's word alone does not tell its callees
  // apart.
  llvm::Constant* site(const SiteRequest& request);

 private:
  struct Description {
    std::string function, file, variable, field;
    uint32_t line = 0;
    uint16_t column = 0;
    uint8_t kind = 0, size = 0;
    auto operator<=>(const Description&) const = default;
  };

  Description describe(const SiteRequest& request);
  llvm::GlobalVariable* create(const Description& description, llvm::Comdat* comdat);
  llvm::Constant* textOffset(const std::string& text, llvm::GlobalVariable* site, unsigned field);
  llvm::GlobalVariable* text(const std::string& text);

  llvm::Module& module_;
  TypeIndex types_;
  SourceNamer namer_;
  llvm::StringMap<llvm::GlobalVariable*> texts_;
  std::map<std::tuple<const llvm::Function*, const llvm::DILocation*, Description>, llvm::GlobalVariable*> sites_;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_SITE_TABLE_H
