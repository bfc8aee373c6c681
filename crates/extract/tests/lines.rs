//! What each line of a page is. Pages are invented; each line bears its kind before it: `T` title, `B` body, `Y` byline,
//! `D` date, `A` agency, `X` boilerplate.

use wirecopy_extract::extract;
use wirecopy_model::{LineKind, Page};

fn letter(kind: LineKind) -> char {
    match kind {
        LineKind::Title => 'T',
        LineKind::Body => 'B',
        LineKind::Byline => 'Y',
        LineKind::Date => 'D',
        LineKind::Agency => 'A',
        LineKind::Boilerplate => 'X',
    }
}

/// Takes the marks off the page, extracts it and puts the found kinds in their place.
fn check(marked: &str) {
    let marked: Vec<&str> = marked.lines().map(str::trim_start).collect();
    let text: Vec<&str> = marked.iter().map(|line| line.get(2..).unwrap_or("")).collect();
    let article = extract(&Page::of_text("page", text.join("\n")));
    let mut found: Vec<String> = text.iter().map(|line| (*line).to_owned()).collect();
    for line in &article.lines {
        found[line.line - 1] = format!("{} {}", letter(line.kind), text[line.line - 1]);
        assert!(!line.why.is_empty(), "no reason: {line:?}");
    }
    assert_eq!(found.join("\n"), marked.join("\n"), "\n{:#?}", article.lines);
}

#[test]
fn a_theme_around_an_article() {
    check(
        "X Home News World
         X Breaking News

         T Lake ministers agree to reopen the northern sluice
         Y By Ada Example
         D April 13, 2031 6:30 pm
         X Share on Facebook
         X Tweet

         B The ministers of both shores agreed on Monday to reopen the northern sluice, ending a dispute of eleven years.
         X See also  Ferry fares to rise again in spring
         B “We have waited long enough for this day,” said the minister of the eastern shore, Olga Sample.
         X Advertisement
         B The sluice was closed after a flood that took forty houses.
         B What comes next
         B Engineers will begin with the gates in May, the ministry said.
         X Read more: Who owns the water of the lake?
         B The work is to cost 14 million crowns.

         X Source link
         X Related Articles
         X Ferry fares to rise again in spring
         X Mayor of Lakeport resigns after vote
         X Leave a Reply
         X Your email address will not be published. Required fields are marked *
         X Name *
         X Email *
         X © 2031 Lakeport Herald. All rights reserved.",
    );
}

#[test]
fn a_page_clock_a_portrait_and_a_card() {
    check(
        "D Tuesday, March 9, 2032
         X Must read
         T Two ferries collide in fog off Lakeport
         Y Ben Sample
         Y Ben Sample
         X Lifelong coffee lover. Proud reader. Music geek. Wannabe explorer.
         B (Lakeport) Two ferries collided in thick fog off Lakeport on Monday, and four people were hurt, the harbour office said.
         A Reuters
         B Both ships came in under their own power, and their passengers were taken to a school.
         X Latest article
         X Most Popular",
    );
}

#[test]
fn boxes_between_paragraphs() {
    check(
        "T Why the lake is rising
         B The lake has risen by a hand since March, and nobody who lives on its shores has seen it higher.
         X Sign up for our newsletter
         X Get the day's top stories delivered to your inbox. You can unsubscribe at any time.
         B Snow lay late in the hills this year, and it melted in a week, say those who measure it.
         X We use cookies to improve your experience. By continuing to use this site you consent to our cookie policy.
         X Photo: Ben Sample/Getty Images
         B “It is the snow, and nothing but the snow,” said Ida Muster, who reads the gauges.
         X Follow us on Facebook, Twitter and Instagram
         B The council meets on Friday.
         X Download our app
         X Tags: lake, snow, water
         X 12 Comments",
    );
}

#[test]
fn an_agency_report_with_its_signatures() {
    check(
        "T Lakeport port workers end strike
         B LAKEPORT, May 3 (Reuters) - Port workers in Lakeport ended a strike of nine days on Monday, their union said.
         B The union had asked for a raise of six percent.
         Y (Reporting by Ada Example in Lakeport and Ben Sample in Hillview; Editing by Olga Muster)
         X This story has been published from a wire agency feed without modifications to the text.",
    );
}

#[test]
fn other_languages() {
    check(
        "X Startseite
         T Minister einigen sich über das Nordwehr
         Y Von Ada Beispiel
         D 13. April 2031, 18:30 Uhr
         B Die Minister beider Ufer haben sich am Montag darauf geeinigt, das Nordwehr nach elf Jahren wieder zu öffnen.
         X Lesen Sie auch: Fährpreise steigen im Frühjahr
         B Das Wehr war nach einer Flut geschlossen worden, die vierzig Häuser mitgerissen hatte.
         X Das könnte Sie auch interessieren
         X Alle Rechte vorbehalten",
    );
    check(
        "X Accueil
         T Les ministres s’accordent sur le barrage du nord
         Y Par Ada Exemple
         D Publié le 13 avril 2031 à 18h30
         B Les ministres des deux rives se sont mis d’accord lundi pour rouvrir le barrage du nord, fermé depuis onze ans.
         X Lire aussi : Le prix du bac augmentera au printemps
         B Le barrage avait été fermé après une crue qui avait emporté quarante maisons.
         X Sur le même sujet
         X Laisser un commentaire",
    );
    check(
        "X Главная
         T Министры договорились открыть северный шлюз
         D 13 апреля 2031, 18:30
         B Министры обоих берегов договорились в понедельник открыть северный шлюз, который был закрыт одиннадцать лет.
         X Читайте также: Цены на паром вырастут весной
         B Шлюз закрыли после наводнения, которое унесло сорок домов на северном берегу.
         X Подписывайтесь на наш канал
         X Комментарии",
    );
    check(
        "X Inicio
         T Los ministros acuerdan reabrir la esclusa del norte
         Y Por Ada Ejemplo
         D 13 de abril de 2031
         B Los ministros de ambas orillas acordaron el lunes reabrir la esclusa del norte, cerrada desde hace once años.
         X Lea también: Sube el precio del transbordador
         B La esclusa se cerró después de una crecida que se llevó cuarenta casas.
         X Noticias relacionadas
         X Deja un comentario",
    );
}

#[test]
fn what_looks_like_clutter_and_is_text() {
    check(
        "T A change of terms
         B The company changed its privacy policy on Monday and asked users to subscribe to a paid plan, it said in a newsletter.
         B Comments on the plan were mixed.
         B Discussion
         B “Read more, click less,” said Ida Muster, who teaches writing at the college of the town.
         B Photo shows were cancelled in three cities, and those who had paid by card got their money back within a week.
         B * * *
         B By Monday the plan was gone.",
    );
}

#[test]
fn pages_without_structure_keep_their_body() {
    check("B One line that is all of the page and does not even end");
    check("B Headline");
    check(
        "B Ferry fares to rise again in spring
         B Mayor of Lakeport resigns after vote
         B Two hurt as ferries collide in fog
         B Snow closes the northern road",
    );
    check(
        "B One paragraph only, which tells all that there is to tell about the sluice and its gates, and no more than that.",
    );
}

#[test]
fn hard_wrapped_text_is_read_by_paragraphs() {
    check(
        "T Lake ministers agree

         B The ministers of both shores agreed on Monday to reopen the
         B northern sluice, which had been closed for eleven years after
         B a flood took forty houses and two bridges along the eastern
         B shore and cut the road to the hills for most of a summer.

         B Engineers will begin with the gates in May, and the ministry
         B hopes that the first ships can pass before the snow comes to
         B the hills and the lake
         B freezes.

         X Source link",
    );
}

#[test]
fn markdown_is_read_as_text() {
    check(
        "T # Lake ministers agree to reopen sluice

         B The ministers of **both shores** agreed on Monday to reopen the [sluice](https://lake.example/sluice).

         B ## What comes next

         B * Engineers will begin with the gates in May, the ministry said on its page.

         X [Read more](https://lake.example/more)
         X ## Related Articles",
    );
}

#[test]
fn schedules_and_lists_are_text() {
    check(
        "T The ferries of the spring
         B The ferries of the lake will go by the following plan from the first of April on, the company said.
         B April 2 – Lakeport, north quay
         B April 9 – Hillview, old pier
         B April 16 – Sandend, castle
         B April 23 – Lakeport, south quay",
    );
}

#[test]
fn lists_stay_where_nothing_shows_a_site() {
    let page = |list: char, more: &str| {
        format!(
            "B The lake of Orrin lies between two ridges and has been fished since the bronze age.
             B It is 14 km long and drains to the south through the sluice of Velmer.
             B Economy
             B The towns on its shores live from eels, cheese and a ferry that runs all the year.
             {list} fishing rights
             {list} lower Velmer
             {list} Tarn valley
             {list} area 41 km2
             {list} depth
             {list} 38 m{more}"
        )
    };
    check(&page('B', ""));
    check(&page('X', "\n             X Sign up for our newsletter\n             X All rights reserved"));
}
