//! Writes the report: reads story by story, draws the pages side by side, and takes away what an older report left.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use askama::Template;
use rayon::prelude::*;
use wirecopy::model::{Article, ArticleId, Family};
use wirecopy::{Dossier, Error, Library, MOST_WITNESSES, apparatus};

use crate::desk::Desk;
use crate::links::{self, Kind};
use crate::names::Names;
use crate::pages::{
    AboutPage, ApparatusPage, ArticlePage, FamilyPage, IndexPage, PairPage, Sources, StoryPage, StoryRow, TablePage,
    View, is_collated, reference,
};
use crate::style::Head;
use crate::words::counted;

/// What a report holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The stories,
    pub stories: usize,
    /// the articles,
    pub articles: usize,
    /// and all pages that were written.
    pub pages: usize,
}

/// So many articles are in memory together, unless one story has more.
const BATCH: usize = 512;

/// The file in which a report notes its pages, so that the next one into the same folder takes away only its own.
const MANIFEST: &str = "pages.txt";

/// Writes a static site of the whole store into `folder`, which is made if it is not there: one folder, no server, no
/// script; `index.html` is its first page. A page that an earlier report wrote there and this one does not is removed,
/// any other file is left alone.
///
/// # Errors
/// Where the store cannot be read or a file cannot be written.
pub fn report(library: &Library, folder: &Path) -> Result<Report, Error> {
    for kind in Kind::ALL {
        fs::create_dir_all(folder.join(kind.folder()))?;
    }
    let names = Names::read(library)?;
    let mut site =
        Site { folder, names: &names, rows: Vec::new(), sources: Sources::default(), written: BTreeSet::new() };
    let mut batch: Vec<Dossier> = Vec::new();
    let mut articles = 0;
    for dossier in library.dossiers()? {
        let dossier = dossier?;
        articles += dossier.members.len();
        batch.push(dossier);
        if articles >= BATCH {
            site.stories(library, &std::mem::take(&mut batch))?;
            articles = 0;
        }
    }
    site.stories(library, &batch)?;
    site.finish(library)
}

struct Site<'r> {
    folder: &'r Path,
    names: &'r Names,
    rows: Vec<StoryRow>,
    sources: Sources,
    written: BTreeSet<String>,
}

impl Site<'_> {
    /// Writes the pages of some stories.
    fn stories(&mut self, library: &Library, dossiers: &[Dossier]) -> Result<(), Error> {
        let desks: Vec<Desk> = dossiers.iter().map(|dossier| Desk::new(dossier, self.names)).collect();
        let mut outside = Vec::new();
        for desk in &desks {
            outside.push(outsiders(library, desk)?);
        }
        let folder = self.folder;
        let written: Result<Vec<Vec<String>>, Error> =
            desks.par_iter().zip(&outside).map(|(desk, outside)| story(folder, desk, outside)).collect();
        self.written.extend(written?.into_iter().flatten());
        for desk in &desks {
            self.sources.note(desk);
            self.rows.push(StoryRow::new(desk));
        }
        Ok(())
    }

    /// Writes what is on no story's desk, and tidies up.
    fn finish(mut self, library: &Library) -> Result<Report, Error> {
        let articles = self.names.len();
        let stories = self.rows.len();
        let rejects = library.rejects()?;
        let sources =
            self.sources.names().into_iter().map(|(name, pages, own)| (links::source(&name), name, pages, own));
        let sources = sources.collect();
        let accounts = library.store().accounts()?.len();
        for (path, page) in std::mem::take(&mut self.sources).pages(self.names) {
            self.written.insert(write(self.folder, path, &page)?);
        }
        let (singles, many) = self.rows.into_iter().partition(|row| row.pages == 1);
        let references = library.references(None)?;
        if !references.is_empty() {
            let table = reference::table(|row| links::article(&row.reference), &references);
            let page = TablePage::new(table, Head::top("Reference texts"));
            self.written.insert(write(self.folder, links::REFERENCES.into(), &page)?);
        }
        let index = IndexPage {
            head: Head::top("Stories"),
            references: (!references.is_empty())
                .then(|| (links::REFERENCES, counted(references.len(), "reference text", "reference texts"))),
            pages: counted(articles, "page", "pages"),
            accounts: counted(accounts, "account", "accounts"),
            stories: many,
            singles,
            sources,
            rejects: rejects.len(),
        };
        write(self.folder, "index.html".into(), &index)?;
        const MOST: usize = 1_000;
        let about = AboutPage {
            head: Head::top("About this report"),
            version: env!("CARGO_PKG_VERSION"),
            more: rejects.len().saturating_sub(MOST),
            rejects: rejects.into_iter().take(MOST).map(|reject| (reject.input, reject.place, reject.why)).collect(),
        };
        write(self.folder, "about.html".into(), &about)?;
        tidy(self.folder, &self.written)?;
        Ok(Report { stories, articles, pages: self.written.len() + 2 })
    }
}

/// The articles of other stories with which some of this one's have a page in common: each such page is written with
/// the story of the article that its pair names first.
fn outsiders(library: &Library, desk: &Desk) -> Result<Vec<Article>, Error> {
    let pairs = desk.paged().filter(|edge| desk.member(&edge.a).is_none() || desk.member(&edge.b).is_none());
    let ids = pairs.map(|edge| if desk.member(&edge.a).is_none() { &edge.a } else { &edge.b });
    let ids: BTreeSet<_> = ids.collect();
    ids.into_iter().map(|id| library.article(id.as_str())).collect()
}

/// Writes the pages of one story.
fn story(folder: &Path, desk: &Desk, outside: &[Article]) -> Result<Vec<String>, Error> {
    let dossier = desk.dossier;
    let title = &dossier.story.title;
    let mut written = vec![write(folder, links::story(dossier.story.story, title), &StoryPage::new(desk, None))?];
    let articles = dossier
        .members
        .par_iter()
        .map(|member| write(folder, links::article(&member.article.id), &ArticlePage::new(desk, member, None, None)));
    written.extend(articles.collect::<Result<Vec<_>, Error>>()?);
    let families = dossier
        .families
        .par_iter()
        .map(|family| write(folder, links::family(family.id()), &FamilyPage::new(desk, family)));
    written.extend(families.collect::<Result<Vec<_>, Error>>()?);
    let collated = dossier.families.par_iter().filter(|family| is_collated(family)).map(|family| {
        let page = witnesses(desk, family).in_story(desk.names.site.story(dossier.story.story, title), title);
        write(folder, links::collation(family.id()), &page)
    });
    written.extend(collated.collect::<Result<Vec<_>, Error>>()?);
    let article = |id| {
        let inside = desk.member(id).map(|member| &member.article);
        inside.or_else(|| outside.iter().find(|article| &article.id == id))
    };
    let pairs: Vec<_> = desk.paged().filter_map(|edge| Some((edge, article(&edge.a)?, article(&edge.b)?))).collect();
    let pairs = pairs
        .par_iter()
        .map(|(edge, a, b)| write(folder, links::pair(&a.id, &b.id), &PairPage::new(desk, edge, a, b, false)));
    written.extend(pairs.collect::<Result<Vec<_>, Error>>()?);
    Ok(written)
}

/// The members of a family collated; of a very large one those that come first.
fn witnesses(desk: &Desk, family: &Family) -> ApparatusPage {
    let rank = |id: &ArticleId| {
        let name = desk.names.get(id);
        (name.place.is_none(), name.place, name.day.is_none(), name.day)
    };
    let mut articles: Vec<&Article> = family.members.iter().filter_map(|id| Some(&desk.member(id)?.article)).collect();
    articles.sort_by_cached_key(|article| (rank(&article.id), article.id.clone()));
    articles.truncate(MOST_WITNESSES);
    let found = apparatus(&articles, None, rank);
    ApparatusPage::new(desk.names, &articles, &found, (View::Apparatus, true), |id, point| desk.sentence(id, point))
}

fn write(folder: &Path, path: String, page: &impl Template) -> Result<String, Error> {
    // A template fails only where what it is written into does, and memory does not.
    let text = page.render().map_err(std::io::Error::other)?;
    fs::write(folder.join(&path), text)?;
    Ok(path)
}

/// Removes the pages that an earlier report noted and this one did not write, and notes those of this one.
fn tidy(folder: &Path, written: &BTreeSet<String>) -> Result<(), Error> {
    let manifest = folder.join(MANIFEST);
    let old = fs::read_to_string(&manifest).unwrap_or_default();
    for path in old.lines().filter(|path| links::is_own(path) && !written.contains(*path)) {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut lines = String::new();
    for path in written {
        lines.push_str(path);
        lines.push('\n');
    }
    Ok(fs::write(manifest, lines)?)
}
