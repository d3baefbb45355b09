// std::pmr's default resource: an atomic pointer inside the C++ library. Whoever gets it comes after whoever set it.
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

// std::pmr::{get,set}_default_resource of libstdc++, then of libc++.
SNAG_INTERCEPTOR void* _ZNSt3pmr20get_default_resourceEv() noexcept;
SNAG_INTERCEPTOR void* _ZNSt3pmr20set_default_resourceEPNS_15memory_resourceE(void* resource) noexcept;
SNAG_INTERCEPTOR void* _ZNSt3__13pmr20get_default_resourceEv() noexcept;
SNAG_INTERCEPTOR void* _ZNSt3__13pmr20set_default_resourceEPNS0_15memory_resourceE(void* resource) noexcept;

namespace {

SNAG_REAL(_ZNSt3pmr20get_default_resourceEv);
SNAG_REAL(_ZNSt3pmr20set_default_resourceEPNS_15memory_resourceE);
SNAG_REAL(_ZNSt3__13pmr20get_default_resourceEv);
SNAG_REAL(_ZNSt3__13pmr20set_default_resourceEPNS0_15memory_resourceE);

constinit long defaultResource = 0;  // its address stands for the pointer

template <typename Real>
void* get(Real& real) {
  void* resource = real();
  noteAcquire(&defaultResource);
  return resource;
}

template <typename Real>
void* set(void* resource, Real& real) {
  noteRelease(&defaultResource);
  void* before = real(resource);
  noteAcquire(&defaultResource);
  return before;
}

}  // namespace

SNAG_INTERCEPTOR void* _ZNSt3pmr20get_default_resourceEv() noexcept {
  return get(real__ZNSt3pmr20get_default_resourceEv);
}
SNAG_INTERCEPTOR void* _ZNSt3pmr20set_default_resourceEPNS_15memory_resourceE(void* resource) noexcept {
  return set(resource, real__ZNSt3pmr20set_default_resourceEPNS_15memory_resourceE);
}
SNAG_INTERCEPTOR void* _ZNSt3__13pmr20get_default_resourceEv() noexcept {
  return get(real__ZNSt3__13pmr20get_default_resourceEv);
}
SNAG_INTERCEPTOR void* _ZNSt3__13pmr20set_default_resourceEPNS0_15memory_resourceE(void* resource) noexcept {
  return set(resource, real__ZNSt3__13pmr20set_default_resourceEPNS0_15memory_resourceE);
}
