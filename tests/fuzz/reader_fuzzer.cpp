// libFuzzer's target: any bytes are read as a record file, and everything that could be read is rendered as text and in
// one other format, which the input's size chooses. Symbols and sources come from tables, so nothing outside of the input
// is touched.
#include "golden_findings.h"
#include "model/session.h"
#include "render/formats.h"
#include "render/tee.h"

#include <deque>
#include <ostream>
#include <streambuf>

namespace snag::test {
namespace {

struct Nowhere : std::streambuf {
  int overflow(int c) override { return c; }
  std::streamsize xsputn(const char*, std::streamsize count) override { return count; }
};

struct ShortSource : FakeSource {
  std::optional<std::string> line(const std::string& file, uint32_t number) override {
    if (file.empty() || number == 0 || number > 40) return std::nullopt;
    return "  counter += 1;  // <&>";
  }
};

// Everything but the files that a record names.
class WithoutFiles : public model::RecordSink {
 public:
  explicit WithoutFiles(model::Session& session) : session_(session) {}
  void process(model::Process process) override {
    process.suppressions.clear();
    session_.process(std::move(process));
  }
  void finding(model::Finding finding) override { session_.finding(std::move(finding)); }
  void summary(model::Summary summary) override { session_.summary(summary); }
  void problem(const std::string& message) override { session_.problem(message); }

 private:
  model::Session& session_;
};

void renderAll(model::Bytes input) {
  static FakeSymbolizer symbols = goldenSymbols();
  ShortSource source;
  Nowhere nowhere;
  std::ostream out(&nowhere);
  const render::Paths paths("/demo");
  render::Tee tee;
  const std::vector<std::string> formats = render::formatNames();
  for (const std::string& format : {formats[0], formats[1 + input.size() % (formats.size() - 1)]})
    tee.add(render::makeRenderer(format, {}, {source, paths, out, "https://docs.example"}));
  model::Session session(symbols, source, tee);
  WithoutFiles sink(session);
  model::RecordReader reader(sink);
  // In two pieces, because that is how bytes arrive.
  reader.feed(input.first(input.size() / 2));
  reader.feed(input.subspan(input.size() / 2));
  reader.finish();
  session.finish();
}

}  // namespace
}  // namespace snag::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  snag::test::renderAll({data, size});
  return 0;
}
