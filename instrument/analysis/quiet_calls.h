// Which instructions surely do not synchronise: what redundancy, field groups and loop ranges may look across.
//
// An instruction is quiet if no other thread can learn through it what this one did, this one learns nothing of others,
// and no memory is freed or handed out again:
//  1. whatever is no call is quiet unless it is atomic, a fence, or volatile;
//  2. inline assembly and indirect calls are not quiet;
//  3. a call is quiet if it and its callee are known not to synchronise (nosync) and not to free (nofree), if it
//     touches no memory, or if it is a memory intrinsic;
//  4. a call of a libc function that only computes or looks at its arguments' bytes (sin, strlen ...) is quiet, if the
//     module does not define that function itself;
//  5. a direct call of a function of this module is quiet if all the definition's instructions are quiet, and the
//     linker can only take it or one that means the same; for functions that call each other: of all of them.
//
// What follows a call follows for sure if the callee is known to return (willreturn, nounwind), or
//  6. it is such a function of this module that throws nothing and does not call itself, all its calls surely return,
//     and each of its loops may be assumed to end: the language promises that of loops that do nothing that others can
//     notice (mustprogress: C++ [intro.progress], C11 6.8.5p6, unless the condition is a constant), and quiet ones do
//     nothing of that kind.
//
// "Means the same" takes in the inline functions and templates of C++ (linkonce_odr, weak_odr), though the linker may
// take another unit's copy, optimised otherwise. What the copies share is what the source says, and a copy of which all
// instructions are quiet proves that no other synchronises, because the optimizer
//  * does not remove atomic accesses, fences, locks or calls unless nobody else can notice: then no thread learns
//    anything in the other copy either, which is all that quiet promises;
//  * may remove new and delete of a block that only the function sees: no memory that was accessed before the call;
//  * may choose among behaviours (undefined ones, a race's outcomes) and drop the others. Then the program has that
//    fault itself; all that can be lost by it is the report of a second one.
#ifndef SNAG_INSTRUMENT_ANALYSIS_QUIET_CALLS_H
#define SNAG_INSTRUMENT_ANALYSIS_QUIET_CALLS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/InstrTypes.h"

namespace llvm {
class Module;
class TargetLibraryInfo;
}  // namespace llvm

namespace snag {

// A summary of one module's functions, made before any of them is changed. Switch for 5 and 6: -snag-call-summaries.
class QuietCalls {
 public:
  using LibraryOf = llvm::function_ref<const llvm::TargetLibraryInfo&(llvm::Function&)>;
  QuietCalls(llvm::Module& module, LibraryOf libraryOf);

  bool isQuiet(const llvm::Instruction& instruction, const llvm::TargetLibraryInfo& library) const;
  // The next instruction of the block follows for sure: no exception, exit, longjmp or endless loop in a callee.
  bool surelyContinues(const llvm::Instruction& instruction) const;

 private:
  bool isQuietCall(const llvm::CallBase& call, const llvm::TargetLibraryInfo& library) const;
  void findQuiet(llvm::Module& module, LibraryOf libraryOf);
  void findReturning(llvm::Module& module);
  bool surelyReturns(const llvm::Function& function) const;

  llvm::SmallPtrSet<const llvm::Function*, 32> quiet_;
  llvm::SmallPtrSet<const llvm::Function*, 32> returning_;  // of those, beyond what attributes say
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_QUIET_CALLS_H
