# cardea_module(NAME
#     HEADERS public.h ...          installed; every one is compiled alone by the verify_headers target
#     SOURCES file.cc ...
#     TESTS   file_test.cc ...      unit tests, beside the code, no service needed
#     DEPENDS base crypto ...       other modules, on lower floors only
#     LINK_PUBLIC / LINK_PRIVATE    foreign libraries
# )
# makes the library cardea_NAME (alias cardea::NAME) and the test program NAME_test.
function(cardea_module NAME)
    cmake_parse_arguments(ARG "" "" "HEADERS;SOURCES;TESTS;TEST_LINK;DEPENDS;LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
    set(target cardea_${NAME})
    list(TRANSFORM ARG_DEPENDS PREPEND cardea::)
    if(ARG_SOURCES)
        add_library(${target} STATIC ${ARG_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:cardea_flags> ${ARG_LINK_PRIVATE})
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    add_library(cardea::${NAME} ALIAS ${target})
    target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${ARG_HEADERS})
    target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
    target_compile_features(${target} ${scope} cxx_std_23)
    target_link_libraries(${target} ${scope} ${ARG_DEPENDS} ${ARG_LINK_PUBLIC})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${NAME} VERIFY_INTERFACE_HEADER_SETS ON)
    set_property(GLOBAL APPEND PROPERTY CARDEA_MODULES ${NAME})
    install(TARGETS ${target} EXPORT cardea-${NAME} COMPONENT ${NAME} ARCHIVE FILE_SET HEADERS)
    install(EXPORT cardea-${NAME} NAMESPACE cardea:: COMPONENT ${NAME}
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/cardea")

    if(CARDEA_BUILD_TESTS AND ARG_TESTS)
        cardea_test(${NAME}_test SOURCES ${ARG_TESTS} LINK cardea::${NAME} ${ARG_TEST_LINK} LABEL unit)
    endif()
endfunction()

# cardea_test(NAME SOURCES ... LINK ... LABEL unit|integration) makes a GoogleTest program whose cases ctest lists.
# The target unit_tests builds those that need no service and no program of ours.
function(cardea_test NAME)
    cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINK" ${ARGN})
    add_executable(${NAME} ${ARG_SOURCES})
    target_link_libraries(${NAME} PRIVATE cardea_flags ${ARG_LINK} cardea_test_support GTest::gtest GTest::gmock
        GTest::gtest_main)
    if(ARG_LABEL STREQUAL "unit")
        if(NOT TARGET unit_tests)
            add_custom_target(unit_tests)
        endif()
        add_dependencies(unit_tests ${NAME})
    endif()
    gtest_discover_tests(${NAME} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${NAME}." PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 300)
endfunction()
