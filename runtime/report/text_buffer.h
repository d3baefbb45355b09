// Text of limited length in memory that it is lent; what does not fit is cut. Always NUL-terminated.
#ifndef SNAG_REPORT_TEXT_BUFFER_H
#define SNAG_REPORT_TEXT_BUFFER_H

#include <stddef.h>
#include <stdint.h>

namespace snag {

class TextBuffer {
 public:
  // capacity: at least 1.
  TextBuffer(char* memory, size_t capacity) : text_(memory), capacity_(capacity) { text_[0] = 0; }

  TextBuffer& operator<<(const char* text) {
    while (*text != 0) put(*text++);
    return *this;
  }
  TextBuffer& operator<<(uint64_t number) { return digits(number, 10); }
  TextBuffer& operator<<(uint32_t number) { return digits(number, 10); }
  TextBuffer& hex(uint64_t number) {
    *this << "0x";
    return digits(number, 16);
  }
  TextBuffer& put(char c) {
    if (length_ + 1 < capacity_) {
      text_[length_++] = c;
      text_[length_] = 0;
    }
    return *this;
  }

  void cutTo(size_t length) {
    if (length >= length_) return;
    length_ = length;
    text_[length_] = 0;
  }
  const char* text() const { return text_; }
  size_t length() const { return length_; }
  bool isFull() const { return length_ + 1 == capacity_; }

 private:
  TextBuffer& digits(uint64_t number, unsigned base) {
    char reversed[20];
    size_t count = 0;
    do reversed[count++] = "0123456789abcdef"[number % base];
    while ((number /= base) != 0);
    while (count > 0) put(reversed[--count]);
    return *this;
  }

  char* const text_;
  const size_t capacity_;
  size_t length_ = 0;
};

}  // namespace snag

#endif  // SNAG_REPORT_TEXT_BUFFER_H
