// A page gets a value from main, on wry, tao and serde_json alone.
use serde_json::{Value, from_str, json, value::RawValue};
use tao::event::{Event, WindowEvent::CloseRequested};
use tao::event_loop::{ControlFlow as Flow, EventLoopBuilder};
#[cfg(target_os = "linux")]
use {tao::platform::unix::WindowExtUnix, wry::WebViewBuilderExtUnix};

const SCRIPT: &str = "const calls = new Map();
const invoke = (channel, ...args) => new Promise((resolve, reject) => {
  const id = crypto.randomUUID();
  window.ipc.postMessage(JSON.stringify([id, channel, args]));
  calls.set(id, { resolve, reject });
});
const settle = (id, end, value) => {
  calls.get(id)?.[end](value);
  calls.delete(id);
};
invoke('greet', 'page').then((answer) => { document.title = answer; });";

const HOME: &str =
    if cfg!(windows) { "http://app.localhost/" } else { "app://localhost/" };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let event_loop = EventLoopBuilder::<String>::with_user_event().build();
    let window = std::rc::Rc::new(tao::window::Window::new(&event_loop)?);
    let (proxy, titled) = (event_loop.create_proxy(), window.clone());
    let builder = wry::WebViewBuilder::new()
        .with_custom_protocol("app".into(), |_, _| page())
        .with_navigation_handler(|url| url == HOME)
        .with_new_window_req_handler(|_, _| wry::NewWindowResponse::Deny)
        .with_download_started_handler(|_, _| false)
        .with_document_title_changed_handler(move |it| titled.set_title(&it))
        .with_initialization_script(SCRIPT)
        .with_ipc_handler(move |it| drop(proxy.send_event(it.into_body())))
        .with_url(HOME);
    #[cfg(target_os = "linux")]
    let webview = builder.build_gtk(window.default_vbox().ok_or("no box")?)?;
    #[cfg(not(target_os = "linux"))]
    let webview = builder.build(&window)?;
    event_loop.run(move |event, _, flow| match event {
        Event::UserEvent(call) => match answer(&call) {
            Ok(script) => drop(webview.evaluate_script(&script)),
            Err(why) => eprintln!("refused: {why}"),
        },
        Event::WindowEvent { event: CloseRequested, .. } => *flow = Flow::Exit,
        _ => *flow = Flow::Wait,
    })
}

/// The script that settles a call, `[id, channel, args]`.
fn answer(call: &str) -> serde_json::Result<String> {
    let (id, channel, args): (String, String, &RawValue) = from_str(call)?;
    let (end, value) = match (&*channel, from_str::<[String; 1]>(args.get())) {
        ("greet", Ok([name])) => ("resolve", format!("Hello, {name}")),
        _ => ("reject", format!("no handler for {channel} {args}")),
    };
    let json = Value::from(json!([id, end, value]).to_string());
    Ok(format!("settle(...JSON.parse({json}))"))
}

fn page() -> wry::http::Response<std::borrow::Cow<'static, [u8]>> {
    let it = wry::http::Response::builder().header("Content-Type", "text/html");
    let it = it.header("Content-Security-Policy", "default-src 'self'");
    it.body(b"<!doctype html>".into()).expect("constants make a valid response")
}
