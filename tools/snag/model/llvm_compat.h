// Every difference between the LLVM versions that the tools build with (19 and 22), in one place.
#ifndef SNAG_MODEL_LLVM_COMPAT_H
#define SNAG_MODEL_LLVM_COMPAT_H

#include <llvm/Config/llvm-config.h>
#include <llvm/DebugInfo/Symbolize/Symbolize.h>

namespace snag::model::llvm_compat {

// Line 0 marks code the compiler made up; newer symbolizers can look past it.
inline void skipLineZero(llvm::symbolize::LLVMSymbolizer::Options& options) {
#if LLVM_VERSION_MAJOR >= 21
  options.SkipLineZero = true;
#else
  (void)options;
#endif
}

}  // namespace snag::model::llvm_compat

#endif  // SNAG_MODEL_LLVM_COMPAT_H
