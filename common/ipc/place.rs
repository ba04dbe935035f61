//! How a document takes another's place: what WebKit tells, step by step.
//! Chapter: ch14-reload
use crate::WebContents;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use wry::WebView;

/// What is in one page.
#[derive(Default)]
pub(crate) struct Place {
    pub load: Load,
    /// How many marks are on their way.
    pub marks: Arc<AtomicU32>,
    /// Which document has said hello since WebKit has put one there.
    pub name: Option<Arc<str>>,
}

/// How far WebKit is with what is to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub(crate) enum Load {
    /// It has not begun. What it tells is of a load before.
    #[default]
    Asked,
    /// It has. The document before is there still.
    Started,
    /// It has given that up, for another load or for none.
    Stopped,
    /// The document is there.
    Committed,
    /// The document is loaded.
    Finished,
}

impl Place {
    fn is_marked(&self) -> bool {
        self.marks.load(Relaxed) > 0
    }

    /// Where a document is there, a load that begins changes nothing yet: it
    /// counts when its own document comes.
    pub fn starts(&mut self) {
        let is_old = self.load == Load::Asked && self.is_marked();
        if !is_old && self.load < Load::Committed {
            self.load = Load::Started;
        }
    }

    /// A document is there, which has not said hello.
    pub fn commits(&mut self) {
        self.name = None;
        if self.load >= Load::Started {
            self.load = Load::Committed;
        }
    }

    /// What has become of the load, where that is news.
    pub fn finishes(&mut self) -> Option<Load> {
        self.load = match self.load {
            Load::Started => Load::Stopped,
            Load::Committed => Load::Finished,
            _ => return None,
        };
        Some(self.load)
    }

    /// Whether no other load has begun in place of one that was stopped.
    pub fn stays(&mut self) -> bool {
        let stays = self.load == Load::Stopped && !self.is_marked();
        if stays {
            self.load = Load::Finished;
        }
        stays
    }

    /// The document that main speaks to.
    pub fn document(&self) -> Option<&Arc<str>> {
        self.name.as_ref().filter(|_| self.load >= Load::Committed)
    }
}

impl WebContents {
    /// Looks when WebKit begins to load a document, of which wry does not tell.
    #[cfg(target_os = "linux")]
    pub(crate) fn watch_starts(&self, view: &WebView) {
        use webkit2gtk::{LoadEvent, WebViewExt};
        use wry::WebViewExtUnix;
        let page = self.clone();
        view.webview().connect_load_changed(move |_, event| {
            if event == LoadEvent::Started {
                page.starts();
            }
        });
    }

    /// Elsewhere it is not known: see `commits`.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn watch_starts(&self, _: &WebView) {}
}

#[cfg(test)]
mod tests {
    use super::{Arc, Load, Place, Relaxed};

    fn place(load: Load) -> Place {
        let (name, marks) = (Some("first".into()), Arc::default());
        Place { load, marks, name }
    }

    fn there(place: &Place) -> Option<&str> {
        place.document().map(|it| &**it)
    }

    /// Main asks for a second reload while the first is under way, or done.
    #[test]
    fn a_document_that_was_begun_before_main_has_asked_is_not_the_next() {
        let mut place = place(Load::Asked);
        place.marks.fetch_add(1, Relaxed);
        place.starts();
        place.commits();
        place.name = Some("second".into());
        assert_eq!(there(&place), None);
        place.marks.fetch_sub(1, Relaxed);
        assert_eq!(place.finishes(), None);
        place.starts();
        assert_eq!(there(&place), None);
        place.commits();
        place.name = Some("third".into());
        assert_eq!(there(&place), Some("third"));
        assert_eq!(place.finishes(), Some(Load::Finished));
    }

    #[test]
    fn a_load_that_is_stopped_leaves_the_document_that_was_there() {
        let mut place = place(Load::Asked);
        place.starts();
        assert_eq!(place.finishes(), Some(Load::Stopped));
        // Another one takes its place.
        place.starts();
        assert!(!place.stays());
        assert_eq!(place.finishes(), Some(Load::Stopped));
        assert_eq!(there(&place), None);
        assert!(place.stays());
        assert_eq!(there(&place), Some("first"));
        // One that the page has asked for itself keeps nothing from it.
        place.starts();
        assert_eq!(there(&place), Some("first"));
        assert_eq!(place.finishes(), None);
    }
}
