# Turns data files into one C++ source: cmake -DOUTPUT=x.cc -DHEADER=h -DINPUTS="a.tsv;b.tsv" -P embed.cmake
#
# Each file becomes `const std::string_view kData<Name>` with the name in CamelCase. Lines starting
# with '#' stay in: the readers skip them. A literal is cut every 8000 characters, for compilers
# that bound its length.
set(text "// Made by embed.cmake; do not edit.\n#include \"${HEADER}\"\n\nnamespace claimwatch {\n\n")
foreach(file IN LISTS INPUTS)
  get_filename_component(stem "${file}" NAME_WE)
  string(REPLACE "_" ";" parts "${stem}")
  set(name "")
  foreach(part IN LISTS parts)
    string(SUBSTRING "${part}" 0 1 first)
    string(SUBSTRING "${part}" 1 -1 rest)
    string(TOUPPER "${first}" first)
    string(APPEND name "${first}${rest}")
  endforeach()
  file(READ "${file}" content)
  string(LENGTH "${content}" length)
  string(APPEND text "extern const std::string_view kData${name};\nconst std::string_view kData${name} =\n")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${content}" ${at} 8000 piece)
    string(APPEND text "    R\"tsv(${piece})tsv\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  string(APPEND text "    \"\";\n\n")
endforeach()
string(APPEND text "}  // namespace claimwatch\n")
file(WRITE "${OUTPUT}" "${text}")
