#include "model/baseline.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace snag::model {

namespace {

constexpr int64_t kFormat = 1;
constexpr std::array kMemberOrder = {"fingerprint", "kind",  "title",   "place",
                                     "first_seen",  "owner", "expires", "reason"};

std::string toText(llvm::StringRef text) { return {text.data(), text.size()}; }

std::string valid(const std::string& text) {
  return llvm::json::isUTF8(text) ? text : llvm::json::fixUTF8(llvm::StringRef(text));
}

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw BaselineError("The baseline '" + name + "' cannot be used: " + what +
                      " It was left as it is. Correct it, or restore it from version control.");
}

bool isDay(const std::string& text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool isDash = i == 4 || i == 7;
    if (isDash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" && text.substr(8) >= "01" && text.substr(8) <= "31";
}

Baseline::Entry checkedEntry(const llvm::json::Value& value, const std::string& name, size_t number) {
  const std::string where = "entry " + std::to_string(number) + " of \"findings\" ";
  const llvm::json::Object* members = value.getAsObject();
  if (members == nullptr) refuse(name, where + "is no object.");
  Baseline::Entry entry{*members};
  if (entry.text("fingerprint").empty()) refuse(name, where + "has no \"fingerprint\".");
  for (const char* text : {"reason", "owner", "expires", "first_seen"})
    if (const llvm::json::Value* member = members->get(text);
        member != nullptr && !member->getAsString() && !member->getAsNull())
      refuse(name, where + "has a \"" + text + "\" that is no text.");
  if (const std::string day = entry.text("expires"); !day.empty() && !isDay(day))
    refuse(name, where + "expires on \"" + day + "\". Write a day as YYYY-MM-DD.");
  return entry;
}

}  // namespace

std::string Baseline::Entry::text(const char* member) const {
  const auto value = members.getString(member);
  return value ? toText(*value) : std::string();
}

std::string Baseline::Entry::name() const {
  const std::string title = text("title");
  return (title.empty() ? "finding" : title) + " [" + text("fingerprint") + "]";
}

Baseline Baseline::parse(const std::string& text, const std::string& name) {
  llvm::Expected<llvm::json::Value> document = llvm::json::parse(text);
  if (!document) refuse(name, "it is no JSON: " + llvm::toString(document.takeError()) + ".");
  const llvm::json::Object* top = document->getAsObject();
  const auto format = top == nullptr ? std::nullopt : top->getInteger("snag_baseline");
  if (!format) refuse(name, "it has no \"snag_baseline\", so it is no baseline of Snag.");
  if (*format != kFormat)
    refuse(name, "it has format " + std::to_string(*format) + ", and this snag reads format " +
                     std::to_string(kFormat) + ".");
  const llvm::json::Array* findings = top->getArray("findings");
  if (findings == nullptr) refuse(name, "it has no list \"findings\".");
  Baseline baseline;
  size_t number = 0;
  for (const llvm::json::Value& value : *findings) {
    Entry entry = checkedEntry(value, name, ++number);
    const std::string fingerprint = entry.text("fingerprint");
    // A merge that kept both sides of an entry does no harm.
    baseline.entries_.try_emplace(fingerprint, std::move(entry));
  }
  return baseline;
}

Baseline Baseline::read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored))
    throw BaselineError("Cannot read the baseline '" + path + "' (" +
                        (in ? "it is a directory" : std::strerror(errno)) +
                        "). Correct --baseline, or make the file with --update-baseline.");
  std::ostringstream text;
  text << in.rdbuf();
  return parse(text.str(), path);
}

Baseline::Knows Baseline::see(const std::string& fingerprint, const std::string& today) {
  const auto found = entries_.find(fingerprint);
  if (found == entries_.end()) return Knows::Nothing;
  found->second.seen = true;
  const std::string expires = found->second.text("expires");
  return !expires.empty() && expires < today ? Knows::NoLonger : Knows::Yes;
}

void Baseline::enter(const std::string& fingerprint, const std::string& kind, const std::string& title,
                     const std::string& place, const std::string& today) {
  auto [found, isNew] = entries_.try_emplace(fingerprint);
  Entry& entry = found->second;
  entry.seen = true;
  entry.members["fingerprint"] = fingerprint;
  entry.members["kind"] = valid(kind);
  entry.members["title"] = valid(title);
  entry.members["place"] = valid(place);
  if (entry.text("first_seen").empty()) entry.members["first_seen"] = today;
  // People fill these in; an entry that expired is taken up again without a day.
  for (const char* theirs : {"owner", "expires", "reason"}) entry.members.try_emplace(theirs, "");
  if (const std::string expires = entry.text("expires"); !expires.empty() && expires < today)
    entry.members["expires"] = "";
}

void Baseline::removeUnseen() {
  std::erase_if(entries_, [](const auto& entry) { return !entry.second.seen; });
}

std::string Baseline::text() const {
  std::string out;
  llvm::raw_string_ostream stream(out);
  llvm::json::OStream json(stream, 2);
  json.object([&] {
    json.attribute("snag_baseline", kFormat);
    json.attributeArray("findings", [&] {
      for (const auto& [fingerprint, entry] : entries_)
        json.object([&] {
          for (const char* member : kMemberOrder)
            if (const llvm::json::Value* value = entry.members.get(member)) json.attribute(member, *value);
          std::map<std::string, const llvm::json::Value*> others;
          for (const auto& member : entry.members) others[toText(member.first)] = &member.second;
          for (const char* member : kMemberOrder) others.erase(member);
          for (const auto& [member, value] : others) json.attribute(member, *value);
        });
    });
  });
  stream << "\n";
  return stream.str();
}

void Baseline::write(const std::string& path) const {
  const std::string draft = path + ".new";
  std::ofstream file(draft, std::ios::binary | std::ios::trunc);
  file << text();
  file.close();
  if (file && std::rename(draft.c_str(), path.c_str()) == 0) return;
  const std::string reason = std::strerror(errno);
  std::remove(draft.c_str());
  throw BaselineError("Cannot write the baseline '" + path + "' (" + reason + "). Nothing was changed.");
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

}  // namespace snag::model
