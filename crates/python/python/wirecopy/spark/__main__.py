"""``python -m wirecopy.spark INPUT OUTPUT``."""

from __future__ import annotations

import argparse
import os
import sys

from .job import ARTICLE_STAGES, Options, run
from .session import session


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m wirecopy.spark",
        description="Who copied whom among the articles of INPUT, as Parquet tables under OUTPUT. "
        "Spark's own settings are taken from its configuration and from spark-submit.",
    )
    parser.add_argument("input", nargs="+", help="JSON Lines (also .gz) or Parquet, one article a row; files, folders, patterns")
    parser.add_argument("output", help="a folder for the tables: articles, pages, copies, lineage, families, rejects")
    parser.add_argument("--format", choices=["jsonl", "parquet"], help="of INPUT; by default told from its name")
    parser.add_argument("--master", help="Spark's master; by default the configured one, else local[*]")
    parser.add_argument("--also", default="", metavar="STAGES", help=f"more tables: {', '.join(ARTICLE_STAGES)}")
    parser.add_argument("--only-also", action="store_true", help="write nothing but the tables of --also")
    parser.add_argument("--parts", type=int, default=64, help="into so many parts candidates are split (64)")
    parser.add_argument("--most-holders", type=int, default=1_000_000, metavar="N",
                        help="what more articles than N share makes no candidates (1,000,000)")
    parser.add_argument("--most-members", type=int, default=10_000, metavar="N",
                        help="larger families are told by N of their members (10,000)")
    parser.add_argument("--no-site-lines", action="store_true",
                        help="leave lines in that sites repeat: to find them one executor looks at all articles")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark's")
    args = parser.parse_args()
    also = tuple(name for name in args.also.split(",") if name)
    unknown = sorted(set(also) - set(ARTICLE_STAGES))
    if unknown:
        parser.error(f"--also knows {', '.join(ARTICLE_STAGES)}, not {', '.join(unknown)}")
    options = Options(
        format=args.format, also=also, copies=not args.only_also, parts=args.parts, most_holders=args.most_holders,
        most_members=args.most_members, site_lines=not args.no_site_lines,
    )
    spark = session(args.master, dict(setting.split("=", 1) for setting in args.conf))
    try:
        found = run(spark, args.input, args.output, options)
    finally:
        spark.stop()
    for name, rows in found.items():
        print(f"{rows:>12,} {name}")
    print(os.path.join(args.output, ""))
    return 3 if found["rejects"] else 0


if __name__ == "__main__":
    sys.exit(main())
