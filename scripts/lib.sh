# shellcheck shell=bash
# What the scripts beside it share; sourced, never run. Everything happens in the repository's root, wherever it was called from.
# They keep to bash 3.2, which is what macOS has.
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$root" || exit 1

say() { printf '==> %s\n' "$*" >&2; }

# duration SECONDS: as in 7s or 2m05s.
duration() { if [ "$1" -lt 60 ]; then printf '%ds' "$1"; else printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); fi; }

# step WHAT COMMAND…: says what is done and by which command, does it, and says how long it took. Its exit code is the command's.
step() {
  local what=$1 began=$SECONDS code=0
  shift
  say "$what: $*"
  "$@" || code=$?
  if [ "$code" = 0 ]; then say "$what: done in $(duration $((SECONDS - began)))"; else
    say "$what: ended with $code after $(duration $((SECONDS - began)))"
  fi
  return "$code"
}

# quick FOLDER build|test FLAGS…: `swift build` or `swift test` in that folder below the repository's root, of what is to be run and not looked
# into: our own code that computes optimised, no library, and nothing of it for debuggers and editors. That is less to do than a release build.
quick() {
  local folder=$1 command=$2 products
  shift 2
  products=$(swift build --scratch-path "$folder" --show-bin-path)
  QUICK_BUILD=$products swift "$command" --scratch-path "$folder" --disable-index-store -debug-info-format none "$@"
}
