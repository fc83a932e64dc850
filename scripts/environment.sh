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

# ensure_installed EXTRA...: the package with these extras, again only when pyproject.toml or
# the lock files have changed.
ensure_installed() {
    local extra wanted missing=()
    make_environment
    wanted=$(cat pyproject.toml locked/*.txt | sha256sum)
    for extra in "$@"; do
        [ "$(cat ".venv/.installed-$extra" 2>/dev/null)" = "$wanted" ] || missing+=("$extra")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "installing the service with what it needs to ${missing[*]} (the first time takes minutes)"
    install_locked "${missing[@]}"
    pip_install --no-deps --no-build-isolation --editable .
    compile_installed
    for extra in "${missing[@]}"; do
        printf '%s\n' "$wanted" >".venv/.installed-$extra"
    done
}

pip_install() {
    .venv/bin/pip install --quiet --disable-pip-version-check --no-compile "$@" >&2
}

# install_locked EXTRA...: all that they need, each file compared with its hash. A torch for CPUs
# alone is taken where an index offers the one that is known; that of PyPI needs CUDA on Linux.
install_locked() {
    local extra name files=(--requirement locked/evaluate.txt)
    for extra in "$@"; do
        [ "$extra" = evaluate ] && continue
        for name in mcp oidc tracing postgres "$extra"; do
            files+=(--requirement "locked/$name.txt")
        done
    done
    pip_install --no-deps --require-hashes --requirement locked/torch-cpu.txt 2>/dev/null ||
        files+=(--requirement locked/cuda.txt)
    pip_install --no-deps --require-hashes "${files[@]}"
}

# On every core, which pip does on one; not what is never imported, or seldom.
compile_installed() {
    .venv/bin/python -m compileall -q -j 0 -x '/(tests|testing|models)/' .venv/lib >/dev/null 2>&1 ||
        true  # some packages hold templates that are no Python
}

have_browser() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || return 1
    command -v chromedriver >/dev/null
}

# ensure_tools: the programs that the tests run, all at once or, where one of them cannot be
# had, each alone. Browsers go by Debian's names, then Ubuntu's.
ensure_tools() {
    local missing=()
    have_browser || missing+=(chromium chromium-driver)
    command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
    command -v tesseract >/dev/null || missing+=(tesseract-ocr tesseract-ocr-eng)
    command -v strace >/dev/null || missing+=(strace)
    wants_samba && missing+=(samba)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}" || ensure_each_tool
}

ensure_each_tool() {
    have_browser || install_packages chromium chromium-driver ||
        install_packages chromium-browser chromium-chromedriver ||
        say "missing: apt-get install chromium chromium-driver"
    command -v chromium-headless-shell >/dev/null || install_packages chromium-headless-shell ||
        say "without chromium-headless-shell the browser tests take twice the time"
    command -v tesseract >/dev/null || install_packages tesseract-ocr tesseract-ocr-eng ||
        say "missing: apt-get install tesseract-ocr tesseract-ocr-eng"
    command -v strace >/dev/null || install_packages strace ||
        say "missing: apt-get install strace"
    ! wants_samba || install_packages samba || say "missing: apt-get install samba"
}

# A server of shares starts when it is installed: no one's own computer gets it unasked.
wants_samba() { [ "${CI:-}" = true ] && ! command -v smbd >/dev/null; }
