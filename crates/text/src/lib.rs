//! The surface of a text.
