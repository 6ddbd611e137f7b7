#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# po.sh SOURCE_ROOT: every text a person reads can be translated, and is.
. "$(dirname "$0")/lint.sh"

# As meson's preset for GLib programs; a text that only one of them finds would be missed.
template () {
  xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
    --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --files-from=po/POTFILES.in \
    --output=- 2>&1
}

with_texts () {
  files '^src/.*\.(c|h)$' | xargs -r -d '\n' grep -lE '\b(N?_|N?C_|g?_?d?n?gettext) \('
  files '^src/.*\.ui$' | xargs -r -d '\n' grep -lE 'translatable="(yes|true|1)"'
  files '^data/.*\.(desktop|metainfo\.xml)\.in$'
}

potfiles () {
  with_texts | sort -u | while read -r name; do
    grep -qxF "$name" po/POTFILES.in || echo "$name: has texts, is not in po/POTFILES.in"
  done
  grep -v '^#' po/POTFILES.in | while read -r name; do
    [ -e "$name" ] || echo "po/POTFILES.in: no file $name"
  done
  sort -c po/POTFILES.in
}

# A text in a template that nobody can translate.
plain_texts () {
  files '^src/.*\.ui$' | xargs -r -d '\n' grep -nHE \
    '<property name="(label|title|subtitle|description|tooltip-text|placeholder-text)">[^<]*[a-z]'
  true
}

# An ellipsis is one character, and so are quotation marks as people write them.
typography () {
  grep -nE '^msgid.*(\.\.\.|\\")' po/playhead.pot | sed 's/^/po\/playhead.pot:/'
}

# A format macro inside a text ends the text for xgettext, but not for the compiler.
cut_texts () {
  grep -nE '^(msgid )?".*[^%"]%"$|^msgid "%"$' po/playhead.pot | sed 's/^/po\/playhead.pot:/'
}

# ids FILE: the texts of a template, plain, with their contexts.
ids () {
  msgcat --no-location --no-wrap --sort-output "$1" | grep -E '^(msgctxt|msgid|")' |
    grep -vE '^"(Project-Id|Report|POT|PO-|Last|Language|MIME|Content|Plural)'
}

template_is_current () {
  tmp=$(mktemp -d)
  template >"$tmp/new.pot"
  ids "$tmp/new.pot" >"$tmp/new"
  ids po/playhead.pot >"$tmp/old"
  diff "$tmp/old" "$tmp/new" || echo 'run: ninja -C BUILD playhead-pot playhead-update-po'
  rm -rf "$tmp"
}

translations () {
  while read -r language; do
    LC_ALL=C msgfmt --check --statistics -o /dev/null "po/$language.po" 2>&1 |
      grep -vE '^[0-9]+ translated messages?\.$' | sed "s|^|po/$language.po: |"
    # Every text of the template, and none of them fuzzy.
    LC_ALL=C msgcmp "po/$language.po" po/playhead.pot 2>&1
  done <po/LINGUAS
  [ -s po/LINGUAS ] || echo 'po/LINGUAS: no language'
}

check potfiles
check plain_texts
check typography
check cut_texts
check template_is_current
check translations
finish
