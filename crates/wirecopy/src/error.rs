use std::fmt;

use wirecopy_store::StoreError;

/// Why a question to a store, or a build of it, failed.
#[derive(Debug)]
pub enum Error {
    /// The store could not be opened, read or written.
    Store(StoreError),
    /// No article has this id.
    NoArticle(String),
    /// The article with this id is not of the reference set.
    NoReference(String),
    /// No story has this id.
    NoStory(String),
    /// No dispute has this id.
    NoDispute(String),
    /// Several stories' ids begin like this.
    ManyStories(String),
    /// In this story nobody, or only one, is told to have said anything.
    NoSides(String),
    /// Something could not be written.
    Io(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => error.fmt(f),
            Error::NoArticle(id) => write!(f, "no article {id:?} in this store; `wirecopy articles` lists them"),
            Error::NoReference(id) => write!(
                f,
                "{id:?} is not of the reference set; `wirecopy carried` lists it, `wirecopy build --reference FOLDER` adds to it"
            ),
            Error::NoStory(id) => write!(f, "no story {id:?} in this store; `wirecopy stories` lists them"),
            Error::NoDispute(id) => write!(f, "no dispute {id:?} in this store; `wirecopy disputes` lists them"),
            Error::ManyStories(id) => write!(f, "several stories' ids begin with {id:?}; give more of it"),
            Error::NoSides(id) => {
                write!(f, "in story {id:?} fewer than two speakers are named; `wirecopy claims` lists them")
            }
            Error::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Store(error) => Some(error),
            Error::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Error::Store(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::Io(error)
    }
}
