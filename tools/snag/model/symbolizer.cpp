#include "model/symbolizer.h"

#include "model/llvm_compat.h"

#include <optional>

namespace snag::model {

namespace {

using llvm::symbolize::LLVMSymbolizer;

std::string known(const std::string& text) {
  return text == llvm::DILineInfo::BadString || text == llvm::DILineInfo::Addr2LineBadString ? std::string() : text;
}

SourcePlace toPlace(const llvm::DILineInfo& info) {
  return {known(info.FunctionName), known(info.FileName), info.Line, info.Column};
}

// A missing or stripped module is an ordinary answer: "unknown".
template <class T>
std::optional<T> valueOf(llvm::Expected<T> answer) {
  if (answer) return std::move(*answer);
  llvm::consumeError(answer.takeError());
  return std::nullopt;
}

llvm::object::SectionedAddress sectioned(uint64_t address) {
  return {address, llvm::object::SectionedAddress::UndefSection};
}

class LlvmSymbolizer : public Symbolizer {
 public:
  std::vector<SourcePlace> code(const std::string& module, uint64_t address) override {
    std::vector<SourcePlace> places;
    const auto answer = valueOf(symbolizer().symbolizeInlinedCode(module, sectioned(address)));
    for (uint32_t i = 0; answer && i < answer->getNumberOfFrames(); ++i) {
      SourcePlace place = toPlace(answer->getFrame(i));
      if (!place.function.empty() || !place.file.empty()) places.push_back(std::move(place));
    }
    return places;
  }

  DataSymbol data(const std::string& module, uint64_t address) override {
    const auto answer = valueOf(symbolizer().symbolizeData(module, sectioned(address)));
    if (!answer || known(answer->Name).empty()) return {};
    // A symbol table only knows the nearest symbol below; insist that it covers the address.
    if (answer->Size != 0 && address - answer->Start >= answer->Size) return {};
    return {answer->Name, answer->Start, answer->Size, known(answer->DeclFile),
            static_cast<uint32_t>(answer->DeclLine)};
  }

 private:
  LLVMSymbolizer& symbolizer() {
    if (!symbolizer_) {
      LLVMSymbolizer::Options options;
      llvm_compat::skipLineZero(options);
      symbolizer_.emplace(options);
    }
    return *symbolizer_;
  }

  std::optional<LLVMSymbolizer> symbolizer_;
};

}  // namespace

std::unique_ptr<Symbolizer> makeLlvmSymbolizer() {
  return std::make_unique<LlvmSymbolizer>();
}

}  // namespace snag::model
