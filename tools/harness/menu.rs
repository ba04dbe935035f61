//! The menu bar in a GTK window, driven by the mouse.

use x11rb::protocol::xproto::{ConnectionExt as _, Window};

use crate::App;
use crate::display::ALIVE;

/// Where the first menu of the bar is, from the corner of its window.
const FIRST_MENU: (i16, i16) = (20, 12);

impl App {
    /// Opens the first menu of the main window's menu bar and clicks the item
    /// with this number, 0 being the first, of a menu with `count` items.
    #[track_caller]
    pub fn click_menu(&self, item: i16, count: i16) {
        let bar = self.place(self.main);
        self.display.click((bar.0 + FIRST_MENU.0, bar.1 + FIRST_MENU.1));
        let popup = self.program.wait("its menu to open", || {
            self.display.popups().pop().ok_or_else(String::new)
        });
        let (x, y, width, height) = self.place(popup);
        let middle = height * (2 * item + 1) / (2 * count);
        self.display.click((x + width / 2, y + middle));
        self.program.wait("its menu to close", || {
            let is_open = self.display.popups().contains(&popup);
            if is_open { Err(String::new()) } else { Ok(()) }
        });
    }

    /// Where a window is on the screen, and its size.
    #[track_caller]
    fn place(&self, window: Window) -> (i16, i16, i16, i16) {
        let geometry = self.display.connection.get_geometry(window);
        match geometry.expect(ALIVE).reply() {
            Ok(it) => (it.x, it.y, it.width as i16, it.height as i16),
            Err(why) => self.program.fail(&format!("a window is gone: {why}")),
        }
    }
}
