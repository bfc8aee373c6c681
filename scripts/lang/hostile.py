#!/usr/bin/env python3
"""Writes N texts that nobody would write, as JSON Lines, for `parity.py`: the same for the same N.

    venv/bin/python scripts/lang/hostile.py 1500 > hostile.jsonl

Random mixtures of tokeniser exceptions, affixes, URLs, odd white space, emoji, scripts, and ordinary words.
"""

import json
import random
import sys

import reference

WORDS = "the a of to in is was said that he she they it not and but on Monday President Orlen Veyra 12 1,000 number".split()
ODD = """U.S. D.C. a.m. p.m. e.g. i.e. :-) ;-) xD http://x.example/a?b=c www.veyra.example end.the end.The ida@orlen.example 10.0.0.1
203.0.113.7:80/x US$ $ € £ 5km 12kg 3% °C. °C 's ’s 'S n't n’t -- --- — – … .. ..... ... “ ” ‘ ’ " ' `` '' « » ( ) [ ] { } < > / \\ | ~ ^ * + = _ & # @ % § ! ? ; : ,
。 ， ！ 、 你好 مرحبا שלום Москва ελληνικά ß İ ı ﬁ é \u0301 \u200b \u200d \u00ad \ufeff \u2028 😀 👍🏽 👩‍👩‍👧 🇫🇷 ½ ² ① Ⅳ ٣ 𝟏 km/h m² C++ o'clock y'all gonna cannot dont im
ROOT X _ I A det prep num ID punct agent O'Brien rock'n'roll x-ray 1990s '80s 1st 2x4 3/4 10:30 2021-04-13 1-800 +3 -5 3+4 a-b-c A.B.C. a.b.c .5 5. No. St. Jr.""".split()
SPACES = [" ", " ", " ", " ", "", "", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2003", "\u3000", "\u0085", "\x1c", " \n "]


def main():
    nlp = reference.load()
    exceptions = sorted(nlp.tokenizer.rules)
    for number in range(int(sys.argv[1])):
        choose = random.Random(number)
        text = ""
        for _ in range(choose.randrange(60)):
            kind = choose.random()
            if kind < 0.35:
                text += choose.choice(WORDS)
            elif kind < 0.7:
                text += choose.choice(ODD)
            elif kind < 0.85:
                text += choose.choice(exceptions)
            elif kind < 0.9:
                point = choose.randrange(0x110000)
                text += "" if 0xD800 <= point < 0xE000 else chr(point)
            else:
                text += "".join(choose.choice(ODD) for _ in range(3))
            text += choose.choice(SPACES)
        print(json.dumps({"id": number, "text": text}))


if __name__ == "__main__":
    main()
