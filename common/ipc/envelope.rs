//! What a page's message is wrapped in, and how long it may be.
//! Chapter: ch11-values
use crate::{Error, Result};
use serde::Deserialize;
use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::{Deserializer, value::RawValue};
use std::fmt::{self, Display};
use std::sync::Arc;

/// How long a message may be, to main and to the page: 64 MiB, each character
/// counted as JavaScript counts it in the `length` of a text.
pub const MAX_MESSAGE: usize = 64 << 20;

/// Refuses a text of more characters than a message may have.
pub(crate) fn check_length(characters: usize) -> Result {
    if characters > MAX_MESSAGE {
        let why = format!(
            "a message of {characters} characters: at most {MAX_MESSAGE}"
        );
        return Err(Error::new("RangeError", why));
    }
    Ok(())
}

/// JavaScript: `text.length`
pub(crate) fn length(text: &str) -> usize {
    // No text has more of them than bytes.
    match text.len() {
        bytes if bytes <= MAX_MESSAGE => bytes,
        _ => text.encode_utf16().count(),
    }
}

/// A message of a page: `["document", call, "channel", [arguments…]]`.
pub(crate) struct Message<'a> {
    pub document: Arc<str>,
    pub kind: Kind,
    /// The text of an array of values, which may be none that can be read.
    pub args: &'a str,
}

pub(crate) enum Kind {
    Send(String),
    Invoke(Call, String),
    /// It has no channel, and the number of what main has asked for.
    Result(Call),
}

/// Which promise waits for an answer: the document that it is in, which has
/// chosen a name for itself, and a number that counts its calls. Of a result,
/// the document that answers, and which execution of main's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub document: Arc<str>,
    pub id: u64,
}

/// Why a text is no message. Where it can be read which promise waits, that
/// one can still be told.
pub(crate) struct Refused {
    pub call: Option<Call>,
    pub why: Error,
}

impl<'a> Message<'a> {
    pub fn read(text: &'a str) -> Result<Self, Refused> {
        let mut from = Deserializer::from_str(text);
        let parts = from.deserialize_seq(Parts::default());
        let parts = parts
            .and_then(|parts| from.end().map(|()| parts))
            .map_err(|why| Refused { call: None, why: why.into() })?;
        let part =
            |index: usize| parts.first[index].map_or("null", RawValue::get);
        let id = read::<Option<u64>>("id", part(1));
        let document = read::<String>("document", part(0)).and_then(name);
        let call = |document: &Arc<str>| {
            let id = id.as_ref().ok().copied().flatten()?;
            Some(Call { document: document.clone(), id })
        };
        let waits = document.as_ref().ok().and_then(call);
        let refused = |why| Refused { call: waits.clone(), why };
        if parts.count != 4 {
            let found = parts.count;
            let why = format!("a message has 4 parts, this one {found}");
            return Err(refused(why.into()));
        }
        let document = document.map_err(refused)?;
        id.map_err(refused)?;
        let channel = read("channel", part(2)).map_err(refused)?;
        let kind = match (waits.clone(), channel) {
            (None, Some(channel)) => Kind::Send(channel),
            (Some(call), Some(channel)) => Kind::Invoke(call, channel),
            (Some(call), None) => Kind::Result(call),
            (None, None) => Err(refused("a message for nobody".into()))?,
        };
        Ok(Self { document, kind, args: part(3) })
    }
}

/// Of an array, the first parts and how many there are. A list of all could be
/// eight times as long as the text.
#[derive(Default)]
struct Parts<'a> {
    first: [Option<&'a RawValue>; 4],
    count: usize,
}

impl<'a> Visitor<'a> for Parts<'a> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'a>>(
        mut self,
        mut all: A,
    ) -> Result<Self, A::Error> {
        while let Some(part) = all.next_element()? {
            let place = self.first.get_mut(self.count);
            place.into_iter().for_each(|it| *it = Some(part));
            self.count += 1;
        }
        Ok(self)
    }
}

fn read<'a, T: Deserialize<'a>>(what: &str, text: &'a str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|why| format!("the {what} of a message: {why}").into())
}

/// Each answer to a document bears its name, which is short for that.
fn name(text: String) -> Result<Arc<str>> {
    let why = "the document of a message: more than 64 bytes";
    (text.len() <= 64).then(|| text.into()).ok_or_else(|| why.into())
}

impl Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let args = Cut(self.args);
        match &self.kind {
            Kind::Send(channel) => write!(f, "send {} {args}", Cut(channel)),
            Kind::Invoke(Call { id, .. }, channel) => {
                write!(f, "invoke #{id} {} {args}", Cut(channel))
            }
            Kind::Result(Call { id, .. }) => write!(f, "result #{id} {args}"),
        }
    }
}

/// A text as the transcript shows it: cut, where it is long.
pub(crate) struct Cut<'a>(pub &'a str);

impl Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 120;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => {
                let (shown, length) = (&self.0[..end], self.0.len());
                write!(f, "{shown}… ({length} bytes)")
            }
            None => f.write_str(self.0),
        }
    }
}
