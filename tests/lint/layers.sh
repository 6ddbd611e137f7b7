#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# layers.sh SOURCE_ROOT: who may include whom. The include paths that meson gives each
# layer say the same to the compiler; this says it for a reader, and for headers that no
# source file includes yet.
. "$(dirname "$0")/lint.sh"

sources='^src/.*\.(c|h|cc)$'

# LAYER: the layers whose headers it may include.
walls='
base: base
model: base model
archive: base model archive
store: base model store
analysis: base model analysis
session: base model archive store analysis session
library: base model analysis session library
player: base model analysis session player
stage: base model analysis session player stage
clip: base model analysis session player stage clip
ui: base model analysis session library player stage clip ui
render: base model analysis session player stage clip render
cli: base model analysis session library player cli
'

quoted_includes () {
  files "$sources" | xargs -r -d '\n' grep -nHoE '^ *# *include "[^"]+"' |
    sed 's/ *# *include "\([^"]*\)"/\1/'
}

# Three tables in one: walls, headers by name, includes.
include_walls () {
  {
    printf '%s\n' "$walls" | sed -n 's/^\([a-z]*\): /wall:\1:/p'
    files '^src/.*\.h$' | sed 's/^/header:/'
    quoted_includes | sed 's/^/include:/'
  } | awk -F: '
    # The folder of a file, as the walls name it.
    function layer_of (file, parts) {
      split (file, parts, "/")
      return file == "src/main.c" ? "ui" : parts[2] == "core" ? parts[3] : parts[2]
    }
    $1 == "wall" { allowed[$2] = " " $3 " "; next }
    $1 == "header" { name = $2; sub (/.*\//, "", name); layer[name] = layer_of($2); next }
    # Made by glib-compile-resources for the layer that includes it.
    $4 ~ /-resources\.h$/ { next }
    $4 ~ /\// { print $2 ":" $3 ": \"" $4 "\" names a folder"; next }
    {
      from = layer_of($2)
      to = $4 in layer ? layer[$4] : "no layer"
      if (!(from in allowed))
        print $2 ": no such layer: " from
      else if (index (allowed[from], " " to " ") == 0)
        print $2 ":" $3 ": " from " includes \"" $4 "\" of " to
    }'
}

# Headers of the session and the player are seen by layers that see no readers and no store.
headers_for_all () {
  quoted_includes | grep -E '^src/core/(session|library|player)/[^:]*\.h:' |
    grep -v -e '-private\.h:' | while IFS=: read -r file line name; do
      if [ -e "src/core/archive/$name" ] || [ -e "src/core/store/$name" ]; then
        echo "$file:$line: a header that views include names \"$name\", which they do not see"
      fi
    done
}

# What two files of a layer share is nobody else's.
private_headers () {
  quoted_includes | grep -e '-private\.h$' | while IFS=: read -r file line name; do
    if [ ! -e "$(dirname "$file")/$name" ]; then
      echo "$file:$line: \"$name\" is private to another layer"
    fi
  done
}

# Includes are flat, so a name must mean one file.
unique_names () {
  files '^(src|tests)/.*\.(c|h|cc|ui|css)$' | grep -v '^tests/\(record\|fixtures\)/' |
    sed 's|.*/||' | sort | uniq -d | sed 's/$/: more than one file of this name/'
}

# The own header first proves that it can stand alone.
own_header_first () {
  files '^src/.*\.(c|cc)$' | while read -r file; do
    [ ! -e "${file%.c*}.h" ] || echo "$file"
  done | xargs -r -d '\n' awk '
    FNR == 1 { own = FILENAME; sub (/.*\//, "", own); sub (/\.cc?$/, ".h", own); seen = 0 }
    /^ *# *include/ && !seen++ && index ($0, "\"" own "\"") == 0 {
      print FILENAME ":" FNR ": \"" own "\" is not the first include"
    }'
}

pragma_once () {
  files '^(src|tests)/.*\.h$' | xargs -r -d '\n' grep -LE '^#pragma once$' |
    sed 's/$/: no #pragma once/'
}

# only HEADER FILES: the files of src/ that may include a third-party header.
only () {
  files "$sources" | grep -vE "$2" | xargs -r -d '\n' grep -nHE "^ *# *include [<\"]($1)" |
    sed 's/$/   ← not in this file/'
}

third_party_headers () {
  only 'simdjson' '^src/core/base/ph-json\.cc$'
  only 'zstd|zdict' '^src/core/(archive/ph-unpack|store/ph-squeeze)\.c$'
  only 'zlib' '^src/core/archive/ph-(unpack|inflate)\.c$'
  only 'brotli' '^src/core/archive/ph-unbrotli\.c$'
  only 'sqlite' '^src/core/base/ph-db\.c$'
  only 'archive\.h|archive_entry' '^src/core/archive/ph-entries\.c$'
  only 'libsoup' '^src/(core/session/ph-asset-fetch\.c$|stage/)'
  only 'nettle' '^src/core/base/ph-sha256\.c$'
  only 'webkit|jsc' '^src/stage/'
  only 'gst/' '^src/clip/ph-clip-video\.c$'
  only 'cgif' '^src/clip/ph-clip-gif\.c$'
  only 'json-glib' '^src/(core/(analysis|session|library|player)|stage|ui|render|cli)/'
  only '(gtk|gdk|gsk|graphene|adwaita|pango|cairo)' '^src/(main\.c$|(stage|clip|ui|render)/)'
}

# Each file of the core has its test program, and meson knows it.
every_core_file_has_a_test () {
  files '^src/core/.*\.(c|cc)$' | while read -r file; do
    name=${file##*/ph-}
    name=test-${name%.c*}
    case $name in
      # Nothing but the quark of the domain.
      test-error) continue ;;
    esac
    if [ ! -e "tests/core/$name.c" ]; then
      echo "$file: no tests/core/$name.c"
    elif ! grep -q "'$name'" tests/core/meson.build; then
      echo "tests/core/$name.c: not in tests/core/meson.build"
    fi
  done
}

check include_walls
check headers_for_all
check private_headers
check unique_names
check own_header_first
check pragma_once
check third_party_headers
check every_core_file_has_a_test
finish
