# Which LLVM to build with and against. Include before project(); an explicit CMAKE_CXX_COMPILER wins.
set(SNAG_LLVM_VERSION 22 CACHE STRING "Major version of LLVM and Clang to build with and against")
set_property(CACHE SNAG_LLVM_VERSION PROPERTY STRINGS 22 19)
set(SNAG_LLVM_ROOT "/usr/lib/llvm-${SNAG_LLVM_VERSION}" CACHE PATH "Where that LLVM is installed")

if(NOT EXISTS "${SNAG_LLVM_ROOT}/bin/clang++")
  message(FATAL_ERROR "No clang++ in ${SNAG_LLVM_ROOT}/bin. Install it (tools/dev setup), "
                      "or point SNAG_LLVM_ROOT at an LLVM ${SNAG_LLVM_VERSION} installation.")
endif()

if(NOT DEFINED CMAKE_C_COMPILER AND NOT DEFINED ENV{CC})
  set(CMAKE_C_COMPILER "${SNAG_LLVM_ROOT}/bin/clang")
endif()
if(NOT DEFINED CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
  set(CMAKE_CXX_COMPILER "${SNAG_LLVM_ROOT}/bin/clang++")
endif()
