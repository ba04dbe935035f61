//! What is to cross to one page, in batches.
//! Chapter: ch13-push
use crate::limits::{EACH, Few};
use crate::{Result, WebContents, encode::encode, outgoing::Outgoing};
use common::transcript::line;
use std::collections::VecDeque;
use std::fmt::{self, Display};
use std::sync::Arc;

/// How many messages may cross together.
const MOST: usize = 500;
/// From how many bytes on they are not held back any longer.
const LONG: usize = 1 << 20;

/// Which document a message is for, where that is known.
type Address = Option<Arc<str>>;

/// What is to cross to one page, and what crosses now.
pub(crate) struct Lane {
    pub page: WebContents,
    pub batches: VecDeque<Batch>,
    pub crossing: VecDeque<Freight>,
    /// What is for the next document.
    pub waiting: VecDeque<Batch>,
    /// How many bytes all batches are that do not cross yet.
    pub bytes: usize,
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

impl Lane {
    pub fn new(page: &WebContents) -> Self {
        let (page, crossing) = (page.clone(), VecDeque::new());
        let (batches, waiting) = (VecDeque::new(), VecDeque::new());
        Self { page, batches, crossing, waiting, bytes: 0 }
    }

    pub fn is_idle(&self) -> bool {
        self.batches.is_empty() && self.crossing.is_empty()
    }

    /// A message without an address is for the document that is there, or for
    /// the next.
    pub fn add(&mut self, text: &str, message: &Outgoing) {
        let here = || self.page.document();
        let document = message.document.clone().or_else(here);
        let queue = match document {
            Some(_) => &mut self.batches,
            None => &mut self.waiting,
        };
        let last = queue.back();
        if !last.is_some_and(|it| it.has_room(&document, text, message)) {
            queue.push_back(Batch::new(&self.page, document, message));
        }
        let last = queue.back_mut();
        last.into_iter().for_each(|it| it.add(text, message));
    }

    /// A document has come: what waits is for it.
    pub fn address(&mut self, document: &Arc<str>) {
        for mut batch in self.waiting.drain(..) {
            batch.freight.document = Some(document.clone());
            self.batches.push_back(batch);
        }
    }
}

/// Messages, as the arguments of a call.
pub(crate) struct Batch {
    pub freight: Freight,
    pub bytes: usize,
    texts: String,
    /// The last one is an answer.
    answers: bool,
    crossing: Few,
}

impl Batch {
    fn new(page: &WebContents, to: Address, message: &Outgoing) -> Self {
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

    fn has_room(&self, to: &Address, text: &str, message: &Outgoing) -> bool {
        let Freight { document: own, code, count, .. } = &self.freight;
        let is_code = code.is_some() || message.execution().is_some();
        // What a page does when it is answered, it does when the script has
        // ended: it may begin to listen for what is sent next.
        let in_order = message.is_answer() || !self.answers;
        let is_short = self.texts.len() + text.len() <= LONG;
        own == to && !is_code && in_order && is_short && *count < MOST
    }

    fn add(&mut self, text: &str, message: &Outgoing) {
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
