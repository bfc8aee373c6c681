//! The command that writes a static site.

use std::io::Write;

use serde_json::json;
use wirecopy::Library;

use crate::Outcome;
use crate::args::ReportArgs;
use crate::config::Config;
use crate::list::open;
use crate::output::{Failure, Output, counted, plain};

pub fn report(config: &Config, args: &ReportArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let report = wirecopy_web::report(&library, &args.out)?;
    let index = args.out.join("index.html");
    if out.json {
        let (stories, articles, pages) = (report.stories, report.articles, report.pages);
        out.json(&json!({"index": index, "stories": stories, "articles": articles, "pages": pages}))?;
    } else {
        let stories = counted(report.stories, "story", "stories");
        let articles = counted(report.articles, "article", "articles");
        writeln!(
            out,
            "{stories}, {articles}, {} written: open {}",
            counted(report.pages, "page", "pages"),
            plain(&index.display().to_string())
        )?;
    }
    Ok(Outcome::Done)
}
