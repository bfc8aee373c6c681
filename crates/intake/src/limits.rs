//! How much of anything is read. Each bound is far above what real piles hold and far below what a machine cannot bear.

/// No page may be larger than this many bytes, after decompression. The largest of 2,171 real pages had 4 MB.
pub const LARGEST_PAGE: u64 = 16 << 20;

/// No line of JSON, and no row of a table, may be longer than this many bytes: it would be a page of more than any article.
pub const LONGEST_LINE: usize = 64 << 20;

/// No head of a WARC record or of an HTTP message, and no line in it, may be longer than this many bytes. Browsers and
/// servers stop at 8 to 256 kB.
pub const LONGEST_HEAD: usize = 128 << 10;

/// No archive may hold more entries: its directory is in memory.
pub const MOST_ENTRIES: usize = 1_000_000;

/// What is compressed may expand to this many bytes whatever the ratio,
pub const FREE_EXPANSION: u64 = 128 << 20;

/// and beyond that to this many times its compressed size. Piles of pages come to 3 to 20, one page repeated to some 300 in
/// gzip, whose bombs come to 1,030; those of zstd to 30,000.
pub const LARGEST_RATIO: u64 = 500;
