#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gate.sh REFEREE SCRATCH [ARGUMENT…]
# The referee as a test: with rrweb as it lies in this tree or in the scratch folder, else
# fetched there by npm. Where that cannot be, it says that it was skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
peer=$here/../bench/peer
referee=$1
scratch=$2
shift 2

skip () {
  echo "1..0 # SKIP $1"
  exit 0
}

[ -d "$here/../../../shared/corpus" ] || skip 'the shared corpus is not here'

modules=$peer/node_modules
if [ ! -d "$modules/rrweb" ]; then
  modules=$scratch/node_modules
fi
if [ ! -d "$modules/rrweb" ]; then
  command -v npm >/dev/null || skip 'npm is not installed, so rrweb cannot be fetched'
  mkdir -p "$scratch"
  cp "$peer/package.json" "$peer/package-lock.json" "$scratch"
  (cd "$scratch" && timeout 60 npm ci --silent >&2) || skip 'rrweb could not be fetched'
fi

exec "$referee" --modules "$modules" "$@"
