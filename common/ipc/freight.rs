//! What crosses to a document at once, and what becomes of it.
//! Chapter: ch13-push
use crate::limits::{EACH, Few};
use crate::{Result, WebContents, encode::encode, outgoing::Outgoing};
use common::transcript::line;
use std::fmt::{self, Display};
use std::sync::Arc;

/// How many messages may cross together.
const MOST: usize = 500;
/// And how many bytes; a message that is longer crosses alone.
const LONG: usize = 1 << 20;

/// Which document a message is for, where that is known.
pub(crate) type Address = Option<Arc<str>>;

/// Messages, as the arguments of a call.
pub(crate) struct Batch {
    pub freight: Freight,
    pub bytes: usize,
    texts: String,
    /// The last one is an answer.
    answers: bool,
    crossing: Few,
}

/// What a batch holds: messages, of which the first is told, or code.
pub(crate) struct Freight {
    pub document: Address,
    pub code: Option<Code>,
    first: String,
    count: usize,
}

/// What is executed has a number.
#[derive(Clone, Copy)]
pub(crate) enum Code {
    Run(u64),
    /// It has not run. A script without code tells whether its document is
    /// there.
    Failed(u64),
}

impl Batch {
    pub fn new(page: &WebContents, to: Address, message: &Outgoing) -> Self {
        let (first, code) = (message.name(), message.execution());
        let code = code.map(Code::Run);
        let freight = Freight { document: to, code, first, count: 0 };
        Self::empty(page, freight)
    }

    /// What asks for the document of code that has not run.
    pub fn asking(page: &WebContents, freight: Freight, id: u64) -> Self {
        let freight = Freight { code: Some(Code::Failed(id)), ..freight };
        Self::empty(page, freight)
    }

    fn empty(page: &WebContents, freight: Freight) -> Self {
        let crossing = Few::new(format!("main → {}", page.name()));
        let (texts, answers) = (String::new(), false);
        Self { freight, bytes: 0, texts, answers, crossing }
    }

    pub fn has_room(
        &self,
        to: &Address,
        text: &str,
        message: &Outgoing,
    ) -> bool {
        let Freight { document: own, code, count, .. } = &self.freight;
        let is_code = code.is_some() || message.execution().is_some();
        // What a page does when it is answered, it does when the script has
        // ended: it may begin to listen for what is sent next.
        let in_order = message.is_answer() || !self.answers;
        let is_short = self.texts.len() + text.len() <= LONG;
        own == to && !is_code && in_order && is_short && *count < MOST
    }

    pub fn add(&mut self, text: &str, message: &Outgoing) {
        self.texts.extend([",", text]);
        self.freight.count += 1;
        self.bytes += text.len() + EACH;
        self.answers = message.is_answer();
        self.crossing.say(message);
    }

    /// The call. It comes to true if the document is there that it is for.
    pub fn script(&self) -> Result<String> {
        let document = encode(&self.freight.document.as_deref())?;
        let function = match self.freight.code {
            Some(Code::Run(_)) => "__ipc.execute",
            _ => "__ipc",
        };
        Ok(format!("{function}({document}{})", self.texts))
    }
}

impl Freight {
    /// Its script has ended. It comes to true if the document was there.
    pub fn arrived(&self, page: &WebContents, is_there: bool) {
        let executions = &page.app().state().executions;
        match (self.code, &self.document) {
            (Some(Code::Run(id)), Some(document)) if is_there => {
                executions.begun(page, id, document);
            }
            (Some(Code::Failed(id)), _) if is_there => executions.wrong(id),
            (Some(Code::Run(id) | Code::Failed(id)), _) => executions.lost(id),
            (None, _) if is_there => {}
            (None, _) => {
                line("main", format!("{self} for a document that is gone"));
            }
        }
    }
}

impl Display for Freight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "{} is", self.first),
            all => write!(f, "{} and {} more are", self.first, all - 1),
        }
    }
}
