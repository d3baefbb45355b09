# Finds the LLVM of SNAG_LLVM_ROOT, once for all parts: LLVM_DEFINITIONS, the target LLVM, and the way to its headers,
# SNAG_LLVM_INCLUDE_OPTION.
find_package(LLVM REQUIRED CONFIG PATHS "${SNAG_LLVM_ROOT}" NO_DEFAULT_PATH)

if(NOT LLVM_VERSION_MAJOR EQUAL SNAG_LLVM_VERSION)
  message(FATAL_ERROR "SNAG_LLVM_VERSION is ${SNAG_LLVM_VERSION}, but ${SNAG_LLVM_ROOT} has LLVM ${LLVM_PACKAGE_VERSION}.")
endif()
message(STATUS "LLVM ${LLVM_PACKAGE_VERSION} in ${SNAG_LLVM_ROOT}")

# Behind the system's headers: LLVM's folder also holds libc++abi's cxxabi.h when that package is installed, and
# libstdc++'s must win.
set(SNAG_LLVM_INCLUDE_OPTION "SHELL:-idirafter ${LLVM_INCLUDE_DIRS}")
