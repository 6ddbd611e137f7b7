#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# style.sh SOURCE_ROOT: rules of writing that no compiler checks.
. "$(dirname "$0")/lint.sh"

c='^(src|tests)/.*\.(c|h|cc)$'
code='^(\.ci/run|.*\.(c|h|cc|js|sh|py))$'

formatting () {
  files "$c" | xargs -r -d '\n' clang-format --dry-run -Werror
}

# Characters, which grep counts and not every awk does.
columns () {
  found '^.{101}' "$code" 'more than 100 columns'
}

white_space () {
  tab=$(printf '\t')
  found " \$|$tab" '\.(c|h|cc|js|sh|py|ui|css)$' 'a tab, or a space at the end'
  files "$code" | while read -r name; do
    if [ -n "$(tail -c 1 "$name")" ]; then
      echo "$name: no new line at the end"
    fi
  done
}

# The first line; the second one where the first names the interpreter.
licence_line () {
  files "$code" | xargs -r -d '\n' awk '
    FNR == 1 { wanted = /^#!/ ? 2 : 1 }
    FNR == wanted && !/SPDX-License-Identifier: GPL-3\.0-or-later/ {
      print FILENAME ":" FNR ": no SPDX line"
    }' | grep -v '^\.ci/run:'
  true
}

banned_functions () {
  found '\b(strcpy|strcat|strncpy|strncat|stpcpy|v?sn?printf|strtok|gets|s?scanf)\b *\(' \
    "$c" 'banned function'
  found '\b(atoi|atol|atoll|atof|strtod|gmtime|localtime|alloca|g_alloca|system|popen)\b *\(' \
    "$c" 'banned function'
}

plain_types () {
  found '\bg(char|int|double|float|long|short)\b' "$c" 'write char, int, double'
}

only_commands_print () {
  found '\b(g_print|g_printerr|g_message|f?printf|vf?printf|puts|fputs|putchar|perror) ?\(' \
    '^src/(main\.c|(core|stage|ui)/.*\.(c|h|cc))$' 'only the command line prints'
}

bad_input_is_an_error () {
  found '\bg_(warning|critical|error|message)(_once)? ?\(' '^src/core/(archive|model)/' \
    'bad input is a GError or a health finding'
}

nothing_left_for_later () {
  found '\b(T[O]DO|FIX[M]E|X[X]X)\b' '^(src|tests|data|po|flatpak|meson\.build|.*\.md)' \
    'do it, or file it'
}

# A function starts with a brace in the first column and ends with one alone.
function_length () {
  files "$c" | xargs -r -d '\n' awk '
    FNR == 1 { start = 0 }
    /^{/ { start = FNR }
    /^}$/ && start && FNR - start - 1 > 100 {
      print FILENAME ":" start ": a function of " FNR - start - 1 " lines, 100 at most"
    }
    /^}/ { start = 0 }'
}

file_length () {
  files '^(src|tests)/.*\.(c|h|cc|js|py|sh)$' | xargs -r -d '\n' awk '
    FNR == 1001 { print FILENAME ": more than 1000 lines" }'
}

# A definition or declaration whose parameters stand on lines of their own, as the
# formatter leaves them.
parameter_count () {
  files "$c" | xargs -r -d '\n' awk '
    FNR == 1 { depth = 0 }
    !depth && /^[a-zA-Z].*[a-z_0-9] \(/ && !/^(typedef|static const|#)/ && !/=/ {
      depth = 1
      start = FNR
      text = ""
    }
    depth {
      text = text $0
      if (/\)( G_GNUC[A-Z_ (),0-9]*)?;?$/) {
        if (gsub(",", ",", text) > 7)
          print FILENAME ":" start ": more than 8 parameters"
        depth = 0
      }
      if (/^[{}]/)
        depth = 0
    }'
}

check_with clang-format formatting
check columns
check white_space
check licence_line
check banned_functions
check plain_types
check only_commands_print
check bad_input_is_an_error
check nothing_left_for_later
check function_length
check file_length
check parameter_count
finish
