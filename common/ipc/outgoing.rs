//! What a message for a page is wrapped in.
//! Chapter: ch11-values
use crate::envelope::{Call, Cut, check_length, length};
use crate::{Result, encode::encode};
use std::fmt::{self, Display};
use std::sync::Arc;

/// A message for a page: what `ipc_renderer.js` takes apart.
#[derive(Clone)]
pub(crate) struct Outgoing {
    /// Which document alone may take it. Without a name, it is for the one that
    /// is there, or for the next.
    pub document: Option<Arc<str>>,
    kind: Kind,
    /// The text of an answer, or of the array of arguments; or code.
    payload: String,
}

#[derive(Clone)]
enum Kind {
    Send(String),
    Reply(u64),
    Error(u64),
    Execute(u64),
}

impl Outgoing {
    /// Electron: `webContents.send(channel, ...args)`
    pub fn send(channel: &str, args: String) -> Result<Self> {
        Self::new(None, Kind::Send(channel.into()), args)
    }

    /// As it is, for one document.
    pub fn to(self, document: Arc<str>) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Electron: `webContents.executeJavaScript(code)`
    pub fn execute(id: u64, code: &str) -> Result<Self> {
        Self::new(None, Kind::Execute(id), code.into())
    }

    /// The answer to a call.
    pub fn answer(call: Call, answer: Result<String>) -> Result<Self> {
        let Call { document, id } = call;
        let (kind, payload) = match answer {
            Ok(payload) => (Kind::Reply(id), payload),
            Err(why) => (Kind::Error(id), encode(&why)?),
        };
        Self::new(Some(document), kind, payload)
    }

    fn new(
        document: Option<Arc<str>>,
        kind: Kind,
        payload: String,
    ) -> Result<Self> {
        check_length(length(&payload))?;
        Ok(Self { document, kind, payload })
    }

    pub fn is_answer(&self) -> bool {
        matches!(self.kind, Kind::Reply(_) | Kind::Error(_))
    }

    pub fn is_error(&self) -> bool {
        matches!(self.kind, Kind::Error(_))
    }

    /// The number of what is to be executed.
    pub fn execution(&self) -> Option<u64> {
        match self.kind {
            Kind::Execute(id) => Some(id),
            _ => None,
        }
    }

    /// How many bytes are told.
    pub fn len(&self) -> usize {
        self.payload.len()
    }

    /// What the page reads, as it stands in a script. Nothing in a message can
    /// be script: it is JSON, in a string. Code is one expression.
    pub fn script(&self) -> Result<String> {
        let payload = &self.payload;
        match &self.kind {
            Kind::Send(channel) => {
                let channel = encode(channel)?;
                encode(&format!(r#"[null,"send",[{channel},{payload}]]"#))
            }
            Kind::Reply(id) => encode(&format!(r#"[{id},"reply",{payload}]"#)),
            Kind::Error(id) => encode(&format!(r#"[{id},"error",{payload}]"#)),
            Kind::Execute(id) => Ok(format!("{id},async () => ({payload}\n)")),
        }
    }

    /// What a line of the transcript calls it.
    pub fn name(&self) -> String {
        match &self.kind {
            Kind::Send(channel) => format!("send {}", Cut(channel)),
            Kind::Reply(id) => format!("reply #{id}"),
            Kind::Error(id) => format!("error #{id}"),
            Kind::Execute(id) => format!("execute #{id}"),
        }
    }
}

impl Display for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name(), Cut(&self.payload))
    }
}
