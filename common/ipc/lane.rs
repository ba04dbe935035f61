//! What is to cross to one page, in batches.
//! Chapter: ch13-push
use crate::freight::{Batch, Freight};
use crate::{WebContents, outgoing::Outgoing};
use std::{collections::VecDeque, sync::Arc};

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
