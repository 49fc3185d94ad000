#!/bin/sh
# Lists and verifies a Remnant library with nothing but sh, awk and coreutils. Written from docs/formats/library.md
# alone: if this and Remnant disagree, the page is not good enough.
#
#   sh library.sh LIBRARY     a line for each promise: whole|HARMED|MISSING, digest, bytes, name, folder
#
# Ends with 0 if every promise is kept and every chain is whole, else with 1.
set -u
LC_ALL=C
export LC_ALL
library=$1
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
: >"$scratch/harms"

harm() { printf 'HARM %s\n' "$1" | tee -a "$scratch/harms"; }

sha() { "sha$1sum" <"$2" | cut -d ' ' -f 1; }

# A chain, cut into what its hashes and seals are taken of: one file each, and a table of what they should be.
cut_chain() { # CHAIN FOLDER
    awk -v out="$2" '
        function field(name,   at, rest) {  # a member of the envelope: numbers, hex digits, plain words
            at = index($0, "\"" name "\":")
            if (!at) return ""
            rest = substr($0, at + length(name) + 3)
            if (substr(rest, 1, 1) == "\"") { rest = substr(rest, 2); return substr(rest, 1, index(rest, "\"") - 1) }
            return match(rest, /^[0-9]+/) ? substr(rest, 1, RLENGTH) : ""
        }
        {
            hash = seal = said = ""
            text = $0
            if (match(text, /,"hash":"[0-9a-f]*"}$/)) {
                hash = substr(text, RSTART + 9, 64)
                text = substr(text, 1, RSTART - 1)
                if (text ~ /,"seal":"[0-9a-f]*","seq":[0-9]*,"v":[0-9]*(,"open":|$)/) {
                    seal = field("seal")
                    at = index(text, ",\"open\":")
                    if (at) { said = substr(text, at + 8); text = substr(text, 1, at - 1) }
                } else said = text "}"
                text = text "}"
            }
            printf "%s", text > (out "/" NR ".text"); close(out "/" NR ".text")
            printf "%s", said > (out "/" NR ".said"); close(out "/" NR ".said")
            print NR, (hash ? hash : "-"), (seal ? seal : "-"), (said ? "open" : "closed"), \
                field("seq") + 0, field("batch") + 0, (field("prev") ? field("prev") : "-"), field("kind")
        }
    ' "$1" >"$2/table"
}

# The lines of a chain that count; others are named. One line cut off at the end was never acknowledged.
look_along() { # CHAIN FOLDER
    mkdir -p "$2"
    cut_chain "$1" "$2"
    lines=$(wc -l <"$1")
    (cd "$2" && find . -name '*.text' -exec sha256sum {} +) | sed 's/ \*\{0,1\} \{0,1\}\.\// /; s/\.text$/ text/' >"$2/sums"
    (cd "$2" && find . -name '*.said' -exec sha256sum {} +) | sed 's/ \*\{0,1\} \{0,1\}\.\// /; s/\.said$/ said/' >>"$2/sums"
    awk -v name="$1" -v ended="$lines" '
        FNR == NR { sum[$2 " " $3] = $1; next }
        {
            number = $1
            good = sum[number " text"] == $2 && number <= ended && $7 != "-"
            if ($3 != "-" && $4 == "open" && sum[number " said"] != $3) good = 0
            if (good && $5 == $6) { for (i = 1; i <= n; i++) print held[i]; n = 0 }
            if (!good) { line = "bad " number; bad = number }
            else if (follows && ($5 != seq + 1 || $7 != prev)) line = "bad " number "\ngood " number " " $8 " " $4
            else line = "good " number " " $8 " " $4
            if (n || !good) held[++n] = line; else print line
            follows = good; seq = $5; prev = $2
        }
        END { if (n) print (n > 1 || bad <= ended ? "bad tail" : "tail") }
    ' "$2/sums" "$2/table" >"$2/judged"
    if ! head -n 1 "$1" | grep -q '"kind":"chain"'; then harm "$1 does not begin as a chain"; fi
    grep '^bad' "$2/judged" | while read -r _ number; do harm "$1: $number"; done
    if grep -q '^tail' "$2/judged"; then echo "note: $1 ends in a line that was cut off in writing"; fi
}

# What stands in `open`, or in a line of version 1: digest, id and size of each promise.
promises_in() { # FOLDER
    grep '^good [0-9]* promise open$' "$1/judged" | while read -r _ number _; do
        sed 's/.*"digest":"sha512:\([0-9a-f]*\)".*"id":"\([^"]*\)".*"size":\([0-9]*\).*/\1 \2 \3/' "$1/$number.said"
        echo
    done
}

id_of() { # SHA512
    bytes=$(printf '%.40s' "$1" | awk '{
        for (i = 1; i <= length($0); i += 2) {
            high = index("0123456789abcdef", substr($0, i, 1)) - 1
            low = index("0123456789abcdef", substr($0, i + 1, 1)) - 1
            printf "\\0%03o", high * 16 + low
        }
    }')
    printf 'urn:remnant:%s' "$(printf '%b' "$bytes" | base32 | tr 'A-Z' 'a-z' | cut -c 1-26)"
}

place_of() { # ID
    printf '%s/%s' "$(printf '%s' "$1" | sha256sum | cut -c 1-3)" "$(printf '%s' "$1" | sed 's/:/%3a/g')"
}

# Why an object is not as the page says, in one word; nothing if it is.
wrong_with() { # OBJECT SHA512 SIZE
    set -- "$1" "$2" "$3" "$1"/v1/content/original.*
    [ $# -eq 4 ] && [ -f "$4" ] || { echo original; return; }
    [ "$(sha 512 "$4")" = "$2" ] && [ "$(wc -c <"$4")" -eq "$3" ] || { echo original; return; }
    [ "$(cat "$1/0=ocfl_object_1.1" 2>&1)" = ocfl_object_1.1 ] || { echo declaration; return; }
    [ "$(wc -c <"$1/0=ocfl_object_1.1")" -eq 16 ] || { echo declaration; return; }
    printf '%s inventory.json\n' "$(sha 512 "$1/inventory.json")" | cmp -s - "$1/inventory.json.sha512" || { echo sidecar; return; }
    for file in inventory.json inventory.json.sha512; do
        cmp -s "$1/$file" "$1/v1/$file" || { echo "v1/$file"; return; }
    done
    for file in "$4" "$1/v1/content/arrival.json"; do
        [ -f "$file" ] || { echo arrival; return; }
        under=$(sha 512 "$file")
        awk -v digest="\"$under\": [" -v path="\"v1/content/${file##*/}\"" '
            index($0, digest) { getline; if (index($0, path)) found = 1 } END { exit !found }
        ' "$1/inventory.json" || { echo "inventory of ${file##*/}"; return; }
    done
}

if [ "$(cat "$library/0=remnant_library_1" 2>&1)" != remnant_library_1 ]; then
    harm "no library of format 1"
    exit 1
fi
for chain in "$library"/ledger/*.jsonl "$library"/journal/*.jsonl; do
    [ -f "$chain" ] || continue
    room=$scratch/$(basename "$(dirname "$chain")")/$(basename "$chain")
    look_along "$chain" "$room"
    case $chain in */ledger/*) promises_in "$room" >>"$scratch/promises" ;; esac
done
: >"$scratch/known"
sort -u "$scratch/promises" 2>/dev/null | sed '/^$/d' >"$scratch/each"
while read -r digest id size; do
    place=$(place_of "$id")
    echo "$place" >>"$scratch/known"
    state=whole
    if [ "$(id_of "$digest")" != "$id" ]; then
        state=HARMED; harm "a promise of $id, which is not the id of its digest"
    elif [ ! -d "$library/shelf/$place" ]; then
        state=MISSING; harm "$id was promised and is not there"
    else
        why=$(wrong_with "$library/shelf/$place" "$digest" "$size")
        [ -z "$why" ] || { state=HARMED; harm "$id: $why"; }
    fi
    name=$(sed -n 's/^  "name": "\(.*\)",$/\1/p' "$library/shelf/$place/v1/content/arrival.json" 2>/dev/null)
    printf '%s\t%.12s\t%s\t%s\tshelf/%s\n' "$state" "$digest" "$size" "$name" "$place"
done <"$scratch/each"
for object in "$library"/shelf/???/*; do
    [ -d "$object" ] || continue
    grep -qxF "${object#"$library"/shelf/}" "$scratch/known" || echo "note: $object is not promised yet"
done
[ ! -s "$scratch/harms" ]
