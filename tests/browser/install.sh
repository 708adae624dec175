#!/usr/bin/env bash
# Install what the browser tests need and is not there yet: Debian's chromium, and axe-core from npm beside this file.
# (playwright, which drives the browser, is among the Python requirements of the tests.)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v npm >/dev/null || packages+=(npm)
if ((${#packages[@]})); then
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "Install these first: ${packages[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq install --yes --no-install-recommends "${packages[@]}" >/dev/null
fi

if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --silent
  cp package-lock.json node_modules/.installed
fi
