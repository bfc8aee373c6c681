//! The words by which themes, forms and portals give themselves away. A cue is written as [`key_of`] renders it: small
//! letters, no digits, no marks. English first, the basics of German, French, Spanish and Russian.
//!
//! A cue names a *class* of clutter, as site builders ship it to thousands of sites; none stands here because of one
//! page.
//!
//! [`key_of`]: super::surface::key_of

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a piece of clutter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Clutter {
    Comments,
    Related,
    Share,
    Newsletter,
    Consent,
    Account,
    Navigation,
    Legal,
    Credit,
    Advert,
    Tags,
    Author,
    Support,
    Player,
    Gauge,
}

impl Clutter {
    /// The clutter in words, to stand after "it belongs to".
    pub fn words(self) -> &'static str {
        match self {
            Clutter::Comments => "a comment form or comment list",
            Clutter::Related => "a list of other articles",
            Clutter::Share => "a share bar",
            Clutter::Newsletter => "a newsletter box",
            Clutter::Consent => "a cookie notice",
            Clutter::Account => "a login or subscription box",
            Clutter::Navigation => "the site's navigation",
            Clutter::Legal => "a legal notice",
            Clutter::Credit => "a credit or source link",
            Clutter::Advert => "an advertisement",
            Clutter::Tags => "a list of tags",
            Clutter::Author => "an author card",
            Clutter::Support => "an appeal to readers",
            Clutter::Player => "a media player",
            Clutter::Gauge => "a counter or reading time",
        }
    }

    /// Whether a heading of this kind is followed by a list of its own kind ("Most Popular" and then headlines).
    pub fn heads_a_list(self) -> bool {
        matches!(self, Clutter::Related | Clutter::Comments | Clutter::Tags | Clutter::Navigation | Clutter::Share)
    }
}

/// Where in a line a cue must stand to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// It is the whole line.
    Whole,
    /// The line begins with it. One that is a single word, or is written with a colon in the table, counts only where
    /// a colon, a bar or a gap parts it from the rest ("Photo: ...", not "Photo shows ...").
    Start,
    /// Anywhere in a line; enough to decide alone where the line is no long paragraph.
    Inside,
    /// Anywhere; a hint to be added to others.
    Hint,
}

/// A cue found in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub clutter: Clutter,
    pub stand: Stand,
    pub text: &'static str,
    /// Whether it must be parted from the rest of the line.
    pub parted: bool,
}

impl Cue {
    /// Whether it is more than a word that texts have by chance.
    pub fn is_phrase(&self) -> bool {
        self.stand == Stand::Inside || self.text.contains(' ')
    }
}

/// The cues of a key, in the order in which they stand.
/// `label` is the key of what stands before the line's first colon, bar or gap, if there is one.
pub(crate) fn cues_in(key: &str, label: Option<&str>) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in key.split(' ') {
        for cue in INDEX.get(word).map_or(&[][..], Vec::as_slice) {
            let rest = &key[at..];
            let whole_words =
                rest.starts_with(cue.text) && rest[cue.text.len()..].chars().next().is_none_or(|c| c == ' ');
            let stands = match cue.stand {
                Stand::Whole => at == 0 && rest.len() == cue.text.len(),
                Stand::Start => at == 0 && (!cue.parted || label.is_some_and(|label| is_label(label, cue.text))),
                Stand::Inside | Stand::Hint => true,
            };
            if whole_words && stands {
                found.push(*cue);
            }
        }
        at += word.len() + 1;
    }
    found
}

/// Whether a label is this cue, or this cue and a word or two ("Photo by NAME").
fn is_label(label: &str, cue: &str) -> bool {
    label
        .strip_prefix(cue)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && rest.matches(' ').count() <= 2)
}

static INDEX: LazyLock<HashMap<&'static str, Vec<Cue>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<Cue>> = HashMap::new();
    for (stand, table) in [(Stand::Whole, WHOLE), (Stand::Start, START), (Stand::Inside, INSIDE), (Stand::Hint, HINTS)]
    {
        for &(clutter, cues) in table {
            for text in cues.split('|').map(str::trim) {
                let (text, marked) = text.strip_suffix(':').map_or((text, false), |text| (text, true));
                let first = text.split(' ').next().unwrap_or(text);
                let parted = stand == Stand::Start && (marked || first == text);
                index.entry(first).or_default().push(Cue { clutter, stand, text, parted });
            }
        }
    }
    index
});

type Table = &'static [(Clutter, &'static str)];

const WHOLE: Table = &[
    (
        Clutter::Comments,
        "comment|comments|no comments|no comments yet|recent comments|latest comments|top comments|all comments|post comment|\
         post a comment|leave a comment|leave a reply|leave a response|leave your comment|write a comment|add a comment|\
         add comment|join the conversation|join the discussion|view comments|show comments|hide comments|load comments|\
         reply|replies|cancel reply|your comment|comment rules|be the first to comment|please enter your comment|\
         please enter your name here|name|email|website|your name|your email|email address|comments are closed|\
         comments off|log in to leave a comment|log in to comment|submit|captcha|\
         kommentare|kommentar|kommentar schreiben|kommentar hinterlassen|antworten|schreibe einen kommentar|\
         antwort hinterlassen|keine kommentare|commentaires|commentaire|laisser un commentaire|laisser une réponse|\
         répondre|aucun commentaire|comentarios|deja un comentario|deja una respuesta|responder|sin comentarios|\
         комментарии|оставить комментарий|добавить комментарий|ответить|нет комментариев",
    ),
    (
        Clutter::Related,
        "related|related articles|related article|related stories|related story|related posts|related post|related news|\
         related content|related topics|related links|related coverage|related items|related reading|related video|\
         related videos|more news|more stories|more articles|more from author|more from us|more headlines|more to read|\
         more like this|more on this|more on this story|more on this topic|most popular|most read|most viewed|\
         most shared|most commented|most recent|most watched|popular|popular now|popular posts|popular news|\
         popular stories|popular articles|popular today|popular this week|trending|trending now|trending news|\
         trending today|trending stories|trending topics|top stories|top news|top stories of the day|top headlines|\
         top articles|top picks|latest|latest news|latest article|latest articles|latest post|latest posts|\
         latest stories|latest headlines|latest updates|latest videos|recent posts|recent post|recent news|\
         recent articles|recent stories|must read|must reads|must watch|must see|read next|read more|read also|\
         also read|read this next|read full story|continue reading|up next|next up|next article|next story|next post|\
         previous article|previous story|previous post|see also|see more|also see|dont miss|dont miss these|\
         you may also like|you might also like|you may like|you might like|you may also be interested in|\
         you might also be interested in|you may have missed|in case you missed it|recommended|recommended for you|\
         recommended stories|recommended articles|recommended posts|recommended reading|recommended by|\
         editors picks|editors pick|editors choice|our picks|picks for you|featured|featured news|featured posts|\
         featured stories|featured article|whats new|whats hot|hot news|hot topics|from the web|around the web|\
         from our partners|more in this section|more in news|more in world|in this story|in this article|\
         elsewhere on the web|similar articles|similar posts|similar news|other news|other stories|headlines|\
         breaking news|load more|load more posts|show more|view all|view more|see all|all news|news feed|live updates|\
         also on this site|explore more|discover more|keep reading|further reading|random posts|video news|\
         mehr zum thema|mehr nachrichten|mehr aus diesem ressort|das könnte sie auch interessieren|\
         das könnte dich auch interessieren|auch interessant|lesen sie auch|lesen sie mehr|weiterlesen|meistgelesen|\
         meistgelesene artikel|beliebt|aktuelle nachrichten|ähnliche artikel|verwandte artikel|verwandte themen|\
         neueste beiträge|empfehlungen|mehr lesen|à lire aussi|lire aussi|à lire également|lire la suite|voir aussi|\
         articles similaires|articles liés|articles récents|les plus lus|les plus populaires|sur le même sujet|\
         sur le même thème|à la une|plus dinfos|dernières nouvelles|dernières actualités|recommandé pour vous|\
         noticias relacionadas|artículos relacionados|te puede interesar|también te puede interesar|lea también|\
         lee también|ver también|leer más|más leídas|lo más leído|más noticias|últimas noticias|entradas recientes|\
         te recomendamos|читайте также|читать далее|читать еще|похожие статьи|похожие новости|материалы по теме|\
         по теме|популярное|самое читаемое|последние новости|еще по теме|смотрите также|рекомендуем|другие новости",
    ),
    (
        Clutter::Share,
        "share|share this|share this article|share this story|share this post|share this page|share on|share via|\
         share with|sharing|shares|tweet|tweets|retweet|pin|pin it|like|likes|like this|like us on facebook|follow|\
         follow us|follow us on|follow us on social media|facebook|twitter|instagram|linkedin|pinterest|whatsapp|\
         telegram|reddit|tumblr|messenger|viber|vk|youtube|tiktok|flipboard|copy link|copy url|copied|email this|\
         print|print this|print this article|send|save|bookmark|google plus|google news|stay connected|connect with us|\
         facebook twitter|social media|rss|fans like|followers follow|subscribers subscribe|teilen|drucken|merken|\
         artikel teilen|partager|imprimer|partager cet article|compartir|imprimir|comparte|síguenos|\
         поделиться|распечатать|подписаться|подписывайтесь|твитнуть",
    ),
    (
        Clutter::Newsletter,
        "newsletter|newsletters|subscribe|subscribe now|subscribe today|subscribe to our newsletter|sign up|\
         sign up now|sign up for our newsletter|sign up for free|get the newsletter|our newsletter|daily newsletter|\
         stay informed|stay updated|stay up to date|get our newsletter|join our newsletter|join now|get notified|\
         newsletter abonnieren|jetzt abonnieren|abonnieren|sabonner|abonnezvous|inscrivezvous|suscríbete|suscribirse|\
         boletín|подписка|рассылка|подпишитесь",
    ),
    (
        Clutter::Consent,
        "accept|accept all|accept cookies|accept all cookies|reject all|decline|manage cookies|manage preferences|\
         cookie settings|cookie policy|cookie preferences|cookies|i agree|i accept|got it|agree|agree and continue|\
         privacy settings|manage consent|alle akzeptieren|cookieeinstellungen|tout accepter|accepter|aceptar|\
         aceptar todo|принять|принять все",
    ),
    (
        Clutter::Account,
        "login|log in|log out|logout|sign in|sign out|register|create account|create an account|create a free account|\
         my account|your account|forgot password|forgot your password|password|username|remember me|subscribers only|\
         already a subscriber|already a subscriber log in|already have an account|start your free trial|\
         anmelden|einloggen|registrieren|se connecter|connexion|créer un compte|iniciar sesión|registrarse|войти|\
         регистрация|вход|зарегистрироваться",
    ),
    (
        Clutter::Navigation,
        "discussion|conversation|home|homepage|menu|main menu|search|search for|skip to content|skip to main content|skip to navigation|\
         back to top|back to top button|scroll to top|go to top|top|back|next|previous|prev|close|open|open menu|\
         close menu|toggle navigation|more|navigation|sitemap|contact|contact us|about|about us|advertise|\
         advertise with us|help|faq|faqs|jobs|careers|categories|category|archives|archive|sections|topics|pages|\
         go back|back to home|news|world|politics|business|sport|sports|opinion|opinions|entertainment|lifestyle|\
         technology|tech|science|health|culture|travel|video|videos|photos|photo|gallery|podcasts|podcast|weather|\
         world news|us news|uk news|local news|national news|international|international news|editorial|uncategorized|\
         uncategorised|markets|economy|finance|education|environment|magazine|life|style|food|arts|books|music|\
         movies|tv|games|crypto|language|languages|english|startseite|menü|suche|suchen|kontakt|impressum|zurück|\
         weiter|nach oben|zum inhalt springen|schlagzeilen|politik|wirtschaft|kultur|wissenschaft|panorama|\
         accueil|menu principal|rechercher|recherche|retour|retour en haut|suivant|précédent|actualités|monde|\
         politique|économie|inicio|menú|buscar|contacto|volver|volver arriba|siguiente|anterior|mundo|política|\
         economía|deportes|cultura|главная|меню|поиск|контакты|назад|вперед|наверх|о нас|новости|политика|экономика|\
         общество|мир|спорт|культура",
    ),
    (
        Clutter::Legal,
        "privacy|privacy policy|terms|terms of use|terms of service|terms and conditions|terms conditions|disclaimer|\
         copyright|all rights reserved|do not sell my personal information|do not sell my info|accessibility|\
         legal|legal notice|imprint|dmca|corrections|editorial policy|ethics policy|datenschutz|\
         datenschutzerklärung|agb|nutzungsbedingungen|alle rechte vorbehalten|mentions légales|\
         politique de confidentialité|tous droits réservés|conditions dutilisation|aviso legal|\
         política de privacidad|todos los derechos reservados|все права защищены|политика конфиденциальности|\
         пользовательское соглашение",
    ),
    (
        Clutter::Credit,
        "source link|source|sources|sources link|original source|original article|source article|read original|\
         read the original|read original article|read the original article|view original|view source|via|link|quelle|\
         quellen|quelle link|source originale|lien source|fuente|fuentes|источник|источники|image source|\
         image credit|photo credit|photo|image|picture|getty images|shutterstock|file photo|stock photo|istock|\
         courtesy photo|image copyright getty images|image caption|media caption|bild|foto|bildquelle|crédit photo",
    ),
    (
        Clutter::Advert,
        "advertisement|advertisements|advertising|advert|ad|ads|sponsored|sponsored content|sponsored links|promoted|\
         promoted content|paid content|partner content|story continues below advertisement|\
         article continues below advertisement|article continues after advertisement|continue reading below|\
         advertisement scroll to continue|scroll to continue|story continues|skip ad|skip advertisement|anzeige|\
         werbung|publicité|contenu sponsorisé|publicidad|anuncio|реклама|на правах рекламы",
    ),
    (
        Clutter::Tags,
        "tags|tag|tagged|tagged with|topics in this article|filed under|filed in|posted in|posted under|keywords|\
         related tags|schlagworte|stichworte|themen|motsclés|étiquettes|etiquetas|palabras clave|теги|метки|темы",
    ),
    (
        Clutter::Author,
        "about the author|about author|about the authors|the author|author|authors|author profile|view all posts|\
         view all posts by|see all posts|view author profile|more by this author|see author bio|contributor|\
         über den autor|über die autorin|à propos de lauteur|sobre el autor|acerca del autor|об авторе|автор",
    ),
    (
        Clutter::Support,
        "donate|donate now|donate today|support us|support our work|support our journalism|become a member|\
         become a supporter|download our app|download the app|get the app|send us a tip|got a tip|give feedback|\
         report an error|report a problem|report a correction|was this article helpful|thank you|thanks for reading|\
         jetzt spenden|spenden|faire un don|soutenez nous|donar|поддержать",
    ),
    (
        Clutter::Player,
        "play|play video|pause|mute|unmute|watch|watch now|watch live|watch the video|video player|audio player|\
         listen|listen now|listen to this article|listen to article|loaded|volume|replay|fullscreen|live|\
         media playback is unsupported on your device|your browser does not support the audio element|\
         your browser does not support the video tag|anhören|artikel anhören|écouter|écouter larticle|escuchar|\
         слушать|смотреть видео",
    ),
    (
        Clutter::Gauge,
        "min read|minute read|minutes read|mins read|views|view|reads|votes|vote|rating|ratings|reading time|\
         estimated reading time|minutes|seconds|total views|post views|lesezeit|lesezeit minuten|aufrufe|\
         min de lecture|temps de lecture|vues|min de lectura|visitas|просмотров|просмотры|мин чтения",
    ),
];

const START: Table = &[
    (
        Clutter::Related,
        "see also|also see|see more:|most read in|most popular in|read also|also read|read more|read next:|related|related story|related article|\
         related articles|related coverage|more on this|dont miss:|must read:|recommended|you may also like|\
         you might also like|you may also want to read|previous article|next article|previous post|next post|\
         continue reading|more from:|more in:|click here to read|read full|read the full|watch|watch also:|\
         in case you missed it|further reading|up next:|also on:|opinion|explainer|lesen sie auch|lesen sie hier|\
         mehr zum thema|mehr dazu|siehe auch|auch interessant|lire aussi|à lire aussi|lire également|voir aussi|\
         lea también|lee también|ver también|vea también|te puede interesar|читайте также|смотрите также|\
         читать также|по теме|материал по теме",
    ),
    (
        Clutter::Comments,
        "leave a reply|leave a comment|comments on|thoughts on|response to|responses to|be the first to|\
         please enter|please log in to|log in to|you must be logged in|save my name|notify me of|schreibe einen|\
         laisser un|deja un|оставьте",
    ),
    (
        Clutter::Share,
        "share on|share this|share via|share to|click to share|click to email|click to print|follow us|\
         follow on|like us on|join us on|find us on|tweet this|copy link|opens in new|auf facebook|auf twitter|\
         partager sur|compartir en|поделиться в",
    ),
    (
        Clutter::Newsletter,
        "sign up for|sign up to|subscribe to|subscribe for|get our|get the latest|get breaking|stay up to date|\
         stay on top of|join our|enter your email|your email address|email address|melden sie sich|abonnieren sie|\
         abonnez vous|abonnezvous|inscrivezvous|suscríbete|подпишитесь|подписывайтесь",
    ),
    (
        Clutter::Advert,
        "advertisement|sponsored by|sponsored|presented by|paid post|promoted by|anzeige|publicité|publicidad|реклама",
    ),
    (
        Clutter::Tags,
        "tags|tag|tagged|filed under|filed in|posted in|posted under|topics|categories|category|keywords|\
         schlagworte|stichworte|themen|étiquettes|motsclés|etiquetas|теги|метки",
    ),
    (
        Clutter::Credit,
        "source|source link|via|quelle|fuente|источник|photo by|photo credit|photograph by|photograph|image credit|\
         image source|image by|image copyright|images|credit|credits|picture|pictured|video credit|photo|foto|bild|\
         crédit|crédits|featured image|cover image|thumbnail|with inputs from|with input from|with agency inputs",
    ),
    (Clutter::Author, "about the author|view all posts by|see all posts by|posts by|more by:|follow the author"),
    (
        Clutter::Navigation,
        "you are here|skip to content|skip to main|back to top|back to home|jump to:|menu|sie sind hier|vous êtes ici",
    ),
    (Clutter::Legal, "copyright|disclaimer|all rights"),
    (Clutter::Player, "listen to|listen|watch live|watch video|video"),
    (
        Clutter::Gauge,
        "reading time|estimated reading time|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|\
         views:|post views|total views|просмотров:|lesezeit",
    ),
    (Clutter::Support, "download our|download the|get our app|support our:|help us:|have a tip"),
];

const INSIDE: Table = &[
    (
        Clutter::Comments,
        "your email address will not be published|required fields are marked|save my name email|\
         this site uses akismet|comment data is processed|please enter your comment|please enter your name|\
         you have entered an incorrect email|notify me of followup|notify me of new|comments are moderated|\
         comments are closed|comments are subject to|be the first to comment|to post a comment|to leave a comment|\
         log in to leave|deine emailadresse wird nicht|ihre emailadresse wird nicht|erforderliche felder sind|\
         votre adresse email ne sera pas|votre adresse de messagerie ne sera|les champs obligatoires|\
         tu dirección de correo electrónico no|los campos obligatorios|ваш email не будет|ваш адрес email не|\
         обязательные поля помечены",
    ),
    (
        Clutter::Share,
        "opens in new window|click to share on|share on facebook|share on twitter|follow us on|like us on facebook|\
         follow us on twitter|join us on telegram|join our telegram|join our whatsapp|follow us on google news|\
         on our telegram channel|on facebook twitter|on instagram facebook|on twitter and facebook|\
         on facebook and twitter|on twitter and instagram|on facebook and instagram|on twitter facebook|on facebook instagram|\
         on instagram and|instagram and twitter|twitter and instagram|facebook and twitter|auf facebook teilen|partager sur facebook|compartir en facebook",
    ),
    (
        Clutter::Newsletter,
        "subscribe to our|sign up for our|sign up to our|our daily newsletter|\
         our free newsletter|our weekly newsletter|our newsletter|straight to your inbox|delivered to your inbox|\
         in your inbox|unsubscribe at any time|unsubscribe anytime|enter your email|check your inbox|\
         unseren newsletter|notre newsletter|nuestro boletín|нашу рассылку|наш телеграм|наш канал",
    ),
    (
        Clutter::Consent,
        "we use cookies|uses cookies|use of cookies|our cookie policy|by continuing to use|by continuing to browse|\
         by using this site|by clicking accept|by clicking accept all|accept all cookies|you consent to|\
         consent to our|this website uses cookies|wir verwenden cookies|diese website verwendet cookies|\
         nous utilisons des cookies|ce site utilise des cookies|utilizamos cookies|este sitio utiliza cookies|\
         мы используем файлы cookie|мы используем cookie|использует файлы cookie",
    ),
    (
        Clutter::Account,
        "already a subscriber|already have an account|to continue reading|to read the full article|\
         create a free account|start your free trial|log in or register|sign in or register|subscribe to continue|\
         subscribe to read|this content is for subscribers|this article is for subscribers|forgot your password|\
         a password will be emailed|lost your password",
    ),
    (
        Clutter::Legal,
        "all rights reserved|terms of use and privacy|terms of service and privacy|privacy policy and terms|\
         may not be published broadcast|may not be reproduced|reproduction without permission|\
         not be reproduced without|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|\
         все права защищены|views expressed in this article are|views expressed are those|\
         the opinions expressed in|reflect the views of|our standards",
    ),
    (
        Clutter::Credit,
        "first appeared on|appeared first on|originally appeared on|originally published on|originally published by|\
         originally published at|was first published on|this article was originally|this story was originally|\
         this post was originally|this article has been published from|has been published from a wire|\
         has not been edited by|autogenerated from|published from a syndicated feed|from a syndicated feed|\
         without modifications to the text|only the headline has been changed|headline may have been reworked|\
         generated from a syndicated|click here to view the original|read the original article|view the original",
    ),
    (
        Clutter::Advert,
        "story continues below|article continues below|article continues after|scroll down to continue|\
         continue reading the main story|affiliate links|we may earn a commission|may earn an affiliate|\
         we may receive a commission",
    ),
    (
        Clutter::Support,
        "download our app|download the app|available on the app store|get it on google play|please consider donating|\
         consider making a donation|support our journalism|support independent journalism|make a contribution|\
         become a member today|click here to donate|report an error|report a correction|send us an email at|\
         email us at|contact us at|get in touch with us|if you enjoyed this article|if you enjoyed reading this|if you liked this article|\
         if you liked this story|thank you for reading|thanks for reading|send tips to|do you have a story",
    ),
    (
        Clutter::Player,
        "your browser does not support|please enable javascript|enable javascript to|javascript is disabled|\
         javascript is required|you need to enable javascript|media playback is|this video is not available|\
         please turn on javascript",
    ),
    (
        Clutter::Related,
        "click here to read|click here for more|click here for the latest|read more at|read more on|read more about|\
         read the full story|read the full article|for more stories like this|for the latest news|for more news|\
         for more on this story|for all the latest|check out our|more stories like this|stories you may like|\
         articles you may like|lesen sie hier|lesen sie auch|читайте также|lire aussi",
    ),
];

const HINTS: Table = &[
    (
        Clutter::Newsletter,
        "newsletter|newsletters|inbox|subscribe|subscribers|subscription|sign up|briefing|unsubscribe|abonnieren|рассылку",
    ),
    (
        Clutter::Share,
        "facebook|twitter|instagram|telegram|whatsapp|linkedin|youtube|pinterest|share this|follow|hashtag",
    ),
    (Clutter::Consent, "cookies|cookie|consent|your experience|your privacy|personalise|personalize|preferences"),
    (
        Clutter::Account,
        "log in|login|sign in|register|password|account|free trial|unlimited access|per month|cancel anytime",
    ),
    (Clutter::Legal, "privacy policy|terms of use|terms of service|copyright|disclaimer|terms and conditions|ltd|llc"),
    (Clutter::Support, "please|your support|donation|donate|app store|google play|our readers|our app|feedback"),
    (
        Clutter::Related,
        "click here|click|read more|find out more|learn more|watch live|stay tuned|check out|latest news|breaking news|top stories|more stories",
    ),
    (
        Clutter::Author,
        "follow him on|follow her on|follow them on|is a reporter|is a journalist|is a freelance|is an editor|is a correspondent|is a staff writer|is a senior|is a contributor|is a contributing|has written for|he covers|she covers|they cover|can be reached at|reach him at|reach her at|lives in|is the author of|writes about",
    ),
    (Clutter::Comments, "comment|comments|commenting|reply|replies|moderated"),
    (Clutter::Credit, "getty|getty images|shutterstock|reuters file|file photo|afp via|ap photo|courtesy of|copyright"),
];

/// How many words of the key are such as writers of author cards describe a person with.
pub(crate) fn card_words(key: &str) -> usize {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        "addict advocate aficionado ambassador avid award awardwinning beer blogger buff certified coffee columnist \
         communicator correspondent creator devoted devotee editor enthusiast entrepreneur evangelist expert explorer \
         extreme fan fanatic freelance freelancer friend friendly gamer geek guru hardcore hipster humble incurable \
         internet introvert journalist junkie learner lifelong lover maven music nerd ninja passionate pioneer \
         practitioner problem proud reader reporter scholar social specialist student subtly thinker trailblazer travel \
         tv twitter typical unapologetic wannabe web writer zombie"
            .split_whitespace()
            .collect()
    });
    key.split(' ').filter(|word| WORDS.contains(word)).count()
}

/// Whether this is one of the commonest small words of the five languages: text has them, labels do not.
pub(crate) fn is_small_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        "the of and to in a is was were that for on with as by at from his her its their he she it they be has had \
         have not but which who will would been are this after over about into than said also an or more there could \
         der die das und in den von zu mit ist im für auf dem nicht ein eine als auch es an werden aus er hat dass sie \
         nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis \
         le la les des et en du une est que pour dans qui par sur au pas plus ce il ne se sont avec aux été son ses \
         cette el los las y del un por con no una su para al lo como más pero sus ha fue este entre cuando desde también \
         и в не на я что он с как это по но она они к у из за от для так же был была было были его ее при до со также"
            .split_whitespace()
            .collect()
    });
    WORDS.contains(word)
}

/// Whether this is a verb by which speech is reported.
pub(crate) fn is_speech_verb(word: &str) -> bool {
    static VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        "said says say told tells added adds stated states asked asks replied replies wrote writes announced noted \
         explained insisted warned argued claimed declared stressed emphasised emphasized continued concluded tweeted \
         posted reported according called recalled remarked admitted confirmed denied urged voiced quoted \
         sagte sagt erklärte erklärt betonte teilte hieß schrieb meinte warnte forderte \
         dit déclaré déclare ajouté affirmé expliqué indiqué souligné estime selon \
         dijo dice afirmó declaró añadió explicó señaló aseguró según \
         сказал сказала заявил заявила сообщил сообщила отметил отметила добавил добавила подчеркнул говорит написал"
            .split_whitespace()
            .collect()
    });
    VERBS.contains(word)
}
