use wirecopy::{Onward, Query, StoryFilter, StoryOrder};

use crate::problem::Problem;

/// The fields of a query or of a form, as they came.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// The most fields, and the most bytes of a value other than a text that is pasted.
const MOST_FIELDS: usize = 32;
const MOST_VALUE: usize = 2_048;

impl Fields {
    pub fn parse(text: &[u8]) -> Result<Self, Problem> {
        let fields: Vec<(String, String)> =
            form_urlencoded::parse(text).take(MOST_FIELDS + 1).map(|(key, value)| (key.into(), value.into())).collect();
        if fields.len() > MOST_FIELDS {
            return Err(Problem::bad(format!("The query has more than {MOST_FIELDS} fields.")));
        }
        match fields.iter().find(|(key, value)| key != "text" && value.len() > MOST_VALUE) {
            Some((key, _)) => Err(Problem::bad(format!("The field {key:.40?} is longer than {MOST_VALUE} bytes."))),
            None => Ok(Fields(fields)),
        }
    }

    /// A field's value, if it has one.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == key);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All values of a field.
    pub fn all(&self, key: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(own, _)| own == key);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
    }

    pub fn need(&self, key: &str) -> Result<&str, Problem> {
        self.get(key).ok_or_else(|| Problem::bad(format!("The query needs the field {key:?}.")))
    }

    /// The same fields with one changed, as an address.
    pub fn with(&self, path: &str, key: &str, value: Option<&str>) -> String {
        let kept = self.0.iter().filter(|(own, value)| own != key && !value.trim().is_empty());
        let mut fields: Vec<(&str, &str)> = kept.map(|(key, value)| (key.as_str(), value.as_str())).collect();
        fields.extend(value.map(|value| (key, value)));
        wirecopy_web::room::address(path, &fields)
    }

    /// A number of rows within bounds.
    pub fn limit(&self, usual: usize, most: usize) -> Result<usize, Problem> {
        match self.get("limit").map(str::parse::<usize>) {
            None => Ok(usual),
            Some(Ok(limit)) if (1..=most).contains(&limit) => Ok(limit),
            Some(_) => Err(Problem::bad(format!("limit is a number from 1 to {most}."))),
        }
    }

    /// Where a list goes on.
    pub fn onward(&self) -> Result<Option<Onward>, Problem> {
        let Some(cursor) = self.get("cursor") else { return Ok(None) };
        let (key, id) = cursor.split_once('~').ok_or_else(|| Problem::bad("This cursor is none of ours."))?;
        Ok(Some(Onward { key: key.to_owned(), id: id.to_owned() }))
    }

    /// Which stories are asked for; and what of it cannot be understood.
    pub fn stories(&self) -> Result<(StoryFilter, Option<String>), Problem> {
        let order = match self.get("sort").unwrap_or("newest") {
            "newest" => StoryOrder::Newest,
            "copied" => StoryOrder::Copied,
            "disputed" => StoryOrder::Disputed,
            _ => return Err(Problem::bad("sort is newest, copied or disputed.")),
        };
        // The dates are those of a search.
        let dates = |key: &str| self.get(key).map(|value| format!("{key}:\"{}\"", value.replace('"', "")));
        let asked: Vec<String> = ["after", "before"].into_iter().filter_map(dates).collect();
        let Query { found, problems, .. } = Query::parse(&asked.join(" "));
        let (source, speaker) = (self.get("source").map(str::to_owned), self.get("speaker").map(str::to_owned));
        let filter = StoryFilter { source, speaker, after: found.after, before: found.before, order };
        Ok((filter, (!problems.is_empty()).then(|| problems.join("; "))))
    }
}

/// A cursor for the place after this one.
pub fn cursor(onward: &Onward) -> String {
    format!("{}~{}", onward.key, onward.id)
}
