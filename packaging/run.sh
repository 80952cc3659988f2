#!/usr/bin/env bash
# Sets everything up on this machine and starts Facedesk; arguments go to the program.
#   bash packaging/run.sh                      the window
#   bash packaging/run.sh analyse clip.mkv     the command line
set -euo pipefail

checkout="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=packaging/setup.sh
source "$checkout/packaging/setup.sh"

set_up "" # no extras
exec "$venv/bin/facedesk" "$@"
