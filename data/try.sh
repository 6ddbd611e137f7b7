#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# try.sh [FILE]
# Installs what is missing, builds, and opens the demo recording, or FILE, in the window.
# Without a display it renders pictures of the main moments instead and says where they
# are. Nothing is put outside the build folder; PH_BUILD names another one.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=${PH_BUILD:-$root/_build/try}
mkdir -p "$build"
build=$(cd "$build" && pwd)
prefix=$build/root
demo=$root/data/demo
file=${1:-$demo/acme-shop.json.gz}

"$root/data/install-packages.sh" build run

echo "Building in $build"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
setup () {
  meson setup "$@" --prefix="$prefix" --libdir=lib --buildtype=release "$build" "$root"
}
# What gets installed: the tests are three quarters of the work, and nobody waits for them here.
compile () {
  meson introspect --targets "$build" | python3 -c '
import json, os, sys
for target in json.load(sys.stdin):
    if target["installed"]:
        print(*(os.path.relpath(name, sys.argv[1]) for name in target["filename"]), sep="\n")
' "$build" | xargs -d '\n' ninja -C "$build"
}
# `--wipe` mends a folder that was configured for another place or by another meson.
if ! {
  if [ -f "$build/build.ninja" ]; then
    setup --reconfigure || setup --wipe
  else
    setup
  fi && compile && meson install -C "$build" --no-rebuild
} >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "try.sh: could not build" >&2
  exit 1
fi

# Icon, settings and translations are found as those of any installed program are.
PATH=$prefix/bin:$PATH
XDG_DATA_DIRS=$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
export PATH XDG_DATA_DIRS

if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
  playhead "$file"
  exit
fi

# moments: lines of TIME, a tab and what is to be seen then.
moments () {
  if [ $# -eq 0 ]; then
    cat "$demo/moments.txt"
  else
    for share in 0 20 40 60 80 100; do
      printf '%s%%\tat %s %%\n' "$share" "$share"
    done
  fi
}

pictures=$build/pictures
rm -rf "$pictures"
mkdir -p "$pictures"
echo "There is no display: rendering pictures of $file"

tab=$(printf '\t')
number=0
moments "$@" | while IFS=$tab read -r time caption; do
  number=$((number + 1))
  slug=$(printf '%s' "$caption" | tr '[:upper:]' '[:lower:]' | tr -cs 'a-z0-9' '-' | cut -c 1-40)
  slug=${slug#-}
  picture=$(printf '%s/%02d-%s.png' "$pictures" "$number" "${slug%-}")
  playhead-cli shot "$file" --at "$time" -o "$picture" </dev/null
  echo "  $picture   $time  $caption"
done
echo "The pictures are in $pictures"
