# What `cmake --install` puts where, in the layout that the compiler wrappers rely on:
#   bin/snag bin/snag-clang bin/snag-clang++ · lib/snag/ · include/snag/{snag,gtest}.h · lib/cmake/Snag/
include(CMakePackageConfigHelpers)

install(DIRECTORY "${CMAKE_BINARY_DIR}/bin/" DESTINATION bin USE_SOURCE_PERMISSIONS
        FILES_MATCHING REGEX "/(snag|snag-clang|snag-clang\\+\\+)$")
install(DIRECTORY "${SNAG_LIBRARY_DIR}/" DESTINATION lib/snag USE_SOURCE_PERMISSIONS)
install(FILES "${PROJECT_SOURCE_DIR}/runtime/include/snag/snag.h" "${PROJECT_SOURCE_DIR}/runtime/include/snag/gtest.h"
        DESTINATION include/snag)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION share/doc/snag)

set(snag_installed_libraries lib/snag)
set(snag_installed_headers include)
set(snag_installed_programs bin)
configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/SnagConfig.cmake.in" "${CMAKE_BINARY_DIR}/cmake/SnagConfig.cmake"
  INSTALL_DESTINATION lib/cmake/Snag PATH_VARS snag_installed_libraries snag_installed_headers snag_installed_programs)
write_basic_package_version_file("${CMAKE_BINARY_DIR}/cmake/SnagConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/cmake/SnagConfig.cmake" "${CMAKE_BINARY_DIR}/cmake/SnagConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/SnagAddTest.cmake" DESTINATION lib/cmake/Snag)
