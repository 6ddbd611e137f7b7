#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh [ARCHIVE…]
# Shows archives, or all of the shared corpus, in rrweb's own Replayer and in the stage, and
# prints how many pixels differ at each time: of all, and of those that are no background.
# Pictures of what differs are left in the folder PH_OUT, by default under the build folder.
# PH_BUILD names another build folder.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${PH_BUILD:-$root/_build/tests}
out=${PH_OUT:-$build/referee}
status=0

[ -f "$build/build.ninja" ] || meson setup "$build" "$root"
ninja -C "$build" tests/referee/referee data/gschemas.compiled >&2
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.png "$out"/*.html "$out/table.txt"

export G_TEST_SRCDIR="$root/tests" G_TEST_BUILDDIR="$build/tests" LC_ALL=C.UTF-8 \
  GSETTINGS_BACKEND=memory GSETTINGS_SCHEMA_DIR="$build/data" GIO_USE_VFS=local \
  GTK_A11Y=test GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_IM_MODULE=none
unset WAYLAND_DISPLAY DISPLAY
dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24' \
  "$here/gate.sh" "$build/tests/referee/referee" "$build/tests/referee" -k --out "$out" "$@" \
  >"$out/log.txt" 2>&1 || status=$?

[ ! -f "$out/table.txt" ] || cat "$out/table.txt"
grep -E '^(not ok|# not needed|1\.\.0)|ERROR' "$out/log.txt" | sed 's/^/run.sh: /' >&2 || true
echo "run.sh: pictures of what differs are in $out" >&2
exit "$status"
