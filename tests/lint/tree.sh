#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tree.sh SOURCE_ROOT: what may lie where, and files that are not C.
. "$(dirname "$0")/lint.sh"

top_level () {
  { own_git ls-files || all_files; } | cut -d / -f 1 | sort -u |
    grep -vxE 'src|data|po|tests|meson\.build|README\.md|LICENSE|flatpak|\..*' |
    sed 's/$/: not at the top level/'
}

# A path of the machine somebody works on means nothing on another.
machine_paths () {
  parent=$(dirname "$PWD")
  if [ "$parent" != / ]; then
    all_files | xargs -r -d '\n' grep -nHIF -e "$parent/" 2>/dev/null
  fi
  all_files | xargs -r -d '\n' grep -nHIE -e '(^|[^a-z])/(ro[o]t|home/[a-z]+)/' 2>/dev/null
  true
}

# Where packages come from is the business of whoever installs them.
package_hosts () {
  all_files | grep -v '^tests/lint/' | xargs -r -d '\n' grep -nHIoE \
    -e '(registry\.[a-z]+|[a-z]+\.debian|pypi|crates|rubygems)\.(org|com|io)' 2>/dev/null
  true
}

# A file that a text for people names, between backquotes, is there.
named_files () {
  files '\.md$' | xargs -r -d '\n' \
    grep -nHoE '`(src|data|po|tests|flatpak|ui|core|cli|stage|render)/[A-Za-z0-9_./-]+`' |
    while IFS=: read -r file line path; do
      path=$(printf '%s' "$path" | tr -d '\140')
      [ -e "$path" ] || [ -e "src/$path" ] || echo "$file:$line: there is no $path"
    done
}

shell_scripts () {
  files '^\.ci/run$|\.sh$'
}

shell_syntax () {
  shell_scripts | while read -r name; do
    sh -n "$name"
  done
}

shell_check () {
  shell_scripts | xargs -r -d '\n' shellcheck -e SC1091,SC2016
}

xml () {
  files '\.(ui|svg|xml|xml\.in|gresource\.xml)$' | grep -v '^tests/' |
    xargs -r -d '\n' xmllint --noout
}

# `node --check` takes a file with imports for a module by its name only.
java_script () {
  files '^(src|tests)/.*\.m?js$' | while read -r name; do
    node --check "$name"
  done
}

python () {
  files '\.py$' | while read -r name; do
    python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' "$name"
  done
}

# The shared corpus is read where it lies. Same size first, then same content.
copies_of_shared_files () {
  sizes=$(mktemp)
  find ../shared/corpus ../shared/goldens -type f -size +400c -printf '%s %p\n' |
    sort -k 1,1 >"$sizes"
  all_files | xargs -r -d '\n' stat -c '%s %n' 2>/dev/null |
    sort -k 1,1 | join - "$sizes" | while read -r _ ours theirs; do
      if cmp -s "$ours" "$theirs"; then
        echo "$ours: a copy of $theirs"
      fi
    done
  rm -f "$sizes"
}

check top_level
check machine_paths
check package_hosts
check named_files
check shell_syntax
check_with shellcheck shell_check
check_with xmllint xml
check_with node java_script
check python
if [ -d ../shared/corpus ]; then
  check copies_of_shared_files
else
  skip copies_of_shared_files 'no shared corpus beside the project'
fi
finish
