use axum::http::StatusCode;
use serde_json::{Value, json};

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub status: StatusCode,
    pub detail: String,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Problem { status, detail: detail.into() }
    }

    pub fn bad(detail: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    pub fn missing(detail: impl Into<String>) -> Self {
        Problem::new(StatusCode::NOT_FOUND, detail)
    }

    pub fn busy() -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many requests at once, or one that takes too long; try again.",
        )
    }

    /// As `application/problem+json` (RFC 9457).
    pub fn json(&self) -> Value {
        json!({
            "type": "about:blank",
            "title": self.title(),
            "status": self.status.as_u16(),
            "detail": self.detail,
        })
    }

    pub fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Error")
    }
}

impl From<wirecopy::Error> for Problem {
    fn from(error: wirecopy::Error) -> Self {
        use wirecopy::{Error, StoreError};
        match error {
            Error::NoArticle(id) => Problem::missing(format!("No page {id:?} is in this store.")),
            Error::NoReference(id) => Problem::missing(format!("{id:?} is not of the reference set.")),
            Error::NoStory(id) => Problem::missing(format!("No story {id:?} is in this store.")),
            Error::ManyStories(id) => Problem::bad(format!("Several stories' ids begin with {id:?}; give more of it.")),
            Error::NoDispute(id) => Problem::missing(format!("No disagreement {id:?} is in this store.")),
            Error::NoSides(id) => Problem::missing(format!("In story {id:?} fewer than two speakers are named.")),
            Error::Store(StoreError::TooLong(_) | StoreError::Busy(_)) => Problem::busy(),
            // What exactly failed concerns who runs the server, not who reads.
            Error::Store(_) | Error::Io(_) => {
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "The store cannot be read just now.")
            }
        }
    }
}

impl From<wirecopy::StoreError> for Problem {
    fn from(error: wirecopy::StoreError) -> Self {
        wirecopy::Error::from(error).into()
    }
}
