//! `ipcRenderer` as its preload has it, also where the page has replaced what
//! scripts are made of.
#![cfg(target_os = "linux")]
use harness::App;
use serde_json::json;

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-cases"))
}

/// `taken` names each spy that was called while `spying` ran a function.
const SPIES: &str = "
    const { ipcRenderer } = electron;
    const taken = [];
    const take = (name) => { taken[taken.length] = name; };
    const spies = [];
    const spy = (it, key, make) => {
      const found = Object.getOwnPropertyDescriptor(it, key);
      const old = found && { __proto__: null, ...found };
      const name = `${it.constructor?.name}.${String(key)}`;
      spies.push([it, key, make(found?.value, name), old]);
    };
    const method = (old, name) => function (...args) {
      take(name);
      return Reflect.apply(old, this, args);
    };
    for (const key of ['get', 'set', 'has', 'delete', 'forEach'])
      spy(Map.prototype, key, method);
    for (const key of ['add', 'has', 'delete', 'forEach'])
      spy(Set.prototype, key, method);
    for (const key of [Symbol.iterator, 'filter', 'findLast', 'map', 'push'])
      spy(Array.prototype, key, method);
    for (const key of ['get', 'has', 'ownKeys', 'getPrototypeOf', 'apply'])
      spy(Object.prototype, key, (old, name) => (target, ...args) => {
        take(name);
        return Reflect[key](target, ...args);
      });
    for (const key of ['then', 'sendSync', Symbol.toStringTag])
      spy(Object.prototype, key, (old, name) => function () { take(name); });
    const { ipc } = window.webkit.messageHandlers;
    spy(ipc, 'postMessage', (old, name) => (text) => take(name));
    for (const name of ['Error', 'Promise', 'Proxy', 'TypeError',
      'reportError'])
      spy(window, name, () => function () { take(name); });
    const spying = async (run) => {
      // WebDriver asks for the page's Promise as soon as it waits for one.
      await new Promise((resolve) => setTimeout(resolve));
      const { defineProperty } = Object;
      const its = { ...spies };
      const { length } = spies;
      for (let i = 0; i < length; i++) {
        const { 0: it, 1: key, 2: value } = its[i];
        defineProperty(it, key,
          { __proto__: null, value, configurable: true, writable: true });
      }
      try { return await run(); } finally {
        for (let i = 0; i < length; i++) {
          const { 0: it, 1: key, 3: old } = its[i];
          if (old) defineProperty(it, key, old);
          else delete it[key];
        }
      }
    };";

#[test]
fn a_page_that_replaces_prototypes_is_given_nothing_by_it() {
    let app = start();
    let done = app.page().run(&format!(
        "{SPIES}
         const said = await spying(async () => {{
           let heard = 0, heardOf;
           const never = () => {{ heard = -1; }};
           ipcRenderer.on('told', never).off('told', never);
           ipcRenderer.on('told', (event, value) => {{
             heardOf = event;
             if (event.sender === ipcRenderer) heard += value;
             // It is looked at, and refused for its sender's functions.
             try {{ ipcRenderer.send('told', event); }} catch {{ heard += 10; }}
           }});
           ipcRenderer.once('told', () => {{ throw 'unheard'; }});
           ipcRenderer.send('reply-to', 'told', 1);
           ipcRenderer.send('reply-to', 'told', 2);
           const {{ pong }} = await ipcRenderer.invoke('echo', {{ pong: 1 }});
           ipcRenderer.removeAllListeners('told');
           const isSame = await (async () => ipcRenderer)() === ipcRenderer
             && await (async () => electron)() === electron
             && await (async () => heardOf)() === heardOf;
           let refused;
           try {{ ipcRenderer.sendSync('told'); }} catch (why) {{
             refused = why.message;
           }}
           return {{ __proto__: null, pong, heard, isSame, refused }};
         }});
         return [said.pong, said.heard, said.isSame, said.refused, taken];"
    ));
    let refused = "ipcRenderer.sendSync is not here: ask main for it by \
                   ipcRenderer.invoke";
    assert_eq!(done, json!([1, 23, true, refused, []]));
}

/// `top` is the window's, as in Electron, and one that is not there is not
/// there.
#[test]
fn a_preload_sees_no_name_of_the_library() {
    let seen = start().page().run("return seen");
    let none = "undefined";
    assert_eq!(seen, json!([true, none, none, none]));
}

#[test]
fn a_listener_is_called_as_nodes_is() {
    let done = start().page().run(
        "const { ipcRenderer } = electron;
         const calls = [];
         const late = () => calls.push('late');
         const also = () => calls.push('also');
         ipcRenderer.on('told', function () {
           calls.push(this === ipcRenderer);
           ipcRenderer.off('told', also);
           ipcRenderer.on('told', late);
         });
         ipcRenderer.on('told', also);
         ipcRenderer.send('reply-to', 'told', 1);
         await ipcRenderer.invoke('ping');
         ipcRenderer.send('reply-to', 'told', 2);
         await ipcRenderer.invoke('ping');
         return calls;",
    );
    assert_eq!(done, json!([true, "also", true, "late"]));
}
