#include "insert/type_path.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"

using namespace llvm;

namespace snag {
namespace {

// The closure type of a lambda expression has no name (or one that is not an identifier).
bool isClosure(const DICompositeType& type) {
  return type.getTag() == dwarf::DW_TAG_class_type && (type.getName().empty() || type.getName().starts_with("("));
}

bool isRecord(const DIType* type) {
  unsigned tag = type->getTag();
  return tag == dwarf::DW_TAG_structure_type || tag == dwarf::DW_TAG_class_type || tag == dwarf::DW_TAG_union_type;
}

// Of the C++ library, however deep in its namespaces.
bool isOfLibrary(const DICompositeType& record) {
  StringRef outermost;
  for (const DIScope* scope = record.getScope(); scope; scope = scope->getScope())
    if (isa<DINamespace>(scope)) outermost = scope->getName();
  return outermost == "std" || outermost.starts_with("__");
}

// A member that the library keeps to itself: _M_start, __begin_, but not the compiler's _vptr.
bool isLibraryInternal(const DICompositeType& record, StringRef name) {
  return name.starts_with("_") && !name.starts_with("_vptr") && isOfLibrary(record);
}

// Descends through members, bases and array elements, collecting names.
class Walker {
 public:
  Walker(uint64_t accessBits, TypeIndex& types) : accessBits_(accessBits), types_(types) {}

  TypePath walk(const DIType* type, uint64_t bit) {
    descend(type, bit);
    return std::move(path_);
  }

 private:
  void descend(const DIType* type, uint64_t bit) {
    StringRef alias = aliasOf(type);
    type = stripType(type);
    path_.leaf = type;
    auto* composite = dyn_cast_or_null<DICompositeType>(type);
    if (!composite) return;
    if (composite->getTag() == dwarf::DW_TAG_array_type) return descendIntoArray(*composite, bit);
    if (isRecord(composite)) descendIntoRecord(complete(*composite), alias, bit);
  }

  // A name for an unnamed record: `typedef struct { int hits; } Stats`.
  static StringRef aliasOf(const DIType* type) {
    auto* derived = dyn_cast_or_null<DIDerivedType>(type);
    return derived && derived->getTag() == dwarf::DW_TAG_typedef ? derived->getName() : StringRef();
  }

  const DICompositeType& complete(const DICompositeType& type) {
    if (!type.isForwardDecl()) return type;
    const DICompositeType* found = types_.find(type.getIdentifier().empty() ? type.getName() : type.getIdentifier());
    return found ? *found : type;
  }

  void descendIntoArray(const DICompositeType& array, uint64_t bit) {
    uint64_t elementBits = bitsOf(array.getBaseType());
    if (elementBits == 0 || accessBits_ == 0) return;
    bool ofRecords = isa_and_nonnull<DICompositeType>(stripType(array.getBaseType()));
    if (!path_.field.empty() && ofRecords && !isInside_) path_.field += "[]";
    descend(array.getBaseType(), bit % elementBits);
  }

  // True if a member was named.
  bool descendIntoRecord(const DICompositeType& record, StringRef alias, uint64_t bit) {
    if (accessBits_ == 0 || accessBits_ > record.getSizeInBits()) return false;
    for (const DINode* element : record.getElements()) {
      auto* member = dyn_cast<DIDerivedType>(element);
      if (!member || member->isStaticMember() || !covers(*member, bit)) continue;
      if (member->getTag() == dwarf::DW_TAG_inheritance) {
        if (descendIntoBase(*member, bit)) return true;
      } else if (member->getTag() == dwarf::DW_TAG_member && fits(record, *member)) {
        descendIntoMember(record, alias, *member, bit);
        return true;
      }
    }
    return false;
  }

  static bool covers(const DIDerivedType& member, uint64_t bit) {
    uint64_t begin = member.getOffsetInBits();
    uint64_t bits =
        member.getTag() == dwarf::DW_TAG_inheritance ? bitsOf(member.getBaseType()) : member.getSizeInBits();
    return bit >= begin && (bits == 0 || bit < begin + bits);
  }

  // Of a union's members, the first that is large enough.
  bool fits(const DICompositeType& record, const DIDerivedType& member) const {
    return record.getTag() != dwarf::DW_TAG_union_type || member.getSizeInBits() >= accessBits_;
  }

  // Bases may be empty and share their address with a member: only a base that names something counts.
  bool descendIntoBase(const DIDerivedType& base, uint64_t bit) {
    auto* record = dyn_cast_or_null<DICompositeType>(stripType(base.getBaseType()));
    return record && descendIntoRecord(complete(*record), aliasOf(base.getBaseType()), bit - base.getOffsetInBits());
  }

  void descendIntoMember(const DICompositeType& record, StringRef alias, const DIDerivedType& member, uint64_t bit) {
    append(record, alias, member.getName());
    descend(member.getBaseType(), bit - member.getOffsetInBits());
  }

  void append(const DICompositeType& record, StringRef alias, StringRef name) {
    if (name.empty())  // anonymous struct or union: its members belong to the record around it
      return rememberOwner(record, alias);
    path_.isVptr = name.starts_with("_vptr");
    isInside_ |= isLibraryInternal(record, name);
    if (isInside_) return;
    path_.member = name.str();
    if (isClosure(record)) {
      path_.captured = name.str();
      path_.field.clear();
      owner_.clear();
      return;
    }
    if (!path_.field.empty()) {
      path_.field += ("." + name).str();
      return;
    }
    rememberOwner(record, alias);
    path_.field = owner_.empty() ? name.str() : owner_ + "::" + name.str();
  }

  void rememberOwner(const DICompositeType& record, StringRef alias) {
    StringRef name = record.getName().empty() ? alias : record.getName();
    if (owner_.empty() && !name.empty()) owner_ = qualifiedName(record.getScope(), name);
  }

  uint64_t accessBits_;
  TypeIndex& types_;
  TypePath path_;
  bool isInside_ = false;  // past a member that the library keeps to itself: what follows is of no use to the reader
  std::string owner_;      // qualified name of the outermost named record on the path
};

}  // namespace

const DICompositeType* TypeIndex::find(StringRef name) {
  if (!built_) {
    built_ = true;
    DebugInfoFinder finder;
    finder.processModule(module_);
    for (const DIType* type : finder.types())
      if (auto* composite = dyn_cast<DICompositeType>(type); composite && !composite->isForwardDecl())
        types_.try_emplace(composite->getIdentifier().empty() ? composite->getName() : composite->getIdentifier(),
                           composite);
  }
  return name.empty() ? nullptr : types_.lookup(name);
}

TypePath pathInType(const DIType* type, uint64_t bit, uint64_t accessBits, TypeIndex& types) {
  return Walker(accessBits, types).walk(type, bit);
}

const DIType* stripType(const DIType* type) {
  while (auto* derived = dyn_cast_or_null<DIDerivedType>(type)) {
    switch (derived->getTag()) {
      case dwarf::DW_TAG_typedef:
      case dwarf::DW_TAG_const_type:
      case dwarf::DW_TAG_volatile_type:
      case dwarf::DW_TAG_restrict_type:
      case dwarf::DW_TAG_atomic_type: type = derived->getBaseType(); break;
      default: return type;
    }
  }
  return type;
}

const DIType* pointeeOf(const DIType* type) {
  auto* derived = dyn_cast_or_null<DIDerivedType>(stripType(type));
  if (!derived) return nullptr;
  switch (derived->getTag()) {
    case dwarf::DW_TAG_pointer_type:
    case dwarf::DW_TAG_reference_type:
    case dwarf::DW_TAG_rvalue_reference_type: return derived->getBaseType();
    default: return nullptr;
  }
}

uint64_t bitsOf(const DIType* type) {
  type = stripType(type);
  return type ? type->getSizeInBits() : 0;
}

std::string qualifiedName(const DIScope* scope, StringRef name) {
  std::string result = name.str();
  for (; scope; scope = scope->getScope()) {
    auto* space = dyn_cast<DINamespace>(scope);
    bool counts = space ? !space->getExportSymbols() : isa<DICompositeType>(scope);
    if (counts && !scope->getName().empty()) result = (scope->getName() + "::" + result).str();
  }
  return result;
}

std::string functionName(const DISubprogram& subprogram) {
  const DIScope* scope = subprogram.getScope();
  auto* record = dyn_cast_or_null<DICompositeType>(scope);
  if (!record || !isClosure(*record)) return qualifiedName(scope, subprogram.getName());
  if (auto* outer = dyn_cast_or_null<DISubprogram>(record->getScope())) return functionName(*outer) + "::lambda";
  return qualifiedName(record->getScope(), "lambda");
}

}  // namespace snag
