#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# data.sh SOURCE_ROOT: what the desktop, the package managers and the sandbox are told.
. "$(dirname "$0")/lint.sh"

id=io.github.playhead_viewer.Playhead
desktop=data/$id.desktop.in
metainfo=data/$id.metainfo.xml.in
mime=data/$id.mime.xml
manifest=flatpak/$id.yml

# One name for the program, wherever it is written.
application_id () {
  for file in meson.build "$desktop" "$metainfo" "data/$id.gschema.xml" "data/$id.service.in" \
    "$manifest"; do
    grep -q "$id" "$file" || echo "$file: $id is not named"
  done
  for file in "scalable/apps/$id.svg" "symbolic/apps/$id-symbolic.svg"; do
    [ -e "data/icons/hicolor/$file" ] || echo "data/icons/hicolor/$file: missing"
  done
  grep -q "^Icon=$id\$" "$desktop" || echo "$desktop: no icon"
  grep -q "<id>$id</id>" "$metainfo" || echo "$metainfo: another id"
  grep -q "^app-id: $id\$" "$manifest" || echo "$manifest: another id"
}

# What software centres ask for: short names, a rating, releases in order.
store_page () {
  summary=$(sed -n 's|.*<summary>\(.*\)</summary>.*|\1|p' "$metainfo")
  [ "${#summary}" -gt 0 ] && [ "${#summary}" -le 35 ] || echo "$metainfo: summary of ${#summary}"
  grep -q "^Comment=$summary\$" "$desktop" || echo "$desktop: the comment is not the summary"
  grep -q '<content_rating type="oars-1.1"' "$metainfo" || echo "$metainfo: no rating"
  grep -q '<project_license>GPL-3.0-or-later<' "$metainfo" || echo "$metainfo: another licence"
  version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build)
  newest=$(sed -n 's/.*<release version="\([^"]*\)".*/\1/p' "$metainfo" | head -n 1)
  [ "$version" = "$newest" ] || echo "$metainfo: release $newest, but meson.build has $version"
}

# The desktop file and the metainfo claim the same types, and only types of ours.
claimed_types () {
  types=$(sed -n 's/^MimeType=//p' "$desktop" | tr ';' '\n' | grep . | sort)
  listed=$(sed -n 's|.*<mediatype>\(.*\)</mediatype>.*|\1|p' "$metainfo" | sort)
  [ "$types" = "$listed" ] || echo "$desktop and $metainfo claim different types"
  for type in $types; do
    grep -q "<mime-type type=\"$type\">" "$mime" || echo "$desktop: $type is not ours to claim"
  done
  [ -n "$types" ] || echo "$desktop: no type"
}

# The file type database takes the file, and finds names by it.
file_types () {
  tmp=$(mktemp -d)
  mkdir -p "$tmp/mime/packages"
  cp "$mime" "$tmp/mime/packages/"
  XDG_DATA_HOME=$tmp update-mime-database "$tmp/mime"
  for line in '50:application/x-rrweb+json:\*\.rrweb\.json' \
    '50:application/x-rrweb+json:\*\.rrweb\.ndjson\.gz' \
    '50:application/x-openreplay-session:\*\.mobs' \
    '50:application/x-playhead-recording:\*\.playhead'; do
    grep -q "^$line\$" "$tmp/mime/globs2" || echo "$mime: no $line"
  done
  rm -rf "$tmp"
  # A name that says neither rrweb nor OpenReplay's own belongs to somebody else.
  grep -n '<glob ' "$mime" | grep -v '\*\.\(rrweb\|playhead\|mob[es]*\)["\.]' | sed "s|^|$mime:|"
  true
}

# No network, no files but what the portal hands over, no devices but the graphics card.
sandbox () {
  awk '/^finish-args:/ { inside = 1; next } /^[a-z]/ { inside = 0 } inside && /^ *- / {
    print $2 }' "$manifest" | grep -vxE -e '--share=ipc|--socket=(wayland|fallback-x11)' \
    -e '--device=dri' | sed "s|^|$manifest: |"
  if grep -nE 'share=network|filesystem|device=all|talk-name|own-name|build-args' "$manifest"; then
    echo "$manifest: a permission"
  fi
  grep -qx 'finish-args:' "$manifest" || echo "$manifest: no finish-args"
}

# A manifest that builds from source: git at a tag, or the folder it lies in.
manifest_shape () {
  for key in app-id runtime runtime-version sdk command modules; do
    grep -q "^$key:" "$manifest" || echo "$manifest: no $key"
  done
  grep -q '^command: playhead$' "$manifest" || echo "$manifest: another command"
  grep -nE '^ *- type:' "$manifest" | grep -vE 'type: (dir|git|archive)$'
  awk '/type: git/ { git++ } /^ *tag: [vV][0-9.]+$/ { tag++ } END {
    if (git != tag) print "a git source without its tag" }' "$manifest" | sed "s|^|$manifest: |"
}

man_pages () {
  for page in playhead playhead-cli; do
    groff -man -Tutf8 -ww -z "data/$page.1"
    grep -q "^\.TH $(echo $page | tr '[:lower:]' '[:upper:]') 1 " "data/$page.1" ||
      echo "data/$page.1: no title"
    for section in NAME SYNOPSIS DESCRIPTION; do
      grep -qx "\.SH $section" "data/$page.1" || echo "data/$page.1: no $section"
    done
  done
}

# What the table of actions has a key for is in the manual page, by its first key.
keys_in_manual () {
  tr '\n' ' ' <src/ui/ph-actions.c | grep -oE 'N_ \("[^"]*"\), *PH_ACTION_[A-Z]*, *\{ "[^"]*"' |
    sed 's/.*{ "\([^"]*\)"/\1/' | sed 's/<\([A-Za-z]*\)>/\1+/g; s/bracketright/]/; s/bracketleft/[/
      s/question/?/' | while read -r key; do
    grep -iE '^\.B ' data/playhead.1 | grep -qiF "$key" ||
      case $key in
        Shift+Right | Shift+Left) grep -q 'with Shift one second' data/playhead.1 ;;
        *) false ;;
      esac || echo "data/playhead.1: no $key"
  done
}

# Names of Debian packages, each once, each in a group.
package_list () {
  awk '
    /^## / { group = $2; next }
    /^#/ || !NF { next }
    !group { print FILENAME ":" FNR ": in no group" }
    seen[$0]++ { print FILENAME ":" FNR ": " $0 " stands here twice" }
    !/^[a-z0-9][a-z0-9.+-]+$/ { print FILENAME ":" FNR ": not the name of a package" }
  ' data/packages.txt
  for group in build run test; do
    grep -qx "## $group" data/packages.txt || echo "data/packages.txt: no group $group"
  done
}

check application_id
check store_page
check claimed_types
check_with update-mime-database file_types
check sandbox
check manifest_shape
check_with groff man_pages
check keys_in_manual
check package_list
finish
