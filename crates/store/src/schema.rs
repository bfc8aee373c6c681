/// Marks the file as a store ("wirc").
pub(crate) const APPLICATION_ID: i64 = 0x7769_7263;

/// The schema that this program writes. Raised with every change; `MIGRATIONS[i]` leads from version `i` to `i + 1`.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// What makes each version of the schema from the one before, in one transaction each.
pub(crate) const MIGRATIONS: &[&str] = &[FIRST, SITES, READERS, DECISIONS, LISTS, REFERENCES, KEPT];

const READERS: &str = r#"
-- Who publishes an article as pages call it: its source, else the folder that it came in. And its day, or the first of
-- the days it may be.
ALTER TABLE article ADD COLUMN publisher TEXT GENERATED ALWAYS AS (
    coalesce(nullif(trim(source), ''), CASE WHEN instr(id, '/') > 1 THEN substr(id, 1, instr(id, '/') - 1) END)) VIRTUAL;
ALTER TABLE article ADD COLUMN day TEXT GENERATED ALWAYS AS (
    substr(coalesce(json_extract(coalesce(settled, published), '$.value'),
                    json_extract(coalesce(settled, published), '$.interval[0]')), 1, 10)) VIRTUAL;
CREATE INDEX article_publisher ON article(publisher, day);
CREATE INDEX article_edited ON article(n) WHERE version > 1;

-- By what a list of stories is sorted.
ALTER TABLE story ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;     -- pages that root no account
ALTER TABLE story ADD COLUMN altered INTEGER NOT NULL DEFAULT 0;    -- quotations that some page alters
ALTER TABLE story ADD COLUMN disputes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_newest ON story(coalesce(last, '') DESC, id);
CREATE INDEX story_days ON story(last, first);
CREATE INDEX story_copied ON story(copies DESC, id);
CREATE INDEX story_disputed ON story(disputes DESC, id);
ALTER TABLE quote ADD COLUMN altered INTEGER NOT NULL DEFAULT 0;

-- Who is cited on which page, and how often; derived.
CREATE TABLE said_by (
    speaker TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    claims  INTEGER NOT NULL,
    PRIMARY KEY (speaker, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_by_article ON said_by(article);
CREATE TABLE speaker (name TEXT PRIMARY KEY, articles INTEGER NOT NULL, claims INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_cited ON speaker(articles DESC, name);

-- What each source publishes, and who of them copies whom: pairs whose direction is stated or probable; derived.
CREATE TABLE source (
    name     TEXT PRIMARY KEY,
    articles INTEGER NOT NULL,
    roots    INTEGER NOT NULL,      -- articles that root an account
    own      REAL                   -- the mean of the articles' own shares
) STRICT, WITHOUT ROWID;
CREATE INDEX source_largest ON source(articles DESC, name);
CREATE TABLE source_copy (
    source TEXT NOT NULL,
    copy   TEXT NOT NULL,
    pages  INTEGER NOT NULL,
    lag    REAL,                    -- the mean of the days between the two
    PRIMARY KEY (source, copy)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_copy_copy ON source_copy(copy);

-- What a story's articles tell together: its timeline and its disputes, as zstd frames of JSON. `signature` is of what
-- they were worked out from; a row with another one is out of date.
CREATE TABLE retold (
    story     TEXT PRIMARY KEY,
    signature BLOB NOT NULL,
    timeline  BLOB NOT NULL,
    disputes  BLOB NOT NULL,
    disputed  INTEGER NOT NULL      -- how many disputes
) STRICT;

-- The next build fills what is new here.
DELETE FROM meta WHERE key = 'derived';
"#;

const DECISIONS: &str = r#"
-- What the user decided (JSON): never derived, replayed after each build.
CREATE TABLE decision (n INTEGER PRIMARY KEY, row TEXT NOT NULL UNIQUE) STRICT;

-- What became of stories from one build to the next (JSON), and where a story that is no more is found.
CREATE TABLE story_move (n INTEGER PRIMARY KEY, row TEXT NOT NULL) STRICT;
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;
"#;

const LISTS: &str = r#"
-- The first and the last day of a story as text, '' where it has none: what a list asks for stands in the index that sorts
-- it, so that only the rows that are shown are read.
ALTER TABLE story ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE story ADD COLUMN until TEXT NOT NULL DEFAULT '';
ALTER TABLE story ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;  -- statements that more than one account makes
DROP INDEX story_newest;
DROP INDEX story_days;
DROP INDEX story_copied;
DROP INDEX story_disputed;
CREATE INDEX story_newest ON story(until DESC, id, since);
CREATE INDEX story_copied ON story(copies DESC, id, since, until);
CREATE INDEX story_disputed ON story(disputes DESC, id, since, until);
CREATE INDEX story_altered ON story(until DESC, id) WHERE altered > 0;
CREATE INDEX story_confirmed ON story(until DESC, id) WHERE confirmed > 0;

-- The latest articles: of all, those that were edited, those that cite somebody.
CREATE INDEX article_latest ON article(day DESC, id);
DROP INDEX article_edited;
CREATE INDEX article_edited ON article(day DESC, id) WHERE version > 1;
ALTER TABLE said_by ADD COLUMN day TEXT;
CREATE INDEX said_by_latest ON said_by(speaker, day DESC, article);

-- The disagreements of stories by their ids, and whether one is between accounts and not rejected.
CREATE TABLE dispute (
    id      TEXT PRIMARY KEY,
    story   TEXT NOT NULL,
    counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_story ON dispute(story);
DELETE FROM retold;

-- The place of an article among those that hang together with it by copying, sources first.
ALTER TABLE article ADD COLUMN place INTEGER;

-- The next build fills what is new here.
DELETE FROM meta WHERE key = 'derived';
"#;

const REFERENCES: &str = r#"
-- The articles of the reference set: it is told who carried them.
CREATE TABLE reference (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE) STRICT;
"#;

const KEPT: &str = r#"
-- Of what was derived it is kept what it followed from, as a hash: of an article, what hangs together with it by copying; of
-- a story, what its articles say. What follows from the same is not derived again.
ALTER TABLE article ADD COLUMN component BLOB;
ALTER TABLE story ADD COLUMN heard BLOB;
"#;

const SITES: &str = r#"
-- The lines of the current version that may be its site's, by hash.
CREATE TABLE site_line (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE, data BLOB NOT NULL) STRICT;

-- What its site repeats of the current version: a mask over its lines (JSON), and what the story index keeps of the rest.
CREATE TABLE mask (
    article   INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE,
    signature INTEGER NOT NULL,     -- of what is known of the site
    mask      TEXT NOT NULL,
    feature   BLOB NOT NULL
) STRICT;

-- The page that an article's address names, and other ids under which versions of it came.
ALTER TABLE article ADD COLUMN page TEXT;
CREATE INDEX article_page ON article(page) WHERE page IS NOT NULL;
CREATE TABLE alias (
    id      TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_article ON alias(article);

-- Claims: those of the current version of each article, as one zstd frame of JSON, also where there are none; and,
-- derived, the statements that more than one article makes.
CREATE TABLE statement (
    n     INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    story INTEGER NOT NULL REFERENCES story(n) ON DELETE CASCADE,
    row   TEXT NOT NULL
) STRICT;
CREATE INDEX statement_story ON statement(story);
CREATE TABLE claim_set (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
"#;

const FIRST: &str = r#"
-- What holds for the whole store.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- An article: one page's content under one id. `paired` is set once its pairs are in `pair`.
CREATE TABLE article (
    n         INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    version   INTEGER NOT NULL,
    title     TEXT,
    byline    TEXT,
    agency    TEXT,
    url       TEXT,
    source    TEXT,
    lang      TEXT,
    published TEXT,             -- the date as this page alone tells it (JSON)
    settled   TEXT,             -- the date settled with its copies in sight (JSON)
    own_share REAL,             -- the share of its words that no earlier article has
    paired    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX article_unpaired ON article(n) WHERE paired = 0;

-- Every version of it. `text` and `details` (the article as JSON, without its text) are zstd frames.
CREATE TABLE version (
    article INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    content BLOB NOT NULL,      -- hash of the page as it came in
    text    BLOB NOT NULL,
    details BLOB NOT NULL,
    PRIMARY KEY (article, version)
) STRICT;

-- What the copy index and the story index keep of the current version.
CREATE TABLE sketch  (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE feature (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE, data BLOB NOT NULL) STRICT;

-- Related pairs, the smaller id first: the row as JSON, the runs of equal words packed.
CREATE TABLE pair (
    a         INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    b         INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    relation  TEXT NOT NULL,
    direction TEXT NOT NULL,
    certainty REAL NOT NULL,
    score     REAL NOT NULL,
    edge      TEXT NOT NULL,
    runs      BLOB NOT NULL,
    claimed   INTEGER NOT NULL DEFAULT 0,   -- whether the pair is told: certain by itself, or by its family
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_b ON pair(b);

-- Derived from all of the above: replaced where what it follows from has changed.
CREATE TABLE family (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row TEXT NOT NULL) STRICT;
CREATE TABLE family_member (
    family  INTEGER NOT NULL REFERENCES family(n) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    PRIMARY KEY (family, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX family_member_article ON family_member(article);

CREATE TABLE account (
    n      INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    root   INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    orphan INTEGER NOT NULL,
    row    TEXT NOT NULL
) STRICT;
CREATE INDEX account_root ON account(root);
CREATE TABLE account_article (
    account  INTEGER NOT NULL REFERENCES account(n) ON DELETE CASCADE,
    article  INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (account, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_article_article ON account_article(article);

CREATE TABLE story (
    n     INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    first TEXT,
    last  TEXT,
    row   TEXT NOT NULL
) STRICT;
CREATE TABLE story_article (
    article  INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE,
    story    INTEGER NOT NULL REFERENCES story(n) ON DELETE CASCADE,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX story_article_story ON story_article(story, position);

CREATE TABLE quote (
    n     INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    story INTEGER REFERENCES story(n) ON DELETE CASCADE,
    row   TEXT NOT NULL
) STRICT;
CREATE INDEX quote_story ON quote(story);
CREATE TABLE quote_article (
    quote   INTEGER NOT NULL REFERENCES quote(n) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES article(n) ON DELETE CASCADE,
    PRIMARY KEY (quote, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_article_article ON quote_article(article);

-- What could not be used, by the input it came from.
CREATE TABLE reject (
    input TEXT NOT NULL,
    place TEXT NOT NULL,
    why   TEXT NOT NULL,
    PRIMARY KEY (input, place)
) STRICT, WITHOUT ROWID;

-- Full text: the rowid is article.n. Contentless, for the text is stored already.
CREATE VIRTUAL TABLE search USING fts5(title, body, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2");

CREATE VIEW articles AS
    SELECT article.id, article.title, byline, agency, source, url, lang,
           json_extract(coalesce(settled, published), '$.value') AS published,
           version AS versions, own_share, story.id AS story
    FROM article LEFT JOIN story_article ON story_article.article = article.n
                 LEFT JOIN story ON story.n = story_article.story;
CREATE VIEW accounts AS
    SELECT account.id AS account, root.id AS root, article.id AS article, account.orphan
    FROM account JOIN article AS root ON root.n = account.root
                 JOIN account_article ON account_article.account = account.n
                 JOIN article ON article.n = account_article.article
    ORDER BY account.id, account_article.position;
CREATE VIEW copies AS
    SELECT one.id AS a, other.id AS b, relation, direction, certainty, score,
           json_extract(edge, '$.coverage[0]') AS coverage_of_a,
           json_extract(edge, '$.coverage[1]') AS coverage_of_b
    FROM pair JOIN article AS one ON one.n = pair.a JOIN article AS other ON other.n = pair.b
    WHERE claimed;
CREATE VIEW families AS
    SELECT family.id AS family, article.id AS article
    FROM family_member JOIN family ON family.n = family_member.family
                       JOIN article ON article.n = family_member.article;
CREATE VIEW stories AS
    SELECT story.id AS story, story.title, first, last,
           (SELECT count(*) FROM story_article WHERE story_article.story = story.n) AS articles,
           json_extract(row, '$.accounts') AS accounts
    FROM story;
CREATE VIEW quotes AS
    SELECT quote.id AS quote, story.id AS story, 
           json_extract(variant.value, '$.text') AS text,
           json_array_length(variant.value, '$.articles') AS articles,
           json_extract(variant.value, '$.part') AS part
    FROM quote LEFT JOIN story ON story.n = quote.story, json_each(quote.row, '$.variants') AS variant;
"#;
