//! What a message for a page is wrapped in.
//! Chapter: ch11-values
use crate::envelope::{Call, Cut, check_length, length};
use crate::{Result, encode::encode};
use std::fmt::{self, Display};

/// A message for a page: what `ipc_renderer.js` takes apart.
#[derive(Clone)]
pub(crate) struct Outgoing {
    kind: Kind,
    /// The text of an answer, or of the array of arguments.
    payload: String,
}

#[derive(Clone)]
enum Kind {
    Send(String),
    Reply(Call),
    Error(Call),
}

impl Outgoing {
    /// Electron: `webContents.send(channel, ...args)`
    pub fn send(channel: &str, args: String) -> Result<Self> {
        Self::new(Kind::Send(channel.into()), args)
    }

    /// The answer to a call.
    pub fn answer(call: Call, answer: Result<String>) -> Result<Self> {
        match answer {
            Ok(payload) => Self::new(Kind::Reply(call), payload),
            Err(why) => Self::new(Kind::Error(call), encode(&why)?),
        }
    }

    fn new(kind: Kind, payload: String) -> Result<Self> {
        check_length(length(&payload))?;
        Ok(Self { kind, payload })
    }

    pub fn is_answer(&self) -> bool {
        !matches!(self.kind, Kind::Send(_))
    }

    pub fn is_error(&self) -> bool {
        matches!(self.kind, Kind::Error(_))
    }

    /// How many bytes are told.
    pub fn len(&self) -> usize {
        self.payload.len()
    }

    /// The text that the page reads.
    pub fn text(&self) -> Result<String> {
        let payload = &self.payload;
        let (call, kind) = match &self.kind {
            Kind::Send(channel) => {
                let sent = format!("[{},{payload}]", encode(channel)?);
                return Ok(format!(r#"[null,null,"send",{sent}]"#));
            }
            Kind::Reply(call) => (call, "reply"),
            Kind::Error(call) => (call, "error"),
        };
        let (document, id) = (encode(&call.document)?, call.id);
        Ok(format!(r#"[{document},{id},"{kind}",{payload}]"#))
    }
}

impl Display for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let payload = Cut(&self.payload);
        match &self.kind {
            Kind::Send(channel) => write!(f, "send {} {payload}", Cut(channel)),
            Kind::Reply(call) => write!(f, "reply #{} {payload}", call.id),
            Kind::Error(call) => write!(f, "error #{} {payload}", call.id),
        }
    }
}
