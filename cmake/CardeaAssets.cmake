# cardea_asset_sources(NAME
#     FUNCTION cardea::identity::assets     what the generated table is called; declare it in a header of your own
#     ASSETS name.css=path[+path ...] ...   paths from the source folder; what url("...") names stands before it
# )
# makes browser assets, fingerprinted and compressed by tools/embed-assets.mjs, into sources that the variable NAME lists:
# for a library that links cardea::web.
function(cardea_asset_sources NAME)
    cmake_parse_arguments(ARG "" "FUNCTION" "ASSETS" ${ARGN})
    cardea_npm_packages()
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${NAME}")
    set(tool "${PROJECT_SOURCE_DIR}/tools/embed-assets.mjs")
    set(files)
    foreach(asset IN LISTS ARG_ASSETS)
        string(REGEX REPLACE "^[^=]*=" "" parts "${asset}")
        string(REPLACE "+" ";" parts "${parts}")
        # What npm fetched is there when its stamp is; ninja need not know each file.
        list(FILTER parts EXCLUDE REGEX "node_modules/")
        list(TRANSFORM parts PREPEND "${PROJECT_SOURCE_DIR}/")
        list(APPEND files ${parts})
    endforeach()
    add_custom_command(
        OUTPUT "${folder}/assets.S" "${folder}/assets.cc"
        COMMAND "${CARDEA_NODE}" "${tool}" "${folder}" "${ARG_FUNCTION}" ${ARG_ASSETS}
        COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/assets.S" "${folder}/assets.cc"
        DEPENDS "${tool}" ${files} "${CARDEA_NPM_STAMP}"
        WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
        COMMENT "Embedding browser assets"
        VERBATIM)
    set(${NAME} "${folder}/assets.S" "${folder}/assets.cc" PARENT_SCOPE)
endfunction()

# The npm packages of web/package-lock.json, fetched once per checkout; tools/prepare does the same with the same stamp.
function(cardea_npm_packages)
    find_program(CARDEA_NODE node REQUIRED)
    find_program(CARDEA_NPM npm REQUIRED)
    set(CARDEA_NPM_STAMP "${PROJECT_SOURCE_DIR}/web/node_modules/.package-lock.installed")
    set(CARDEA_NPM_STAMP "${CARDEA_NPM_STAMP}" PARENT_SCOPE)
    get_property(known GLOBAL PROPERTY CARDEA_NPM_KNOWN)
    if(known)
        return()
    endif()
    set_property(GLOBAL PROPERTY CARDEA_NPM_KNOWN ON)
    add_custom_command(
        OUTPUT "${CARDEA_NPM_STAMP}"
        COMMAND "${CARDEA_NPM}" ci --no-audit --no-fund --silent
        COMMAND "${CMAKE_COMMAND}" -E copy package-lock.json "${CARDEA_NPM_STAMP}"
        DEPENDS "${PROJECT_SOURCE_DIR}/web/package-lock.json"
        WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}/web"
        COMMENT "Fetching the pinned npm packages"
        VERBATIM)
endfunction()
