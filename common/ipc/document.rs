//! Which document is in a page. Each message of main's is for one document.
//! Chapter: ch14-reload
use crate::{Result, WebContents};
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// What is in each page, by the page's number.
#[derive(Default)]
pub(crate) struct Documents(RefCell<HashMap<u32, Document>>);

#[derive(Clone)]
enum Document {
    /// WebKit has begun with one, which has not said hello.
    Loading,
    /// It has, with this name.
    There(Arc<str>),
}

impl WebContents {
    /// The document that is there, if one is: it begins to take messages when
    /// it says hello, and no longer does when another takes its place.
    pub(crate) fn document(&self) -> Option<Arc<str>> {
        let documents = self.app().state().documents.0.borrow();
        match documents.get(&self.id())? {
            Document::There(name) => Some(name.clone()),
            Document::Loading => None,
        }
    }

    /// Main has had the page loaded anew, or its process has ended. A hello is
    /// that of a document which is about to go, until WebKit has begun.
    pub(crate) fn leaves(&self) {
        let state = self.app().state();
        state.documents.0.borrow_mut().remove(&self.id());
        state.executions.leave(self, None);
    }

    /// WebKit has begun with a new document.
    pub(crate) fn begins(&self) {
        self.leaves();
        let documents = &self.app().state().documents;
        documents.0.borrow_mut().insert(self.id(), Document::Loading);
    }

    /// Takes what the page posts. A hello counts at once, so that it is that of
    /// the document that WebKit has begun with last.
    pub(crate) fn hears(&self, text: Result<String>) {
        match text.as_deref().map(hello) {
            Ok(Some(name)) => self.greets(name.into()),
            _ => self.app().state().inbox.push(self, text),
        }
    }

    fn greets(&self, name: Arc<str>) {
        let state = self.app().state();
        let mut documents = state.documents.0.borrow_mut();
        let Some(there) = documents.get_mut(&self.id()) else { return };
        *there = Document::There(name.clone());
        drop(documents);
        state.executions.leave(self, Some(&name));
        state.outbox.address(self.id(), &name);
    }

    /// Its window is closed: there will be no other document.
    pub(crate) fn closes(&self) {
        self.leaves();
        let state = self.app().state();
        state.executions.close(self);
        state.outbox.forget(self.id());
        state.loads.forget(self.id());
    }
}

/// The name of a document that says hello.
fn hello(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("[\"")?;
    let name = rest.strip_suffix("\",null,null,\"hello\"]")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (name.len() <= 64 && name.chars().all(is_plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::hello;

    #[test]
    fn a_hello_is_four_parts_and_a_plain_name() {
        let text = |name: &str| format!(r#"["{name}",null,null,"hello"]"#);
        assert_eq!(hello(&text("0a-B")), Some("0a-B"));
        let long = "d".repeat(65);
        for name in [r#"a",1,"b"#, r"\u0000", "é", "a\n", &long] {
            assert_eq!(hello(&text(name)), None, "{name}");
        }
        assert_eq!(hello(r#"["d",7,null,"hello"]"#), None);
        assert_eq!(hello("[\"\",null,null,\"hello"), None);
    }
}
