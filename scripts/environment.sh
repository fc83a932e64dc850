# Sourced by the other scripts: goes to the project's folder and sees to its Python environment.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '== %s\n' "$*" >&2; }

fail() { printf '== %s\n' "$*" >&2; exit 1; }

# install_packages NAME...: Debian packages, if this user may install any.
install_packages() {
    local run=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        run=(sudo -n)
    fi
    command -v apt-get >/dev/null || return 1
    say "installing $*"
    "${run[@]}" apt-get update -qq >&2 || true
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq "$@" >/dev/null
}

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_environment() {
    [ -x .venv/bin/pip ] && return
    local python
    find_python >/dev/null || install_packages python3 python3-venv || true
    python=$(find_python) || fail "Python 3.11 or newer is needed: apt-get install python3 python3-venv"
    say "making .venv with $("$python" --version)"
    "$python" -m venv .venv >/dev/null 2>&1 || {
        rm -rf .venv
        install_packages python3-venv || fail "run: apt-get install python3-venv"
        "$python" -m venv .venv
    }
}

# ensure_installed EXTRA: the package with an extra, again only when pyproject.toml or the
# lock file has changed.
ensure_installed() {
    local extra=$1 wanted stamp=".venv/.installed-$1"
    make_environment
    wanted=$(cat pyproject.toml constraints.txt | sha256sum)
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
    say "installing the service with what it needs to $extra (the first time takes minutes)"
    .venv/bin/pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".[$extra]" >&2
    printf '%s\n' "$wanted" >"$stamp"
}
