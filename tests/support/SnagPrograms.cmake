# snag_add_programs(<name prefix> <labels> <source>...) makes one ctest test of each program: it is compiled with the
# wrappers of this build, run, and judged by the comments in its source (support/check_program.py).
# One with a `// Libraries:` line that names libc++ makes another: its name and label say so; or that one only.
# A C program with a `// Languages:` line that names C++ makes another, too.
# Options: DEFINE <macro> for a variant of the source, NAME <name> instead of the file's, ARGUMENTS <for the script>.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(SNAG_TEST_SUPPORT_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(SNAG_TEST_BIN_DIR "${CMAKE_BINARY_DIR}/bin" CACHE PATH "Folder with the snag-clang wrappers that the tests use")
set(SNAG_TEST_COMPILERS --bin-dir "${SNAG_TEST_BIN_DIR}" --clang "${SNAG_LLVM_ROOT}/bin/clang"
                        --clangxx "${SNAG_LLVM_ROOT}/bin/clang++")

# snag_add_program_test(<test name> <labels> <command>...): exit code 77 of the command means "cannot run here".
function(snag_add_program_test name labels)
  add_test(NAME "${name}" COMMAND Python3::Interpreter ${ARGN})
  set_tests_properties("${name}" PROPERTIES LABELS "${labels}" SKIP_RETURN_CODE 77 TIMEOUT 1200)
endfunction()

function(snag_add_programs prefix labels)
  cmake_parse_arguments(PARSE_ARGV 2 option "" "NAME;DEFINE" "ARGUMENTS")
  set(define "")
  if(option_DEFINE)
    set(define --define ${option_DEFINE})
  endif()
  foreach(source IN LISTS option_UNPARSED_ARGUMENTS)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    cmake_path(GET source STEM name)
    if(option_NAME)
      set(name "${option_NAME}")
    endif()
    set(command "${SNAG_TEST_SUPPORT_DIR}/check_program.py" "${source}" ${SNAG_TEST_COMPILERS}
                --precompiled "${CMAKE_BINARY_DIR}/tests/precompiled" ${define} ${option_ARGUMENTS})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
    file(STRINGS "${source}" libraries REGEX "^// Libraries:")
    if(libraries STREQUAL "" OR libraries MATCHES "libstdc\\+\\+")
      snag_add_program_test("${prefix}.${name}" "${labels}" ${command} --libraries libstdc++)
    endif()
    file(STRINGS "${source}" languages REGEX "^// Languages:.*C\\+\\+")
    if(languages)
      snag_add_program_test("${prefix}.${name}.c++" "${labels}" ${command} --libraries libstdc++ --language C++ --levels O2)
    endif()
    string(REGEX MATCHALL "libc\\+\\+[a-z-]*" libraries "${libraries}")
    foreach(library IN LISTS libraries)
      snag_add_program_test("${prefix}.${name}.${library}" "${labels};libc++" ${command} --libraries ${library}
                            --levels O2)
    endforeach()
  endforeach()
endfunction()
