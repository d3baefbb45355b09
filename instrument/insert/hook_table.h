// The hooks of hooks.def as LLVM functions of one module, declared when first used.
#ifndef SNAG_INSTRUMENT_HOOK_TABLE_H
#define SNAG_INSTRUMENT_HOOK_TABLE_H

#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace snag {

enum class Hook {
#define SNAG_HOOK(name, signature, meaning) name,
#include "snag/hooks.def"
};

class HookTable {
 public:
  explicit HookTable(llvm::Module& module) : module_(module) {}

  // Calls a hook at the builder's place, with the hook's calling convention.
  llvm::CallInst* call(llvm::IRBuilder<>& builder, Hook hook, llvm::ArrayRef<llvm::Value*> arguments) const;

  // The read or write hook for exactly `size` bytes: 1, 2, 4, 8, 16, 32 or 64.
  static Hook accessHook(uint64_t size, bool isWrite);
  // The hook that also makes the test: for 1, 2, 4, 8 and 16 aligned bytes.
  static Hook checkHook(uint64_t size, bool isWrite);
  static bool hasCheckHook(uint64_t size) { return llvm::isPowerOf2_64(size) && size <= 16; }
  // The hook that loads that many aligned bytes atomically: 1, 2, 4 or 8.
  static Hook atomicLoadHook(uint64_t size);
  static bool hasAtomicLoadHook(uint64_t size) { return llvm::isPowerOf2_64(size) && size <= 8; }
  static bool hasAccessHook(uint64_t size) { return llvm::isPowerOf2_64(size) && size <= 64; }

  // Field `index` of the thread's inline state (SnagThread), as an address.
  llvm::Constant* threadField(unsigned index) const;
  static constexpr unsigned kOwnHalf = 0;
  static constexpr unsigned kSharedHalf = 1;
  static constexpr unsigned kContext = 2;

  llvm::Module& module() const { return module_; }

 private:
  llvm::Function* declare(Hook hook) const;

  llvm::Module& module_;
};

llvm::DebugLoc debugLocationFor(const llvm::Instruction& instruction);

// Inserts in front of an instruction. Whatever it inserts has a debug location: the verifier asks for one on calls.
class Builder : public llvm::IRBuilder<> {
 public:
  explicit Builder(llvm::Instruction* before) : Builder(before, *before) {}
  // With the line of another instruction.
  Builder(llvm::Instruction* before, const llvm::Instruction& line) : IRBuilder<>(before) {
    SetCurrentDebugLocation(debugLocationFor(line));
  }
};

// Marks `instruction` as ours.
template <typename T>
T* ours(T* instruction) {
  instruction->setMetadata(llvm::LLVMContext::MD_nosanitize, llvm::MDNode::get(instruction->getContext(), {}));
  return instruction;
}

}  // namespace snag

#endif  // SNAG_INSTRUMENT_HOOK_TABLE_H
