#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# manual.sh SOURCE_ROOT PLAYHEAD_CLI [CHECK]: the manual says what the program takes, no more.
program=$(realpath "$2")
set -- "$1" "${3:-}"
. "$(dirname "$0")/lint.sh"

page=data/playhead-cli.1

commands () {
  "$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# options [COMMAND]: the long ones in a help text.
options () {
  "$program" "$@" --help | grep -oE -e '--[a-z][a-z-]*' | sort -u
}

section () { # COMMAND: its part of the page
  sed -n "/^\.SS $1\$/,/^\.S[HS] /p" $page | sed '1d;$d; s/\\-/-/g'
}

commands_in_manual () {
  [ -n "$(commands)" ] || echo 'no command in --help'
  for command in $(commands); do
    [ -n "$(section "$command")" ] || echo "$page: no command $command"
  done
  grep -oE '^\.SS [a-z]+$' $page | cut -c 5- | while read -r name; do
    commands | grep -qx "$name" || echo "$page: there is no command $name"
  done
}

options_in_manual () {
  for command in $(commands); do
    for option in $(options "$command"); do
      case $option in
        --help | --help-*) continue ;;
      esac
      section "$command" | grep -qE -e "$option\b" || echo "$page: $command has $option"
    done
    section "$command" | grep -oE -e '--[a-z][a-z-]*' | sort -u | while read -r option; do
      options "$command" | grep -qx -e "$option" || echo "$page: $command has no $option"
    done
  done
}

version_in_manual () {
  version=$("$program" --version | sed 's/.* //')
  grep -q "\"Playhead $version\"" $page || echo "$page: not of version $version"
}

check commands_in_manual
check options_in_manual
check version_in_manual
finish
