#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh [SUITE…]
# Installs what is missing, builds with warnings as errors and runs every test, or those
# of the suites named. The last line is `N passed, N failed, N skipped`; the exit status
# is 0 only when something ran and nothing failed. PH_BUILD names another build folder.
set -eu

exec </dev/null
root=$(cd "$(dirname "$0")/.." && pwd)
build=${PH_BUILD:-$root/_build/tests}

suites=
for suite in "$@"; do
  suites="$suites --suite $suite"
done

# What fails before a test can run is a failure too, and says so in the last line.
trap 'if [ "$?" -ne 0 ] && [ -z "${tallied:-}" ]; then
  echo "0 passed, 1 failed, 0 skipped"
fi' EXIT

"$root/data/install-packages.sh" build run test

# `--wipe` mends a folder that was configured for another place or by another meson.
if [ -f "$build/build.ninja" ]; then
  meson setup --reconfigure -Dwerror=true "$build" "$root" ||
    meson setup --wipe -Dwerror=true "$build" "$root"
else
  meson setup -Dwerror=true "$build" "$root"
fi
meson compile -C "$build"

# An older log must not be counted.
log=$build/meson-logs/testlog.json
rm -f "$log"

# The tests that need a display get one of their own, and a session bus.
unset WAYLAND_DISPLAY DISPLAY
status=0
# shellcheck disable=SC2086 # one word for each suite
dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24' \
  meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 $suites ||
  status=$?

tallied=yes
"$root/tests/tally.py" "$log" "$status"
