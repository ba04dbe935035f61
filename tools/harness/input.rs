//! Real keys, as from a keyboard (XTEST).

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use fantoccini::key::Key;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, InputFocus,
    KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keycode, Keysym, MOTION_NOTIFY_EVENT,
    Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;

use crate::display::{ALIVE, Display};

/// The time that a key takes. GTK's file dialog loses keys at 5 ms.
const KEY_TIME: Duration = Duration::from_millis(12);

impl Display {
    /// Gives a window the keyboard, as a window manager would. Says whether it
    /// has it already.
    pub(crate) fn focus(&self, window: Window) -> bool {
        let x = &self.connection;
        let focus = x.get_input_focus().expect(ALIVE).reply().expect(ALIVE);
        if focus.focus != window {
            x.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)
                .expect(ALIVE)
                .ignore_error();
        }
        focus.focus == window
    }

    /// Types `text` into the window that has the keyboard.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        let keys = self.keys(text);
        let (shift, _) = self.keys(&Key::Shift)[0];
        for (code, shifted) in keys {
            if shifted {
                self.key(KEY_PRESS_EVENT, shift);
            }
            self.key(KEY_PRESS_EVENT, code);
            self.key(KEY_RELEASE_EVENT, code);
            if shifted {
                self.key(KEY_RELEASE_EVENT, shift);
            }
            thread::sleep(KEY_TIME);
        }
    }

    /// Presses the keys of `chord` one after the other, then lets all go.
    #[track_caller]
    pub(crate) fn press(&self, chord: &str) {
        let keys = self.keys(chord);
        for (code, _) in &keys {
            self.key(KEY_PRESS_EVENT, *code);
        }
        for (code, _) in keys.iter().rev() {
            self.key(KEY_RELEASE_EVENT, *code);
        }
        thread::sleep(KEY_TIME);
    }

    /// Clicks a place on the screen with the first button of the mouse.
    pub(crate) fn click(&self, place: (i16, i16)) {
        self.point(place);
        self.fake(BUTTON_PRESS_EVENT, 1, place);
        self.fake(BUTTON_RELEASE_EVENT, 1, place);
    }

    /// Moves the mouse to a place on the screen.
    pub(crate) fn point(&self, place: (i16, i16)) {
        self.fake(MOTION_NOTIFY_EVENT, 0, place);
    }

    fn key(&self, event: u8, code: Keycode) {
        self.fake(event, code, (0, 0));
    }

    fn fake(&self, event: u8, detail: u8, (x, y): (i16, i16)) {
        let (root, now) = (self.root, x11rb::CURRENT_TIME);
        self.connection
            .xtest_fake_input(event, detail, now, root, x, y, 0)
            .expect(ALIVE);
        self.connection.flush().expect(ALIVE);
    }

    /// The key for each character, and whether it takes the shift key.
    ///
    /// # Panics
    /// When a character is not on Xvfb's keyboard, which has those of ASCII.
    #[track_caller]
    fn keys(&self, text: &str) -> Vec<(Keycode, bool)> {
        let x = &self.connection;
        let codes = x.setup().min_keycode..=x.setup().max_keycode;
        let (first, count) = (*codes.start(), codes.clone().count() as u8);
        let layout = x.get_keyboard_mapping(first, count).expect(ALIVE);
        let layout = layout.reply().expect(ALIVE);
        let width = usize::from(layout.keysyms_per_keycode);
        let mut keys = HashMap::new();
        for (code, symbols) in codes.zip(layout.keysyms.chunks(width)) {
            for (&symbol, shifted) in symbols.iter().zip([false, true]) {
                keys.entry(symbol).or_insert((code, shifted));
            }
        }
        let key = |character| match keys.get(&symbol(character)) {
            Some(key) => *key,
            None => panic!("the keyboard has no key for {character:?}"),
        };
        text.chars().map(key).collect()
    }
}

/// X's name for a character or a [`Key`].
fn symbol(character: char) -> Keysym {
    match KEYS.iter().find(|(key, _)| char::from(*key) == character) {
        Some((_, symbol)) => *symbol,
        None => character.into(),
    }
}

const KEYS: [(Key, Keysym); 5] = [
    (Key::Enter, 0xff0d),
    (Key::Escape, 0xff1b),
    (Key::Shift, 0xffe1),
    (Key::Control, 0xffe3),
    (Key::Delete, 0xffff),
];
