# snag_add_test(NAME <name> COMMAND <target or program> [argument...]
#               [RUN] [BASELINE <file>] [SUPPRESSIONS <file>] [FORMATS <format:file>...] [FILTERS <filter>...]
#               [LABELS <label>...] [WORKING_DIRECTORY <folder>] [SKIP_IF_VACUOUS])
#
# Adds a ctest test that runs the command under `snag gate`: it fails with 66 for findings that the baseline does not
# know, and with 67 if it succeeded without anything to observe. With RUN it is `snag run`, which knows no baseline and
# prints every finding in full. SKIP_IF_VACUOUS makes 67 a skipped test: for a test that is single-threaded on purpose.
# BASELINE and SUPPRESSIONS are relative to the current source folder. The test has the label "snag".
include_guard()

function(snag_add_test)
  set(one NAME BASELINE SUPPRESSIONS WORKING_DIRECTORY)
  set(many COMMAND FORMATS FILTERS LABELS)
  cmake_parse_arguments(PARSE_ARGV 0 test "RUN;SKIP_IF_VACUOUS" "${one}" "${many}")
  if(NOT test_NAME OR NOT test_COMMAND)
    message(FATAL_ERROR "snag_add_test needs NAME <name> and COMMAND <target or program> [argument...].")
  endif()
  if(test_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "snag_add_test(NAME ${test_NAME}): '${test_UNPARSED_ARGUMENTS}' is not understood.")
  endif()
  if(test_RUN AND test_BASELINE)
    message(FATAL_ERROR "snag_add_test(NAME ${test_NAME}): RUN knows no BASELINE. Leave one of them out.")
  endif()

  set(verb gate)
  if(test_RUN)
    set(verb run)
  endif()
  set(flags)
  foreach(file IN ITEMS BASELINE SUPPRESSIONS)
    if(test_${file})
      cmake_path(ABSOLUTE_PATH test_${file} BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
      string(TOLOWER "${file}" name)
      list(APPEND flags "--${name}=${test_${file}}")
    endif()
  endforeach()
  list(TRANSFORM test_FORMATS PREPEND "--format=")
  list(TRANSFORM test_FILTERS PREPEND "--filter=")

  # add_test itself replaces a target only where it is the command.
  list(POP_FRONT test_COMMAND program)
  if(TARGET "${program}")
    set(program "$<TARGET_FILE:${program}>")
  endif()
  add_test(NAME "${test_NAME}"
           COMMAND "${SNAG_TOOL}" ${verb} ${flags} ${test_FORMATS} ${test_FILTERS} -- "${program}" ${test_COMMAND})
  set_tests_properties("${test_NAME}" PROPERTIES LABELS "snag;${test_LABELS}")
  if(test_WORKING_DIRECTORY)
    set_tests_properties("${test_NAME}" PROPERTIES WORKING_DIRECTORY "${test_WORKING_DIRECTORY}")
  endif()
  if(test_SKIP_IF_VACUOUS)
    set_tests_properties("${test_NAME}" PROPERTIES SKIP_RETURN_CODE 67)
  endif()
endfunction()
