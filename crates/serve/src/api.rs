//! What the interface for programs offers, as OpenAPI 3.1.

use serde_json::{Value, json};

/// A question: its name, what it answers, its fields (name, what it is, whether it is needed), the schema of the answer.
struct Offer {
    name: &'static str,
    says: &'static str,
    fields: &'static [(&'static str, &'static str, bool)],
    answer: fn() -> Value,
}

const CURSOR: (&str, &str, bool) = ("cursor", "`next` of the answer before", false);
const LIMIT: (&str, &str, bool) = ("limit", "so many rows at most", false);

const OFFERS: &[Offer] = &[
    Offer {
        name: "stories",
        says: "Stories, as they are sorted and asked for",
        fields: &[
            ("source", "a source that publishes one of its pages", false),
            ("speaker", "somebody who is cited on one of its pages", false),
            ("after", "a year, month or day: it goes on to then or later", false),
            ("before", "a year, month or day: it begins then or earlier", false),
            ("sort", "newest, copied or disputed", false),
            CURSOR,
            LIMIT,
        ],
        answer: || list("stories", story_row()),
    },
    Offer {
        name: "story",
        says: "A story: its accounts, lineage, quotations, timeline, disputes, statements, who says what, two sides",
        fields: &[
            ("id", "its id, or the beginning of it", true),
            ("one", "the names of one side, divided by commas", false),
            ("other", "those of the other", false),
        ],
        answer: || {
            object(&[
                ("story", reference("Story")),
                ("accounts", array(reference("Account"))),
                ("lineage", array(anything())),
                ("quotes", array(reference("Quote"))),
                ("timeline", nullable("array")),
                ("disputes", nullable("array")),
                ("statements", array(anything())),
                ("voices", anything()),
                ("decisions", array(anything())),
            ])
        },
    },
    Offer {
        name: "article",
        says: "A page taken apart, with its text, claims, times, versions, pairs",
        fields: &[("id", "its id", true)],
        answer: || {
            object(&[
                ("article", anything()),
                ("published", nullable("object")),
                ("story", string()),
                ("xray", anything()),
                ("claims", array(anything())),
                ("timexes", array(anything())),
                ("edits", array(anything())),
                ("reference", nullable("object")),
                ("pairs", array(reference("Pair"))),
            ])
        },
    },
    Offer {
        name: "family",
        says: "A family of copies with its lineage",
        fields: &[("id", "its id", true)],
        answer: || object(&[("family", string()), ("lineage", anything())]),
    },
    Offer {
        name: "collation",
        says: "What differs between two pages, in the order of the one whose id sorts first",
        fields: &[("a", "a page's id, with @N for one of its versions", true), ("b", "another one", true)],
        answer: || object(&[("pair", nullable("object")), ("differences", array(reference("Difference")))]),
    },
    Offer {
        name: "apparatus",
        says: "Many pages collated against a base text; the order in which they are named does not matter",
        fields: &[
            ("w", "a page's id, with @N for one of its versions; named again for each", false),
            ("family", "a family's id: its pages", false),
            (
                "base",
                "the page whose text is the base; else the one that has most words in common with the others",
                false,
            ),
        ],
        answer: || {
            let witness = object(&[("siglum", string()), ("article", string())]);
            let reading =
                object(&[("text", string()), ("kind", nullable("string")), ("witnesses", json!({"type": "array"}))]);
            let place = object(&[
                ("base", json!({"type": "array", "items": {"type": "integer"}})),
                ("lemma", string()),
                ("readings", array(reading)),
                ("substance", json!({"type": "boolean"})),
                ("noise", json!({"type": "boolean"})),
            ]);
            object(&[("witnesses", array(witness)), ("places", array(place)), ("passages", array(anything()))])
        },
    },
    Offer {
        name: "quote",
        says: "A quotation with its wordings",
        fields: &[("id", "its id", true)],
        answer: || object(&[("quote", reference("Quote")), ("story", nullable("string"))]),
    },
    Offer {
        name: "speakers",
        says: "Who is cited, on most pages first",
        fields: &[CURSOR, LIMIT],
        answer: || list("speakers", object(&[("speaker", string()), ("articles", count()), ("claims", count())])),
    },
    Offer {
        name: "speaker",
        says: "What somebody is said to have said, the latest first",
        fields: &[("name", "the name as `speakers` has it", true)],
        answer: || {
            object(&[
                ("speaker", string()),
                ("articles", count()),
                ("claims", count()),
                ("said", array(reference("Cited"))),
                ("stories", array(reference("Story"))),
                ("altered", array(reference("Quote"))),
            ])
        },
    },
    Offer {
        name: "sources",
        says: "Who publishes, most pages first",
        fields: &[CURSOR, LIMIT],
        answer: || list("sources", source_row()),
    },
    Offer {
        name: "source",
        says: "A source: its own share, whom it copies, who copies it",
        fields: &[("name", "the name as `sources` has it", true)],
        answer: || {
            let mut answer = source_row();
            for side in ["copies_from", "copied_by"] {
                answer["properties"][side] = array(reference("Tie"));
            }
            answer["properties"]["latest"] = array(anything());
            answer
        },
    },
    Offer { name: "network", says: "Who copies whom most", fields: &[], answer: || list("ties", reference("Tie")) },
    Offer {
        name: "copies",
        says: "Pairs of pages of which one source's was made from the other's",
        fields: &[("source", "who is copied", true), ("copy", "by whom", true)],
        answer: || list("copies", object(&[("source", string()), ("copy", string())])),
    },
    Offer {
        name: "references",
        says: "The texts of the reference set, and how many pages carry each; `article` tells which",
        fields: &[CURSOR, LIMIT],
        answer: || {
            list(
                "references",
                object(&[
                    ("reference", string()),
                    ("title", nullable("string")),
                    ("source", nullable("string")),
                    ("published", nullable("object")),
                    ("whole", count()),
                    ("part", count()),
                    ("quoted", count()),
                    ("altering", count()),
                ]),
            )
        },
    },
    Offer {
        name: "search",
        says: "Pages, statements, quotations and stories that have these words",
        fields: &[("q", "words, and speaker:, source:, after:, before: with a value", false), LIMIT],
        answer: || {
            object(&[
                ("articles", array(anything())),
                ("claims", array(reference("Cited"))),
                ("quotes", array(reference("Quote"))),
                ("stories", array(reference("Story"))),
                ("cut", json!({"type": "boolean"})),
                ("problems", array(string())),
            ])
        },
    },
    Offer {
        name: "explain",
        says: "Why two pages are copies or not; why one roots an account or does not",
        fields: &[("a", "a page's id", true), ("b", "another one", false)],
        answer: || object(&[("a", string()), ("b", nullable("string")), ("reasons", array(string()))]),
    },
    Offer {
        name: "alerts",
        says: "Altered quotations, reference texts that were carried, statements in several accounts, edited pages: the latest of each",
        fields: &[("kind", "altered, carried, confirmed or edited", false)],
        answer: || {
            list(
                "alerts",
                object(&[
                    ("kind", string()),
                    ("title", string()),
                    ("detail", string()),
                    ("href", string()),
                    ("date", nullable("string")),
                ]),
            )
        },
    },
    Offer {
        name: "decisions",
        says: "What the user decided and noted, what each does now, and which stories builds merged or split",
        fields: &[],
        answer: || {
            let row = object(&[("number", count()), ("decision", string()), ("says", string()), ("does", string())]);
            object(&[("decisions", array(row)), ("moves", array(anything()))])
        },
    },
    Offer {
        name: "ingest",
        says: "Inputs that could not be used",
        fields: &[],
        answer: || list("rejects", object(&[("input", string()), ("place", string()), ("why", string())])),
    },
];

/// The description of the interface.
pub fn description() -> Value {
    let mut paths = serde_json::Map::new();
    for offer in OFFERS {
        let field = |(name, says, needed): &(&str, &str, bool)| {
            let number = matches!(*name, "limit");
            let schema = if number { json!({"type": "integer", "minimum": 1}) } else { string() };
            json!({"name": name, "in": "query", "required": needed, "description": says, "schema": schema})
        };
        let fields: Vec<Value> = offer.fields.iter().map(field).collect();
        let problem = json!({"$ref": "#/components/responses/Problem"});
        paths.insert(
            format!("/api/v1/{}", offer.name),
            json!({"get": {
                "operationId": offer.name,
                "summary": offer.says,
                "parameters": fields,
                "responses": {
                    "200": {
                        "description": "The answer; its ETag may be sent back as If-None-Match",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": (offer.answer)()}},
                    },
                    "304": {"description": "Nothing has changed"},
                    "400": problem.clone(),
                    "404": problem.clone(),
                    "503": problem,
                },
            }}),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "wirecopy",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Reads a store. Offsets count Unicode code points of an article's text, half-open. Lists go on \
                with the cursor `next` of the answer before; a build in between may move rows.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas(), "responses": {"Problem": {
            "description": "What went wrong (RFC 9457)",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }}},
    })
}

fn schemas() -> Value {
    let source_copy = [("source", string()), ("copy", string()), ("pages", count()), ("lag_days", nullable("number"))];
    json!({
        "Problem": object(&[
            ("type", string()),
            ("title", string()),
            ("status", json!({"type": "integer"})),
            ("detail", string()),
        ]),
        "Story": object(&[
            ("story", string()),
            ("title", string()),
            ("articles", array(string())),
            ("accounts", count()),
            ("origins", array(string())),
            ("first", nullable("string")),
            ("last", nullable("string")),
        ]),
        "Account": object(&[
            ("account", string()),
            ("root", string()),
            ("articles", array(string())),
            ("orphan", json!({"type": "boolean"})),
            ("rests_on", array(string())),
            ("origins", array(string())),
            ("evidence", array(anything())),
        ]),
        "Quote": object(&[("quote", string()), ("id", string()), ("variants", array(object(&[
            ("text", string()),
            ("articles", array(string())),
            ("accounts", count()),
            ("part", json!({"type": "boolean"})),
            ("edits", array(anything())),
        ])))]),
        "Pair": object(&[
            ("a", string()),
            ("b", string()),
            ("relation", json!({"enum": ["exact", "near", "rewrite", "shared-quote"]})),
            ("direction", json!({"enum": ["a->b", "b->a", "undecided"]})),
            ("certainty", json!({"type": "number"})),
        ]),
        "Difference": object(&[("kind", string()), ("from", string()), ("to", string()), ("in_quote", json!({"type": "boolean"}))]),
        "Cited": object(&[
            ("article", string()),
            ("published", nullable("string")),
            ("chain", array(string())),
            ("text", string()),
            ("start", count()),
            ("end", count()),
        ]),
        "Tie": object(&source_copy),
    })
}

fn story_row() -> Value {
    json!({"allOf": [
        reference("Story"),
        object(&[("pages", count()), ("copies", count()), ("altered", count()), ("disputes", count())]),
    ]})
}

fn source_row() -> Value {
    object(&[("source", string()), ("articles", count()), ("roots", count()), ("own_share", nullable("number"))])
}

fn list(name: &str, row: Value) -> Value {
    object(&[(name, array(row)), ("next", nullable("string"))])
}

/// An object with these fields at least.
fn object(fields: &[(&str, Value)]) -> Value {
    let properties: serde_json::Map<String, Value> =
        fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({"type": "object", "required": required, "properties": properties})
}

fn array(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

fn string() -> Value {
    json!({"type": "string"})
}

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn nullable(kind: &str) -> Value {
    json!({"type": [kind, "null"]})
}

fn anything() -> Value {
    json!({"type": "object"})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
