//! What is found in texts: chains, quotations, speakers. All texts are invented.

mod common;

use common::{With, read, show};
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&show(text, &read(text, With::Model)));
}

#[test]
fn chains_of_any_depth() {
    check(
        "The mayor of Lindholm, Greta Osterman, told reporters that she had been informed by the police that two suspects had confessed.",
        expect![[r#"
            The mayor of Lindholm, Greta Osterman, <told> =Greta Osterman: that she had been informed by the police that two suspects had confessed
            The mayor of Lindholm, Greta Osterman, <told> =Greta Osterman | the police <had been informed>: that two suspects had confessed
        "#]],
    );
    check(
        "President Lena Vos said she wants to resign, her spokesman Dirk Maas announced on Monday.",
        expect![[r#"
            her spokesman Dirk Maas <announced> =Dirk Maas | President Lena Vos <said> =Lena Vos: she wants to resign
            her spokesman Dirk Maas <announced> =Dirk Maas | President Lena Vos <said> =Lena Vos | she <wants> =Lena Vos: to resign
            her spokesman Dirk Maas <announced> =Dirk Maas: President Lena Vos said she wants to resign
        "#]],
    );
    check(
        "Reuters news agency quoted a source close to the talks as saying the two sides had agreed that a ceasefire was needed.",
        expect![[r#"
            Reuters news agency <quoted> =Reuters news agency: a source close to the talks as saying the two sides had agreed that a ceasefire was needed
            Reuters news agency <quoted> =Reuters news agency | a source close to the talks <saying>: the two sides had agreed that a ceasefire was needed
            Reuters news agency <quoted> =Reuters news agency | a source close to the talks <saying> | the two sides <had agreed>: that a ceasefire was needed
        "#]],
    );
    check(
        "Mrs Lindgren said her son told her that the teacher had said that he would fail.",
        expect![[r#"
            Mrs Lindgren <said> =Lindgren: her son told her that the teacher had said that he would fail
            Mrs Lindgren <said> =Lindgren | her son <told>: that the teacher had said that he would fail
            Mrs Lindgren <said> =Lindgren | her son <told> | the teacher <had said>: that he would fail
        "#]],
    );
}

#[test]
fn quotations_and_what_stands_around_them() {
    check(
        "“Every time it rains,” Fenwick said, pointing at the old dam, “you give the lake to the people who want it sold.”",
        expect![[r#"
            *Fenwick <said> =Fenwick: “Every time it rains,” … “you give the lake to the people who want it sold.”
            ~Fenwick <pointing at> =Fenwick: the old dam, “you give the lake to the people who want it sold.”
            Fenwick <pointing at> =Fenwick | who <want>: it sold
        "#]],
    );
    check(
        "“You ready?” she said, but the ferry was leaving and the pilot spoke of “storms”.",
        expect![[r#"
        *she <said>: “You ready?”
    "#]],
    );
    check(
        "“This is a large year for our harbour!” Fenwick’s niece, pilot Orla \"Gull\" Price, shouted to the crowd.",
        expect![[r#"
            *Fenwick’s niece, pilot Orla "Gull" Price <shouted>: “This is a large year for our harbour!”
        "#]],
    );
    check(
        "“This is not right,” Fenwick said. “You pressed the pilots to the breaking point” to raise the tolls, she added.",
        expect![[r#"
            *Fenwick <said> =Fenwick: “This is not right,”
            she <added> =Fenwick | You <pressed>: the pilots
            ~she <added> =Fenwick: “You pressed the pilots to the breaking point” to raise the tolls
        "#]],
    );
    check(
        "She praised the pilots because to her, “there is nothing more useful to a harbour than a good map.”",
        expect![[r#"
            ~She <praised>: the pilots because to her, “there is nothing more useful to a harbour than a good map.”
        "#]],
    );
}

#[test]
fn what_is_cited_says_the_same() {
    check(
        "The Orlen Gazette reported, citing court papers, that the judge had asked the mayor whether he knew of the payments.",
        expect![[r#"
            The Orlen Gazette <reported> =Orlen Gazette: that the judge had asked the mayor whether he knew of the payments
            The Orlen Gazette <reported> =Orlen Gazette | court papers <citing>: that the judge had asked the mayor whether he knew of the payments
            The Orlen Gazette <reported> =Orlen Gazette | court papers <citing> | the judge <had asked>: whether he knew of the payments
        "#]],
    );
    check(
        "The Kremlin denied reports that Russia had moved troops to the border, Interfax said, citing spokesman Dmitry Orlov.",
        expect![[r#"
            Interfax <said> =Interfax | spokesman Dmitry Orlov <citing> =Dmitry Orlov | The Kremlin <denied> =Kremlin: reports that Russia had moved troops to the border
            Interfax <said> =Interfax | spokesman Dmitry Orlov <citing> =Dmitry Orlov | The Kremlin <denied> =Kremlin |  <reports>: that Russia had moved troops to the border
            Interfax <said> =Interfax: The Kremlin denied reports that Russia had moved troops to the border
            Interfax <said> =Interfax | spokesman Dmitry Orlov <citing> =Dmitry Orlov: The Kremlin denied reports that Russia had moved troops to the border
        "#]],
    );
    check(
        "The WHO, citing data from local clinics, estimates that 300 people are ill.",
        expect![[r#"
            The WHO <estimates> =WHO | data from local clinics <citing>: that 300 people are ill
            The WHO <estimates> =WHO: that 300 people are ill
        "#]],
    );
}

#[test]
fn according_to_and_as() {
    check(
        "According to a report by the Northgate Institute, officials believed that the tunnel was safe.",
        expect![[r#"
            a report by the Northgate Institute <According to>: officials believed that the tunnel was safe
            a report by the Northgate Institute <According to> | officials <believed>: that the tunnel was safe
        "#]],
    );
    check(
        "As the foreign minister put it, “we are walking on eggs”.",
        expect![[r#"
            *the foreign minister <put it>: “we are walking on eggs”
        "#]],
    );
    check(
        "Hundreds died, the Tarnian Red Cross estimates. The government in Tarn disputes the figure.",
        expect![[r#"
            the Tarnian Red Cross <estimates> =Tarnian Red Cross: Hundreds died
            The government in Tarn <disputes>: the figure
        "#]],
    );
}

#[test]
fn quotations() {
    check(
        "“It is a disaster,” Anna Brandt, a baker, told the Daily Lantern. “My sister said the river would rise and nobody listened.”",
        expect![[r#"
            *Anna Brandt, a baker, <told> =Anna Brandt: “It is a disaster,” … “My sister said the river would rise and nobody listened.”
            Anna Brandt, a baker, <told> =Anna Brandt | My sister <said>: the river would rise and nobody listened
        "#]],
    );
    check(
        "“When I called him, he said, ‘Leave me alone,’” the widow, Mira Sand, recalled.",
        expect![[r#"
            *the widow, Mira Sand, <recalled> =Mira Sand | he <said>: ‘Leave me alone,’
            *the widow, Mira Sand, <recalled> =Mira Sand: “When I called him, he said, ‘Leave me alone,’”
        "#]],
    );
    check(
        "“The first thing I saw was smoke,” said farmer Piet Holl.\n\n“Then my wife shouted that the barn was on fire.\n\n“We ran.”",
        expect![[r#"
            *farmer Piet Holl <said> =Piet Holl: “The first thing I saw was smoke,” … “Then my wife shouted that the barn was on fire.

            “We ran.”
            farmer Piet Holl <said> =Piet Holl | my wife <shouted>: that the barn was on fire
        "#]],
    );
    check(
        "The mayor has a new message: “It is over.”",
        expect![[r#"
            *The mayor <has a new message:>: “It is over.”
        "#]],
    );
    check(
        "One resident, Ole Lund, 64, said he heard a bang. “Then everything went dark,” he said.",
        expect![[r#"
            One resident, Ole Lund, 64, <said> =Ole Lund: he heard a bang
            *he <said> =Ole Lund: “Then everything went dark,”
        "#]],
    );
}

#[test]
fn layout() {
    check(
        "‘They told us to run’: survivors of the Orlen fire speak out",
        expect![[r#"
            survivors <> | They <told>: us to run
            *survivors <>: ‘They told us to run’
        "#]],
    );
    check(
        "What readers think\n“I would not live there.” – Ida Falk\n“I would.” – Jon Marsh",
        expect![[r#"
            *Ida Falk <> =Ida Falk: “I would not live there.”
            *Jon Marsh <> =Jon Marsh: “I would.”
        "#]],
    );
    check(
        "The interview\nORR: Were you warned?\nVALE: Nobody told me anything.",
        expect![[r#"
            ORR <> =ORR: Were you warned?
            VALE <> =VALE: Nobody told me anything.
        "#]],
    );
}

#[test]
fn words_in_marks_that_nobody_says() {
    check("The film “Silent Harbour” opens on Friday. Its director, known as “the Fox”, is 81.", expect![[""]]);
    check(
        "The so-called “iron lady” of Brenn bought a “cheap” house in a street nicknamed the “Golden Mile”.",
        expect![""],
    );
}

#[test]
fn what_was_not_said() {
    check(
        "The airline has not said when flights will resume. Its owner, Rolf Kern, declined to comment.",
        expect![[r#"
            not The airline <has not said>: when flights will resume
            not Its owner, Rolf Kern, <declined> =Rolf Kern: to comment
        "#]],
    );
    check(
        "Neither the bank nor its auditor responded to requests for comment.",
        expect![[r#"
            not Neither the bank nor its auditor <responded to>: requests for comment
        "#]],
    );
    check(
        "The prime minister refused to say whether he would stand again.",
        expect![[r#"
            not The prime minister <refused to say>: whether he would stand again
        "#]],
    );
    check(
        "Police would neither confirm nor deny that a man had been arrested.",
        expect![[r#"
            not Police <deny>: that a man had been arrested
        "#]],
    );
    check(
        "The council gave no indication of when the bridge would open.",
        expect![[r#"
            not The council <gave no indication>: of when the bridge would open
        "#]],
    );
}

#[test]
fn inserted_clauses() {
    check(
        "Judge Clara Weil met the lawyer Otto Sand on Friday. He had warned her, she said later, that the trial would end.",
        expect![[r#"
            she <said later,> =Clara Weil | He <had warned> =Otto Sand: that the trial would end
            she <said later,> =Clara Weil: He had warned her, … that the trial would end
        "#]],
    );
    check(
        "The chancellor thinks, aides say, that her rival will lose.",
        expect![[r#"
            aides <say> | The chancellor <thinks>: that her rival will lose
            aides <say>: The chancellor thinks … that her rival will lose
        "#]],
    );
    check(
        "The dam will hold, the engineer, Ina Orr, told villagers.",
        expect![[r#"
            the engineer, Ina Orr, <told> =Ina Orr: The dam will hold
        "#]],
    );
}

/// Capitals alone make no name: some of a group, a kind of person, forms of address, the words of a headline.
#[test]
fn what_is_no_name() {
    let names = |text: &str| -> Vec<Option<String>> {
        read(text, With::Model).iter().map(|claim| claim.chain[0].speaker.clone()).collect()
    };
    for (text, expected) in [
        ("The bill failed. Some Progressives said that the count was wrong.", None),
        ("On Monday, mainstream Progressives said that the count was wrong.", None),
        ("Your Honor said that the count was wrong.", None),
        ("Aides said that the count was wrong.", None),
        ("The Harbour Department said that the count was wrong.", Some("Harbour Department")),
        ("The State Department said that the count was wrong.", Some("State Department")),
        (
            "The Lindholm County Coroner's Office said that the man had drowned.",
            Some("Lindholm County Coroner's Office"),
        ),
    ] {
        assert_eq!(names(text), [expected.map(str::to_owned)], "{text}");
    }
}

#[test]
fn speakers() {
    check(
        "Prime Minister Ida Falk met President Vladimir Sorin of Tarnia. The Tarnian leader told Falk that he wants peace. Falk said the president had made clear that troops would stay.",
        expect![[r#"
            The Tarnian leader <told> =Vladimir Sorin: that he wants peace
            The Tarnian leader <told> =Vladimir Sorin | he <wants> =Vladimir Sorin: peace
            Falk <said> =Ida Falk: the president had made clear that troops would stay
            Falk <said> =Ida Falk | the president <had made clear> =Vladimir Sorin: that troops would stay
        "#]],
    );
    check(
        "Clara Stein, the finance minister of Orlen, said taxes would rise. Her deputy, Jon Marsh, told the Lantern that the minister believed the rise was temporary. He said she had promised to explain it to parliament.",
        expect![[r#"
            Clara Stein, the finance minister of Orlen, <said> =Clara Stein: taxes would rise
            Her deputy, Jon Marsh, <told> =Jon Marsh: that the minister believed the rise was temporary
            Her deputy, Jon Marsh, <told> =Jon Marsh | the minister <believed> =Clara Stein: the rise was temporary
            He <said> =Jon Marsh: she had promised to explain it to parliament
            He <said> =Jon Marsh | she <had promised> =Clara Stein: to explain it to parliament
        "#]],
    );
    check(
        "The mayor, Otto Brandt, and his deputy, Lisa Kern, said they knew nothing. Brandt said he had been abroad. She said she had not been told.",
        expect![[r#"
            The mayor, Otto Brandt, and his deputy, Lisa Kern, <said> =Otto Brandt and Lisa Kern: they knew nothing
            Brandt <said> =Otto Brandt: he had been abroad
            She <said> =Lisa Kern: she had not been told
        "#]],
    );
    check(
        "Coach Anders Holl, who had called the referee “a tourist”, apologised.",
        expect![[r#"
            *who <had called the referee> =Anders Holl: “a tourist”
        "#]],
    );
}

#[test]
fn no_name_rather_than_a_wrong_one() {
    check(
        "The wife of the jailed editor Oskar Blum said he was ill.",
        expect![[r#"
            The wife of the jailed editor Oskar Blum <said>: he was ill
        "#]],
    );
    check(
        "A friend of Ina Orr told police that an aide to the mayor had threatened her.",
        expect![[r#"
            A friend of Ina Orr <told>: that an aide to the mayor had threatened her
        "#]],
    );
    check(
        "Riva's lawyer said her client denies the charges.",
        expect![[r#"
            Riva's lawyer <said>: her client denies the charges
            Riva's lawyer <said> | her client <denies>: the charges
        "#]],
    );
    check(
        "Her husband Peter, a fisherman, thinks the captain lied when he said that the engine was fine.",
        expect![[r#"
            Her husband Peter, a fisherman, <thinks> =Peter: the captain lied when he said that the engine was fine
            Her husband Peter, a fisherman, <thinks> =Peter | he <said>: that the engine was fine
        "#]],
    );
}
