//! The words that can be part of a time expression or that tell the tense around it: one table, looked up by the
//! lower-case word. What a word means in its place is the grammar's business.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use wirecopy_model::TimexMod;

use crate::calendar::{Season, Unit};

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// Before noon.
    Morning,
    /// From noon to evening.
    Afternoon,
    /// From evening to night.
    Evening,
    /// The night.
    Night,
}

impl DayPart {
    pub(crate) fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
        }
    }
}

/// A vague time that stands on no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// Some time before now.
    Past,
    /// Now.
    Present,
    /// Some time after now.
    Future,
}

/// What a word, a number or a mark can do in or around a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// None of what follows.
    Other,
    /// A mark of punctuation; any dash is `-`, any apostrophe `'`, any double quotation mark `"`.
    Mark(char),
    /// A run of digits with its length.
    Number(u32, u8),
    /// A number with thousands, or with a half after its point: the whole part, and whether there is a half.
    Decimal(u32, bool),
    /// A number with other decimals: its whole part. `7.15` may be a time of day.
    Fraction(u32),
    /// `1990s`, `90s`: the digits.
    DecadeNumber(u16),
    /// `10:35`, `10:35:20`: hours and minutes.
    Clock(u8, u8),
    /// `2021-04-13`, `13/04/2021`: year, month, day, and whether day and month could change places.
    NumericDate(i16, i8, i8, bool),
    /// `a.m.`, `PM`: whether it is after noon.
    AmPm(bool),
    /// `Q3`.
    QuarterName(u8),
    Month(i8),
    /// The short form of a month: it needs its full stop or a number beside it.
    ShortMonth(i8),
    Weekday(i8),
    ShortWeekday(i8),
    /// `Mondays`.
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Fortnight,
    Season(Season),
    Seasons(Season),
    DayPart(DayPart),
    DayParts(DayPart),
    Noon,
    Midnight,
    Overnight,
    Tonight,
    /// A day counted from the document's: `yesterday` is -1.
    DayStep(i8),
    Cardinal(u32),
    Tens(u32),
    Hundred,
    Thousand,
    Million,
    Dozen,
    Ordinal(u8),
    Half,
    /// `nineties`.
    DecadeName(u16),
    /// An adverb of repetition: `weekly`.
    Periodic(Unit),
    Several,
    Few,
    Couple,
    A,
    The,
    This,
    That,
    Last,
    Next,
    Past,
    Coming,
    Previous,
    Following,
    Same,
    Current,
    Latest,
    Recent,
    Future,
    Near,
    Every,
    Ago,
    Later,
    Earlier,
    After,
    Before,
    From,
    /// `ahead`, `to come`.
    Ahead,
    /// `early`, `mid`, `late`, `beginning`, ...: which part of a period.
    Part(TimexMod),
    /// `about`, `nearly`, `over`, ...: how a quantity is meant.
    Approx(TimexMod),
    More,
    Less,
    Than,
    Least,
    Most,
    No,
    Of,
    In,
    On,
    At,
    To,
    And,
    Or,
    Up,
    By,
    /// `since`, `until`, `during`, `through`: only a time or a clause can follow.
    Since,
    Until,
    During,
    Another,
    /// `additional`, `consecutive`, `trading`, ...: may stand between a number and its unit.
    Filler,
    First,
    Once,
    Times,
    Per,
    Fiscal,
    Old,
    /// `period`: what was last named.
    Span,
    /// `ended`, `ending`.
    Ended,
    Term,
    Short,
    Present,
    Zone,
    Now,
    Reference(Reference),
    Soon,
    Right,
    /// Words after which a number or a name is no time: `miles`, `percent`.
    Measure,
    /// A modal that speaks of what is to come.
    Will,
    /// A modal that leaves open when: `may`, `could`; `would` is what reported speech makes of `will`.
    Modal,
    /// A word after which an infinitive speaks of what is to come: `plans`, `expected`, `due`.
    Prospect,
    /// A verb whose present speaks of a fixed time to come: "ends in May".
    Scheduled,
    /// A past verb that makes an infinitive after it speak of what is to come: "agreed to meet".
    Pledge,
    /// A verb of saying in the past.
    Said,
    /// Another finite verb of the past that its ending does not show.
    PastVerb,
    /// `is`, `are`.
    Be,
    /// `has`, `have`.
    Have,
    /// A clause begins: `that`, `which`, `when` ...
    Clause,
    /// The first word of a holiday's name.
    HolidayName,
    /// A title or a name before which `May` and its like are people.
    Name,
}

/// The longest key; longer words are in no table.
const LONGEST: usize = 16;

/// Words are their own keys: up to sixteen bytes in one number.
fn key(word: &[u8]) -> Option<u128> {
    if word.len() > LONGEST {
        return None;
    }
    let mut bytes = [0u8; LONGEST];
    for (to, from) in bytes.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    Some(u128::from_le_bytes(bytes))
}

/// What the word can do; a word that is not in the table is [`Word::Other`].
pub(crate) fn look_up(word: &[u8]) -> Word {
    key(word).and_then(|key| TABLE.get(&key)).copied().unwrap_or(Word::Other)
}

/// Mixes a key by multiplication. The table's keys are the words below, so nobody can choose colliding ones.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn write_u128(&mut self, key: u128) {
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        let mixed = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

type Table = HashMap<u128, Word, BuildHasherDefault<KeyHasher>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let mut add = |spelling: &str, word: Word| {
        table.insert(key(spelling.as_bytes()).expect("the words of the table are short"), word);
    };
    for (list, word_at) in NUMBERED {
        for (index, spellings) in list.split_whitespace().enumerate() {
            spellings.split('/').for_each(|spelling| add(spelling, word_at(index)));
        }
    }
    for (spellings, word) in WORDS {
        spellings.split_whitespace().for_each(|spelling| add(spelling, *word));
    }
    table
});

/// Lists in which the place of a word is its number, with other spellings after a slash; a dash fills a place.
type Numbered = (&'static str, fn(usize) -> Word);

const NUMBERED: [Numbered; 9] = [
    ("january february march april may june july august september october november december", |i| {
        Word::Month(i as i8 + 1)
    }),
    ("jan feb mar apr - jun jul aug sept/sep oct nov dec", |i| Word::ShortMonth(i as i8 + 1)),
    ("monday tuesday wednesday thursday friday saturday sunday", |i| Word::Weekday(i as i8 + 1)),
    ("mon tue/tues wed thu/thur/thurs fri sat sun", |i| Word::ShortWeekday(i as i8 + 1)),
    ("mondays tuesdays wednesdays thursdays fridays saturdays sundays", |i| Word::Weekdays(i as i8 + 1)),
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
         seventeen eighteen nineteen",
        |i| Word::Cardinal(i as u32),
    ),
    ("- - twenty thirty forty/fourty fifty sixty seventy eighty ninety", |i| Word::Tens(i as u32 * 10)),
    ("- - twenties thirties forties fifties sixties seventies eighties nineties", |i| Word::DecadeName(i as u16 * 10)),
    (
        "- - second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
         fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        |i| Word::Ordinal(i as u8),
    ),
];

const WORDS: &[(&str, Word)] = &[
    ("-", Word::Other),
    ("seconds", Word::Units(Unit::Second)),
    ("minute", Word::Unit(Unit::Minute)),
    ("minutes", Word::Units(Unit::Minute)),
    ("hour", Word::Unit(Unit::Hour)),
    ("hours", Word::Units(Unit::Hour)),
    ("day", Word::Unit(Unit::Day)),
    ("days", Word::Units(Unit::Day)),
    ("week", Word::Unit(Unit::Week)),
    ("weeks", Word::Units(Unit::Week)),
    ("weekend", Word::Unit(Unit::Weekend)),
    ("weekends", Word::Units(Unit::Weekend)),
    ("month", Word::Unit(Unit::Month)),
    ("months", Word::Units(Unit::Month)),
    ("quarter", Word::Unit(Unit::Quarter)),
    ("quarters", Word::Units(Unit::Quarter)),
    ("year", Word::Unit(Unit::Year)),
    ("years", Word::Units(Unit::Year)),
    ("decade", Word::Unit(Unit::Decade)),
    ("decades", Word::Units(Unit::Decade)),
    ("century", Word::Unit(Unit::Century)),
    ("centuries", Word::Units(Unit::Century)),
    ("fortnight", Word::Fortnight),
    ("spring", Word::Season(Season::Spring)),
    ("springs", Word::Seasons(Season::Spring)),
    ("summer summertime", Word::Season(Season::Summer)),
    ("summers", Word::Seasons(Season::Summer)),
    ("fall autumn", Word::Season(Season::Fall)),
    ("autumns", Word::Seasons(Season::Fall)),
    ("winter wintertime", Word::Season(Season::Winter)),
    ("winters", Word::Seasons(Season::Winter)),
    ("morning", Word::DayPart(DayPart::Morning)),
    ("mornings", Word::DayParts(DayPart::Morning)),
    ("afternoon", Word::DayPart(DayPart::Afternoon)),
    ("afternoons", Word::DayParts(DayPart::Afternoon)),
    ("evening", Word::DayPart(DayPart::Evening)),
    ("evenings", Word::DayParts(DayPart::Evening)),
    ("night", Word::DayPart(DayPart::Night)),
    ("nights", Word::DayParts(DayPart::Night)),
    ("noon midday noontime", Word::Noon),
    ("midnight", Word::Midnight),
    ("overnight", Word::Overnight),
    ("tonight", Word::Tonight),
    ("today", Word::DayStep(0)),
    ("yesterday", Word::DayStep(-1)),
    ("tomorrow", Word::DayStep(1)),
    ("am", Word::AmPm(false)),
    ("pm", Word::AmPm(true)),
    ("hundred", Word::Hundred),
    ("thousand", Word::Thousand),
    ("million billion", Word::Million),
    ("dozen", Word::Dozen),
    ("first initial opening", Word::First),
    ("half", Word::Half),
    ("daily", Word::Periodic(Unit::Day)),
    ("weekly", Word::Periodic(Unit::Week)),
    ("monthly", Word::Periodic(Unit::Month)),
    ("quarterly", Word::Periodic(Unit::Quarter)),
    ("yearly annually", Word::Periodic(Unit::Year)),
    ("hourly", Word::Periodic(Unit::Hour)),
    ("several many numerous dozens hundreds thousands millions", Word::Several),
    ("few", Word::Few),
    ("couple", Word::Couple),
    ("a an", Word::A),
    ("the", Word::The),
    ("this these", Word::This),
    ("that those", Word::That),
    ("last", Word::Last),
    ("next", Word::Next),
    ("past", Word::Past),
    ("coming upcoming forthcoming", Word::Coming),
    ("previous preceding prior", Word::Previous),
    ("following ensuing subsequent", Word::Following),
    ("same", Word::Same),
    ("current", Word::Current),
    ("latest", Word::Latest),
    ("recent", Word::Recent),
    ("future", Word::Future),
    ("near", Word::Near),
    ("every each", Word::Every),
    ("ago", Word::Ago),
    ("later afterward afterwards", Word::Later),
    ("earlier previously beforehand", Word::Earlier),
    ("after", Word::After),
    ("before", Word::Before),
    ("from", Word::From),
    ("ahead", Word::Ahead),
    ("early beginning start onset", Word::Part(TimexMod::Start)),
    ("mid middle midst", Word::Part(TimexMod::Mid)),
    ("late end", Word::Part(TimexMod::End)),
    ("about around approximately roughly some nearly almost", Word::Approx(TimexMod::Approx)),
    ("over exceeding", Word::Approx(TimexMod::MoreThan)),
    ("under", Word::Approx(TimexMod::LessThan)),
    ("more longer", Word::More),
    ("less fewer", Word::Less),
    ("than", Word::Than),
    ("least", Word::Least),
    ("most", Word::Most),
    ("no not", Word::No),
    ("of", Word::Of),
    ("in within", Word::In),
    ("on", Word::On),
    ("at", Word::At),
    ("to", Word::To),
    ("and", Word::And),
    ("or", Word::Or),
    ("up", Word::Up),
    ("by", Word::By),
    ("since", Word::Since),
    ("until till through", Word::Until),
    ("during throughout between", Word::During),
    ("another", Word::Another),
    (
        "additional extra consecutive straight successive trading business working calendar solid full whole entire \
         remaining school shopping",
        Word::Filler,
    ),
    ("once twice", Word::Once),
    ("times time", Word::Times),
    ("per", Word::Per),
    ("fiscal financial", Word::Fiscal),
    ("old", Word::Old),
    ("period", Word::Span),
    ("ended ending", Word::Ended),
    ("ends begins starts opens closes expires resumes", Word::Scheduled),
    ("term", Word::Term),
    ("short", Word::Short),
    ("present", Word::Present),
    ("est edt cst cdt mst mdt pst pdt et gmt utc bst cet cest ist jst hkt", Word::Zone),
    ("now currently presently nowadays", Word::Now),
    ("recently lately", Word::Reference(Reference::Past)),
    ("soon", Word::Soon),
    ("right", Word::Right),
    (
        "percent pct miles mile kilometers kilometres km meters metres feet foot inches pounds tons tonnes barrels \
         people persons men women children students workers employees members soldiers troops points shares votes \
         acres dollars cents euros degrees mph kph hectares residents homes jobs seats units copies households \
         refugees protesters police officers victims deaths cases pages words cars vehicles",
        Word::Measure,
    ),
    ("will shall ll", Word::Will),
    ("might can could would should must", Word::Modal),
    (
        "plan plans planned planning expect expects expected expecting schedule scheduled schedules due intend \
         intends intended intending hope hopes hoping want wants vow vows promise promises threaten threatens prepare \
         prepares preparing set slated likely unlikely poised supposed ready aim aims aimed going looming pending payable effective pledge \
         pledges seek seeks",
        Word::Prospect,
    ),
    (
        "agreed hoped wanted vowed promised threatened prepared proposed pledged decided invited offered urged asked \
         ordered",
        Word::Pledge,
    ),
    ("said told added announced reported", Word::Said),
    (
        "was were had did went came saw took made gave got found began became left kept held led met ran spoke rose \
         fell sent won lost paid bought sold stood struck broke cut hit shot put wrote heard felt fled flew drew grew \
         knew thought brought caught taught built spent sought fought threw wore chose spread sank swept",
        Word::PastVerb,
    ),
    ("is are", Word::Be),
    ("has have", Word::Have),
    ("which who when where while whom because although though if but whether as", Word::Clause),
    (
        "new martin groundhog valentine presidents st ash palm good easter mother memorial father juneteenth \
         independence bastille labor labour columbus halloween election veterans armistice remembrance thanksgiving \
         christmas boxing",
        Word::HolidayName,
    ),
    ("mr mrs ms miss dr sir lord lady minister president senator judge sen rep gov gen", Word::Name),
];
