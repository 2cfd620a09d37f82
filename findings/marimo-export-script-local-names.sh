#!/usr/bin/env bash
# What surprised: `marimo export script` changes what a notebook computes.
#
# Package: marimo 0.25.2 (Python 3.11).
#
# In a marimo notebook a name that begins with one underscore belongs to its
# cell, so two cells may each have their own `_scale`. The notebook below does:
# its first cell sets `_scale = 2` and defines scaled(x), which reads `_scale`
# when it is called; the second sets its own `_scale = 10`; the third calls
# scaled(3). `marimo check --strict` accepts it.
#
# Seen:
#   python notebook.py                        scaled(3) = 6
#   marimo export html (runs the notebook)    scaled(3) = 6
#   marimo export script, then python         scaled(3) = 30
#
# The flat script keeps both names as they are, at module level, so the second
# assignment replaces the first. The export ends with status 0 and prints no
# warning. With another name in the second cell the flat script gives 6 too.
#
# Exits 0 if all of this is still so, 1 if not.
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/python -m pip install --quiet marimo==0.25.2

cat >notebook.py <<'EOF'
import marimo

__generated_with = "0.25.2"
app = marimo.App()


@app.cell
def _():
    _scale = 2

    def scaled(x):
        return x * _scale

    return (scaled,)


@app.cell
def _():
    _scale = 10
    tens = [_scale * n for n in (1, 2, 3)]
    return (tens,)


@app.cell
def _(scaled, tens):
    print("scaled(3) =", scaled(3), "and tens =", tens)
    return


if __name__ == "__main__":
    app.run()
EOF
# The same notebook, but the second cell's name is another one.
awk '/_scale = 10/ { second = 1 } second { gsub(/_scale/, "_factor") } { print }' \
    notebook.py >renamed.py

venv/bin/marimo check --strict notebook.py
venv/bin/marimo export html notebook.py -o notebook.html >/dev/null 2>&1
venv/bin/marimo export script notebook.py -o flat.py >export.txt 2>&1
venv/bin/marimo export script renamed.py -o flat_renamed.py >/dev/null 2>&1

notebook=$(venv/bin/python notebook.py)
html=$(grep -o 'scaled(3) = [0-9]* and tens = [][0-9, ]*' notebook.html | sort -u)
flat=$(venv/bin/python flat.py)
renamed=$(venv/bin/python flat_renamed.py)
message=$(cat export.txt)

echo "--- the exported script"
cat flat.py
echo
echo "--- what is printed"
echo "notebook run by python:        $notebook"
echo "notebook run for html:         $html"
echo "exported script:               $flat"
echo "exported script, names differ: $renamed"
echo "message of the export:         ${message:-none}"

right='scaled(3) = 6 and tens = [10, 20, 30]'
wrong='scaled(3) = 30 and tens = [10, 20, 30]'
if [ "$notebook" = "$right" ] && [ "$html" = "$right" ] && [ "$flat" = "$wrong" ] &&
    [ "$renamed" = "$right" ] && [ -z "$message" ]; then
    echo "as stated"
else
    echo "not as stated" >&2
    exit 1
fi
