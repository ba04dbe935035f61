//! What the policy forbids the page: the same with wry and with Tauri.
use harness::{Elsewhere, Page};
use serde_json::json;

/// Tried in the windows whose pages `home` lets look for a way out.
pub fn holds(page: &Page<'_>) {
    the_page_runs_no_script_but_its_own_files(page);
    nothing_is_asked_for_or_sent_elsewhere(page);
}

fn the_page_runs_no_script_but_its_own_files(page: &Page<'_>) {
    let ran = page.run(
        "let refused = 0;
         addEventListener('securitypolicyviolation', () => refused++);
         const script = document.createElement('script');
         script.textContent = 'window.inline = true';
         document.body.append(script);
         document.body.setAttribute('onclick', 'window.handler = true');
         document.body.click();
         let evaluated = true;
         try { window.eval('1'); } catch { evaluated = false; }
         const ran = [window.inline ?? false, window.handler ?? false, evaluated];
         // What is told of those that did not run is not for what comes next.
         const expected = ran.filter((it) => !it).length;
         while (refused < expected)
           await new Promise((done) => setTimeout(done, 10));
         return ran;",
    );
    assert_eq!(ran, json!([false, false, false]));
}

fn nothing_is_asked_for_or_sent_elsewhere(page: &Page<'_>) {
    let elsewhere = Elsewhere::start();
    let done = page.run_with(
        "const [elsewhere] = arguments;
         const refused = [];
         addEventListener('securitypolicyviolation', (event) =>
           refused.push(event.effectiveDirective));
         const until = async (count) => {
           while (refused.length < count)
             await new Promise((done) => setTimeout(done, 10));
         };
         const add = (name, attributes) => {
           const element = document.createElement(name);
           document.body.append(Object.assign(element, attributes));
           return element;
         };
         await fetch(`${elsewhere}/fetch`).catch(() => 0);
         await until(1);
         add('img', { src: `${elsewhere}/image` });
         await until(2);
         add('script', { src: `${elsewhere}/script` });
         await until(3);
         add('iframe', { src: `${elsewhere}/frame` });
         await until(4);
         add('form', { action: `${elsewhere}/form`, method: 'post' }).submit();
         await until(5);
         add('base', { href: elsewhere });
         await until(6);
         return refused;",
        &[elsewhere.origin().into()],
    );
    let refused = [
        "connect-src",
        "img-src",
        "script-src-elem",
        "frame-src",
        "form-action",
        "base-uri",
    ];
    assert_eq!(done, json!(refused));
    assert_eq!(elsewhere.requests(), 0);
}
