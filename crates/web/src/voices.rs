//! Who says what in a story, by speaker, and two sides beside each other.

use std::collections::BTreeSet;

use wirecopy::model::Medium;
use wirecopy::{Said, Sides, Topic, Voice, Voiced, Voices};

use crate::desk::Desk;
use crate::view::Ref;
use crate::words::{HEADLINE, clip, counted};

/// What a story's page shows of it.
pub(crate) struct VoicesView {
    pub speakers: Vec<VoiceView>,
    pub sides: Option<SidesView>,
    /// Whether only some articles were read.
    pub in_part: Option<String>,
    /// The names of all speakers, for the form.
    pub names: Vec<String>,
    /// Whether one speaker alone is shown.
    pub one: bool,
}

/// A speaker with what is told.
pub(crate) struct VoiceView {
    pub anchor: String,
    pub name: String,
    /// The speaker's page.
    pub href: Option<String>,
    pub count: String,
    pub said: Vec<Line>,
    pub more: usize,
}

/// A statement.
pub(crate) struct Line {
    /// Who says it, outermost first.
    pub chain: Vec<String>,
    pub verb: &'static str,
    pub text: String,
    pub link: Ref,
    pub accounts: Option<String>,
}

/// Two sides.
pub(crate) struct SidesView {
    pub names: [String; 2],
    /// What both speak of.
    pub both: Vec<[Vec<Line>; 2]>,
    /// What only one mentions.
    pub only: [Vec<Line>; 2],
    pub left_out: usize,
}

/// So many things that both speak of, and that only one does, are shown.
const MOST_BOTH: usize = 12;
const MOST_ONLY: usize = 10;
/// The longest wording that is shown whole.
const SENTENCE: usize = 400;

/// The voices of a story, of one speaker alone where one is named.
pub(crate) fn voices(desk: &Desk, voices: &Voices, speaker: Option<&str>) -> Option<VoicesView> {
    if voices.speakers.is_empty() {
        return None;
    }
    let all = desk.dossier.story.articles.len();
    let read = counted(voices.articles, "page", "pages");
    let shown = voices.speakers.iter().filter(|voice| speaker.is_none_or(|name| voice.speaker == name));
    Some(VoicesView {
        speakers: shown.map(|voice| voice_view(desk, voice)).collect(),
        sides: voices.sides.as_ref().filter(|_| speaker.is_none()).map(|sides| sides_view(desk, sides)),
        in_part: (voices.articles < all)
            .then(|| format!("As {read} tell it, those that tell something first before others.")),
        names: voices.speakers.iter().map(|voice| clip(&voice.speaker, HEADLINE)).collect(),
        one: speaker.is_some(),
    })
}

fn voice_view(desk: &Desk, voice: &Voice) -> VoiceView {
    let id = wirecopy::model::ContentId::of("speaker", [voice.speaker.as_str()]).to_string();
    VoiceView {
        anchor: format!("by-{}", &id[..12]),
        name: clip(&voice.speaker, HEADLINE),
        href: desk.names.site.speaker(&voice.speaker),
        count: counted(voice.count, "statement", "statements"),
        said: voice.said.iter().map(|voiced| cited(desk, voiced)).collect(),
        more: voice.count - voice.said.len(),
    }
}

fn cited(desk: &Desk, voiced: &Voiced) -> Line {
    let cited = &voiced.cited;
    let named = |name: &String| if name.is_empty() { "nobody named".to_owned() } else { clip(name, HEADLINE) };
    Line {
        chain: cited.chain.iter().map(named).collect(),
        verb: match (cited.negated, cited.medium) {
            (true, _) => "does not say:",
            (false, Medium::Speech) => "says:",
            (false, Medium::Writing) => "writes:",
            (false, Medium::Attitude) => "holds:",
        },
        text: clip(&cited.text, SENTENCE),
        link: Ref::to(desk.names, &cited.article).at(desk.sentence(&cited.article, cited.start)),
        accounts: (voiced.accounts > 1).then(|| counted(voiced.accounts, "account", "accounts")),
    }
}

fn sides_view(desk: &Desk, sides: &Sides) -> SidesView {
    let lines = |side: usize, said: &[Said]| {
        let mut known = BTreeSet::new();
        // Copies that are no copies word by word say the same in the same words.
        let new = said.iter().filter(|said| known.insert(said.words.to_lowercase()));
        new.map(|said| line(desk, said, &sides.names[side])).collect::<Vec<_>>()
    };
    let is_both = |topic: &&Topic| topic.said.iter().all(|said| !said.is_empty());
    let both: Vec<&Topic> = sides.topics.iter().filter(is_both).collect();
    let only = |side: usize| {
        let topics = sides.topics.iter().filter(|topic| topic.said[1 - side].is_empty());
        topics.flat_map(|topic| lines(side, &topic.said[side])).collect::<Vec<_>>()
    };
    let mut only = [only(0), only(1)];
    let hidden = both.len().saturating_sub(MOST_BOTH)
        + only.iter().map(|only| only.len().saturating_sub(MOST_ONLY)).sum::<usize>();
    only.iter_mut().for_each(|only| only.truncate(MOST_ONLY));
    let view = |topic: &&Topic| [lines(0, &topic.said[0]), lines(1, &topic.said[1])];
    SidesView {
        names: [0, 1].map(|side| clip(&sides.names[side].join(", "), HEADLINE)),
        both: both.iter().take(MOST_BOTH).map(view).collect(),
        only,
        left_out: hidden,
    }
}

/// A statement of a side; who of it says it stands there where the side is known by several names.
fn line(desk: &Desk, said: &Said, side: &[String]) -> Line {
    let alone = side.len() == 1 && side[0] == said.speaker;
    Line {
        chain: if alone { Vec::new() } else { vec![clip(&said.speaker, HEADLINE)] },
        verb: match (said.negated, alone) {
            (true, _) => "did not say:",
            (false, true) => "",
            (false, false) => "says:",
        },
        text: clip(&said.words, SENTENCE),
        link: Ref::to(desk.names, &said.article).at(desk.sentence(&said.article, said.start)),
        accounts: (said.accounts > 1).then(|| counted(said.accounts, "account", "accounts")),
    }
}
