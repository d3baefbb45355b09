#include "commands/commands.h"
#include "model/symbolizer.h"
#include "model/text_format.h"

#include <iostream>

namespace snag::commands {

namespace {

void printCode(model::Symbolizer& symbolizer, const std::string& module, uint64_t address) {
  for (const model::SourcePlace& place : symbolizer.code(module, address))
    std::cout << place.function << " " << place.file << ":" << place.line << ":" << place.column << "\n";
}

void printData(model::Symbolizer& symbolizer, const std::string& module, uint64_t address) {
  const model::DataSymbol symbol = symbolizer.data(module, address);
  if (symbol.name.empty()) return;
  std::cout << symbol.name << "+" << address - symbol.start << " (" << model::counted(symbol.size, "byte") << ") "
            << symbol.path << "\n";
}

}  // namespace

void addSymbolize(CLI::App& app, int& exitCode) {
  struct Arguments {
    std::string module;
    std::vector<uint64_t> addresses;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("symbolize", "show what lies at addresses of a program file, as reports would name it");
  verb->add_option("FILE", arguments->module, "program or shared library")->required()->check(CLI::ExistingFile);
  verb->add_option("ADDRESSES", arguments->addresses, "virtual addresses in the file, such as 0x1234")->required();
  verb->callback([arguments, &exitCode] {
    const auto symbolizer = model::makeLlvmSymbolizer();
    for (uint64_t address : arguments->addresses) {
      std::cout << model::hex(address) << ":\n";
      printCode(*symbolizer, arguments->module, address);
      printData(*symbolizer, arguments->module, address);
    }
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
