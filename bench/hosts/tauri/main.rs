//! Tauri as a host of the benchmark: its `invoke` by a fetch or, where the
//! variable `BENCH_WAY` is `post`, by its `postMessage`.
use std::env;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use tauri::ipc::{InvokeBody, Request, Response};
use tauri::utils::config::Csp;
use tauri::{State, WebviewUrl, WebviewWindowBuilder};

/// A page under this policy cannot fetch `ipc:`, and Tauri falls back.
const NO_FETCH: &str = "default-src 'self'; script-src 'self'; \
                        base-uri 'none'; form-action 'none'";

type Counter = AtomicU32;

fn main() -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    if env::var("BENCH_WAY").is_ok_and(|way| way == "post") {
        let security = &mut context.config_mut().app.security;
        security.csp = Some(Csp::Policy(NO_FETCH.into()));
    }
    let app = tauri::Builder::default()
        .manage(Counter::default())
        .invoke_handler(tauri::generate_handler![
            plan, ready, ping, echo, bytes, count, tally, report
        ])
        .build(context)?;
    WebviewWindowBuilder::new(&app, "main", WebviewUrl::default())
        .title("bench-tauri")
        .inner_size(800.0, 600.0)
        .initialization_script(include_str!("preload.js"))
        .build()?;
    app.run(|_, _| ());
    Ok(())
}

#[tauri::command]
fn plan() -> String {
    env::var("BENCH_PLAN").unwrap_or("[]".into())
}

#[tauri::command]
fn ready() {
    println!("ready");
}

#[tauri::command]
fn ping() -> &'static str {
    "Pong"
}

#[tauri::command]
fn echo(text: String) -> String {
    text
}

/// Bytes come as the body of a request, or else in JSON.
#[tauri::command]
fn bytes(request: Request<'_>) -> Response {
    Response::new(match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(list) => {
            serde_json::from_value(list.clone()).unwrap_or_default()
        }
    })
}

#[tauri::command]
fn count(counter: State<'_, Counter>, n: u32) {
    let _ = n;
    counter.fetch_add(1, SeqCst);
}

#[tauri::command]
fn tally(counter: State<'_, Counter>) -> u32 {
    counter.load(SeqCst)
}

#[tauri::command]
fn report(line: String) {
    println!("{line}");
}
