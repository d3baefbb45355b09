// One message to the user, put together in a fixed buffer: no allocation, no libc. What does not fit is cut off.
#ifndef SNAG_MESSAGE_H
#define SNAG_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

namespace snag {

// A piece of text that need not end in NUL.
struct TextPiece {
  const char* start;
  size_t length;
};

class Message {
 public:
  Message& operator<<(TextPiece piece) {
    for (size_t i = 0; i < piece.length; ++i) add(piece.start[i]);
    return *this;
  }
  Message& operator<<(const char* text) {
    while (*text != 0) add(*text++);
    return *this;
  }
  Message& operator<<(int64_t number) {
    if (number < 0) add('-');
    return *this << (number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number));
  }
  Message& operator<<(int number) { return *this << static_cast<int64_t>(number); }
  Message& operator<<(uint32_t number) { return *this << static_cast<uint64_t>(number); }
  Message& operator<<(uint64_t number) {
    if (number >= 10) *this << number / 10;
    add(static_cast<char>('0' + number % 10));
    return *this;
  }
  Message& hex(uint64_t number) {
    *this << "0x";
    for (int shift = 60; shift >= 0; shift -= 4)
      if (shift == 0 || number >> shift != 0) add("0123456789abcdef"[number >> shift & 15]);
    return *this;
  }
  // Blanks up to a column, at least one.
  Message& padTo(size_t column) {
    do add(' ');
    while (length_ < column);
    return *this;
  }

  // Ends in NUL.
  const char* text() const { return text_; }
  size_t length() const { return length_; }

 private:
  void add(char c) {
    if (length_ + 1 < sizeof text_) text_[length_++] = c;
  }

  char text_[1024] = {};
  size_t length_ = 0;
};

}  // namespace snag

#endif  // SNAG_MESSAGE_H
