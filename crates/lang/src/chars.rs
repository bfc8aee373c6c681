//! Classes of characters: the sets that the tokeniser's patterns name, and Python's `isalpha`, `isdigit`, `isspace`.
//!
//! Not for: Unicode properties in general. Rust's own differ from Python's on some thousands of code points, which
//! would change tokens and shapes, so the sets come with the model.

use crate::file::{ClassesData, Element, ModelError, NamedClasses};

/// Below this code point (Latin, Greek, Cyrillic) the classes of a character are looked up in one step.
const DIRECT: usize = 0x500;

/// A set of up to 64 classes of characters.
pub(crate) struct Classes {
    named: NamedClasses,
    direct: Vec<u64>,
    segments: Vec<(u32, u64)>,
}

impl Classes {
    pub(crate) fn new(data: &ClassesData) -> Result<Self, ModelError> {
        let segments = data.segments.clone();
        if segments.first().is_none_or(|first| first.0 != 0) || !segments.is_sorted() {
            return Err(ModelError::Shape("the character classes do not begin at zero or are not in order".into()));
        }
        let mut classes = Classes { named: data.named, direct: Vec::new(), segments };
        classes.direct = (0..DIRECT as u32).map(|point| classes.search(point)).collect();
        Ok(classes)
    }

    fn search(&self, point: u32) -> u64 {
        let after = self.segments.partition_point(|(start, _)| *start <= point);
        self.segments[after - 1].1
    }

    /// The classes that hold `c`, a bit each.
    #[inline]
    fn of(&self, c: char) -> u64 {
        match self.direct.get(c as usize) {
            Some(classes) => *classes,
            None => self.search(c as u32),
        }
    }

    /// Whether class `class` holds `c`.
    #[inline]
    pub(crate) fn holds(&self, class: u8, c: char) -> bool {
        self.of(c) >> (class & 63) & 1 == 1
    }

    /// Whether `c` is what `element` asks for.
    #[inline]
    pub(crate) fn fits(&self, element: Element, c: char) -> bool {
        match element {
            Element::Char(wanted) => wanted == c,
            Element::Class(class) => self.holds(class, c),
        }
    }

    /// Python's `c.isalpha()`.
    pub(crate) fn is_alpha(&self, c: char) -> bool {
        self.holds(self.named.alpha, c)
    }

    /// Python's `c.isdigit()`.
    pub(crate) fn is_digit(&self, c: char) -> bool {
        self.holds(self.named.digit, c)
    }

    /// Python's `c.isdecimal()`, the `\d` of its patterns.
    pub(crate) fn is_decimal(&self, c: char) -> bool {
        self.holds(self.named.decimal, c)
    }

    /// Python's `c.isspace()`.
    pub(crate) fn is_space(&self, c: char) -> bool {
        self.holds(self.named.space, c)
    }

    /// The `\w` of Python's patterns.
    pub(crate) fn is_word(&self, c: char) -> bool {
        self.holds(self.named.word, c)
    }
}
