#!/usr/bin/env python3
"""Counts words in Python, as the judge of WordCount.

count_words.py TEXT COUNT    prints the COUNT most frequent words of the file TEXT as JSON
count_words.py --fixtures    prints the fixtures, texts with their counts; redirect it into fixtures.json

Words travel as hexadecimal UTF-8, so that nothing on the way can normalise them.
"""

import json
import string
import sys
from collections import Counter


def most_common(data, count):
    words = [word.strip(string.punctuation) for word in data.decode("utf-8").split()]
    return [[word.encode("utf-8").hex(), number] for word, number in Counter(words).most_common(count)]


def fixtures():
    # Every character that str.split() separates words at, and neighbours that it does not.
    spaces = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    others = "\x00\x08\x0e\x1b\x7f\x84\x86\u009f\u00a1\u167f\u1681\u180e\u1fff\u200b\u200c\u200d\u2010\u2027\u202a"
    others += "\u202e\u2030\u205e\u2060\u2424\u2fff\u3001\ufeff\ufffd\U0001f600\U0010ffff"
    yield "empty", "", 3
    yield "only white space", "".join(spaces), 3
    yield "one word", "word", 3
    yield "all white space", "".join(f"a{space}b" for space in spaces), 10
    yield "neighbours of white space", "".join(f"x{other}y " for other in others), 100
    yield "one separated by each white space", "".join(f"w{i}{space}" for i, space in enumerate(spaces)), 100
    yield "all punctuation", " ".join(f"{mark}word{mark}" for mark in string.punctuation), 3
    yield "punctuation alone", " ".join(string.punctuation), 3
    yield "punctuation within", "don't don't e-mail (e-mail) 'quoted' $5.00 a.b.", 10
    yield "punctuation that is not ASCII", "“word” word ¿word? «word» word… word— ‘word’", 10
    yield "punctuation and white space", "-- ... !a! a -- ?", 10
    yield "case", "The the THE the tHe", 10
    yield "ties in order of appearance", "c b a b c a d", 10
    yield "ties cut off", "z y x w z y x w v", 2
    yield "more words asked for than there are", "a b a", 50
    yield "none asked for", "a b a", 0
    yield "byte-order mark", "\ufeffthe the \ufeffthe the\ufeff", 10
    yield "byte-order mark before punctuation", "\ufeff'quoted' 'quoted'", 10
    yield "CRLF", "one two\r\ntwo three\r\nthree three\r\n", 10
    yield "combining marks", "caf\u00e9 cafe\u0301 caf\u00e9 cafe \u0301 e\u0301\u0301 \u00e9\u0301", 10
    yield "canonically equivalent", "\u212b \u00c5 A\u030a \u1e9b\u0323 \u1e9b\u0323 \ud55c \u1112\u1161\u11ab", 10
    yield "mark on white space", "a \u0301b a\u00a0\u0301b", 10
    yield "mark after punctuation", "word.\u0301 word. \u0301.word", 10
    yield "emoji", "👩‍👩‍👧 👩 👩‍👩‍👧 🇸🇪🇩🇪 🇸🇪 👍🏽 👍", 10
    yield "scripts", "слово слово λέξη 言葉 言葉\u3000言葉 كلمة שלום", 10
    yield "longest and shortest of each width", "\x7f \u0080 \u07ff \u0800 \ud7ff \ue000 \uffff \U00010000 \U0010ffff", 20


if __name__ == "__main__":
    if sys.argv[1:] == ["--fixtures"]:
        cases = [
            {"name": name, "text": text.encode("utf-8").hex(), "count": count, "expected": most_common(text.encode("utf-8"), count)}
            for name, text, count in fixtures()
        ]
        print(json.dumps(cases, indent=1))
    else:
        with open(sys.argv[1], "rb") as file:
            print(json.dumps(most_common(file.read(), int(sys.argv[2]))))
