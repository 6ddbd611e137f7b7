# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# What the lint scripts share. Each is `SCRIPT SOURCE_ROOT [CHECK]`, speaks TAP and is made
# of checks, of which it makes all or the one named. A check is a shell function that
# prints what it finds, one line a finding, as FILE:LINE: TEXT. One that prints nothing has
# passed; so a check that breaks must print too. self-test.sh shows each of them a fault.

set -u
LC_ALL=C.UTF-8
export LC_ALL
cd "$1" || exit 1

wanted=${2:-}
checks=0
failures=0

# check FUNCTION [ARGUMENT…]
check () {
  [ "${wanted:-$1}" = "$1" ] || return 0
  checks=$((checks + 1))
  if findings=$("$@" 2>&1) && [ -z "$findings" ]; then
    echo "ok $checks - $1"
  else
    failures=$((failures + 1))
    printf '%s\n' "${findings:-$1 ended with a failure}" | sed 's/^/# /'
    echo "not ok $checks - $1"
  fi
}

# skip FUNCTION WHY: the check cannot be made here.
skip () {
  [ "${wanted:-$1}" = "$1" ] || return 0
  checks=$((checks + 1))
  echo "ok $checks - $1 # SKIP $2"
}

# check_with PROGRAM FUNCTION: the check needs a program that is not on every machine.
check_with () {
  if command -v "$1" >/dev/null 2>&1; then
    check "$2"
  else
    skip "$2" "no $1"
  fi
}

finish () {
  echo "1..$checks"
  [ "$failures" -eq 0 ]
  exit
}

# A clone may belong to somebody else than the one who tests it.
own_git () {
  git -c safe.directory='*' "$@" 2>/dev/null
}

# The project's own files, new ones included; without git, all that is no build folder's.
all_files () {
  own_git ls-files --cached --others --exclude-standard ||
    find . -type f ! -path './.git/*' ! -path './_build/*' ! -path './build*' \
      ! -path '*/node_modules/*' | sed 's|^\./||'
}

# files PATTERN: those whose name matches an extended regular expression, and exist.
files () {
  all_files | grep -E "$1" | while read -r name; do
    if [ -f "$name" ]; then
      printf '%s\n' "$name"
    fi
  done | sort -u
}

# found PATTERN FILES WHY: each line of the files named by a pattern that matches.
found () {
  files "$2" | xargs -r -d '\n' grep -nHE -e "$1" | sed "s/\$/   ← $3/"
}
