# shellcheck shell=bash
# What run.sh and test.sh share: checks the system, makes .venv in the checkout and installs the program into it.
# Sourced with `checkout` set; gives the function `set_up EXTRA...`.

venv="${checkout:?}/.venv"

say() { printf 'facedesk: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

is_raspberry_pi() { grep -qs '^Raspberry Pi' /proc/device-tree/model; }

# A library as the linker knows it, and the Debian package that brings it.
system_libraries() {
    cat <<'END'
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libdbus-1.so.3 libdbus-1-3
libX11-xcb.so.1 libx11-xcb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
END
}

missing_packages() {
    local known library package
    known="$({ ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | awk '{print $1}')"
    while read -r library package; do
        grep -qxF -- "$library" <<<"$known" || echo "$package"
    done < <(system_libraries)
    has_font || echo fonts-dejavu-core
    "$python" -c 'import venv, ensurepip' 2>/dev/null || echo python3-venv
    if is_raspberry_pi && ! "$python" -c 'import picamera2' 2>/dev/null; then echo python3-picamera2; fi
}

has_font() { [[ -n "$(find /usr/share/fonts /usr/local/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ]]; }

# Root, or sudo that needs no password or has a person in front of it to type one.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif [[ -t 0 ]] || sudo -n true 2>/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

install_system_packages() {
    local -a packages
    mapfile -t packages < <(missing_packages)
    [[ ${#packages[@]} -gt 0 ]] || return 0
    if ! command -v apt-get >/dev/null; then
        say "this system has no apt-get; if the window does not open, install what these Debian packages bring: ${packages[*]}"
        return 0
    fi
    say "installing ${packages[*]}"
    if ! { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2; }; then
        fail "system packages are missing. Run: sudo apt-get update && sudo apt-get install ${packages[*]}"
    fi
}

# The newest usable Python; on a Raspberry Pi the system's own, because picamera2 is bound to it.
find_python() {
    local candidate
    local -a candidates=(python3 python3.14 python3.13 python3.12 python3.11)
    if is_raspberry_pi; then candidates=(/usr/bin/python3); fi
    for candidate in "${candidates[@]}"; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# What the environment stands on; another checkout path or another Python means making it again.
foundation() { "$python" --version; echo "$checkout"; }

make_venv() {
    local -a options=()
    if is_raspberry_pi; then options=(--system-site-packages); fi
    rm -rf "$venv"
    "$python" -m venv "${options[@]}" "$venv" || fail "making $venv failed. Is python3-venv installed, and is there space?"
    foundation >"$venv/.made-from"
}

# Installs when pyproject.toml differs from the copy that was kept after the last install with these extras.
install_program() {
    local extras="$1" installed="$venv/.installed-${1//,/-}"
    cmp -s "$checkout/pyproject.toml" "$installed" && return 0
    say "installing the program into $venv (once; a few minutes)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$checkout${extras:+[$extras]}" ||
        fail "pip could not install the program. Check the network and the free space, then run this again."
    cp "$checkout/pyproject.toml" "$installed"
}

join_by_comma() {
    local joined
    joined="$(IFS=,; echo "$*")"
    echo "${joined%,}"
}

set_up_unlocked() {
    python="$(find_python)" || fail "Python 3.11 to 3.14 is needed. Debian 12, Ubuntu 24.04 and Raspberry Pi OS 12 or newer have it: sudo apt-get install python3"
    if is_raspberry_pi; then set -- pi "$@"; fi
    install_system_packages
    if [[ ! -x $venv/bin/python || "$(cat "$venv/.made-from" 2>/dev/null)" != "$(foundation)" ]]; then make_venv; fi
    install_program "$(join_by_comma "$@")"
}

# Makes everything ready; arguments are the extras of pyproject.toml to install, "" for none. One at a time in a checkout.
set_up() { (flock 9; set_up_unlocked "$@") 9<"$checkout/pyproject.toml"; }
