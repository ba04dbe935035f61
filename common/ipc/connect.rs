//! How a page comes into its window, and what connects it with main.
//! Chapter: ch12-errors
use crate::app::{App, Wake};
use crate::{BrowserWindow, Result, gone, pipe};
use common::page;
use wry::WebViewBuilder;

/// Builds a page into a window that has none.
///
/// # Errors
/// What wry says when it has no web view to give.
pub(crate) fn open(
    app: &App,
    win: &BrowserWindow,
    prepare: impl FnOnce(WebViewBuilder<'_>) -> WebViewBuilder<'_>,
) -> Result {
    let (contents, state) = (win.web_contents(), app.state());
    let id = contents.id();
    let mut context = state.context.borrow_mut();
    let view = WebViewBuilder::new_with_web_context(&mut context);
    let mut view = prepare(page::keep_home(view));
    // On Linux the context has the files from the first window on.
    if id == 1 || cfg!(not(target_os = "linux")) {
        let files = state.files;
        view = view.with_custom_protocol("app".into(), move |_, request| {
            page::serve(files, &request)
        });
    }
    let main = app.clone();
    let receive = move |text| main.state().inbox.push(id, text);
    let view = pipe::open(view, win.tao(), receive)?;
    let proxy = state.proxy.clone();
    gone::watch(&view, move |end| {
        // This fails only when the loop has ended, and nobody listens.
        let _ = proxy.send_event(Wake::Gone(id, end));
    });
    contents.set_view(Some(view));
    Ok(())
}
