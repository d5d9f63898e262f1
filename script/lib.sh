# Shared by the commands in this folder, which source it: paths, the toolchain, and how steps are told.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

wasm_target=wasm32-unknown-unknown
# The rustup name under which a distribution's Rust is linked where rustup cannot download the target.
linked_toolchain=agora-wasm

export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$root/node_modules/.bin:$PATH"
# A newer Node.js than the system's, where script/setup had to bring one.
own_node=$root/target/setup/node
if [ -x "$own_node/bin/node" ]; then
    PATH=$own_node/bin:$PATH
fi
# What reads and drives the API in `script/test deep`.
own_redocly=$root/target/setup/redocly
own_schemathesis=$root/target/setup/schemathesis
# npm and cargo print what they do into logs that are shown when something fails.
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false

say() { printf '%s\n' "$*"; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root where that is possible, for system packages only.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo -n "$@"
    else
        say "not root, and there is no sudo: $*" >&2
        return 1
    fi
}

# Whether the toolchain (the active one, or the one named) can compile for the browser.
has_wasm_std() {
    local libdir
    libdir=$(rustc ${1:+"+$1"} --print target-libdir --target "$wasm_target" 2>/dev/null) || return 1
    compgen -G "$libdir/libstd-*.rlib" >/dev/null
}

# Whether that library can take part in link-time optimization, as the one from rustup can.
has_bitcode() {
    grep -q llvmbc "$(rustc "+$1" --print target-libdir --target "$wasm_target")"/libcore-*.rlib
}

# One toolchain for native and wasm work, so that nothing is built twice: the user's own where it
# has the wasm target, else the linked one.
choose_toolchain() {
    if has_wasm_std; then
        return 0
    fi
    if has_wasm_std "$linked_toolchain" && has_bitcode "$linked_toolchain"; then
        export RUSTUP_TOOLCHAIN=$linked_toolchain
        return 0
    fi
    return 1
}

# The version of a package in Cargo.lock.
locked_version() {
    awk -v want="\"$1\"" '$1 == "name" { name = $3 } $1 == "version" && name == want { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# The first Chromium or Chrome on this machine; $CHROME overrides.
find_chrome() {
    local candidate
    for candidate in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if [ -n "$candidate" ] && have "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# Builds the release page into dist/. Trunk takes wasm-bindgen and wasm-opt from PATH and downloads nothing.
# Symbols are written with their types, and the linker writes a map of the data: by these script/pack.mjs
# tells apart what the first paint needs.
build_page() {
    local flags="${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-} -C symbol-mangling-version=v0"
    flags="$flags -C link-arg=-Map=$root/target/pack/page.map"
    mkdir -p target/pack
    # Trunk reads NO_COLOR as a boolean, and stumbles over the usual 1.
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags env -u NO_COLOR trunk build --release --offline || return 1
    # Where there is a browser, it says which functions the first paint runs; a page split by the
    # committed list is as right, and only slower to start where that list is old.
    local chrome
    if chrome=$(find_chrome); then
        CHROME=$chrome script/first || say "the page is split by the committed list"
    fi
}

# Runs one step under a heading, and tells how long it took; the first failure ends the command.
step() {
    local title=$1 started=$SECONDS status=0
    shift
    say ""
    say "== $title"
    "$@" || status=$?
    if [ "$status" != 0 ]; then
        say "== $title: FAILED after $((SECONDS - started)) s" >&2
        exit "$status"
    fi
    say "== $title: done in $((SECONDS - started)) s"
}
