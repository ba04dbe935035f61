//! Electron: `new BrowserWindow()` and `win.loadFile('index.html')`.
//! New: a web view, and a page that comes out of the program itself.
use common::{transcript::line, webview};
use std::borrow::Cow;
use tao::{
    dpi::LogicalSize,
    event::{Event, StartCause, WindowEvent},
    event_loop::{ControlFlow, EventLoop},
    window::WindowBuilder,
};
use wry::http::{Method, Request, Response};
use wry::{PageLoadEvent, WebViewBuilder};

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

type File = (&'static str, &'static str, &'static str);

const HTML: &str = "text/html; charset=utf-8";
const NOT_FOUND: &str = "<!doctype html><link rel=stylesheet href=/style.css>\
    <h1>Not found</h1><p>Nothing is here. <a href=/>Back to the page</a>";

/// What a page may load, run and send: its own files, and no form.
const CSP: &str = "default-src 'self'; script-src 'self'; \
                   base-uri 'none'; form-action 'none'";

/// Answers a request with one of `files`, or with why it cannot.
fn serve(
    files: &[File],
    request: &Request<Vec<u8>>,
) -> Response<Cow<'static, [u8]>> {
    let file = files.iter().find(|file| file.0 == request.uri().path());
    let (status, mime, body) = match (request.method(), file) {
        (&Method::GET | &Method::HEAD, Some(file)) => (200, file.1, file.2),
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
