//! Electron: `new BrowserWindow()` and `win.loadFile('index.html')`.
//! New: a web view, and a page that comes out of the program and stays there.
use common::{transcript::line, webview};
use std::borrow::Cow;
use tao::{
    dpi::LogicalSize,
    event::{Event, StartCause, WindowEvent},
    event_loop::{ControlFlow, EventLoop},
    window::WindowBuilder,
};
use wry::http::{Method, Request, Response, Uri};
use wry::{NewWindowResponse, PageLoadEvent, WebViewBuilder};

/// The page's files: path, media type, content. They are inside the program,
/// so no request, however it is spelled, can reach the disk.
const FILES: &[File] = &[
    ("/", HTML, include_str!("index.html")),
    ("/style.css", "text/css; charset=utf-8", common::STYLE),
];

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoop::new();
    let window = WindowBuilder::new()
        .with_title("ch02-page")
        .with_inner_size(LogicalSize::new(800.0, 600.0))
        .build(&event_loop)?;
    let mut context = webview::context();
    let builder = WebViewBuilder::new_with_web_context(&mut context)
        .with_custom_protocol("app".into(), |_, request| {
            let what = format!("{} {}", request.method(), request.uri());
            line("renderer → main", what);
            let response = serve(FILES, &request);
            line("main → renderer", response.status());
            response
        })
        .with_on_page_load_handler(|event, url| match event {
            PageLoadEvent::Started => line("main", format!("loading {url}")),
            PageLoadEvent::Finished => line("main", format!("loaded {url}")),
        })
        // Electron: will-navigate
        .with_navigation_handler(|url| {
            is_home(&url) || refuse("navigation to", &url)
        })
        // Electron: setWindowOpenHandler
        .with_new_window_req_handler(|url, _| {
            refuse("new window for", &url);
            NewWindowResponse::Deny
        })
        // Electron: will-download
        .with_download_started_handler(|url, _| refuse("download of", &url))
        .with_url("app://localhost/");
    let _webview = webview::attach(builder, &window)?;

    event_loop.run(move |event, _, flow| {
        *flow = ControlFlow::Wait;
        match event {
            Event::NewEvents(StartCause::Init) => line("main", "ready"),
            Event::WindowEvent {
                event: WindowEvent::CloseRequested, ..
            } => {
                line("main", "close requested");
                *flow = ControlFlow::Exit;
            }
            _ => {}
        }
    })
}

/// Path, media type, content.
type File = (&'static str, &'static str, &'static str);

const HTML: &str = "text/html; charset=utf-8";
const NOT_FOUND: &str = "<!doctype html><link rel=stylesheet href=/style.css>\
    <h1>Not found</h1><p>Nothing is here. <a href=/>Back to the page</a>";

/// What a page may load, run and send: its own files, and no form.
const CSP: &str = "default-src 'self'; script-src 'self'; \
                   base-uri 'none'; form-action 'none'";

/// The origin of the page. WebView2 knows no protocols of one's own, so wry
/// gives it `http` with the protocol's name in the host.
const ORIGIN: &str =
    if cfg!(windows) { "http://app.localhost" } else { "app://localhost" };

/// Whether the page, or a frame in it, may go there: to our own origin, and to
/// the two documents that a frame makes without asking anybody.
fn is_home(url: &str) -> bool {
    let is_ours = |url: Uri| match (url.scheme_str(), url.authority()) {
        // A user's name and a port would be part of the authority.
        (Some(scheme), Some(host)) => format!("{scheme}://{host}") == ORIGIN,
        _ => false,
    };
    matches!(url, "about:blank" | "about:srcdoc")
        || url.parse().is_ok_and(is_ours)
}

/// Says what the page may not do.
fn refuse(what: &str, url: &str) -> bool {
    line("main", format!("refused: {what} {url}"));
    false
}

/// Answers a request with one of `files`, or with why it cannot.
fn serve(
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
