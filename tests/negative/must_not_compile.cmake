# cmake -DCOMPILER=... -DSOURCE=... -DFLAGS=a;b -P must_not_compile.cmake
execute_process(COMMAND ${COMPILER} ${FLAGS} -DTWIN -fsyntax-only ${SOURCE} RESULT_VARIABLE twin ERROR_VARIABLE why)
if(NOT twin EQUAL 0)
  message(FATAL_ERROR "the honest twin does not compile, so nothing is shown:\n${why}")
endif()
execute_process(COMMAND ${COMPILER} ${FLAGS} -fsyntax-only ${SOURCE} RESULT_VARIABLE forbidden ERROR_VARIABLE why)
if(forbidden EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles, and it must not")
endif()
# A forbidden way must fail by itself, not because a header is gone.
if(why MATCHES "No such file|file not found")
  message(FATAL_ERROR "fails for another reason:\n${why}")
endif()
