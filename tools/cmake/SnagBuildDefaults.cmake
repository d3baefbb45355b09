# What every target of ours is built with, and where the results go.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 17)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Kind of build" FORCE)
endif()

option(SNAG_ASSERTIONS "Keep assertions, whatever the build type" ON)
if(SNAG_ASSERTIONS)
  foreach(flags IN ITEMS CMAKE_C_FLAGS_RELWITHDEBINFO CMAKE_CXX_FLAGS_RELWITHDEBINFO CMAKE_C_FLAGS_RELEASE CMAKE_CXX_FLAGS_RELEASE)
    string(REPLACE "-DNDEBUG" "" ${flags} "${${flags}}")
  endforeach()
endif()

add_compile_options(-Wall -Wextra -Werror=return-type)

# The layout that the compiler wrappers rely on: bin/ beside lib/snag/, in the build folder as after an install.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(SNAG_LIBRARY_DIR "${CMAKE_BINARY_DIR}/lib/snag")
