//! Which document is in a page. Each message of main's is for one document.
//! Chapter: ch14-reload
use crate::place::{Load, Place};
use crate::{Result, WebContents, app::Wake};
use std::cell::{RefCell, RefMut};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tao::event_loop::EventLoopProxy;

/// What is in each page, by the page's number.
#[derive(Default)]
pub(crate) struct Documents(RefCell<HashMap<u32, Place>>);

impl Documents {
    fn place(&self, page: &WebContents) -> RefMut<'_, Place> {
        RefMut::map(self.0.borrow_mut(), |all| {
            all.entry(page.id()).or_default()
        })
    }
}

impl WebContents {
    /// The document that is there, if one is: it begins to take messages when
    /// it says hello, and no longer does when another takes its place.
    pub(crate) fn document(&self) -> Option<Arc<str>> {
        let documents = self.app().state().documents.0.borrow();
        documents.get(&self.id())?.document().cloned()
    }

    /// Main has the page loaded anew. The document that is there is about to
    /// go, and so is one that WebKit has begun with before.
    pub(crate) fn leaves(&self) {
        let state = self.app().state();
        state.documents.place(self).load = Load::Asked;
        state.executions.leave(self, None);
        self.mark();
    }

    /// Has the page's process say that it has come so far: what WebKit has told
    /// by then is of what was asked before.
    fn mark(&self) {
        let state = self.app().state();
        let marks = state.documents.place(self).marks.clone();
        marks.fetch_add(1, Relaxed);
        let mark = Mark { id: self.id(), proxy: state.proxy.clone(), marks };
        // Where it does not even begin, `mark` is dropped, and says so.
        let _ = self.run("0", move |_| {
            let _ = &mark;
        });
    }

    /// Its process has ended, or its window is closed: no document is there.
    pub(crate) fn ends(&self) {
        let state = self.app().state();
        state.documents.0.borrow_mut().remove(&self.id());
        state.executions.leave(self, None);
    }

    /// WebKit begins to load a document.
    pub(crate) fn starts(&self) {
        self.app().state().documents.place(self).starts();
    }

    /// WebKit has put a new document there.
    pub(crate) fn commits(&self) {
        if cfg!(not(target_os = "linux")) {
            self.starts();
        }
        let state = self.app().state();
        state.documents.place(self).commits();
        state.executions.leave(self, None);
    }

    /// WebKit is done with a load.
    pub(crate) fn finishes(&self) {
        let load = self.app().state().documents.place(self).finishes();
        match load {
            Some(Load::Stopped) => self.mark(),
            Some(_) => self.is_loaded(),
            None => {}
        }
    }

    /// A mark is there. Where a load was stopped and no other has begun, the
    /// document before stays.
    pub(crate) fn marked(&self) {
        if self.app().state().documents.place(self).stays() {
            self.takes();
        }
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
        self.app().state().documents.place(self).name = Some(name);
        self.takes();
    }

    /// What waits is for the document that is there.
    fn takes(&self) {
        let Some(document) = self.document() else { return };
        let state = self.app().state();
        state.executions.leave(self, Some(&document));
        state.outbox.address(self.id(), &document);
    }

    /// Its window is closed: there will be no other document.
    pub(crate) fn closes(&self) {
        self.ends();
        let state = self.app().state();
        state.executions.close(self);
        state.outbox.forget(self.id());
        state.loads.forget(self.id());
    }
}

/// On its way through the page's process.
struct Mark {
    id: u32,
    proxy: EventLoopProxy<Wake>,
    marks: Arc<AtomicU32>,
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.marks.fetch_sub(1, Relaxed);
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.proxy.send_event(Wake::Marked(self.id));
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
