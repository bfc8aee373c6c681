//! Lineages and the network of sources for tools that draw graphs: GEXF 1.3 and Graphviz's DOT.

use wirecopy_model::{Family, LineageDirection, PROBABLE, STATED};
use wirecopy_store::SourceCopy;

use crate::{Error, Library};

/// A graph with its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Who publishes it, where it is a page.
    pub source: String,
    /// Its day, where one is known.
    pub date: String,
}

/// An edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// From the node with this number
    pub from: usize,
    /// to this one.
    pub to: usize,
    /// Whether it leads from one to the other, or only ties them.
    pub directed: bool,
    /// Its certainty, or how many pages it stands for.
    pub weight: f64,
    /// What it says.
    pub label: &'static str,
}

/// The lineage of a family.
pub fn lineage(library: &Library, family: &Family) -> Result<Graph, Error> {
    let heads = library.store().heads_of(&family.members)?;
    let mut graph = Graph::default();
    for head in heads {
        graph.nodes.push(Node {
            label: head.title.unwrap_or_else(|| head.id.to_string()),
            source: head.source.unwrap_or_default(),
            date: head.published.and_then(|date| date.value).map(|date| date.day().to_string()).unwrap_or_default(),
            id: head.id.to_string(),
        });
    }
    for name in &family.latent {
        let (source, date) = (String::new(), String::new());
        graph.nodes.push(Node { id: name.clone(), label: "lost source".into(), source, date });
    }
    let number = |id: &str| graph.nodes.iter().position(|node| node.id == id);
    let edges = family.edges.iter().filter_map(|edge| {
        let decided = edge.direction == LineageDirection::FromTo && edge.certainty >= PROBABLE;
        let label = match decided {
            true if edge.certainty >= STATED => "became",
            true => "probably became",
            false => "shares a text with",
        };
        let (from, to) = (number(edge.from.as_str())?, number(edge.to.as_str())?);
        Some(Edge { from, to, directed: decided, weight: edge.certainty, label })
    });
    graph.edges = edges.collect();
    Ok(graph)
}

/// The lineages of all families.
pub fn lineages(library: &Library) -> Result<Graph, Error> {
    let mut all = Graph::default();
    let mut places = std::collections::HashMap::new();
    for family in library.store().families()? {
        let name = family.id().to_string();
        let part = lineage(library, &family)?;
        let mut place_of = Vec::with_capacity(part.nodes.len());
        for (at, mut node) in part.nodes.into_iter().enumerate() {
            if at >= family.members.len() {
                // A lost source is one of its family alone.
                node.id = format!("{name}/{}", node.id);
            }
            // A page of two sources is in two families and one node.
            let next = all.nodes.len();
            let place = *places.entry(node.id.clone()).or_insert(next);
            if place == next {
                all.nodes.push(node);
            }
            place_of.push(place);
        }
        all.edges.extend(part.edges.into_iter().map(|edge| Edge {
            from: place_of[edge.from],
            to: place_of[edge.to],
            ..edge
        }));
    }
    Ok(all)
}

/// The network of sources.
pub fn network(ties: &[SourceCopy]) -> Graph {
    let mut graph = Graph::default();
    let mut places = std::collections::HashMap::new();
    for tie in ties {
        let mut place = |name: &String| {
            *places.entry(name.clone()).or_insert_with(|| {
                graph.nodes.push(Node { id: name.clone(), label: name.clone(), ..Node::default() });
                graph.nodes.len() - 1
            })
        };
        let (from, to) = (place(&tie.source), place(&tie.copy));
        graph.edges.push(Edge { from, to, directed: true, weight: tie.pages as f64, label: "copied by" });
    }
    graph
}

impl Graph {
    /// As GEXF 1.3, which Gephi and NetworkX read.
    pub fn gexf(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             <graph defaultedgetype=\"directed\" mode=\"static\">\n<attributes class=\"node\">\n\
             <attribute id=\"0\" title=\"source\" type=\"string\"/>\n<attribute id=\"1\" title=\"date\" type=\"string\"/>\n\
             </attributes>\n<attributes class=\"edge\">\n<attribute id=\"2\" title=\"direction\" type=\"string\"/>\n</attributes>\n<nodes>\n",
        );
        for node in &self.nodes {
            out += &format!(
                "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/></attvalues></node>\n",
                xml(&node.id),
                xml(&node.label),
                xml(&node.source),
                xml(&node.date)
            );
        }
        out += "</nodes>\n<edges>\n";
        for (number, edge) in self.edges.iter().enumerate() {
            let (from, to) = (&self.nodes[edge.from].id, &self.nodes[edge.to].id);
            // Mixed graphs are not read by all: an edge whose way is not told says so in its label and attribute.
            let told = if edge.directed { "told" } else { "undecided" };
            out += &format!(
                "<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\" label=\"{}\"><attvalues><attvalue for=\"2\" value=\"{told}\"/></attvalues></edge>\n",
                xml(from),
                xml(to),
                edge.weight,
                edge.label
            );
        }
        out + "</edges>\n</graph>\n</gexf>\n"
    }

    /// As DOT, which Graphviz reads.
    pub fn dot(&self) -> String {
        let mut out = String::from("digraph wirecopy {\n  rankdir=LR;\n  node [shape=box];\n");
        for node in &self.nodes {
            out += &format!("  {} [label={}];\n", dot(&node.id), dot(&node.label));
        }
        for edge in &self.edges {
            let (from, to) = (dot(&self.nodes[edge.from].id), dot(&self.nodes[edge.to].id));
            let plain = if edge.directed { "" } else { ", dir=none, style=dashed" };
            out += &format!("  {from} -> {to} [label={}, weight={}{plain}];\n", dot(edge.label), edge.weight.ceil());
        }
        out + "}\n"
    }
}

/// A text as an attribute or the content of an element of XML 1.0; what XML has no way to say is left out.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}

/// A text as a quoted name of DOT.
fn dot(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotation_marks() {
        assert_eq!(dot("a\"b\\c\nd"), r#""a\"b\\c d""#);
        assert_eq!(xml("<a b=\"c\">&\u{0}"), "&lt;a b=&quot;c&quot;&gt;&amp;");
    }
}
