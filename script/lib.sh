# Sourced by run, test and bench: what a bare Debian lacks, asked for once and said aloud.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$HOME/.cargo/bin:$PATH"
target=${CARGO_TARGET_DIR:-target}

say() { printf '%s\n' "· $*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# What the window needs to be built and shown, and what a démarche under a passphrase is encrypted with.
window_packages=(build-essential pkg-config libwebkit2gtk-4.1-dev librsvg2-dev libssl-dev fonts-dejavu-core)
# What shows it without a screen, and what looks at the documents.
headless_packages=(xvfb x11-utils imagemagick poppler-utils unzip)

# need_packages NAME…: installs the Debian packages that are not there yet.
need_packages() {
  local missing=() name sudo=()
  if ! command -v dpkg-query >/dev/null; then
    say "this is not a Debian: these packages, or their like, are taken to be there: $*"
    return
  fi
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "These packages are missing, and there is neither root nor sudo to install them: ${missing[*]}"
    sudo=(sudo)
  fi
  say "installing with apt: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

need_toolchains() {
  command -v cargo >/dev/null || die "Rust is missing: install it with rustup (version 1.95 or later), then run this again."
  command -v npm >/dev/null || die "Node is missing: install version 20 or later with npm, then run this again."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node $(node --version) is too old: version 20 or later is needed."
}

# need_cargo_tool COMMAND CRATE VERSION: installs a cargo tool that is not there yet.
need_cargo_tool() {
  command -v "$1" >/dev/null && return
  say "installing with cargo: $2 $3"
  cargo install "$2" --locked --version "$3" --quiet
}

# The ui's packages, fetched only when the lock file changed since the last time.
ui_packages() {
  local stamp=ui/node_modules/.moisson-lock
  if ! cmp -s ui/package-lock.json "$stamp"; then
    say "fetching the ui's packages (npm ci)"
    npm --prefix ui ci --no-audit --no-fund --loglevel=error >&2
    cp ui/package-lock.json "$stamp"
  fi
}

# virtual_screen WxH: starts Xvfb on a free display, stopped when the script ends.
virtual_screen() {
  local number
  number=$(mktemp)
  Xvfb -displayfd 3 -screen 0 "${1}x24" -nolisten tcp 3>"$number" 2>/dev/null &
  screen_pid=$!
  until [ -s "$number" ]; do
    kill -0 "$screen_pid" 2>/dev/null || die "Xvfb did not start."
    sleep 0.05
  done
  DISPLAY=:$(cat "$number")
  export DISPLAY
  rm -f "$number"
}

# picture FILE.png PID: waits until the screen shows a drawn window that no longer moves, then keeps its picture.
picture() {
  local before='' now tries
  for tries in $(seq 1 120); do
    kill -0 "$2" 2>/dev/null || die "The app stopped before its window was drawn (see $(dirname "$1")/window.log)."
    import -silent -window root "png:$1"
    now=$(identify -format '%# %k' "$1")
    # A blank window has a handful of colours; a drawn one has hundreds, its letters being smoothed.
    [ "$now" = "$before" ] && [ "${now##* }" -gt 100 ] && return
    before=$now
    sleep 0.25
  done
  die "The window was still blank or moving after $((tries / 4)) s; its last picture is $1"
}
