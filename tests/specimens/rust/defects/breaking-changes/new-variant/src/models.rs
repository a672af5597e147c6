//! The service's things, as plain values.

use std::fmt;

use crate::error::Error;

/// Where a parcel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The sender has announced it.
    Registered,
    /// A carrier has it.
    InTransit,
    /// The recipient has it.
    Delivered,
    /// It went back to the sender.
    Returned,
    /// Nobody knows.
    Lost,
}

impl Status {
    const ALL: [Self; 5] = [
        Self::Registered,
        Self::InTransit,
        Self::Delivered,
        Self::Returned,
        Self::Lost,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::InTransit => "in-transit",
            Self::Delivered => "delivered",
            Self::Returned => "returned",
            Self::Lost => "lost",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == text);
        known.ok_or_else(|| Error::Malformed(format!("status: {text} is unknown")))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that happened to a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, as the service writes it (ISO 8601).
    pub at: String,
    /// Where.
    pub place: String,
    /// Where the parcel stood from then on.
    pub status: Status,
}

/// A page of events; `cursor` leads to the next one, none after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) events: Vec<Event>,
    pub(crate) cursor: Option<String>,
}

/// A parcel as the service knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Its number.
    pub number: String,
    /// Whom it is sent to.
    pub recipient: String,
    /// Where it stands.
    pub status: Status,
}

impl Parcel {
    /// Tell whether the parcel has not arrived anywhere yet.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Registered | Status::InTransit)
    }
}
