#!/usr/bin/env bash
# Sets everything up on this machine, then runs every check: style, types, tests. Needs no display.
#   bash packaging/test.sh                     everything
#   bash packaging/test.sh tests/engine -k nms the tests named, after the checks; arguments go to pytest
set -euo pipefail

checkout="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=packaging/setup.sh
source "$checkout/packaging/setup.sh"

set_up dev
cd "$checkout"
export QT_QPA_PLATFORM=offscreen

failed=()
check() {
    say "$*"
    "$@" || failed+=("${1##*/}")
}

if command -v shellcheck >/dev/null; then check shellcheck --external-sources packaging/*.sh .ci/run; fi
check "$venv/bin/ruff" check .
check "$venv/bin/ruff" format --check .
check "$venv/bin/mypy"
check "$venv/bin/pytest" "$@"
[[ ${#failed[@]} -eq 0 ]] || fail "failed: ${failed[*]}"
say "all is well"
