//! The Arrow schemas of the rows, as `docs/formats.md` has them. Offsets are counts of code points.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

const TEXT: DataType = DataType::Utf8;
/// A number of things or of code points: 31 bits, for Spark has no unsigned numbers.
const COUNT: DataType = DataType::Int32;
const SHARE: DataType = DataType::Float64;
const TRUTH: DataType = DataType::Boolean;

fn list(of: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", of, true)))
}

fn row<const N: usize>(fields: [(&str, DataType); N]) -> DataType {
    DataType::Struct(fields_of(fields))
}

fn fields_of<const N: usize>(fields: [(&str, DataType); N]) -> Fields {
    fields.into_iter().map(|(name, of)| Field::new(name, of, true)).collect()
}

fn schema<const N: usize>(fields: [(&str, DataType); N]) -> SchemaRef {
    Arc::new(Schema::new(fields_of(fields)))
}

/// `[[start, end], ...]`
fn span() -> DataType {
    list(piece())
}

/// `[start, end]`
fn piece() -> DataType {
    list(COUNT)
}

fn interval() -> DataType {
    list(TEXT)
}

fn date() -> DataType {
    let rejected = row([("value", TEXT), ("basis", TEXT), ("why", TEXT)]);
    row([("value", TEXT), ("interval", interval()), ("basis", TEXT), ("why", TEXT), ("rejected", list(rejected))])
}

fn evidence() -> DataType {
    list(row([("kind", TEXT), ("detail", TEXT)]))
}

fn mention() -> DataType {
    row([("article", TEXT), ("start", COUNT), ("end", COUNT)])
}

fn mentions() -> DataType {
    list(mention())
}

pub fn articles() -> SchemaRef {
    let line = row([("line", COUNT), ("span", piece()), ("kind", TEXT), ("why", TEXT)]);
    schema([
        ("id", TEXT),
        ("title", TEXT),
        ("byline", TEXT),
        ("agency", TEXT),
        ("url", TEXT),
        ("source", TEXT),
        ("lang", TEXT),
        ("text", TEXT),
        ("kept", span()),
        ("published", date()),
        ("lines", list(line)),
    ])
}

pub fn annotations() -> SchemaRef {
    let token = row([
        ("start", COUNT),
        ("end", COUNT),
        ("lemma", TEXT),
        ("tag", TEXT),
        ("pos", TEXT),
        ("head", COUNT),
        ("dep", TEXT),
        ("ent", TEXT),
    ]);
    let sentence = row([("start", COUNT), ("end", COUNT), ("tokens", list(token))]);
    schema([("id", TEXT), ("sentences", list(sentence))])
}

fn timexes() -> DataType {
    let anchor = row([("offset", TEXT), ("hangs_on", piece()), ("open", TRUTH)]);
    let reading = row([("value", TEXT), ("interval", interval()), ("why", TEXT)]);
    list(row([
        ("start", COUNT),
        ("end", COUNT),
        ("type", TEXT),
        ("value", TEXT),
        ("interval", interval()),
        ("basis", TEXT),
        ("mod", TEXT),
        ("quoted", TRUTH),
        ("anchor", anchor),
        ("alternatives", list(reading)),
        ("why", TEXT),
    ]))
}

pub fn dates() -> SchemaRef {
    schema([("id", TEXT), ("document_date", date()), ("timexes", timexes())])
}

pub fn dates_of_store() -> SchemaRef {
    schema([("id", TEXT), ("document_date", date()), ("timexes", timexes()), ("story", TEXT)])
}

fn claim() -> [(&'static str, DataType); 6] {
    let link = row([("source", span()), ("cue", span()), ("speaker", TEXT), ("certainty", SHARE)]);
    [("kind", TEXT), ("quoted", TEXT), ("content", span()), ("chain", list(link)), ("negated", TRUTH), ("medium", TEXT)]
}

pub fn claims() -> SchemaRef {
    schema([("id", TEXT), ("claims", list(row(claim())))])
}

pub fn claims_of_store() -> SchemaRef {
    let [kind, quoted, content, chain, negated, medium] = claim();
    schema([
        ("article", TEXT),
        kind,
        quoted,
        content,
        chain,
        negated,
        medium,
        ("statement", TEXT),
        ("accounts", COUNT),
        ("copied_from", TEXT),
        ("story", TEXT),
    ])
}

fn edit_counts() -> DataType {
    row([("kept", COUNT), ("substituted", COUNT), ("deleted", COUNT), ("inserted", COUNT)])
}

fn copy() -> [(&'static str, DataType); 11] {
    let change = row([("kind", TEXT), ("a", piece()), ("b", piece()), ("in_quote", TRUTH)]);
    [
        ("a", TEXT),
        ("b", TEXT),
        ("relation", TEXT),
        ("direction", TEXT),
        ("certainty", SHARE),
        ("coverage", list(SHARE)),
        ("coverage_unquoted", list(SHARE)),
        ("edits", edit_counts()),
        ("evidence", evidence()),
        ("score", SHARE),
        ("changes", list(change)),
    ]
}

pub fn copies() -> SchemaRef {
    schema(copy())
}

pub fn copies_of_store() -> SchemaRef {
    with_story(copies())
}

fn with_story(own: SchemaRef) -> SchemaRef {
    let story = Arc::new(Field::new("story", TEXT, true));
    Arc::new(Schema::new(own.fields().iter().cloned().chain([story]).collect::<Fields>()))
}

pub fn lineage() -> SchemaRef {
    let edge = row([("from", TEXT), ("to", TEXT), ("certainty", SHARE), ("direction", TEXT), ("evidence", evidence())]);
    schema([("family", list(TEXT)), ("edges", list(edge)), ("latent", list(TEXT))])
}

pub fn lineage_of_store() -> SchemaRef {
    with_story(lineage())
}

pub fn stories() -> SchemaRef {
    schema([("id", TEXT), ("story", TEXT)])
}

pub fn stories_of_store() -> SchemaRef {
    schema([
        ("story", TEXT),
        ("title", TEXT),
        ("articles", list(TEXT)),
        ("accounts", COUNT),
        ("origins", list(TEXT)),
        ("first", TEXT),
        ("last", TEXT),
    ])
}

fn dispute() -> [(&'static str, DataType); 6] {
    let reading = row([("value", TEXT), ("accounts", COUNT), ("articles", list(TEXT)), ("mentions", mentions())]);
    [("kind", TEXT), ("slot", TEXT), ("about", TEXT), ("severity", TEXT), ("why", TEXT), ("readings", list(reading))]
}

pub fn disputes() -> SchemaRef {
    let [kind, slot, about, severity, why, readings] = dispute();
    schema([("story", TEXT), kind, slot, about, severity, why, readings])
}

pub fn disputes_of_store() -> SchemaRef {
    let [kind, slot, about, severity, why, readings] = dispute();
    schema([("id", TEXT), kind, slot, about, severity, why, readings, ("story", TEXT)])
}

pub fn heads() -> SchemaRef {
    schema([
        ("id", TEXT),
        ("title", TEXT),
        ("byline", TEXT),
        ("agency", TEXT),
        ("source", TEXT),
        ("url", TEXT),
        ("lang", TEXT),
        ("published", date()),
        ("versions", COUNT),
        ("accounts", list(TEXT)),
        ("own_share", SHARE),
        ("story", TEXT),
    ])
}

pub fn articles_of_store() -> SchemaRef {
    let whole = [Field::new("kept", span(), true), Field::new("text", TEXT, true)].map(Arc::new);
    Arc::new(Schema::new(heads().fields().iter().cloned().chain(whole).collect::<Fields>()))
}

pub fn accounts() -> SchemaRef {
    schema([
        ("account", TEXT),
        ("root", TEXT),
        ("articles", list(TEXT)),
        ("orphan", TRUTH),
        ("rests_on", list(TEXT)),
        ("origins", list(TEXT)),
        ("evidence", evidence()),
        ("story", TEXT),
    ])
}

fn quote_edit() -> DataType {
    row([("from", TEXT), ("to", TEXT), ("kind", TEXT)])
}

pub fn references_of_store() -> SchemaRef {
    let counts = row([("whole", COUNT), ("part", COUNT), ("quoted", COUNT), ("altering", COUNT)]);
    let altered = row([("quote", TEXT), ("from", TEXT), ("to", TEXT), ("edits", list(quote_edit()))]);
    let carrier = row([
        ("article", TEXT),
        ("title", TEXT),
        ("source", TEXT),
        ("published", date()),
        ("days", COUNT),
        ("relation", TEXT),
        ("direction", TEXT),
        ("certainty", SHARE),
        ("carried", SHARE),
        ("share", SHARE),
        ("edits", edit_counts()),
        ("altered", list(altered)),
        ("story", TEXT),
    ]);
    schema([
        ("reference", TEXT),
        ("title", TEXT),
        ("source", TEXT),
        ("published", date()),
        ("counts", counts),
        ("carriers", list(carrier)),
    ])
}

pub fn quotes() -> SchemaRef {
    let variant = row([
        ("text", TEXT),
        ("articles", list(TEXT)),
        ("accounts", COUNT),
        ("part", TRUTH),
        ("edits", list(quote_edit())),
        ("mentions", mentions()),
    ]);
    schema([("quote", TEXT), ("id", TEXT), ("variants", list(variant)), ("story", TEXT)])
}

pub fn timeline() -> SchemaRef {
    let when = row([("interval", interval()), ("grain", TEXT), ("basis", TEXT)]);
    let anchor = row([("words", mention()), ("offset", TEXT), ("event", mention()), ("interval", interval())]);
    let other = row([("value", TEXT), ("interval", interval()), ("accounts", COUNT), ("mentions", mentions())]);
    schema([
        ("when", when),
        ("summary", TEXT),
        ("predicate", TEXT),
        ("actors", list(TEXT)),
        ("place", TEXT),
        ("modality", TEXT),
        ("according_to", list(list(TEXT))),
        ("accounts", COUNT),
        ("articles", list(TEXT)),
        ("weight", SHARE),
        ("mentions", mentions()),
        ("first", TEXT),
        ("anchor", anchor),
        ("disputed", list(other)),
        ("story", TEXT),
    ])
}

pub fn developments() -> SchemaRef {
    let step = row([
        ("value", TEXT),
        ("day", TEXT),
        ("according_to", list(TEXT)),
        ("accounts", COUNT),
        ("articles", list(TEXT)),
        ("mentions", mentions()),
        ("summary", TEXT),
    ]);
    schema([("kind", TEXT), ("about", TEXT), ("steps", list(step)), ("story", TEXT)])
}

pub fn rejects() -> SchemaRef {
    schema([("input", TEXT), ("place", TEXT), ("why", TEXT)])
}
