//! Names: of people, organisations, things and places, and the part that they play.

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::is_saying;
use super::view::{Sent, View};

/// A name in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its tokens, without titles and articles.
    pub range: Range<usize>,
    /// Its words in lower case, without punctuation.
    pub words: Vec<String>,
    pub sort: Sort,
    /// Whether it is who says what the sentence tells.
    pub speaks: bool,
    /// What it is to its head.
    pub role: Role,
    /// Whether it is one of several that could be named: "including", "such as".
    pub example: bool,
    /// The last words of the other names of its list, in lower case.
    pub beside: Vec<Vec<String>>,
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Place,
    Organisation,
    /// A product, a work, an event.
    Thing,
    /// The tagger does not say.
    Unknown,
}

/// The part that a name plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    /// After this preposition.
    After(String),
    /// Before a noun that it modifies.
    Modifier,
    /// Beside another name: the town behind the street.
    Beside,
    Other,
}

impl Role {
    /// Whether it stands after a preposition.
    pub fn is_after(&self) -> bool {
        matches!(self, Role::After(_))
    }

    /// Whether it is that of a place.
    pub fn is_where(&self) -> bool {
        matches!(self, Role::After(word) if matches!(word.as_str(), "in" | "near"))
    }
}

/// The names of a sentence.
pub(super) fn names(view: &View, sent: &Sent) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sent.toks.len() {
        let end = name_end(sent, at);
        if end > at {
            if let Some(name) = name(view, sent, at..end) {
                found.push(name);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The token after the name that begins at `at`; `at` itself where none does.
fn name_end(sent: &Sent, at: usize) -> usize {
    let label = |at: usize| sent.toks.get(at).map_or("", |tok| &*tok.ent);
    let named = |at: usize| {
        let label = label(at);
        ["PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT"]
            .iter()
            .any(|sort| label.get(2..) == Some(sort))
    };
    let mut end = at;
    if named(at) && label(at).starts_with('B') {
        end = at + 1;
        while named(end) && label(end).starts_with('I') {
            end += 1;
        }
    } else if sent.toks[at].is_capital()
        && !named(at)
        && label(at).len() < 2
        && sent.toks[at].word.chars().any(char::is_alphabetic)
    {
        end = at + 1;
        while sent.toks.get(end).is_some_and(|tok| tok.is_capital() || tok.word == "-" && is_inner_hyphen(sent, end))
            && !(named(end) && label(end).starts_with('B'))
        {
            end += 1;
        }
    }
    // "Apollo 11", "Long March 4C".
    let number = sent.toks.get(end).filter(|tok| end > at && tok.word.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(number) = number.filter(|tok| tok.word.len() <= 4 && label(end).get(2..) != Some("DATE"))
        && sent.toks[end - 1].is_capital()
        && number.piece.start <= sent.toks[end - 1].piece.end + 1
    {
        end += 1;
    }
    end
}

fn is_inner_hyphen(sent: &Sent, at: usize) -> bool {
    sent.toks.get(at + 1).is_some_and(|tok| tok.is_capital() && tok.piece.start == sent.toks[at].piece.end)
        && sent.toks[at - 1].piece.end == sent.toks[at].piece.start
}

fn name(view: &View, sent: &Sent, mut range: Range<usize>) -> Option<Name> {
    let word = |at: usize| sent.toks[at].word.trim_matches(|c: char| !c.is_alphanumeric());
    while range.start < range.end && (TITLES.contains(&word(range.start)) || word(range.start).is_empty()) {
        range.start += 1;
    }
    while range.start < range.end && (word(range.end - 1).is_empty() || word(range.end - 1) == "s") {
        range.end -= 1;
    }
    // "Orlen 49-15": the result of a match is no part of the name.
    let number = |at: usize| word(at).bytes().all(|byte| byte.is_ascii_digit()) && !word(at).is_empty();
    if range.len() > 3 && number(range.end - 1) && word(range.end - 2).is_empty() && number(range.end - 3) {
        range.end -= 3;
    }
    if range.is_empty() {
        return None;
    }
    let words: Vec<String> =
        range.clone().flat_map(|at| word(at).split(['-', '\'', '’']).map(str::to_owned).collect::<Vec<_>>()).collect();
    let words: Vec<String> =
        words.into_iter().map(|word| site(&word)).filter(|word| !word.is_empty() && word != "s").collect();
    let shouted = range.clone().all(|at| {
        let text = view.points.slice(sent.toks[at].piece);
        text.chars().all(|c| !c.is_lowercase()) && text.chars().count() > 4
    });
    let dated = range.clone().any(|at| is_calendar(&sent.toks[at].word));
    let first = view.points.slice(sent.toks[range.start].piece);
    let proper = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if !proper
        || words.is_empty()
        || NO_NAMES.contains(&words[0].as_str())
        || words.iter().all(|word| is_office(word))
        || dated
        || shouted
        || words.iter().all(|word| word.chars().count() < 2)
    {
        return None;
    }
    let labels: Vec<&str> = range.clone().filter_map(|at| sent.toks[at].ent.get(2..)).collect();
    let has = |sorts: &[&str]| labels.iter().any(|label| sorts.contains(label));
    let initials =
        range.len() == 1 && (2..=5).contains(&first.chars().count()) && first.chars().all(char::is_uppercase);
    let sort = match () {
        // "(BTP)" is nobody's name, whatever the tagger says.
        _ if initials && !has(&["GPE", "LOC"]) => Sort::Organisation,
        _ if has(&["PERSON"]) => Sort::Person,
        _ if has(&["GPE", "LOC", "FAC"]) => Sort::Place,
        _ if has(&["ORG"]) => Sort::Organisation,
        _ if has(&["PRODUCT", "WORK_OF_ART", "EVENT"]) => Sort::Thing,
        _ => Sort::Unknown,
    };
    // A common word with a capital at the head of its sentence.
    let opens = sent.toks[..range.start].iter().all(|tok| !tok.word.chars().any(char::is_alphanumeric));
    if sort == Sort::Unknown && opens && range.len() == 1 {
        return None;
    }
    let head = sent.head_of(&range);
    let example = is_example(sent, &range);
    let beside = beside(sent, head);
    Some(Name { words, sort, speaks: speaks(sent, head), role: role(sent, head), example, beside, range })
}

/// A name without stops; of the address of a site its first part.
fn site(word: &str) -> String {
    let top = word.rsplit('.').next().unwrap_or("");
    if matches!(top, "com" | "org" | "net" | "uk" | "au" | "de" | "fr") && word.contains('.') {
        return word.trim_start_matches("www.").split('.').next().unwrap_or("").to_owned();
    }
    word.replace('.', "")
}

/// Weekdays, months, holidays: they are dates, whatever the tagger calls them.
fn is_calendar(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "thanksgiving",
        "easter",
        "halloween",
        "jan",
        "feb",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "eve",
        "year",
        "weekend",
    ];
    // "Long March 4C" is a name all the same.
    WORDS.contains(&word.trim_end_matches('.')) && word != "march" && word != "may"
}

/// Places of publication and forms of companies, which the tagger takes for names.
const NO_NAMES: &[&str] =
    &["twitter", "facebook", "instagram", "reuters", "llc", "inc", "ltd", "ap", "afp", "photo", "image", "getty"];

/// Whether a place is a country, a state or a region: something that other places lie in.
pub(super) fn is_region(words: &[String]) -> bool {
    let name = words.join(" ");
    REGIONS.split(", ").any(|region| region == name)
}

const REGIONS: &str = "afghanistan, africa, alabama, alaska, algeria, america, argentina, arizona, arkansas, armenia, asia, australia, \
    austria, azerbaijan, bangladesh, bavaria, belarus, belgium, bolivia, brazil, britain, bulgaria, california, \
    cambodia, canada, chile, china, colombia, colorado, connecticut, cuba, delaware, denmark, ecuador, egypt, \
    england, ethiopia, europe, finland, florida, france, georgia, germany, ghana, greece, haiti, hawaii, hungary, \
    iceland, idaho, illinois, india, indiana, indonesia, iowa, iran, iraq, ireland, israel, italy, japan, jordan, \
    kansas, kazakhstan, kentucky, kenya, korea, kuwait, lebanon, libya, louisiana, maine, malaysia, maryland, \
    massachusetts, mexico, michigan, minnesota, mississippi, missouri, montana, morocco, myanmar, nebraska, nepal, \
    netherlands, nevada, new hampshire, new jersey, new mexico, new zealand, nigeria, north carolina, north dakota, \
    north korea, northern ireland, norway, ohio, oklahoma, ontario, oregon, pakistan, pennsylvania, peru, \
    philippines, poland, portugal, quebec, queensland, romania, russia, saudi arabia, scotland, senegal, serbia, \
    slovakia, somalia, south africa, south carolina, south dakota, south korea, spain, sudan, sweden, switzerland, \
    syria, taiwan, tennessee, texas, thailand, tunisia, turkey, uganda, uk, u, us, usa, ukraine, united kingdom, \
    united states, utah, venezuela, vermont, vietnam, virginia, wales, washington, west virginia, wisconsin, \
    wyoming, yemen, zimbabwe";

const TITLES: &[&str] = &[
    "the",
    "a",
    "an",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "president",
    "sen",
    "rep",
    "gov",
    "gen",
    "senator",
    "minister",
    "judge",
    "captain",
    "col",
    "lt",
    "ceo",
    "coach",
    "king",
    "queen",
    "pope",
    "former",
    "defence",
    "defense",
    "hide",
];

/// Whether the words before say that others could be named as well.
fn is_example(sent: &Sent, range: &Range<usize>) -> bool {
    let near = range.start.saturating_sub(LIST)..range.start;
    sent.toks[near]
        .iter()
        .any(|tok| matches!(tok.word.as_str(), "including" | "include" | "includes" | "included" | "like"))
}

/// The names that stand in one list with the name at `head`, each by its last word.
fn beside(sent: &Sent, head: usize) -> Vec<Vec<String>> {
    let mut first = head;
    for _ in 0..LONGEST_LIST {
        if &*sent.toks[first].dep != "conj" || sent.toks[first].head == first {
            break;
        }
        first = sent.toks[first].head;
    }
    let mut found = Vec::new();
    let mut queue = vec![first];
    while let Some(at) = queue.pop().filter(|_| found.len() < LONGEST_LIST) {
        if at != head && sent.toks[at].is_capital() {
            found.push(vec![sent.toks[at].word.clone()]);
        }
        queue.extend(sent.children(at).iter().copied().filter(|&child| &*sent.toks[child].dep == "conj"));
    }
    found
}

/// Longer lists are read so far.
const LONGEST_LIST: usize = 12;

/// A list is taken to go on for so many tokens.
const LIST: usize = 6;

/// Words of which the names of offices are made: an office without its holder names nobody.
fn is_office(word: &str) -> bool {
    const OFFICES: &[&str] = &[
        "secretary",
        "general",
        "adviser",
        "advisor",
        "chancellor",
        "premier",
        "prime",
        "deputy",
        "vice",
        "chief",
        "executive",
        "director",
        "chairman",
        "chairwoman",
        "chair",
        "attorney",
        "spokesman",
        "spokeswoman",
        "leader",
        "head",
        "officer",
        "commander",
        "ambassador",
        "commissioner",
        "governor",
        "mayor",
        "press",
        "foreign",
        "interior",
        "finance",
        "justice",
        "security",
        "national",
        "state",
        "of",
        "assistant",
        "asst",
        "constable",
        "superintendent",
        "inspector",
        "detective",
        "ch",
        "con",
        "manager",
        "professor",
        "vice-president",
        "speaker",
        "cfo",
        "coo",
        "founder",
        "co-founder",
    ];
    OFFICES.contains(&word) || TITLES.contains(&word)
}

fn role(sent: &Sent, head: usize) -> Role {
    let tok = &sent.toks[head];
    match &*tok.dep {
        "nsubj" | "nsubjpass" => Role::Subject,
        "dobj" | "attr" | "oprd" => Role::Object,
        "pobj" => sent.preposition(head).map_or(Role::Other, |word| Role::After(word.to_owned())),
        "appos" => Role::Beside,
        "compound" | "nmod" | "poss" | "amod" | "npadvmod" => Role::Modifier,
        _ => Role::Other,
    }
}

/// Whether the word at `head`, or the one that it explains, is the subject of a verb of saying or follows "according to".
fn speaks(sent: &Sent, head: usize) -> bool {
    let mut at = head;
    for _ in 0..3 {
        let tok = &sent.toks[at];
        match &*tok.dep {
            "appos" | "compound" | "conj" | "nmod" => at = tok.head,
            "nsubj" => return is_saying(&sent.toks[tok.head].lemma),
            "pobj" => {
                let preposition = &sent.toks[tok.head];
                return preposition.word == "to" && sent.toks[preposition.head].word == "according";
            }
            // The parser takes the speaker behind a quotation for all sorts of things.
            _ => {
                let beside = [at.checked_sub(1), Some(at + 1)];
                return beside
                    .iter()
                    .flatten()
                    .any(|&at| sent.toks.get(at).is_some_and(|tok| tok.is_verb() && is_saying(&tok.lemma)));
            }
        }
        if sent.toks[at].head == at {
            return false;
        }
    }
    false
}

/// How two names of one thing, or of two things, are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One is a part or another form of the other.
    Same,
    /// They differ by a letter or two.
    Spelling,
    /// They share a word and differ in another: a first or a last name.
    Half,
    /// Nothing in common.
    None,
}

impl Name {
    pub fn kinship(&self, other: &Name) -> Kinship {
        let (one, two) = (set(&self.words), set(&other.words));
        if one.is_subset(&two)
            || two.is_subset(&one)
            || is_acronym(&self.words, &other.words)
            || are_of_one_country(&self.words, &other.words)
        {
            return Kinship::Same;
        }
        let (joined, with) = (self.words.concat(), other.words.concat());
        if joined.len() > 6 && with.len() > 6 && (joined.ends_with(&with) || with.ends_with(&joined)) {
            return Kinship::Same;
        }
        if sound(&self.words).is_some_and(|own| sound(&other.words) == Some(own)) {
            return Kinship::Spelling;
        }
        let rest = |own: &HashSet<&str>, with: &HashSet<&str>| -> Vec<String> {
            // An initial in the middle is left out by some.
            let initial = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
            let whole = own.difference(with).filter(|word| !initial(word));
            let mut rest: Vec<String> = whole.map(|&word| word.to_owned()).collect();
            rest.sort_unstable();
            rest
        };
        let (own, with) = (rest(&one, &two), rest(&two, &one));
        if own.iter().all(|word| is_office(word)) && with.iter().all(|word| is_office(word)) {
            return Kinship::Spelling;
        }
        let alike =
            |word: &str, with: &str| similar(word, with) || is_short_form(word, with) || is_pet_name(word, with);
        // "Tomas Albert al-Brandt" and "Thomas al-Brandt".
        let (short, long) = if own.len() < with.len() { (&own, &with) } else { (&with, &own) };
        let last = self.words.last() == other.words.last();
        if last && !short.is_empty() && short.iter().all(|word| long.iter().any(|with| alike(word, with))) {
            return Kinship::Spelling;
        }
        if own.len() == with.len() && own.iter().zip(&with).all(|(word, with)| alike(word, with)) {
            return Kinship::Spelling;
        }
        let comparable = self.sort == other.sort;
        let shared = one.intersection(&two).any(|word| word.chars().count() > 2)
            || comparable && one.iter().any(|word| two.iter().any(|with| begin_alike(word, with)));
        if shared { Kinship::Half } else { Kinship::None }
    }

    /// Whether all its words that say something stand in these.
    pub fn is_told_in(&self, words: &HashSet<String>) -> bool {
        self.words.iter().all(|word| words.contains(word))
    }
}

/// What is left of a name that was written in other letters, in whatever way it is spelt in these: its consonants without
/// articles. "Nabir Eltaraby" and "Nabir al-Tarabi".
fn sound(words: &[String]) -> Option<String> {
    const ARTICLES: &[&str] = &["al", "el", "ul", "ad", "as", "ash", "ar", "bin", "ben", "ibn"];
    let mut letters = String::new();
    for word in words.iter().filter(|word| !ARTICLES.contains(&word.as_str())) {
        let rest = word.strip_prefix("el").or(word.strip_prefix("al")).filter(|rest| rest.chars().count() >= 4);
        for letter in rest.unwrap_or(word).chars() {
            let letter = match letter {
                'q' | 'c' => 'k',
                'z' => 's',
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' | 'j' | 'g' => continue,
                letter => letter,
            };
            if !letters.ends_with(letter) {
                letters.push(letter);
            }
        }
        letters.push(' ');
    }
    let letters = letters.trim_end().replace(' ', "");
    (letters.chars().count() >= SOUND).then_some(letters)
}

/// So many consonants are a name.
const SOUND: usize = 4;

/// Names of one country, and the seat of its government, which speaks for it.
const COUNTRIES: &[&[&str]] = &[
    &["uk", "u k", "britain", "great britain", "united kingdom", "london", "downing street", "whitehall"],
    &["us", "u s", "usa", "united states", "america", "united states of america", "washington", "white house"],
    &["russia", "russian federation", "moscow", "kremlin"],
    &["china", "beijing", "peking"],
    &["france", "paris"],
    &["germany", "berlin"],
    &["iran", "tehran", "teheran"],
    &["iraq", "baghdad"],
    &["israel", "jerusalem"],
    &["turkey", "türkiye", "ankara"],
    &["egypt", "cairo"],
    &["syria", "damascus"],
    &["japan", "tokyo"],
    &["india", "delhi", "new delhi"],
    &["pakistan", "islamabad"],
    &["north korea", "pyongyang", "dprk"],
    &["south korea", "seoul"],
    &["ukraine", "kyiv", "kiev"],
    &["myanmar", "burma"],
    &["netherlands", "holland", "the hague"],
    &["uae", "united arab emirates"],
    &["eu", "european union", "brussels"],
];

/// Whether two names are of one country, or of a country and the seat of its government.
fn are_of_one_country(one: &[String], other: &[String]) -> bool {
    let (one, other) = (one.join(" "), other.join(" "));
    COUNTRIES.iter().any(|names| names.contains(&one.as_str()) && names.contains(&other.as_str()))
}

/// Whether one word is the beginning of the other, as that of a first name often is: "Chris" and "Christine".
fn is_short_form(one: &str, other: &str) -> bool {
    one.chars().count().min(other.chars().count()) >= 4 && (one.starts_with(other) || other.starts_with(one))
}

/// Whether one is what people of the other first name are called.
fn is_pet_name(one: &str, other: &str) -> bool {
    const PET_NAMES: &[(&str, &str)] = &[
        ("jim", "james"),
        ("bill", "william"),
        ("bob", "robert"),
        ("rob", "robert"),
        ("joe", "joseph"),
        ("mike", "michael"),
        ("tom", "thomas"),
        ("dick", "richard"),
        ("rick", "richard"),
        ("ted", "edward"),
        ("ed", "edward"),
        ("jack", "john"),
        ("tony", "anthony"),
        ("dan", "daniel"),
        ("dave", "david"),
        ("steve", "stephen"),
        ("liz", "elizabeth"),
        ("kate", "katherine"),
        ("sue", "susan"),
        ("ben", "benjamin"),
        ("sam", "samuel"),
        ("alex", "alexander"),
        ("nick", "nicholas"),
        ("greg", "gregory"),
        ("jeff", "jeffrey"),
        ("larry", "lawrence"),
        ("chuck", "charles"),
        ("charlie", "charles"),
        ("peggy", "margaret"),
        ("maggie", "margaret"),
        ("andy", "andrew"),
        ("matt", "matthew"),
        ("pat", "patrick"),
        ("pete", "peter"),
        ("ron", "ronald"),
        ("don", "donald"),
        ("ken", "kenneth"),
        ("tim", "timothy"),
    ];
    PET_NAMES.iter().any(|&pair| pair == (one, other) || pair == (other, one))
}

/// Whether two words have their beginning in common, as "Iran" and "Iranian" have; "Geneva" and "general" have not.
fn begin_alike(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(c, with)| c == with).count();
    shared >= 4 && shared + 1 >= one.chars().count().min(other.chars().count())
}

fn set(words: &[String]) -> HashSet<&str> {
    words.iter().map(String::as_str).collect()
}

fn is_acronym(one: &[String], other: &[String]) -> bool {
    let initials = |words: &[String]| -> String {
        words
            .iter()
            .filter(|word| !matches!(word.as_str(), "of" | "the" | "and" | "for"))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let is = |short: &[String], long: &[String]| {
        let joined = short.concat();
        long.len() > 1 && joined.chars().count() >= 2 && initials(long) == joined
    };
    is(one, other) || is(other, one)
}

/// Whether two words differ by no more than spelling: an edit for each four letters.
pub(super) fn similar(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().take(40).collect(), other.chars().take(40).collect());
    if one.is_empty() || other.is_empty() || one.iter().chain(&other).any(char::is_ascii_digit) {
        return false;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (to, with) in other.iter().enumerate() {
            let above = row[to + 1];
            row[to + 1] = (diagonal + usize::from(c != with)).min(above + 1).min(row[to] + 1);
            diagonal = above;
        }
    }
    row[other.len()] * 4 <= one.len().max(other.len())
}
