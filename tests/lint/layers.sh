#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# layers.sh SOURCE_ROOT: who may include whom. The include paths that meson gives each
# layer say the same to the compiler; this says it for a reader, and for headers that no
# source file includes yet.
. "$(dirname "$0")/lint.sh"

sources='^src/.*\.(c|h|cc)$'

# layer_of FILE: its folder, as the table below names it.
layer_of () {
  case $1 in
    src/core/*) echo "$1" | cut -d / -f 3 ;;
    src/*/*) echo "$1" | cut -d / -f 2 ;;
    src/main.c) echo ui ;;
  esac
}

# allowed LAYER: the layers whose headers it may include.
allowed () {
  case $1 in
    base) echo base ;;
    model) echo base model ;;
    archive) echo base model archive ;;
    store) echo base model store ;;
    analysis) echo base model analysis ;;
    session) echo base model archive store analysis session ;;
    library) echo base model analysis session library ;;
    player) echo base model analysis session player ;;
    stage) echo base model analysis session player stage ;;
    clip) echo base model analysis session player stage clip ;;
    ui) echo base model analysis session library player stage clip ui ;;
    render) echo base model analysis session player stage clip render ;;
    cli) echo base model analysis session library player cli ;;
    *) echo "no such layer: $1" >&2 ;;
  esac
}

quoted_includes () {
  files "$sources" | xargs -r -d '\n' grep -nHoE '^ *# *include "[^"]+"' |
    sed 's/ *# *include "\([^"]*\)"/\1/'
}

include_walls () {
  headers=$(files '^src/.*\.h$')
  quoted_includes | while IFS=: read -r file line name; do
    case $name in
      # Made by glib-compile-resources for the layer that includes it.
      *-resources.h) continue ;;
      */*)
        echo "$file:$line: \"$name\" names a folder"
        continue
        ;;
    esac
    path=$(printf '%s\n' "$headers" | grep -E "(^|/)$name\$")
    from=$(layer_of "$file")
    to=$(layer_of "$path")
    case " $(allowed "$from") " in
      *" ${to:-none} "*) ;;
      *) echo "$file:$line: $from includes \"$name\" of ${to:-no layer}" ;;
    esac
  done
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
    own=$(basename "$file" | sed 's/\.cc*$/.h/')
    if [ -e "$(dirname "$file")/$own" ]; then
      first=$(grep -m 1 -nE '^ *# *include' "$file")
      case $first in
        *"\"$own\""*) ;;
        *) echo "$file:${first%%:*}: \"$own\" is not the first include" ;;
      esac
    fi
  done
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
    name=$(basename "$file" | sed 's/^ph-/test-/; s/\.cc*$//')
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
