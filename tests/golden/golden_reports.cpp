// Usage: golden_reports FORMAT SOURCE [COUNT]
// Writes the golden findings as records, reads them back as the tool does, and prints them in one format. SOURCE is the
// text of the file that the findings are in; symbols come from a table. So the output is the same on every machine.
// COUNT repeats them under other names, to see what a format does with many.
// golden_reports records FOLDER writes the records themselves, one file a finding and one with all of them.
#include "golden_findings.h"
#include "model/session.h"
#include "record_encoder.h"
#include "render/formats.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace snag::test {
namespace {

// Reads SOURCE where the findings name kSource.
struct MovedSource : model::SourceText {
  std::string file;
  std::optional<std::string> line(const std::string& name, uint32_t number) override {
    return model::SourceText::line(name == kSource ? file : name, number);
  }
};

ByteVector process() {
  return makeRecord(
      record::RecordKind::Process,
      Fields().u32(Tag::ProcessId, 12345).text(Tag::Executable, "/demo/app").text(Tag::SnagVersion, "0.1.0"));
}

// Many bugs: the same findings at other addresses, in functions with a number.
std::vector<model::Finding> many(size_t count) {
  std::vector<model::Finding> all;
  for (size_t i = 0; i < count; ++i) {
    model::Finding finding = goldenRace(record::FindingKind::LostUpdate, kRmw, 0, kRmw, 0);
    finding.address += 8 * i;
    for (model::Access& access : finding.accesses) {
      access.stack.clear();
      access.site = model::Site{"update" + std::to_string(i), kSource, static_cast<uint32_t>(i + 1), 1,
                                "v" + std::to_string(i),      ""};
    }
    all.push_back(std::move(finding));
  }
  return all;
}

int print(const std::string& format, const std::string& file, size_t count) {
  FakeSymbolizer symbols = goldenSymbols();
  MovedSource source;
  source.file = file;
  const render::Paths paths("/demo");
  render::TextOptions text;
  text.color = "never";
  auto renderer = render::makeRenderer(format, text, {source, paths, std::cout, "https://docs.example/snag/findings"});
  if (renderer == nullptr) return 1;
  model::Session session(symbols, source, *renderer);
  model::RecordReader reader(session);
  reader.feed(process());
  for (const model::Finding& finding : count == 0 ? goldenFindings() : many(count)) reader.feed(encoded(finding));
  reader.feed(summaryRecord(60, 2));
  reader.finish();
  session.finish();
  return 0;
}

void writeFile(const std::string& file, const std::vector<ByteVector>& records) {
  std::ofstream out(file, std::ios::binary);
  for (const ByteVector& bytes : records)
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

int writeRecords(const std::string& folder) {
  std::vector<ByteVector> all = {process()};
  for (const model::Finding& finding : goldenFindings()) {
    const ByteVector record = encoded(finding);
    writeFile(folder + "/finding-" + std::to_string(finding.sequence) + ".snag", {process(), record, summaryRecord(1)});
    all.push_back(record);
  }
  all.push_back(summaryRecord(60, 2));
  writeFile(folder + "/all.snag", all);
  return 0;
}

}  // namespace
}  // namespace snag::test

int main(int argc, char** argv) {
  if (argc < 3) return 64;
  if (std::string_view(argv[1]) == "records") return snag::test::writeRecords(argv[2]);
  return snag::test::print(argv[1], argv[2], argc > 3 ? static_cast<size_t>(std::atol(argv[3])) : 0);
}
