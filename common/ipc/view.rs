//! How a page comes into its window, and how it goes.
//! Chapter: ch12-errors
use crate::app::{App, Wake};
use crate::gone::{self, End};
use crate::{BrowserWindow, Result, pipe};
use common::{page, transcript::line};
use wry::WebViewBuilder;

impl App {
    /// Puts a page into a window, and connects it.
    pub(crate) fn open(
        &self,
        win: &BrowserWindow,
        prepare: impl FnOnce(WebViewBuilder<'_>) -> WebViewBuilder<'_>,
    ) -> Result {
        let (id, state) = (win.web_contents().id(), self.0.clone());
        let receive = move |text| state.inbox.push(id, text);
        let files = self.0.files;
        let mut context = self.0.context.borrow_mut();
        let mut view =
            prepare(WebViewBuilder::new_with_web_context(&mut context));
        // On Linux the context has it from the first window on.
        if id == 1 || cfg!(not(target_os = "linux")) {
            view = view
                .with_custom_protocol("app".into(), move |_, request| {
                    page::serve(files, &request)
                });
        }
        let view = pipe::open(view, win.tao(), receive)?;
        let proxy = self.0.proxy.clone();
        gone::watch(&view, move |end| {
            let _ = proxy.send_event(Wake::Gone(id, end));
        });
        win.web_contents().set_view(Some(view));
        self.0.windows.borrow_mut().push(win.clone());
        Ok(())
    }

    /// Closes a window: its page is gone, and so are the calls that it made.
    pub(crate) fn close(&self, is_it: impl Fn(&BrowserWindow) -> bool) {
        let closed: Vec<_> = {
            let mut windows = self.0.windows.borrow_mut();
            windows.extract_if(.., |win| is_it(win)).collect()
        };
        for win in closed {
            win.web_contents().set_view(None);
            // Copies of it that the app has keep tao's window alive.
            win.tao().set_visible(false);
            self.0.tasks.end(win.web_contents().id());
        }
    }

    /// A page is gone by itself: nobody waits for its calls any more.
    pub(crate) fn on_gone(&self, id: u32, end: End) {
        line("main", format!("the page of window {id} {end}"));
        self.0.tasks.end(id);
        match (end, self.window(id)) {
            (End::Closed, _) => self.close(|win| win.web_contents().id() == id),
            (End::Process(details), Ok(win)) => {
                self.0.gone.call(win.web_contents(), details);
            }
            (End::Process(_), Err(_)) => {}
        }
    }
}
