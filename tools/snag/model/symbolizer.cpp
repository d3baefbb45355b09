#include "model/symbolizer.h"

#include "model/data_path.h"
#include "model/llvm_compat.h"
#include "model/text_format.h"

#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ObjectFile.h>

#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>

namespace snag::model {

namespace {

using llvm::symbolize::LLVMSymbolizer;

std::string known(const std::string& text) {
  return text == llvm::DILineInfo::BadString || text == llvm::DILineInfo::Addr2LineBadString ? std::string()
                                                                                             : printable(text);
}

SourcePlace toPlace(const llvm::DILineInfo& info) {
  return {known(info.FunctionName), known(info.FileName), info.Line, info.Column};
}

llvm::object::SectionedAddress sectioned(uint64_t address) {
  return {address, llvm::object::SectionedAddress::UndefSection};
}

class LlvmSymbolizer : public Symbolizer {
 public:
  std::vector<SourcePlace> code(const std::string& module, uint64_t address) override {
    std::vector<SourcePlace> places;
    if (!isFile(module)) return places;
    const auto answer = llvm_compat::valueOf(symbolizer().symbolizeInlinedCode(module, sectioned(address)));
    for (uint32_t i = 0; answer && i < answer->getNumberOfFrames(); ++i) {
      SourcePlace place = toPlace(answer->getFrame(i));
      if (!place.function.empty() || !place.file.empty()) places.push_back(std::move(place));
    }
    return places;
  }

  // Many findings are on the same variable.
  DataSymbol data(const std::string& module, uint64_t address) override {
    auto [entry, isNew] = data_[module].try_emplace(address);
    if (isNew) entry->second = lookUpData(module, address);
    return entry->second;
  }

 private:
  DataSymbol lookUpData(const std::string& module, uint64_t address) {
    if (!isFile(module)) return {};
    const auto answer = llvm_compat::valueOf(symbolizer().symbolizeData(module, sectioned(address)));
    if (!answer || known(answer->Name).empty()) return {};
    // A symbol table only knows the nearest symbol below; insist that it covers the address.
    if (address != answer->Start && address - answer->Start >= answer->Size) return {};
    DataPath member = memberPath(module, answer->Start, address);
    return {known(answer->Name),
            answer->Start,
            answer->Size,
            known(answer->DeclFile),
            static_cast<uint32_t>(answer->DeclLine),
            printable(member.path),
            printable(member.type)};
  }

  // Records come from anywhere: "-" and devices would be waited for.
  bool isFile(const std::string& module) {
    auto [known, isNew] = isFile_.try_emplace(module, false);
    std::error_code error;
    if (isNew) known->second = std::filesystem::is_regular_file(module, error);
    return known->second;
  }

  // A module's types, which LLVM's symbolizer keeps to itself.
  struct DebugInfo {
    llvm::object::OwningBinary<llvm::object::ObjectFile> file;
    std::unique_ptr<llvm::DWARFContext> context;
  };

  DataPath memberPath(const std::string& module, uint64_t start, uint64_t address) {
    auto [entry, isNew] = debugInfo_.try_emplace(module);
    DebugInfo& info = entry->second;
    if (isNew)
      if (auto file = llvm_compat::valueOf(llvm::object::ObjectFile::createObjectFile(module))) {
        info.file = std::move(*file);
        info.context = llvm::DWARFContext::create(*info.file.getBinary());
      }
    return info.context == nullptr ? DataPath() : dataPath(*info.context, start, address);
  }

  LLVMSymbolizer& symbolizer() {
    if (!symbolizer_) symbolizer_.emplace();
    return *symbolizer_;
  }

  std::optional<LLVMSymbolizer> symbolizer_;
  std::map<std::string, bool> isFile_;
  std::map<std::string, DebugInfo> debugInfo_;
  std::map<std::string, std::unordered_map<uint64_t, DataSymbol>> data_;
};

}  // namespace

std::unique_ptr<Symbolizer> makeLlvmSymbolizer() { return std::make_unique<LlvmSymbolizer>(); }

}  // namespace snag::model
