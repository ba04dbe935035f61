//! The preload looks where it is before it gives anything.
use crate::CHAPTER;
use harness::Page;
use serde_json::json;

/// Tried in the window in which `exposed` has looked at what is given.
pub fn a_frame_or_a_document_opened_anew_is_given_nothing(page: &Page<'_>) {
    frames_are_given_nothing(page);
    a_document_opened_anew_keeps_what_was_exposed(page);
}

fn frames_are_given_nothing(page: &Page<'_>) {
    let given = page.run_with(
        "const [names] = arguments;
         const given = [];
         for (const src of ['about:blank', '/']) {
           const frame = document.createElement('iframe');
           const loaded = new Promise((done) => { frame.onload = done; });
           frame.src = src;
           document.body.append(frame);
           await loaded;
           given.push(names.filter((name) => name in frame.contentWindow));
         }
         return given;",
        &[json!(CHAPTER.all_globals())],
    );
    assert_eq!(given, json!([[], []]));
}

/// The preload's script runs again for it, in a window whose page has put
/// functions of its own in place of all that the guard might ask. Tauri's
/// scripts, which are not ours to guard, run again as well.
fn a_document_opened_anew_keeps_what_was_exposed(page: &Page<'_>) {
    let kept = page.run_with(
        "const [names] = arguments;
         const before = names.map((name) => window[name]);
         const keys = before.map((api) => Object.keys(api)[0]);
         const owners = [Array, Map, Set, WeakMap, WeakSet, Object];
         const functions = [Object, Reflect, ...owners.map((it) => it.prototype)]
           .flatMap((owner) => Object.getOwnPropertyNames(owner)
             .filter((name) => name !== 'constructor')
             .map((name) => [owner, name,
               Object.getOwnPropertyDescriptor(owner, name).value])
             .filter(([,, value]) => typeof value === 'function'));
         const seen = [];
         for (const [owner, name] of functions) owner[name] = () => false;
         Object.freeze = (api) => { seen[seen.length] = api; };
         document.open();
         document.write('<p>new');
         document.close();
         for (const [owner, name, value] of functions) owner[name] = value;
         const ours = seen.filter((api) => keys.some((key) => Object.hasOwn(api, key)));
         return [names.every((name, i) => window[name] === before[i]),
                 ours.length];",
        &[CHAPTER.apis.iter().map(|(name, _)| *name).collect()],
    );
    assert_eq!(kept, json!([true, 0]));
}
