//! Changes between two wordings, in several languages.

use wirecopy_copies::{Document, align_words, changes, copies, relate};
use wirecopy_model::{Article, ChangeKind, Direction, Relation, Span};
use wirecopy_text::Points;

/// A change with what stands in each text.
type Shown = (ChangeKind, &'static str, &'static str);

/// The kinds of the changes between two texts, with what stands in each.
fn check(a: &str, b: &str, expected: &[Shown]) {
    let (left, right) = (Document::of_text("a", a), Document::of_text("b", b));
    let pair = relate(&left, &right).unwrap_or_else(|| panic!("{a} / {b} are kin"));
    let (a, b) = (Points::new(a), Points::new(b));
    let found: Vec<(ChangeKind, &str, &str)> = changes(&left, &right, &pair)
        .iter()
        .map(|change| {
            (change.kind, change.a.map_or("", |piece| a.slice(piece)), change.b.map_or("", |piece| b.slice(piece)))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn kinds_of_changes() {
    let tail = "and the whole lower town was flooded before the fire brigade came, the mayor of Orrin told reporters.";
    let with = |head: &str| format!("{head} {tail}");
    let cases: [(&str, &str, &[Shown]); 9] = [
        ("The dam broke in 12 places", "The dam broke in 15 places", &[(ChangeKind::Number, "12", "15")]),
        ("The dam broke in five places", "The dam broke in 5 places", &[(ChangeKind::Spelling, "five", "5")]),
        ("The dam broke on Friday", "The dam broke on Monday", &[(ChangeKind::Date, "Friday", "Monday")]),
        ("The harbour dam broke", "The harbor dam broke", &[(ChangeKind::Spelling, "harbour", "harbor")]),
        ("The old dam broke", "The ancient dam broke", &[(ChangeKind::Synonym, "old", "ancient")]),
        ("The dam of Venn broke", "The dam of Hask broke", &[(ChangeKind::Name, "Venn", "Hask")]),
        ("The dam was repaired", "The dam was not repaired", &[(ChangeKind::Negation, "", "not")]),
        ("The big new dam broke", "The dam broke", &[(ChangeKind::Cut, "big new", "")]),
        ("The dam broke", "The Dam broke", &[(ChangeKind::Typography, "dam", "Dam")]),
    ];
    for (a, b, expected) in cases {
        check(&with(a), &with(b), expected);
    }
}

#[test]
fn moved_words_of_a_quotation() {
    let (a, b) = ("a relationship that is predictable and stable", "a stable relationship that is predictable");
    let steps = align_words(a, b);
    let moved = steps.iter().filter(|step| step.kind == Some(wirecopy_model::QuoteEditKind::Moved)).count();
    assert_eq!(moved, 1, "{steps:?}");
}

fn article(id: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: None,
        byline: None,
        agency: None,
        url: None,
        source: None,
        lang: None,
        text: text.to_owned(),
        kept: Span::whole(Points::new(text).whole()),
        published: None,
        lines: Vec::new(),
        extra: Default::default(),
    }
}

/// A report, a rewriting of it, and another report that shares only a quotation: how they are kin, that the rewriting
/// is the copy, and what it changed: a day, the form of a number, a word of the quotation.
fn check_language(report: &str, rewritten: &str, other: &str, changed: [&str; 3]) {
    let articles = [article("copy", rewritten), article("other", other), article("report", report)];
    let found: Vec<(String, String, bool)> = copies(&articles, true)
        .iter()
        .map(|edge| (edge.a.to_string(), edge.b.to_string(), edge.relation == Relation::SharedQuote))
        .collect();
    let pair = |a: &str, b: &str, kin| (a.to_owned(), b.to_owned(), kin);
    assert!(found.contains(&pair("copy", "report", false)), "{found:?}");
    assert!(found.contains(&pair("other", "report", true)), "{found:?}");

    let edges = copies(&articles, true);
    let edge = edges.iter().find(|edge| edge.a.as_str() == "copy" && edge.b.as_str() == "report").expect("a pair");
    let points = Points::new(report);
    let kinds = [(ChangeKind::Date, false), (ChangeKind::Spelling, false), (ChangeKind::Synonym, true)];
    for ((kind, in_quote), word) in kinds.into_iter().zip(changed) {
        let of_kind = edge.changes.iter().flatten().filter(|change| change.kind == kind && change.in_quote == in_quote);
        let words: Vec<&str> = of_kind.filter_map(|change| Some(points.slice(change.b?))).collect();
        assert!(words.iter().any(|words| words.contains(word)), "{kind:?} {word}: {:#?}", edge.changes);
    }
    assert!(edge.evidence.iter().any(|evidence| evidence.kind == "third-witness"), "{:#?}", edge.evidence);
    assert_ne!(edge.direction, Direction::AToB);
}

#[test]
fn french() {
    check_language(
        "Le gouvernement d'Orrin a annoncé lundi la fermeture du barrage supérieur pour cinq ans. « Nous défendrons avec fermeté la rivière, le lac et tous les habitants qui vivent depuis toujours sur leurs rives fragiles », a déclaré la ministre Orla Venn. Douze maisons ont été détruites en mars dans la ville basse.",
        "Le gouvernement d'Orrin a annoncé mardi la fermeture du barrage supérieur pendant 5 ans. « Nous défendrons avec vigueur la rivière, le lac et tous les habitants qui vivent depuis toujours sur leurs rives fragiles », a affirmé la ministre Orla Venn. Douze logements ont été détruits en mars dans la ville basse.",
        "Après une nuit de négociations à Velmer, deux voisins rivaux renoncent à leur vieux réservoir. Orla Venn a promis : « Nous défendrons avec fermeté la rivière, le lac et tous les habitants qui vivent depuis toujours sur leurs rives fragiles ». Les pêcheurs d'anguilles redoutent une saison perdue et demandent des aides.",
        ["lundi", "cinq", "fermeté"],
    );
}

#[test]
fn german() {
    check_language(
        "Die Regierung von Orrin kündigte am Montag an, den oberen Damm für fünf Jahre zu schließen. „Wir werden den Fluss, den See und alle Menschen, die seit jeher an seinen gefährdeten Ufern leben, entschlossen schützen“, sagte Ministerin Orla Venn. Zwölf Häuser der unteren Stadt wurden im März zerstört.",
        "Die Regierung von Orrin teilte am Dienstag mit, den oberen Damm für 5 Jahre zu schließen. „Wir werden den Fluss, den See und alle Menschen, die seit jeher an seinen gefährdeten Ufern leben, energisch schützen“, erklärte Ministerin Orla Venn. Zwölf Gebäude der unteren Stadt wurden im März zerstört.",
        "Nach langen Verhandlungen in Velmer geben zwei alte Nachbarn ihr marodes Bauwerk auf. Orla Venn versprach: „Wir werden den Fluss, den See und alle Menschen, die seit jeher an seinen gefährdeten Ufern leben, entschlossen schützen“, sagte sie. Die Fischer fürchten um die Aale und verlangen Geld.",
        ["Montag", "fünf", "entschlossen"],
    );
}

#[test]
fn spanish() {
    check_language(
        "El gobierno de Orrin anunció el lunes el cierre de la presa superior durante cinco años. «Defenderemos con firmeza el río, el lago y a todas las familias que viven desde siempre en sus orillas amenazadas», dijo la ministra Orla Venn. Doce casas de la ciudad baja quedaron destruidas en marzo.",
        "El gobierno de Orrin anunció el martes el cierre de la presa superior por 5 años. «Defenderemos con fuerza el río, el lago y a todas las familias que viven desde siempre en sus orillas amenazadas», afirmó la ministra Orla Venn. Doce viviendas de la ciudad baja quedaron destruidas en marzo.",
        "Tras una noche de negociaciones en Velmer, dos vecinos enfrentados renuncian a un embalse viejo. Orla Venn dijo: «Defenderemos con firmeza el río, el lago y a todas las familias que viven desde siempre en sus orillas amenazadas». Los pescadores de anguilas temen perder la temporada y piden ayudas.",
        ["lunes", "cinco", "firmeza"],
    );
}

#[test]
fn russian() {
    check_language(
        "Правительство Оррина объявило в понедельник о закрытии верхней плотины на пять лет. «Мы будем твёрдо защищать реку, озеро и всех людей, которые издавна живут на его опасных размытых берегах», сказала министр Орла Венн. Двенадцать домов нижнего города были разрушены весной.",
        "Правительство Оррина объявило во вторник о закрытии верхней плотины на 5 лет. «Мы будем решительно защищать реку, озеро и всех людей, которые издавна живут на его опасных размытых берегах», заявила министр Орла Венн. Двенадцать зданий нижнего города были разрушены весной.",
        "После долгих переговоров в Велмере старые соседи отказываются от ветхого водохранилища. Орла Венн сказала: «Мы будем твёрдо защищать реку, озеро и всех людей, которые издавна живут на его опасных размытых берегах». Рыбаки боятся потерять угря и требуют денег.",
        ["понедельник", "пять", "твёрдо"],
    );
}
