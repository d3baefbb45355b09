#include "insert/source_names.h"

#include "insert/bit_fields.h"
#include "llvm_compat.h"

#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace snag {
namespace {

constexpr unsigned kMaxDepth = 12;
constexpr uint64_t kPointerBits = 64;

// Of no use to the reader: the implementation's.
bool isReserved(StringRef name) { return name.starts_with("_"); }

std::string globalName(const GlobalVariable& global) {
  std::string name = demangle(global.getName().str());
  return name;
}

// How well a variable's name serves as the root of an expression; higher is better.
int merit(const DbgVariableRecord& record) {
  const DILocalVariable* variable = record.getVariable();
  int points = isReserved(variable->getName()) ? 0 : variable->getName() == "this" ? 2 : 4;
  return points * 2 + (record.getDebugLoc() && !record.getDebugLoc().getInlinedAt() ? 1 : 0);
}

// The first bit of the variable that a record describes.
uint64_t fragmentOffset(const DIExpression& expression) {
  auto fragment = expression.getFragmentInfo();
  return fragment ? fragment->OffsetInBits : 0;
}

bool isPlain(const DIExpression& expression) {
  return expression.getNumElements() == (expression.getFragmentInfo() ? 3u : 0u);
}

// Functions of containers and smart pointers that return a reference into their object.
bool isAccessor(StringRef name) {
  static constexpr StringLiteral kNames[] = {"operator[]", "operator*", "operator->", "at",    "front", "back",
                                             "data",       "get",       "value",      "begin", "top"};
  return is_contained(kNames, name);
}

}  // namespace

SourceNames SourceNamer::namesOf(const Instruction& instruction, Value* address, uint64_t size) {
  layout_ = &instruction.getModule()->getDataLayout();
  SourceNames names;
  if (!address->getType()->isPointerTy()) return names;
  Place place = placeOf(address, 0);
  names.variable = place.variable;
  if (place.type) {
    uint64_t bits = place.throughPointer || place.offset >= 0 ? bitsOf(place.type) : 0;
    uint64_t bit = static_cast<uint64_t>(place.offset) * 8 + firstBit(instruction);
    if (place.throughPointer && bits && bit >= bits) {
      // Beyond the object: the optimizer computes a neighbour's address from this pointer, which the type-based tag
      // tells...
      names.field = fieldFromTbaa(instruction, size * 8);
      if (!names.field.empty() || place.variable == "this") {
        names.variable.clear();
        return names;
      }
      bit %= bits;  // ... or it points into an array.
    }
    TypePath path = pathInType(place.type, bit, size * 8, types_);
    names.field = path.field;
    names.isVptr = path.isVptr;
    if (!path.captured.empty()) names.variable = path.captured;
  }
  if (names.field.empty()) names.field = fieldFromTbaa(instruction, size * 8);
  return names;
}

SourceNamer::Place SourceNamer::placeOf(Value* address, unsigned depth) {
  if (depth > kMaxDepth) return {};
  Place place;
  if (auto* global = dyn_cast<GlobalVariable>(address)) return placeOfGlobal(*global);
  if (isa<GEPOperator>(address))
    place = placeOfOffset(address, depth);
  else if (auto* load = dyn_cast<LoadInst>(address))
    place = placeOfLoaded(*load, depth);
  else if (auto* call = dyn_cast<CallBase>(address))
    place = placeOfCall(*call, depth);
  else if (isa<PHINode>(address) || isa<SelectInst>(address) || isa<FreezeInst>(address))
    place = placeOfAny(*cast<User>(address), depth);
  if (place.type) return place;
  Place described = placeFromRecords(address);
  return described.isKnown() ? described : place;
}

SourceNamer::Place SourceNamer::placeOfGlobal(const GlobalVariable& global) {
  SmallVector<DIGlobalVariableExpression*, 1> expressions;
  global.getDebugInfo(expressions);
  if (expressions.empty()) return {globalName(global)};
  const DIGlobalVariable* variable = expressions.front()->getVariable();
  std::string name = variable->getName().str();
  const DIScope* scope = variable->getScope();
  if (auto* declaration = variable->getStaticDataMemberDeclaration()) scope = declaration->getScope();
  // The optimiser may have split a record into globals of their own: this one is the part at the fragment's offset.
  Place place{qualifiedName(scope, name), variable->getType()};
  place.offset = fragmentOffset(*expressions.front()->getExpression()) / 8;
  return place;
}

// Variable indices count as 0: they select among equal elements.
SourceNamer::Place SourceNamer::placeOfOffset(Value* address, unsigned depth) {
  auto* gep = cast<GEPOperator>(address);
  Place place = placeOf(gep->getPointerOperand(), depth + 1);
  compat::VariableOffsets variable;
  APInt constant(layout_->getIndexTypeSizeInBits(address->getType()), 0);
  if (!gep->collectOffset(*layout_, constant.getBitWidth(), variable, constant)) return {place.variable};
  place.offset += constant.getSExtValue();
  return place;
}

// `load` yields a pointer: from a pointer variable, a captured reference, a member.
SourceNamer::Place SourceNamer::placeOfLoaded(LoadInst& load, unsigned depth) {
  return pointeeAt(placeOf(load.getPointerOperand(), depth + 1));
}

SourceNamer::Place SourceNamer::pointeeAt(const Place& pointer) {
  if (!pointer.type || pointer.offset < 0) return {};
  Place place{nameAt(pointer), pointeeOf(pathTo(pointer).leaf), 0, true};
  return place.type ? place : Place{};
}

TypePath SourceNamer::pathTo(const Place& pointer) {
  uint64_t bit = pointer.offset * 8, bits = bitsOf(pointer.type);
  if (pointer.throughPointer && bits) bit %= bits;
  return pathInType(pointer.type, bit, kPointerBits, types_);
}

// What a reader calls the object at `place`: of a member of *this the member's name, of a captured variable its own.
std::string SourceNamer::nameAt(const Place& place) {
  if (!place.type || place.offset < 0) return place.variable;
  TypePath path = pathTo(place);
  if (!path.captured.empty()) return path.captured;
  return place.variable == "this" && !path.member.empty() ? path.member : place.variable;
}

SourceNamer::Place SourceNamer::placeOfAny(User& choice, unsigned depth) {
  for (Value* operand : choice.operand_values()) {
    if (operand == &choice || !operand->getType()->isPointerTy()) continue;
    if (Place place = placeOf(operand, depth + 3); place.isKnown()) return place;
  }
  return {};
}

// launder.invariant.group and the like return their argument; `v[i]` is a place inside v.
SourceNamer::Place SourceNamer::placeOfCall(CallBase& call, unsigned depth) {
  if (call.arg_empty() || !call.getArgOperand(0)->getType()->isPointerTy()) return {};
  Value* object = call.getArgOperand(0);
  if (isa<IntrinsicInst>(call)) return placeOf(object, depth + 1);
  const Function* callee = call.getCalledFunction();
  const DISubprogram* subprogram = callee ? callee->getSubprogram() : nullptr;
  if (!subprogram || !isAccessor(subprogram->getName()) || !subprogram->getType()) return {};
  DITypeRefArray types = subprogram->getType()->getTypeArray();
  const DIType* pointee = types.size() ? pointeeOf(types[0]) : nullptr;
  return {nameAt(placeOf(object, depth + 1)), pointee, 0, true};
}

// Variables that live at `value`, or whose value `value` is.
SourceNamer::Place SourceNamer::placeFromRecords(Value* value) {
  Place best;
  int bestMerit = -1;
  if (isa<Constant>(value)) return best;
  for (DbgVariableRecord* record : compat::debugRecords(value)) {
    const DILocalVariable* variable = record->getVariable();
    if (variable->getName().empty() && !variable->getType()) continue;
    Place place{variable->getName().str(), variable->getType()};
    bool isAddress = record->isDbgDeclare() || (record->isDbgAssign() && record->getAddress() == value);
    const DIExpression& expression =
        isAddress && record->isDbgAssign() ? *record->getAddressExpression() : *record->getExpression();
    bool isDeref = !isAddress && expression.getNumElements() == 1 && expression.startsWithDeref();
    if (!isDeref && !isPlain(expression)) continue;
    place.offset = fragmentOffset(*record->getExpression()) / 8;
    if (!isAddress && !isDeref) place = pointeeAt(place);
    if (place.type && merit(*record) > bestMerit) {
      bestMerit = merit(*record);
      best = place;
    }
  }
  return best;
}

// A struct-path tag names the record and the offset in it that an access means.
std::string SourceNamer::fieldFromTbaa(const Instruction& instruction, uint64_t bits) {
  MDNode* tag = instruction.getMetadata(LLVMContext::MD_tbaa);
  if (!tag || tag->getNumOperands() < 3 || tag->getOperand(0) == tag->getOperand(1)) return {};
  auto* record = dyn_cast<MDNode>(tag->getOperand(0));
  auto* offset = mdconst::dyn_extract<ConstantInt>(tag->getOperand(2));
  if (!record || !offset || record->getNumOperands() == 0) return {};
  auto* name = dyn_cast<MDString>(record->getOperand(0));
  const DICompositeType* type = name ? types_.find(name->getString()) : nullptr;
  if (!type) return {};
  return pathInType(type, offset->getZExtValue() * 8 + firstBit(instruction), bits, types_).field;
}

}  // namespace snag
