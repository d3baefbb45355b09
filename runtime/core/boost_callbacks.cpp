// Boost reports its errors and failed assertions here instead of throwing or calling abort
// (BOOST_CONTAINER_USER_DEFINED_THROW_CALLBACKS, BOOST_ENABLE_ASSERT_HANDLER).
#include "platform/platform.h"

namespace boost {
namespace container {

void throw_bad_alloc() { snag::platform::fatal("out of memory"); }
void throw_out_of_range(const char* what) { snag::platform::fatal(what); }
void throw_length_error(const char* what) { snag::platform::fatal(what); }
void throw_logic_error(const char* what) { snag::platform::fatal(what); }
void throw_runtime_error(const char* what) { snag::platform::fatal(what); }

}  // namespace container

void assertion_failed(const char* expression, const char*, const char*, long) { snag::platform::fatal(expression); }
void assertion_failed_msg(const char* expression, const char*, const char*, const char*, long) {
  snag::platform::fatal(expression);
}

}  // namespace boost
