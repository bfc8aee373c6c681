//! He or she: first names and role nouns that tell.

use std::sync::LazyLock;

use crate::lexicon::{Words, words};

/// Whether a first name is mostly a woman's; `None` where the list does not know it.
pub(crate) fn female(first: &str) -> Option<bool> {
    let lower = first.to_lowercase();
    match (WOMEN.contains(lower.as_str()), MEN.contains(lower.as_str())) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

static WOMEN: Words = LazyLock::new(|| words(WOMENS_NAMES));
static MEN: Words = LazyLock::new(|| words(MENS_NAMES));
static ROLES: Words = LazyLock::new(|| words(ROLE_NOUNS));

/// Whether a role noun tells he or she.
pub(crate) fn gender_of_role(noun: &str) -> Option<bool> {
    match noun {
        "spokesman" | "chairman" | "congressman" | "king" | "prince" | "father" | "dad" | "husband" | "son"
        | "brother" | "man" | "boy" | "uncle" | "grandfather" | "businessman" | "policeman" | "fisherman" | "actor"
        | "waiter" | "widower" | "lord" | "duke" | "nephew" | "craftsman" | "councilman" | "fireman" => Some(false),
        "spokeswoman" | "chairwoman" | "congresswoman" | "queen" | "princess" | "mother" | "mum" | "mom" | "wife"
        | "daughter" | "sister" | "woman" | "girl" | "aunt" | "grandmother" | "businesswoman" | "policewoman"
        | "actress" | "waitress" | "widow" | "lady" | "duchess" | "niece" | "councilwoman" => Some(true),
        _ => None,
    }
}

/// Whether a noun is in the list of what people are or do.
pub(crate) fn is_listed_role(lemma: &str) -> bool {
    ROLES.contains(lemma) || gender_of_role(lemma).is_some()
}

/// Whether a noun is what a person is or does.
pub(crate) fn is_role(lemma: &str) -> bool {
    let ends = ["er", "or", "ist", "man", "woman", "ian", "ant", "ent", "ee", "person", "mate", "eur"];
    is_listed_role(lemma) || lemma.len() > 4 && ends.iter().any(|end| lemma.ends_with(end))
}

const ROLE_NOUNS: &str = "chief moderator boss aide head judge mayor coach captain pilot guard nurse cook chef guide clerk monk priest \
    imam rabbi bishop pope king queen duke host anchor executive secretary ally critic rival partner spouse relative \
    friend colleague neighbour neighbor expert witness suspect victim official deputy premier general colonel major \
    sergeant lieutenant inspector detective constable sheriff ambassador envoy diplomat activist analyst economist \
    lawyer attorney prosecutor professor dean principal rector student pupil fan tourist resident villager farmer \
    shepherd miner sailor skipper engineer architect surgeon doctor physician dentist vet athlete striker goalkeeper \
    referee umpire apprentice candidate nominee incumbent governor senator curator dad mum";

const WOMENS_NAMES: &str = "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret \
    sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura \
    cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel \
    carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan \
    evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice \
    jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana \
    natalie brittany charlotte marie kayla alexis lori hillary melania ivanka kellyanne angela theresa marine ursula \
    christine nancy elena olga irina tatiana natalia svetlana ekaterina anastasia yulia ludmila oksana priya aline \
    carla sofie sophie ingrid astrid greta freya clara klara paula petra silvia lucia giulia chiara francesca elisa \
    camille chloe claire isabelle helene amelie manon fatima aisha amina leila layla zainab mariam noor yasmin mei \
    yuki keiko akiko hanako sakura lena lina nina mia zoe eva ida ina orla maeve siobhan niamh aoife fiona moira \
    kirsten birgit heike sabine monika ursula renate gudrun liv sigrid solveig agnes beatrice cecilia daphne edith \
    esther flora harriet jane josephine louise lucy mabel matilda miriam nora penelope phoebe rosa rose ruby stella \
    sylvia tara una vera wanda yvonne zara jen jenny kate katie liz beth becky sue peggy polly molly sally wendy tina \
    gina carmen dolores ines juana luz marta pilar raquel rocio valeria ximena jill kamala tulsi elise jutta annika \
    mila milena jana hana zuzana katarzyna agnieszka ewa malgorzata anja tanja katja marija dragana jelena els anouk femke sanne lotte tove signe lotta maren nele rhona";

const MENS_NAMES: &str = "james robert john michael david william richard joseph thomas charles christopher daniel matthew \
    anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan \
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank \
    patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah \
    jeremy christian keith roger terry gerald harold sean austin carl arthur lawrence dylan jesse jordan bryan billy \
    joe bruce gabriel logan albert willie alan juan wayne elijah randy roy vincent ralph eugene russell bobby mason \
    philip louis harry fred howard hugo ivan igor vladimir boris dmitry sergei sergey mikhail nikolai oleg yuri viktor \
    andrei alexei maxim pavel anatoly vasil vasily petr pyotr stefan otto karl klaus jurgen hans heinz dieter wolfgang \
    franz fritz gunther helmut horst rolf uwe lars sven nils anders erik gustav magnus olaf bjorn leif marek tomasz \
    piotr pawel jan krzysztof jakub lukas luca marco matteo giovanni giuseppe antonio paolo francesco stefano roberto \
    carlos luis miguel pedro pablo diego fernando javier rafael sergio alejandro jorge manuel ricardo emmanuel \
    francois jacques pierre michel jean-luc philippe nicolas antoine mohammed muhammad mohamed ahmed ali hassan \
    hussein omar ibrahim khalid yusuf mustafa abdul tariq emeka chidi kwame kofi xi wei hiroshi kenji takashi satoshi \
    barack bill mitt bernie ted jeb marco newt rudy mike tim jim tom bob ben sam dan dave steve greg jeff matt nick \
    tony chris josh jake luke max leo oscar felix neville nigel graham trevor ian colin derek gordon hamish angus \
    callum duncan malcolm rory seamus liam owen rhys gareth evan dylan geoffrey godfrey rupert simon stuart terence \
    barry brad chad chuck cliff clint craig curt dale darren dean don doug duke earl ed eddie elmer ernest floyd \
    glenn hal hank homer hugh irving jared jay jimmy joel johnny kirk kurt lance lee leon leonard lester lewis lloyd \
    marcus martin marvin maurice melvin merle milton mitchell morris neil norman oliver otis perry phil quentin ray \
    rex rick rob rod ron ross rudolf seth shane sid stan ted todd troy vernon victor virgil wade warren wesley zack \
    reinhold gerhard emil anton jon piet jan joost kees henk willem ole nils per arne odd dirk dominik tobias jonas elias \
    matthias andreas florian sebastian julian moritz simon bernd jens thorsten uwe";
