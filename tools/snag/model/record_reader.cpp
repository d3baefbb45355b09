#include "model/record_reader.h"

#include "model/record_decoder.h"
#include "model/version.h"

#include <algorithm>
#include <string>

namespace snag::model {

using record::RecordHeader;
using record::RecordKind;

namespace {

// No honest record comes near this; a larger size means the header is damaged.
constexpr size_t kLargestRecord = 64u << 20;
// Nor an incomplete one near this: a file full of damaged headers must not be decoded again and again.
constexpr size_t kLargestSalvage = 1u << 20;

struct Header {
  uint32_t magic, version, kind;
  size_t bytes;

  explicit Header(Bytes at)
      : magic(static_cast<uint32_t>(littleEndian(at, 4))),
        version(static_cast<uint32_t>(littleEndian(at.subspan(4), 2))),
        kind(static_cast<uint32_t>(littleEndian(at.subspan(8), 4))),
        bytes(littleEndian(at.subspan(12), 4)) {}

  bool plausible() const {
    return magic == record::kMagic && bytes >= sizeof(RecordHeader) && bytes % 4 == 0 && bytes <= kLargestRecord;
  }
};

}  // namespace

void RecordReader::feed(Bytes bytes) {
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  while (takeRecord()) {
  }
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<ptrdiff_t>(position_));
  position_ = 0;
}

bool RecordReader::takeRecord() {
  if (rest().size() < sizeof(RecordHeader)) return false;
  const Header header(rest());
  if (!header.plausible()) return skipDamage();
  if (rest().size() < header.bytes) return false;
  inDamage_ = false;
  const Bytes fields = rest().subspan(sizeof(RecordHeader), header.bytes - sizeof(RecordHeader));
  position_ += header.bytes;
  if (header.version != record::kVersion)
    refuseVersion(header.version, header.kind, fields);
  else
    deliver(header.kind, fields);
  return true;
}

// Looks for the next magic number; the last three bytes may be the beginning of one.
bool RecordReader::skipDamage() {
  if (!inDamage_) sink_.problem("Some bytes of the records are damaged and were skipped; findings in them are lost.");
  inDamage_ = true;
  const uint8_t magic[] = {'S', 'N', 'A', 'G'};
  const Bytes ahead = rest().subspan(1);
  const auto found = std::search(ahead.begin(), ahead.end(), std::begin(magic), std::end(magic));
  if (found != ahead.end()) {
    position_ += 1 + static_cast<size_t>(found - ahead.begin());
    return true;
  }
  position_ += rest().size() - std::min<size_t>(3, rest().size());
  return false;
}

void RecordReader::deliver(uint32_t kind, Bytes fields) {
  switch (static_cast<RecordKind>(kind)) {
    case RecordKind::Process: return sink_.process(decodeProcess(fields));
    case RecordKind::Summary: return sink_.summary(decodeSummary(fields));
    case RecordKind::Finding: {
      Finding finding = decodeFinding(fields);
      if (finding.damaged)
        sink_.problem("Finding " + std::to_string(finding.sequence) +
                      " is damaged; what could be read of it is shown.");
      return sink_.finding(std::move(finding));
    }
  }
  // A kind that a later Snag added without changing the format: not ours to show.
}

// The version text of the Process record is the one thing worth guessing at: it names the Snag to use.
void RecordReader::refuseVersion(uint32_t version, uint32_t kind, Bytes fields) {
  if (versionRefused_) return;
  versionRefused_ = true;
  std::string writer = "the program was built with another Snag";
  if (kind == static_cast<uint32_t>(RecordKind::Process))
    if (std::string text = decodeProcess(fields).snagVersion; !text.empty())
      writer = "the program was built with Snag " + text;
  sink_.problem("These records have format " + std::to_string(version) + ", but this snag (" + kSnagVersion +
                ") reads format " + std::to_string(record::kVersion) + ": " + writer +
                ". Use the snag tool of that Snag, or rebuild the program with this one.");
}

void RecordReader::finish() {
  while (!rest().empty()) {
    salvage();
    if (!skipDamage()) break;
    while (takeRecord()) {
    }
  }
  buffer_.clear();
  position_ = 0;
}

// What is left either breaks off (the program died while writing) or has a damaged size and hides whole records.
void RecordReader::salvage() {
  if (!inDamage_) sink_.problem("A record is incomplete: the program ended while writing it, or the file is damaged.");
  inDamage_ = true;
  if (rest().size() <= sizeof(RecordHeader)) return;
  const Header header(rest());
  const bool isFinding = header.kind == static_cast<uint32_t>(RecordKind::Finding);
  if (!header.plausible() || header.version != record::kVersion || !isFinding) return;
  const Bytes fields = rest().subspan(sizeof(RecordHeader));
  Finding finding = decodeFinding(fields.first(std::min(fields.size(), kLargestSalvage)));
  // Without both accesses there is no story to tell.
  if (finding.isMisuse() || (finding.accesses[0].size != 0 && finding.accesses[1].size != 0))
    sink_.finding(std::move(finding));
}

}  // namespace snag::model
