#!/usr/bin/env bash
# Adds a migration for whatever changed in the modules' mappings: eng/migration.sh AddWaves
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { echo "usage: eng/migration.sh NAME" >&2; exit 2; }
dotnet run --project eng/Scaffold -- "$1" src/OrderHub.Host/Migrations
