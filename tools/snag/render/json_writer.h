// LLVM's JSON stream, with all text made valid UTF-8 on the way in. Members keep the order in which they are written.
#ifndef SNAG_RENDER_JSON_WRITER_H
#define SNAG_RENDER_JSON_WRITER_H

#include "render/escape.h"

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_os_ostream.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace snag::render {

class JsonWriter {
 public:
  explicit JsonWriter(std::ostream& out) : stream_(out), json_(stream_, 2) {}

  template <typename Contents>
  void object(Contents contents) {
    json_.object(contents);
  }
  template <typename Contents>
  void object(const char* key, Contents contents) {
    json_.attributeObject(key, contents);
  }
  template <typename Contents>
  void list(Contents contents) {
    json_.array(contents);
  }
  template <typename Contents>
  void list(const char* key, Contents contents) {
    json_.attributeArray(key, contents);
  }
  void text(const char* key, std::string_view value) { json_.attribute(key, llvm::json::Value(utf8(value))); }
  // Only if there is something to say.
  void textIfAny(const char* key, std::string_view value) {
    if (!value.empty()) text(key, value);
  }
  void text(std::string_view value) { json_.value(llvm::json::Value(utf8(value))); }
  void number(const char* key, uint64_t value) { json_.attribute(key, llvm::json::Value(static_cast<int64_t>(value))); }
  void flag(const char* key, bool value) { json_.attribute(key, llvm::json::Value(value)); }
  // Ends the document; what is buffered reaches the stream.
  void finish() {
    stream_ << "\n";
    stream_.flush();
  }

 private:
  llvm::raw_os_ostream stream_;
  llvm::json::OStream json_;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_JSON_WRITER_H
