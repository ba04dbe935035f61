//! A page that comes out of the program itself.
use crate::home;
use std::borrow::Cow;
use wry::http::{Method, Request, Response};
use wry::{NewWindowResponse, WebContext, WebViewBuilder};

/// A file of the page: its path in the URL, its media type, its content.
pub type File = (&'static str, &'static str, &'static str);

/// The media type of a page.
pub const HTML: &str = "text/html; charset=utf-8";
/// The media type of a script.
pub const JS: &str = "text/javascript; charset=utf-8";
/// The media type of a style sheet.
pub const CSS: &str = "text/css; charset=utf-8";

/// The origin that the page's scripts see. WebView2 knows no protocols of
/// one's own, so wry gives it `http` with the protocol's name in the host.
pub const ORIGIN: &str =
    if cfg!(windows) { "http://app.localhost" } else { "app://localhost" };

/// Electron: `win.loadFile('index.html')`. A web view that is about to show
/// `/` out of `files`, and has no other place to load anything from.
///
/// It stays there: each navigation to another origin, each new window and each
/// download is refused, with a line on the transcript.
pub fn builder<'a>(
    context: &'a mut WebContext,
    files: &'static [File],
) -> WebViewBuilder<'a> {
    refuse_downloads(keep_home(WebViewBuilder::new_with_web_context(context)))
        .with_custom_protocol("app".into(), move |_, request| {
            serve(files, &request)
        })
        .with_url("app://localhost/")
}

/// Keeps a web view on our own origin.
pub fn keep_home(builder: WebViewBuilder<'_>) -> WebViewBuilder<'_> {
    builder
        // Electron: will-navigate
        .with_navigation_handler(|url| {
            home::is_home(ORIGIN, &url) || home::refuse("navigation to", &url)
        })
        // Electron: setWindowOpenHandler
        .with_new_window_req_handler(|url, _| {
            home::refuse("new window for", &url);
            NewWindowResponse::Deny
        })
}

/// Lets a web view save nothing. On Linux this is so for all web views of its
/// context, and the first one that was told it answers for them.
pub fn refuse_downloads(builder: WebViewBuilder<'_>) -> WebViewBuilder<'_> {
    // Electron: will-download
    builder.with_download_started_handler(|url, _| {
        home::refuse("download of", &url)
    })
}

const NOT_FOUND: &str = "<!doctype html><link rel=stylesheet href=/style.css>\
    <h1>Not found</h1><p>Nothing is here. <a href=/>Back to the page</a>";

/// What a page may load, run and send: its own files, and no form.
const CSP: &str = "default-src 'self'; script-src 'self'; \
                   base-uri 'none'; form-action 'none'";

/// Answers a request with one of `files`, or with why it cannot.
///
/// Electron: `protocol.handle`. Only GET and HEAD of exactly a file's path
/// find it (200); any other path is 404, any other method 405. Each answer
/// carries the page's Content-Security-Policy.
pub fn serve(
    files: &[File],
    request: &Request<Vec<u8>>,
) -> Response<Cow<'static, [u8]>> {
    let path = request.uri().path();
    let file = files.iter().find(|(its_path, ..)| *its_path == path);
    let (status, mime, body) = match (request.method(), file) {
        (&Method::GET | &Method::HEAD, Some(&(_, mime, body))) => {
            (200, mime, body)
        }
        (&Method::GET | &Method::HEAD, None) => (404, HTML, NOT_FOUND),
        _ => (405, "text/plain", "Only GET and HEAD are answered here."),
    };
    let body = if request.method() == Method::HEAD { "" } else { body };
    Response::builder()
        .status(status)
        .header("Allow", "GET, HEAD")
        .header("Content-Security-Policy", CSP)
        .header("Content-Type", mime)
        .header("X-Content-Type-Options", "nosniff")
        .body(Cow::Borrowed(body.as_bytes()))
        .expect("constants make a valid response")
}
