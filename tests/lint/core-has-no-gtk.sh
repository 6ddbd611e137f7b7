#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# core-has-no-gtk.sh FILE…
# Fails when a library or program wants a symbol of a toolkit or of a web engine.
for file in "$@"; do
  # `nm` that fails must not look like a library without such symbols.
  symbols=$(nm -u "$file") || exit 1
  if printf '%s\n' "$symbols" | grep -E ' (gtk|gdk|gsk|adw|webkit|jsc|gst)_'; then
    echo "$file: the core wants a toolkit"
    exit 1
  fi
done
