#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# install-packages.sh GROUP…
# Installs the packages of data/packages.txt that are missing: nothing is asked of
# the network, and no rights are needed, when all are there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
list=$here/packages.txt

wanted=
for group in "$@"; do
  names=$(awk -v group="$group" '
    /^## / { inside = $2 == group; next }
    inside && NF && !/^#/ { print $1 }' "$list")
  if [ -z "$names" ]; then
    echo "install-packages.sh: no group '$group' in $list" >&2
    exit 2
  fi
  wanted="$wanted $names"
done

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "install-packages.sh: not a Debian system; what $list names is taken to be there" >&2
  exit 0
fi

missing=
for name in $wanted; do
  status=$(dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null || true)
  # A package of several architectures has several lines; one that is installed is enough.
  case "
$status
" in
  *"
installed
"*) ;;
  *) missing="$missing $name" ;;
  esac
done

if [ -z "$missing" ]; then
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-packages.sh: these packages are missing, and there is neither root nor sudo:" >&2
    echo " $missing" >&2
    exit 1
  fi
  as_root=sudo
  # Without a terminal nobody can type a password.
  if [ ! -t 0 ]; then
    as_root='sudo -n'
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt () {
  # shellcheck disable=SC2086 # as_root is a command with its option, or nothing
  if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "install-packages.sh: could not install:$missing" >&2
    exit 1
  fi
}

echo "Installing:$missing"
apt update
# shellcheck disable=SC2086 # one word for each package
apt install --no-install-recommends $missing
