#!/bin/sh
# Collect the interface's texts into i18n/*.ts, and build the plugin's *.qm from them.
#   scripts/i18n.sh update    new texts appear as unfinished, gone ones disappear
#   scripts/i18n.sh           build only
set -eu
cd "$(dirname "$0")/.."
if [ "${1:-}" = update ]; then
    find commune_planning_plugin -name '*.py' | LC_ALL=C sort >build.i18n.list
    for language in vi en; do
        # shellcheck disable=SC2046
        pylupdate5 -noobsolete $(cat build.i18n.list) -ts "i18n/commune_planning_$language.ts" 2>/dev/null
    done
    sed -i "/<location /d" i18n/*.ts    # lines move with every edit
    rm -f build.i18n.list
fi
mkdir -p commune_planning_plugin/i18n
for language in vi en; do
    lrelease -silent "i18n/commune_planning_$language.ts" -qm "commune_planning_plugin/i18n/commune_planning_$language.qm"
done
