#include "model/data_path.h"

#include <llvm/DebugInfo/DWARF/DWARFCompileUnit.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDie.h>

#include <optional>

namespace snag::model {

namespace {

using llvm::DWARFDie;
namespace dwarf = llvm::dwarf;

constexpr int kDeepestNesting = 16;  // damaged debug info may contain cycles

uint64_t sizeOf(DWARFDie type) { return type.getTypeSize(8).value_or(0); }

DWARFDie typeOf(DWARFDie die) {
  DWARFDie type = die.getAttributeValueAsReferencedDie(dwarf::DW_AT_type);
  return type ? type.resolveTypeUnitReference() : type;
}

// Past typedefs and qualifiers.
DWARFDie strip(DWARFDie type) {
  for (int i = 0; i < kDeepestNesting && type; ++i) {
    const auto tag = type.getTag();
    if (tag != dwarf::DW_TAG_typedef && tag != dwarf::DW_TAG_const_type && tag != dwarf::DW_TAG_volatile_type) break;
    type = typeOf(type);
  }
  return type;
}

// A step inwards: the text it adds, the type it leads to, and the offset in that type.
struct PathStep {
  std::string text;
  DWARFDie type;
  uint64_t offset;
};

std::optional<PathStep> stepIntoArray(DWARFDie array, uint64_t offset) {
  const DWARFDie element = strip(typeOf(array));
  const uint64_t size = element ? sizeOf(element) : 0;
  int dimensions = 0;
  for (DWARFDie child : array.children()) dimensions += child.getTag() == dwarf::DW_TAG_subrange_type;
  if (size == 0 || dimensions != 1) return std::nullopt;
  return PathStep{"[" + std::to_string(offset / size) + "]", element, offset % size};
}

// Base classes and anonymous members add no text; a member of the library ends the walk.
std::optional<PathStep> stepIntoMember(DWARFDie record, uint64_t offset) {
  for (DWARFDie child : record.children()) {
    if (child.getTag() != dwarf::DW_TAG_member && child.getTag() != dwarf::DW_TAG_inheritance) continue;
    const auto start = dwarf::toUnsigned(child.find(dwarf::DW_AT_data_member_location), 0);
    const DWARFDie type = strip(typeOf(child));
    if (!type || child.find(dwarf::DW_AT_external) || offset < start || offset - start >= sizeOf(type)) continue;
    const std::string name = dwarf::toString(child.find(dwarf::DW_AT_name), "");
    if (name.starts_with("_")) return std::nullopt;
    const bool silent = child.getTag() == dwarf::DW_TAG_inheritance || name.empty();
    return PathStep{silent ? "" : "." + name, type, offset - start};
  }
  return std::nullopt;
}

std::optional<PathStep> stepInto(DWARFDie type, uint64_t offset) {
  switch (type.getTag()) {
    case dwarf::DW_TAG_array_type: return stepIntoArray(type, offset);
    case dwarf::DW_TAG_structure_type:
    case dwarf::DW_TAG_class_type:
    case dwarf::DW_TAG_union_type: return stepIntoMember(type, offset);
    default: return std::nullopt;
  }
}

// "long" or "Config*"; empty for what does not fit into a register.
std::string typeText(DWARFDie type) {
  if (!type) return {};
  switch (type.getTag()) {
    case dwarf::DW_TAG_base_type:
    case dwarf::DW_TAG_enumeration_type: return dwarf::toString(type.find(dwarf::DW_AT_name), "");
    case dwarf::DW_TAG_pointer_type: {
      const DWARFDie target = typeOf(type);
      const std::string name = target ? dwarf::toString(target.find(dwarf::DW_AT_name), "") : "void";
      return name.empty() ? "" : name + "*";
    }
    default: return {};
  }
}

}  // namespace

DataPath dataPath(llvm::DWARFContext& debugInfo, uint64_t start, uint64_t address) {
  llvm::DWARFCompileUnit* unit = debugInfo.getCompileUnitForDataAddress(address);
  const DWARFDie variable = unit == nullptr ? DWARFDie() : unit->getVariableForAddress(address);
  if (!variable) return {};
  const char* name = variable.getName(llvm::DINameKind::ShortName);
  if (name == nullptr) return {};
  std::string path = name;
  DWARFDie type = strip(typeOf(variable));
  uint64_t offset = address - start;
  for (int i = 0; i < kDeepestNesting && type; ++i) {
    const auto step = stepInto(type, offset);
    if (!step) break;
    path += step->text;
    type = step->type;
    offset = step->offset;
  }
  return {path, typeText(type)};
}

}  // namespace snag::model
