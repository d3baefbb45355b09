// The place for every difference between the LLVM versions that the tools build with, 19 and 22 (std::string arguments
// suit both, so there is none at present), and LLVM's errors turned into optional values.
#ifndef SNAG_MODEL_LLVM_COMPAT_H
#define SNAG_MODEL_LLVM_COMPAT_H

#include <llvm/DebugInfo/Symbolize/Symbolize.h>

#include <optional>

namespace snag::model::llvm_compat {

// A missing or stripped module is an ordinary answer: "unknown".
template <class T>
std::optional<T> valueOf(llvm::Expected<T> answer) {
  if (answer) return std::move(*answer);
  llvm::consumeError(answer.takeError());
  return std::nullopt;
}

}  // namespace snag::model::llvm_compat

#endif  // SNAG_MODEL_LLVM_COMPAT_H
