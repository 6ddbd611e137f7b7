#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# clip.sh BUILD [RUNS]: how long clips take. Half a minute of the demo, and of a session in
# which every picture differs, at 1280 × 720 and 30 pictures a second (10 for GIFs), in every
# form; and the memory of ten minutes. One line each: what, form, the fastest of RUNS (3) in
# seconds with the start of the program, how much faster than real time that is, bytes, and
# the most memory the helper held, or the program where none is needed, in MB.
set -eu

build=$(realpath "$1")
runs=${2:-3}
cli=$build/src/cli/playhead-cli
demo=$(dirname "$0")/../../data/demo/acme-shop.json.gz
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# busy SECONDS FILE: a table in which a row changes 60 times a second.
busy () {
  awk -v seconds="$1" '
    # Numbers of this size are not whole to every awk.
    function when(ms) { return sprintf("%.0f", 1700000000000 + ms) }
    function text(id, words) { return "{\"type\":3,\"id\":" id ",\"textContent\":\"" words "\"}" }
    function element(id, name, attributes, children) {
      return "{\"type\":2,\"id\":" id ",\"tagName\":\"" name "\",\"attributes\":{" attributes \
        "},\"childNodes\":[" children "]}"
    }
    BEGIN {
      for (row = 0; row < 24; row++) {
        cells = ""
        for (cell = 0; cell < 12; cell++) {
          id = 1000 + row * 24 + cell * 2
          cells = cells (cell ? "," : "") element(id, "td", "", text(id + 1, row * cell))
        }
        rows = rows (row ? "," : "") element(100 + row, "tr", "", cells)
      }
      style = "td{font:15px sans-serif;padding:4px 14px;border-bottom:1px solid #ccc;width:70px}"
      head = element(4, "head", "", element(5, "style", "", text(6, style)))
      body = element(7, "body", "", element(8, "table", "", element(9, "tbody", "", rows)))
      page = element(3, "html", "", head "," body)
      print "[{\"type\":4,\"timestamp\":" when(0) ",\"data\":{\"href\":\"https://a.example/\"," \
        "\"width\":1280,\"height\":720}}"
      print ",{\"type\":2,\"timestamp\":" when(1) ",\"data\":{\"node\":{\"type\":0,\"id\":1," \
        "\"childNodes\":[" page "]},\"initialOffset\":{\"left\":0,\"top\":0}}}"
      for (n = 1; n < seconds * 60; n++) {
        texts = ""
        for (cell = 0; cell < 12; cell++)
          texts = texts (cell ? "," : "") "{\"id\":" 1001 + n % 24 * 24 + cell * 2 \
            ",\"value\":\"" (n * 7919 * (cell + 1)) % 99991 "\"}"
        print ",{\"type\":3,\"timestamp\":" when(int(n * 1000 / 60)) ",\"data\":{\"source\":0," \
          "\"texts\":[" texts "],\"attributes\":[],\"removes\":[],\"adds\":[]}}"
      }
      print "]"
    }' >"$2"
}

# peak PID: the most memory it and the helper below it held so far, kB.
peak () {
  cat /proc/[0-9]*/status 2>/dev/null | awk -v parent="$1" '
    /^Name:/ { name = $2 }
    /^Pid:/ { q = $2 }
    /^PPid:/ { p = $2 }
    /^VmHWM:/ && (q == parent || (p == parent && name ~ /^playhead-rende/)) {
      if ($2 > most) most = $2
    }
    END { print most + 0 }'
}

# make FORM SECONDS FILE [exec]: the clip; with `exec` in place of this shell.
make () {
  ${4:-} "$cli" clip "$3" --from 10 --to $((10 + $2)) --size 1280x720 --form "$1" -o "$out/clip"
}

# watch FORM SECONDS FILE: makes it, and says how much memory that took.
watch () {
  most=0
  make "$@" exec &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(peak "$pid")
    if [ "${now:-0}" -gt "$most" ]; then
      most=$now
    fi
    sleep 0.2
  done
  wait "$pid"
}

# measure WHAT FORM SECONDS FILE: the line. Watching takes a processor: never while time counts.
measure () {
  best=
  for _ in $(seq "$runs"); do
    begin=$(date +%s%N)
    make "$2" "$3" "$4"
    took=$((($(date +%s%N) - begin) / 1000000))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then
      best=$took
    fi
  done
  watch "$2" "$3" "$4"
  awk -v what="$1" -v form="$2" -v took="$best" -v seconds="$3" -v memory="$most" \
    -v bytes="$(stat -c %s "$out/clip")" 'BEGIN {
      printf "%-6s %-9s %7.1f s %6.1f× %10d B %6.0f MB\n", what, form, took / 1000,
        seconds * 1000 / took, bytes, memory / 1024 }'
}

busy 45 "$out/busy.json"
for form in webm mp4 webm-vp9 gif sheet png html playhead; do
  measure demo "$form" 30 "$demo"
  measure busy "$form" 30 "$out/busy.json"
done

busy 615 "$out/long.json"
runs=1
for form in webm html playhead; do
  measure long "$form" 600 "$out/long.json"
done
