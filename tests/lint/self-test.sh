#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# self-test.sh SOURCE_ROOT
# Shows each lint check a fault made for it: a check that lets it pass does not work.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$1" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cases=0
failures=0
spdx='/* SPDX-License-Identifier: GPL-3.0-or-later */'

# A clean tree beside a shared folder, for one fault at a time.
clean_tree () {
  rm -rf "$tmp/tree" "$tmp/shared"
  mkdir -p "$tmp/tree/src/core/base" "$tmp/tree/src/core/model" "$tmp/tree/src/core/archive" \
    "$tmp/tree/src/core/session" "$tmp/tree/src/ui" "$tmp/tree/tests/core" "$tmp/shared/corpus" \
    "$tmp/shared/goldens"
  cd "$tmp/tree"
  printf '%s\n\n#pragma once\n' "$spdx" >src/core/archive/ph-lines.h
  printf '%s\n\n#pragma once\n' "$spdx" >src/core/base/ph-span.h
  printf '%s\n\n#include "ph-span.h"\n' "$spdx" >src/core/base/ph-span.c
  printf '%s\n' "$spdx" >tests/core/test-span.c
  echo "'test-span'," >tests/core/meson.build
}

# report NAME TEXT: one TAP case, good when TEXT is empty.
report () {
  cases=$((cases + 1))
  if [ -z "$2" ]; then
    echo "ok $cases - $1"
  else
    failures=$((failures + 1))
    printf '%s\n' "$2" | sed 's/^/# /'
    echo "not ok $cases - $1"
  fi
}

# expect_fault SCRIPT CHECK: in the tree as it is, CHECK must fail.
expect_fault () {
  if [ "$1" = manual ]; then
    "$here/manual.sh" "$tmp/tree" "$tmp/program" "$2" >"$tmp/out" 2>&1 && status=0 || status=$?
  else
    "$here/$1.sh" "$tmp/tree" "$2" >"$tmp/out" 2>&1 && status=0 || status=$?
  fi
  if [ "$status" -ne 0 ] && grep -qE "^not ok [0-9]+ - $2\$" "$tmp/out"; then
    report "$2" ''
  elif grep -qE "^ok [0-9]+ - $2 # SKIP" "$tmp/out"; then
    cases=$((cases + 1))
    echo "ok $cases - $2 # SKIP not on this machine"
  else
    report "$2" "$(cat "$tmp/out")"
  fi
  printf '%s %s\n' "$1" "$2" >>"$tmp/shown"
}

# fault SCRIPT CHECK FILE TEXT: with TEXT added to FILE in the clean tree, CHECK must fail.
fault () {
  clean_tree
  mkdir -p "$(dirname "$3")"
  printf '%b\n' "$4" >>"$3"
  expect_fault "$1" "$2"
}

repeat () { # TEXT TIMES
  awk -v text="$1" -v times="$2" 'BEGIN { while (times--) printf "%s\\n", text }'
}

for script in style layers tree; do
  clean_tree
  report "$script has nothing to say of a clean tree" \
    "$("$here/$script.sh" "$tmp/tree" | grep -v '^ok\|^1\.\.' || true)"
done

source=src/core/base/ph-span.c
fault style formatting $source 'int  x;'
fault style columns $source "/* $(repeat x 100 | tr -d '\\n') */"
fault style white_space $source 'int x; '
fault style white_space $source '\tint x;'
fault style licence_line src/ui/ph-new.c 'int x;'
fault style licence_line src/ui/new.sh '#!/bin/sh\n# nothing'
fault style banned_functions $source '  strcpy (a, b);'
fault style banned_functions $source '  snprintf(a, 1, "");'
fault style banned_functions $source '  x = atoi (a);'
fault style plain_types $source 'gchar *x;'
fault style only_commands_print $source '  g_print ("x");'
fault style only_commands_print src/main.c "$spdx\n  printf (\"x\");"
fault style bad_input_is_an_error src/core/model/ph-dom.c "$spdx\n  g_warning (\"x\");"
fault style nothing_left_for_later $source '/* T''ODO: more */'
fault style function_length $source "int\nf (void)\n{\n$(repeat '  f ();' 101)}"
fault style file_length $source "$(repeat 'int x;' 1000)"
fault style parameter_count $source "void f (a,\n$(repeat 'b,' 7)c);"
fault layers include_walls $source '#include "ph-lines.h"'
fault layers include_walls $source '#include "base/ph-span.h"'
fault layers include_walls src/ui/ph-window.c "$spdx\n#include \"ph-lines.h\""
fault layers headers_for_all src/core/session/ph-session.h '#include "ph-lines.h"'
fault layers private_headers src/ui/ph-window.c "$spdx\n#include \"ph-span-private.h\""
fault layers unique_names src/ui/ph-span.h "$spdx"
fault layers own_header_first src/core/archive/ph-lines.c '#include <glib.h>\n#include "ph-lines.h"'
fault layers pragma_once src/ui/ph-window.h "$spdx"
fault layers third_party_headers src/core/archive/ph-lines.c '#include <simdjson.h>'
fault layers third_party_headers src/core/archive/ph-lines.c '#include <zstd.h>'
fault layers third_party_headers src/core/session/ph-session.c '#include <sqlite3.h>'
fault layers third_party_headers src/core/session/ph-session.c '#include <libsoup/soup.h>'
fault layers third_party_headers src/core/session/ph-session.c '#include <archive.h>'
fault layers third_party_headers src/core/session/ph-session.c '#include <nettle/sha2.h>'
fault layers third_party_headers src/ui/ph-window.c '#include <webkit/webkit.h>'
fault layers third_party_headers src/core/model/ph-dom.c '#include <json-glib/json-glib.h>'
fault layers third_party_headers $source '#include <gtk/gtk.h>'
fault layers every_core_file_has_a_test src/core/model/ph-dom.c "$spdx"
fault tree top_level notes.txt 'x'
fault tree machine_paths README.md "see $tmp/file"
fault tree machine_paths README.md 'see /ro''ot/file'
fault tree package_hosts README.md 'from https://registry.example.org/x'
fault tree named_files README.md 'see `src/none.c`'
fault tree shell_syntax src/x.sh 'if'
fault tree shell_check src/x.sh '#!/bin/sh\ncd x\nfor f in $(ls); do echo $f; done'
fault tree xml src/ui/x.ui '<a>'
fault tree java_script src/x.js 'let = ;'
fault tree python src/x.py 'def'

# change SCRIPT CHECK FILE SED: in a copy of the project's own data, edited, CHECK must fail.
change () {
  rm -rf "$tmp/tree"
  mkdir "$tmp/tree"
  (cd "$root" && cp -r data po flatpak src meson.build "$tmp/tree")
  sed -i "$4" "$tmp/tree/$3"
  if cmp -s "$root/$3" "$tmp/tree/$3"; then
    report "$2" "$4 does not change $3"
  else
    expect_fault "$1" "$2"
  fi
}

id=io.github.playhead_viewer.Playhead
change data application_id data/$id.desktop.in 's/^Icon=.*/Icon=playhead/'
change data application_id flatpak/$id.yml 's/^app-id: .*/app-id: org.example.App/'
change data store_page data/$id.metainfo.xml.in 's/<summary>/<summary>A very long line of text /'
change data store_page meson.build "s/version: '0/version: '9/"
change data claimed_types data/$id.desktop.in 's/^MimeType=/MimeType=application\/json;/'
change data file_types data/$id.mime.xml 's/\*\.rrweb\.json"/*.json"/'
change data sandbox flatpak/$id.yml 's/--share=ipc/--share=network/'
change data sandbox flatpak/$id.yml 's/--device=dri/--filesystem=home/'
change data sandbox flatpak/$id.yml 's/--socket=wayland/--socket=x11/'
change data manifest_shape flatpak/$id.yml 's/type: git/type: file/'
change data manifest_shape flatpak/$id.yml '/tag: /d'
change data man_pages data/playhead.1 's/^\.SH NAME/.SH NAMES/'
change data man_pages data/playhead-cli.1 '3s/^/.XY /'
change data keys_in_manual data/playhead.1 '/^\.B F10/d'
change data keys_in_manual src/ui/ph-actions.c 's/{ "BackSpace" }/{ "F12" }/'
change data package_list data/packages.txt 's/^meson$/gcc/'
change po potfiles po/POTFILES.in '$d'
change po potfiles po/POTFILES.in '1s/^/a\n/'
fault po plain_texts src/ui/x.ui '<property name="label">Open</property>'
change po typography po/playhead.pot 's/^msgid "P.*/msgid "Open..."/'
change po cut_texts po/playhead.pot 's/^msgid "P.*/msgid "all %"/'
change po template_is_current data/$id.desktop.in 's/^Comment=.*/Comment=Other/'
change po translations po/de.po '$s/.*/msgstr ""/'
change po translations po/de.po '0,/^#: /s//#, fuzzy\n#: /'
change po translations po/LINGUAS d

# A program that takes one thing more than the manual says, and one thing less.
cat >"$tmp/program" <<'END'
#!/bin/sh
case $1 in
  --help) printf 'Commands:\n  info     What it is\n  list     Not there\n\nOptions:\n' ;;
  --version) echo 'program 999' ;;
  *) echo '  --help --more' ;;
esac
END
chmod +x "$tmp/program"
change manual commands_in_manual data/playhead-cli.1 '$d'
change manual options_in_manual data/playhead-cli.1 '$d'
change manual version_in_manual data/playhead-cli.1 '$d'

# What one line added to a file cannot make.
clean_tree
sed -i d tests/core/meson.build
expect_fault layers every_core_file_has_a_test

clean_tree
seq 1000 >"$tmp/shared/corpus/a"
seq 1000 >src/a
expect_fault tree copies_of_shared_files

# A check without a fault here is not known to work.
for script in data layers manual po style tree; do
  sed -n 's/^ *check\(_with [a-z-]*\)\? \([a-z_]*\)$/\2/p' "$here/$script.sh" |
    while read -r name; do
      grep -qx "$script $name" "$tmp/shown" || echo "$script.sh: no fault for $name"
    done
done >"$tmp/missing"
report 'every check was shown a fault' "$(cat "$tmp/missing")"

# core-has-no-gtk.sh, with libraries made here.
echo 'void gtk_init (void); void f (void); void f (void) { gtk_init (); }' >"$tmp/bad.c"
echo 'void f (void); void f (void) { }' >"$tmp/good.c"
cc -c "$tmp/bad.c" -o "$tmp/bad.o"
cc -c "$tmp/good.c" -o "$tmp/good.o"
report 'core-has-no-gtk sees gtk_init' \
  "$(if "$here/core-has-no-gtk.sh" "$tmp/bad.o" >/dev/null; then echo 'not seen'; fi)"
report 'core-has-no-gtk lets others be' \
  "$("$here/core-has-no-gtk.sh" "$tmp/good.o" || echo failed)"
report 'core-has-no-gtk wants a library' \
  "$(if "$here/core-has-no-gtk.sh" "$tmp/none.o" 2>/dev/null; then echo 'not missed'; fi)"

# tally EXPECTED STATUS LOG: what tally.py makes of a log, and of the status of meson test.
tally () {
  printf '%b' "$3" >"$tmp/log"
  got=$("$here/../tally.py" "$tmp/log" "$2" 2>&1 | tail -n 1) || true
  report "tally: $1 (status $2)" "$([ "$got" = "$1" ] || echo "got $got")"
}

tap='{"name":"a","result":"OK","stdout":"1..3\\nok 1 /a\\n    ok 1 sub\\nok 2 /b # SKIP x\\n'
fail=$(printf %s "$tap" | sed 's/OK/FAIL/')
late=$(printf %s "$tap" | sed 's/OK/TIMEOUT/')
tally '2 passed, 0 failed, 1 skipped' 0 "${tap}ok 3 - c\"}"
tally '1 passed, 1 failed, 1 skipped' 1 "${fail}not ok 3 c\"}"
tally '1 passed, 1 failed, 1 skipped' 1 "${late}\"}"
tally '2 passed, 1 failed, 1 skipped' 2 "${tap}ok 3 - c\"}"
tally '1 passed, 0 failed, 1 skipped' 0 \
  '{"name":"a","result":"OK"}\n{"name":"b","result":"SKIP","stdout":""}\n'
tally '0 passed, 1 failed, 0 skipped' 1 '{"name":"a","result":"FAIL","stdout":"text"}\n'
tally '0 passed, 1 failed, 0 skipped' 1 'not a log\n'
tally '0 passed, 0 failed, 0 skipped' 0 ''
printf '' >"$tmp/log"
report 'tally: nothing ran is a failure' \
  "$(if "$here/../tally.py" "$tmp/log" 0 >/dev/null; then echo 'status 0'; fi)"

echo "1..$cases"
[ "$failures" -eq 0 ]
