//! The words that reporting is done with, and their forms.
//!
//! Not for: what a word does in a sentence. A word is here because it *can* introduce what somebody says.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How a verb of reporting has its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Saying, showing, or writing something: fits a quotation as well as a clause.
    Speech,
    /// Asking somebody to do something: with an object and an infinitive.
    Request,
    /// Holding something, said or not.
    Attitude,
}

/// The kind of a reporting verb, by its lemma.
pub(crate) fn verb(lemma: &str) -> Option<Verb> {
    VERBS.get(lemma).copied()
}

/// The lemma of a form of a reporting verb: `said` is of `say`. For texts without an analysis.
pub(crate) fn lemma_of_form(form: &str) -> Option<&'static str> {
    FORMS.get(form).copied().or(match form {
        "declined" | "declines" => Some("decline"),
        "refused" | "refuses" => Some("refuse"),
        _ => None,
    })
}

/// Verbs of saying that stand with a bare quotation and a subject, whatever else they mean.
pub(crate) fn is_plain_speech(lemma: &str) -> bool {
    verb(lemma) == Some(Verb::Speech)
}

/// Nouns for what is said, with a clause as their content ("the claim that ...").
pub(crate) fn is_speech_noun(lemma: &str) -> bool {
    SPEECH_NOUN_SET.contains(lemma)
}

/// Nouns for things that are written and so speak.
pub(crate) fn is_document(lemma: &str) -> bool {
    DOCUMENT_SET.contains(lemma)
}

/// Adverbs that say that something is said, by nobody named.
pub(crate) fn is_hedge(lower: &str) -> bool {
    matches!(lower, "allegedly" | "reportedly" | "purportedly" | "supposedly")
}

/// Verbs that negate what depends on them: "refused to say".
pub(crate) fn is_refusal(lemma: &str) -> bool {
    matches!(lemma, "decline" | "refuse" | "refrain" | "fail" | "avoid" | "stop" | "neglect")
}

/// Verbs of saying whose bare object is what is said: "proposed a summit", "denied the charge".
pub(crate) fn takes_plain_object(lemma: &str) -> bool {
    WITH_OBJECT_SET.contains(lemma)
}

/// Verbs that say what something is called: their quotation is a name.
pub(crate) fn gives_names(lemma: &str) -> bool {
    matches!(
        lemma,
        "call"
            | "dub"
            | "brand"
            | "label"
            | "nickname"
            | "title"
            | "entitle"
            | "term"
            | "name"
            | "christen"
            | "codename"
    )
}

/// Whether what is said follows this preposition: "warned of floods", "called for calm".
pub(crate) fn takes_preposition(lemma: &str, preposition: &str) -> bool {
    let pairs = [
        ("warn", "of about against"),
        ("call", "for on"),
        ("complain", "of about"),
        ("appeal", "for"),
        ("speak", "of"),
        ("tell", "of"),
        ("boast", "of about"),
        ("argue", "for against"),
        ("worry", "about"),
        ("respond", "to"),
        ("apologise", "for"),
        ("apologize", "for"),
        ("hint", "at"),
        ("threaten", "with"),
        ("remind", "of"),
        ("inform", "of about"),
        ("comment", "on"),
        ("report", "on"),
        ("protest", "against"),
        ("agree", "to on with"),
    ];
    pairs.iter().any(|(verb, words)| *verb == lemma && contains(words, preposition))
}

fn contains(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split_whitespace().any(|known| known == word)
}

/// The words of a list.
pub(crate) type Words = LazyLock<HashSet<&'static str>>;

/// A set of the words of a text.
pub(crate) fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

static SPEECH_NOUN_SET: Words = LazyLock::new(|| words(SPEECH_NOUNS));
static DOCUMENT_SET: Words = LazyLock::new(|| words(DOCUMENTS));
static WITH_OBJECT_SET: Words = LazyLock::new(|| words(WITH_OBJECT));

static VERBS: LazyLock<HashMap<&'static str, Verb>> = LazyLock::new(|| {
    let of = |words: &'static str, kind| words.split_whitespace().map(move |word| (word, kind));
    of(ATTITUDE, Verb::Attitude).chain(of(REQUEST, Verb::Request)).chain(of(SPEECH, Verb::Speech)).collect()
});

static FORMS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for &lemma in VERBS.keys() {
        for form in regular_forms(lemma) {
            forms.insert(form, lemma);
        }
    }
    for line in IRREGULAR.lines() {
        let mut words = line.split_whitespace();
        let Some(lemma) = words.next() else { continue };
        let Some((&lemma, _)) = VERBS.get_key_value(lemma) else { continue };
        forms.retain(|form, of| *of != lemma || form == lemma || form.ends_with('s') || form.ends_with("ing"));
        forms.extend(words.map(|form| (form.to_owned(), lemma)));
    }
    forms
});

fn regular_forms(lemma: &str) -> [String; 4] {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let doubled = DOUBLED.split_whitespace().find(|known| *known == lemma).and_then(|known| known.chars().last());
    let double = doubled.map(String::from).unwrap_or_default();
    let before_y = lemma.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']));
    let third = match before_y {
        Some(rest) => format!("{rest}ies"),
        None if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("sh") || lemma.ends_with("ch") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    let past = match before_y {
        Some(rest) => format!("{rest}ied"),
        None => format!("{stem}{double}ed"),
    };
    let ing = if lemma.ends_with("ee") { format!("{lemma}ing") } else { format!("{stem}{double}ing") };
    [lemma.to_owned(), third, past, ing]
}

const SPEECH: &str = "
    accuse acknowledge add admit advertise advise affirm agree air allege allude announce answer apologise apologize
    argue articulate ask assert assess assure attest aver avow bark bemoan blast blog boast brag broadcast call caution
    charge chide chime cite claim clarify comment complain concede conclude concur condemn confess confide confirm
    contend continue convey counsel counter criticise criticize crow cry declare decry demand demonstrate denounce deny
    describe detail disclose discover dismiss dispute document elaborate emphasise emphasize enthuse estimate exclaim
    explain expound express find forecast foretell fume gloat grumble grunt guess highlight hint hiss imply indicate
    inform inquire insinuate insist interject intone invite joke lament laugh lecture lie maintain mention moan mock
    mumble murmur muse mutter narrate note notify observe offer opine outline paraphrase phrase pledge point portray
    transmit communicate scold admonish rebuke berate chastise post praise preach sing chant text message phone blurt recount predict proclaim project promise pronounce propose protest prove publish put query question quip
    quote radio rail rant read reaffirm reason reassure rebuff rebut recall recite reckon recollect recommend recount
    refute reiterate reject relate relay remark remember remind repeat reply report respond restate retort reveal roar
    rule say scoff scream shoot shout show shrug sigh signal sneer snap sob specify speculate spell state stipulate
    stress submit suggest summarise summarize surmise swear tease tell testify text theorise theorize threaten thunder
    tweet underline underscore urge utter verify voice volunteer vow wail warn weigh whisper wisecrack wonder write
    yell affirm corroborate pass state tout hail slam lambast label brand dub term deem characterise characterize
    liken compare depict echo email fax recollect retweet stammer venture warrant attribute blame credit";
const REQUEST: &str = "
    appeal ask beg beseech call command demand direct encourage entreat exhort forbid implore instruct invite order
    petition plead press request require urge advise authorise authorize";
const ATTITUDE: &str = "
    anticipate aim aspire assume believe bet consider contemplate decide desire determine disagree disbelieve doubt
    dream envisage envision expect favor favour fear feel figure foresee fret guarantee hate hold hope imagine intend
    judge know learn like long love mean mind need oppose perceive plan prefer presume pretend realise realize
    recognise recognize regard regret resolve see seek sense support suppose suspect think trust understand view want
    wish worry yearn hear conceive regret welcome";
const WITH_OBJECT: &str = "
    propose deny announce reject confirm emphasise emphasize stress reaffirm reiterate demand promise pledge recommend
    suggest condemn criticise criticize denounce dispute voice express predict acknowledge admit claim describe
    explain outline highlight underline underscore mention note praise deplore lament question refute affirm allege
    cite disclose reveal detail forecast dismiss decry blast slam vow threaten warrant advocate urge";
const SPEECH_NOUNS: &str = "
    accusation acknowledgement admission advice affirmation allegation announcement answer argument assertion
    assessment assurance belief boast call claim comment complaint concern conclusion confirmation contention
    criticism declaration demand denial disclosure estimate estimation evidence expectation explanation fear feeling
    finding forecast guarantee guess hint hope idea impression indication inference information insistence
    intelligence intention judgment judgement lie message news notice notion observation opinion order plea pledge
    point prediction promise proof prophecy proposal quip reminder remark report reply request response revelation
    rumor rumour saying sign signal speculation statement suggestion suspicion testimony theory threat tip view vow
    warning wish word worry";
const DOCUMENTS: &str = "
    account advertisement affidavit agreement analysis announcement article audit bill book brief briefing broadcast
    bulletin cable caption census chart column commentary communique communiqué complaint contract dataset database
    decision decree deposition diary dispatch document dossier e-mail ebook editorial email essay exhibit file filing
    finding footage form forecast guide headline indictment index inquiry interview inventory invoice journal judgment
    judgement law lawsuit leaflet ledger letter list log magazine manifesto manual map media memo memoir memorandum
    message minute news newsletter newspaper note notice notification opinion order page pamphlet paper paperwork
    petition placard plan policy poll post poster prospectus protocol publication questionnaire readout receipt record
    recording register release report resolution review ruling rule schedule script sign statement statistic study
    suit summary survey tally tape telegram text timetable transcript transcription treaty tweet verdict video warrant
    website webpage data figure research";
/// Verbs that double their last letter.
const DOUBLED: &str = "quip blog brag rebut submit snap slam sob plan bet admit dub";
const IRREGULAR: &str = "\
    say said says saying
    tell told
    write wrote written
    find found
    hold held
    think thought
    know knew known
    see saw seen
    feel felt
    hear heard
    mean meant
    read read
    put put putting
    show showed shown
    forecast forecast
    foresee foresaw foreseen
    swear swore sworn
    shoot shot
    seek sought
    understand understood
    bet bet
    lie lied lying
    forbid forbade forbidden
    foretell foretold
    spell spelled spelt
    beseech besought
    broadcast broadcast
    recollect recollected
    learn learned learnt
    dream dreamed dreamt";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        for (form, lemma) in [
            ("said", Some("say")),
            ("denies", Some("deny")),
            ("denied", Some("deny")),
            ("quipped", Some("quip")),
            ("agreeing", Some("agree")),
            ("noting", Some("note")),
            ("stresses", Some("stress")),
            ("sayed", None),
            ("telled", None),
            ("table", None),
        ] {
            assert_eq!(lemma_of_form(form), lemma, "{form}");
        }
    }

    #[test]
    fn kinds_of_verbs() {
        assert_eq!(verb("say"), Some(Verb::Speech));
        assert_eq!(verb("want"), Some(Verb::Attitude));
        assert_eq!(verb("eat"), None);
        assert!(is_speech_noun("warning") && !is_speech_noun("table") && !is_speech_noun(""));
    }
}
