#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh [--big] [--runs N] [--seeks N] [--scratch FOLDER] [KIND:SIZE…]
#
# Generates archives, opens each in playhead and in rrweb's own Replayer, asks both for the
# same times, and prints a table. Everything it makes is under the scratch folder, which is
# kept: a release build, the archives, the figures as JSON. --big adds table:1G.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
peer_folder=$here/peer
scratch=${TMPDIR:-/tmp}/playhead-bench
runs=1
seeks=100
big=
archives=

say () {
  echo "run.sh: $*" >&2
}

usage () {
  say 'usage: run.sh [--big] [--runs N] [--seeks N] [--scratch FOLDER] [KIND:SIZE…]'
  exit 2
}

options="$*"
while [ $# -gt 0 ]; do
  case $1 in
    --big) big=yes ;;
    --runs | --seeks | --scratch)
      [ $# -gt 1 ] || usage
      case $1 in
        --runs) runs=$2 ;;
        --seeks) seeks=$2 ;;
        --scratch) scratch=$2 ;;
      esac
      shift
      ;;
    *:*) archives="$archives $1" ;;
    *) usage ;;
  esac
  shift
done

[ -n "$archives" ] || archives='table:8M table:80M chat:20M grid:20M navigation:20M'
[ -z "$big" ] || archives="$archives table:1G"
build=$scratch/build

# --- what is needed -----------------------------------------------------------------

# One display for all of it; both sides are painted by software.
if [ -z "${PLAYHEAD_BENCH_DISPLAY:-}" ]; then
  for program in xvfb-run dbus-run-session meson; do
    if ! command -v $program >/dev/null; then
      say "$program is not installed"
      exit 1
    fi
  done
  export PLAYHEAD_BENCH_DISPLAY=own GDK_BACKEND=x11 GSK_RENDERER=cairo LIBGL_ALWAYS_SOFTWARE=1
  # shellcheck disable=SC2086
  exec dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24' sh "$0" $options
fi

# FALSE, and said why, when there is nothing to compare with.
has_peer () {
  [ ! -d "$peer_folder/node_modules/rrweb" ] || return 0
  if ! command -v npm >/dev/null; then
    say 'npm is not installed, so there is no rrweb to compare with: only playhead is measured'
  elif ! (cd "$peer_folder" && npm ci --silent); then
    say 'rrweb could not be installed: only playhead is measured'
  else
    return 0
  fi
  return 1
}

build_all () {
  [ -d "$build" ] || meson setup "$build" "$root" --buildtype=release >"$scratch/build.log"
  if ! ninja -C "$build" src/cli/playhead-cli src/render/playhead-render \
    tests/bench/generate-session tests/bench/peer/peer-replay >>"$scratch/build.log"; then
    say "the build failed; see $scratch/build.log"
    exit 1
  fi
}

# --- measuring ----------------------------------------------------------------------

# measure NAME FILE RUN: leaves NAME.RUN.playhead.json and, with a peer, NAME.RUN.rrweb.json
measure () {
  out=$scratch/$1.$3
  rm -f "$out.playhead.json" "$out.rrweb.json"
  "$build/src/cli/playhead-cli" bench "$2" --json --seeks "$seeks" >"$out.playhead.json" ||
    rm -f "$out.playhead.json"
  if [ -n "$peer" ]; then
    "$build/tests/bench/peer/peer-replay" "$peer_folder" "$2" --seeks "$seeks" \
      >"$out.rrweb.json" || rm -f "$out.rrweb.json"
  fi
}

# value KEY[.PART] FILE: of the JSON that both print, which has a member on each line
value () {
  key=${1%.*}
  part=${1#"$key"}
  [ -e "$2" ] || return 0
  if [ -n "$part" ]; then
    sed -n "s/.*\"$key\" : {.*\"${part#.}\" : \\([0-9.]*\\).*/\\1/p" "$2"
  else
    sed -n "s/.*\"$key\" : \\([0-9.]*\\),*\$/\\1/p" "$2"
  fi
}

# line NAME KEY TITLE: both and the ratio, each with the least and the most of all runs
line () {
  run=1
  while [ "$run" -le "$runs" ]; do
    out=$scratch/$1.$run
    echo "$(value "$2" "$out.playhead.json");$(value "$2" "$out.rrweb.json")"
    run=$((run + 1))
  done | awk -F ';' -v title="$3" -v key="$2" '
    function digits (x) { return x < 100 ? "%.1f" : "%.0f" }
    function note (x, i) {
      if (!(i in n) || x < low[i]) low[i] = x
      if (!(i in n) || x > high[i]) high[i] = x
      n[i]++
    }
    function show (i,   a, b) {
      if (!(i in n)) return "–"
      a = sprintf(digits(low[i]), low[i])
      b = sprintf(digits(high[i]), high[i])
      return a == b ? a : a "–" b
    }
    $1 != "" { note($1, 1) }
    $2 != "" { note($2, 2) }
    $1 > 0 && $2 > 0 && key !~ /rss/ { note(key ~ /per_s/ ? $1 / $2 : $2 / $1, 3) }
    END { printf "| %s | %s | %s | %s |\n", title, show(1), show(2), show(3) }'
}

table () {
  echo
  echo "$2, $(value archive_bytes "$scratch/$1.1.playhead.json") bytes," \
    "$(value events "$scratch/$1.1.playhead.json") events, $seeks seeks, runs: $runs"
  echo
  echo '| | playhead | rrweb | times better |'
  echo '|---|---|---|---|'
  line "$1" import_mb_per_s 'reading, MB/s'
  line "$1" first_picture_ms 'first picture, ms'
  line "$1" cold_start_ms 'cold start, ms'
  line "$1" seek_ms.p50 'seek painted, p50, ms'
  line "$1" seek_ms.p95 'seek painted, p95, ms'
  line "$1" seek_ms.max 'seek painted, max, ms'
  line "$1" engine_seek_ms.p50 'seek unpainted, p50, ms'
  line "$1" engine_seek_ms.p95 'seek unpainted, p95, ms'
  line "$1" scrub_pictures_per_s 'scrubbing, pictures/s'
  line "$1" rss_mb 'memory, MB (not of the same)'
}

mkdir -p "$scratch"
peer=
if has_peer; then
  peer=yes
fi
build_all
# What is started once for a display, and files that are read for the first time, count for nobody.
"$build/tests/bench/generate-session" table 200k "$scratch/warm-up.json"
if ! "$build/src/cli/playhead-cli" bench --seeks 1 "$scratch/warm-up.json" >/dev/null; then
  exit 1
fi
say "load when it began: $(cut -d ' ' -f 1 /proc/loadavg), on $(nproc) processors"

for archive in $archives; do
  name=$(echo "$archive" | tr : -)
  file=$scratch/$name.json
  "$build/tests/bench/generate-session" "${archive%%:*}" "${archive#*:}" "$file"
  run=1
  while [ "$run" -le "$runs" ]; do
    say "$archive, run $run of $runs"
    measure "$name" "$file" "$run"
    run=$((run + 1))
  done
  table "$name" "$archive"
done

say "load when it ended: $(cut -d ' ' -f 1 /proc/loadavg)"
