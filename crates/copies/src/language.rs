//! The little that this crate knows of single languages: which words are function words, which announce speech, which
//! are numbers, which negate. What is not listed is simply a content word, so a language without a list still works.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::hash::{PassThrough, hash64};

/// The languages with lists of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Russian.
    Russian,
    /// Any other, or too few words to tell.
    Other,
}

/// The languages with lists, in the order of the bits of [`Roles::languages`].
pub(crate) const LISTED: [Language; 5] =
    [Language::English, Language::French, Language::German, Language::Spanish, Language::Russian];

impl Language {
    /// The language of a BCP 47 tag.
    pub fn of_tag(tag: &str) -> Language {
        match tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
            "en" => Language::English,
            "fr" => Language::French,
            "de" => Language::German,
            "es" => Language::Spanish,
            "ru" => Language::Russian,
            _ => Language::Other,
        }
    }

    /// Whether the first word is an article that the second, as the text has it, cannot follow. English only.
    pub(crate) fn article_cannot_stand_before(self, article: &str, word: &str) -> bool {
        const AFTER: &str = " a an the of and or but is are was were has have had been be by at from with that would could \
            will their his its which who ";
        let listed = || {
            AFTER
                .match_indices(word)
                .any(|(at, _)| AFTER[..at].ends_with(' ') && AFTER[at + word.len()..].starts_with(' '))
        };
        self == Language::English
            && matches!(article, "a" | "an" | "the" | "The" | "An")
            && !word.is_empty()
            && listed()
    }
}

/// What the lists say of a word form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles {
    /// In which languages, one bit each, it is a function word.
    pub languages: u8,
    /// Whether it announces speech ("said", "according").
    pub reports: bool,
    /// Whether it negates.
    pub negates: bool,
    /// Whether it names a weekday, a month, or a day near today.
    pub dates: bool,
    /// In which languages it is a number word, and which number.
    pub number: Option<(u8, u32)>,
}

const FUNCTION: [&str; 5] = [
    "a an the this that these those some any each every no both all either such and or but nor so yet if because while \
     although though when where which who whom whose what why how than then as of in on at by for with from to into \
     onto over under after before between among through during against about above below up down out off near since \
     until i you he she it we they me him her us them my your his its our their mine is are was were be been being am \
     has have had having do does did doing will would shall should can could may might must not n't there here also \
     very more most other another own only just even still too again further once one's it's that's",
    "le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où ce cet cette ces se s sa son ses \
     leur leurs il elle ils elles on nous vous je tu me m te t y en à au aux dans par pour sur sous avec sans entre vers \
     chez depuis pendant avant après ne n pas plus est sont était étaient être été a ont avait avaient avoir eu fait \
     si comme lorsque quand aussi très même tout tous toute toutes",
    "der die das den dem des ein eine einen einem einer eines und oder aber doch sondern denn wenn weil dass daß ob als \
     wie in im an am auf aus bei beim mit nach von vom zu zum zur für über unter vor hinter zwischen durch gegen ohne \
     um bis seit während ich du er sie es wir ihr mich dich ihn uns euch ihm ihnen sein seine seinen seiner ihre ihren \
     ihrer ist sind war waren wird werden wurde wurden worden sei hat haben hatte hatten kann können soll sollen will \
     nicht kein keine auch noch nur schon sich so dort hier dieser diese dieses diesem diesen man mehr sehr",
    "el la los las lo un una unos unas y e o u pero sino que quien quienes cual cuales cuyo cuando donde como si porque \
     de del a al en por para con sin sobre bajo entre hasta desde hacia contra tras durante ante yo tú él ella ello \
     nosotros ellos ellas me te se nos le les su sus mi mis es son era eran fue fueron ser sido está están estaba ha \
     han había habían haber hay no ni ya también muy más menos este esta estos estas ese esa esos esas aquel todo toda \
     todos todas",
    "и а но или да же ли бы не ни в во на с со к ко у о об от до из за по под над при про для без через между перед \
     после около это этот эта эти этого этой этих тот та те того что чтобы как так когда где кто который которая \
     которое которые которых он она оно они его её ее их ему ей им нас вас мы вы я ты мне меня себя свой своей своих \
     был была было были быть есть будет будут также уже еще ещё только если то все всё всех",
];

const REPORTING: &str = "say says said saying tell tells told according announce announced announces statement report \
    reported reports reportedly declared stated claimed claims added noted confirmed warned insisted argued readout \
    quoted dit disait déclaré déclare annoncé annonce affirmé affirme indiqué indique selon précisé ajouté communiqué \
    sagte sagt sagten erklärte erklärt teilte mitteilte laut zufolge betonte berichtete berichtet dijo dice dijeron \
    declaró anunció afirmó señaló según informó aseguró comunicado сказал сказала сказали говорит заявил заявила \
    заявили сообщил сообщила сообщили сообщает сообщило отметил отметила подчеркнул добавил словам";

const NEGATING: &str = "not no never none neither nor nobody nothing without cannot can't won't don't doesn't didn't \
    isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't ne pas jamais aucun aucune sans ni \
    nicht kein keine keinen keiner nie niemals ohne nunca ningún ninguna sin jamás не ни нет никогда без";

const DATING: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday \
    tomorrow tonight lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet \
    août septembre octobre novembre décembre hier demain aujourd'hui montag dienstag mittwoch donnerstag freitag \
    samstag sonntag januar februar märz juni juli oktober dezember heute gestern morgen lunes martes miércoles jueves \
    viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
    ayer hoy понедельник вторник среду среда четверг пятницу пятница субботу суббота воскресенье января февраля марта \
    апреля мая июня июля августа сентября октября ноября декабря вчера сегодня завтра";

const NUMBERS: [&str; 5] = [
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
     eighteen nineteen twenty",
    "zéro . deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "null . zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn \
     achtzehn neunzehn zwanzig",
    "cero . dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
];

/// How a line begins that says of its text that it was translated.
const TRANSLATED: &str = "translated from|translated by|this article was translated|this article has been translated|\
    this text was translated|this is a machine translation|english translation by|traduit de l'|traduit du|traduit par|\
    cet article a été traduit|übersetzt von|übersetzt aus|aus dem englischen von|aus dem englischen übersetzt|\
    aus dem französischen von|aus dem russischen von|dieser artikel wurde übersetzt|traducido por|traducido del|\
    este artículo fue traducido|перевод с английского|перевод с французского|перевод с немецкого|перевод с испанского";

/// What such a line may also be as a whole: the beginning of a headline as well.
const TRANSLATION: &str = "translated|machine translation|automatic translation|traduction automatique|\
    maschinelle übersetzung|traducción automática|автоматический перевод|машинный перевод";

/// Whether a line says of its text that it was translated.
pub(crate) fn is_translation_note(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins = |note: &str| {
        let apart = |rest: &str| note.ends_with('\'') || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        line.strip_prefix(note).is_some_and(apart)
    };
    TRANSLATED.split('|').any(begins) || TRANSLATION.split('|').any(|note| line == note)
}

/// What the lists say of a form, by the hash of the form.
pub(crate) fn roles(form: u64) -> Roles {
    static LISTS: OnceLock<HashMap<u64, Roles, PassThrough>> = OnceLock::new();
    LISTS.get_or_init(build).get(&form).copied().unwrap_or_default()
}

fn build() -> HashMap<u64, Roles, PassThrough> {
    let mut lists: HashMap<u64, Roles, PassThrough> = HashMap::default();
    for (bit, words) in FUNCTION.iter().enumerate() {
        for word in words.split_whitespace() {
            lists.entry(hash64(word)).or_default().languages |= 1 << bit;
        }
    }
    for word in REPORTING.split_whitespace() {
        lists.entry(hash64(word)).or_default().reports = true;
    }
    for word in NEGATING.split_whitespace() {
        lists.entry(hash64(word)).or_default().negates = true;
    }
    for word in DATING.split_whitespace() {
        lists.entry(hash64(word)).or_default().dates = true;
    }
    for (bit, words) in NUMBERS.iter().enumerate() {
        for (value, word) in words.split_whitespace().enumerate().filter(|(_, word)| *word != ".") {
            let number = &mut lists.entry(hash64(word)).or_default().number;
            let languages = number.map_or(0, |(languages, _)| languages) | 1 << bit;
            *number = Some((languages, value as u32));
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_translators() {
        let notes = [
            "Translated from the French by Ada Orr",
            "(Übersetzt von Pell Hask)",
            "Перевод с английского",
            "Traduction automatique",
        ];
        let others = [
            "The novel, translated from the French, won",
            "Translations are dear",
            "Перевода нет",
            "Übersetzungen fehlen",
        ];
        assert!(notes.iter().all(|line| is_translation_note(line)));
        assert!(others.iter().all(|line| !is_translation_note(line)));
    }

    #[test]
    fn words_know_their_roles() {
        assert_eq!(roles(hash64("the")).languages, 1);
        assert!(roles(hash64("sagte")).reports);
        assert!(roles(hash64("не")).negates);
        assert_eq!(roles(hash64("fünf")).number, Some((4, 5)));
        assert_eq!(roles(hash64("lake")), Roles::default());
    }
}
