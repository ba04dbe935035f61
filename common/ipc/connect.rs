//! How a page comes into its window, what connects it with main, and how it
//! goes.
//! Chapter: ch12-errors
use crate::app::{App, Wake};
use crate::{BrowserWindow, Result, gone, pipe};
use common::page;
use wry::{PageLoadEvent, WebViewBuilder};

impl App {
    /// Puts a page into a window, and keeps both until that is closed.
    ///
    /// # Errors
    /// What wry says when it has no web view to give.
    pub(crate) fn open(
        &self,
        win: &BrowserWindow,
        prepare: impl FnOnce(WebViewBuilder<'_>) -> WebViewBuilder<'_>,
    ) -> Result {
        let (contents, state) = (win.web_contents(), self.state());
        let id = contents.id();
        let mut context = state.context.borrow_mut();
        let view = WebViewBuilder::new_with_web_context(&mut context);
        let mut view = prepare(page::keep_home(view));
        // On Linux all windows have these of the context, once it has them.
        if cfg!(not(target_os = "linux")) || !state.has_pages.get() {
            let files = state.files;
            view = page::refuse_downloads(view)
                .with_custom_protocol("app".into(), move |_, request| {
                    page::serve(files, &request)
                });
        }
        let (loads, from) = (contents.clone(), contents.clone());
        view = view.with_on_page_load_handler(move |event, _| match event {
            PageLoadEvent::Started => loads.commits(),
            PageLoadEvent::Finished => loads.finishes(),
        });
        let receive = move |text| from.hears(text);
        let view = pipe::open(view, win.tao(), receive)?;
        state.has_pages.set(true);
        contents.watch_starts(&view);
        let proxy = state.proxy.clone();
        gone::watch(&view, move |end| {
            // This fails only when the loop has ended, and nobody listens.
            let _ = proxy.send_event(Wake::Gone(id, end));
        });
        contents.set_view(Some(view));
        state.windows.add(win);
        Ok(())
    }
}
