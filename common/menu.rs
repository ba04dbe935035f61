//! A menu bar with one menu: in the window, or on macOS at the screen's top.
use muda::{Menu, MenuEvent, MenuItem, Submenu};
use tao::window::Window;

/// An item: its id, its label, and the keys that click it, in Electron's
/// spelling (`CmdOrCtrl+U`).
pub type Item = (&'static str, &'static str, &'static str);

/// Electron: `Menu.setApplicationMenu(Menu.buildFromTemplate(template))`. Calls
/// `on_click` with an item's id each time that it is clicked. Once a program:
/// a second menu's items would be told to the first one's `on_click`.
///
/// The menu is there until what is returned is dropped. On Windows the keys are
/// left out: they would need a hook in tao's message loop.
///
/// # Errors
/// Where keys are not spelt as they should be, and where the system makes no
/// menu.
pub fn show(
    window: &Window,
    label: &str,
    items: &[Item],
    on_click: impl Fn(String) + Send + Sync + 'static,
) -> muda::Result<Menu> {
    let submenu = Submenu::new(label, true);
    for (id, label, keys) in items {
        let keys = if cfg!(windows) { None } else { Some(keys.parse()?) };
        submenu.append(&MenuItem::with_id(id, label, true, keys))?;
    }
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
        on_click(event.id.0);
    }));
    let menu = Menu::new();
    attach(&menu, submenu, window)?;
    Ok(menu)
}

/// Puts the menu into its window, above the web view.
#[cfg(target_os = "linux")]
fn attach(menu: &Menu, submenu: Submenu, window: &Window) -> muda::Result<()> {
    use tao::platform::unix::WindowExtUnix;
    menu.append(&submenu)?;
    menu.init_for_gtk_window(window.gtk_window(), window.default_vbox())
}

/// The first menu of a program on macOS bears its name, and what is not in the
/// menus cannot be pressed: neither Cmd+Q nor, in a field, Cmd+C.
#[cfg(target_os = "macos")]
fn attach(menu: &Menu, submenu: Submenu, _: &Window) -> muda::Result<()> {
    use muda::PredefinedMenuItem as Item;
    let program = Submenu::with_items("", true, &[&Item::quit(None)])?;
    let (cut, copy, paste) =
        (Item::cut(None), Item::copy(None), Item::paste(None));
    let edit = Submenu::with_items("Edit", true, &[&cut, &copy, &paste])?;
    menu.append_items(&[&program, &edit, &submenu])?;
    menu.init_for_nsapp();
    Ok(())
}

/// Gives the menu to its window, which is told by a handle.
#[cfg(windows)]
#[expect(unsafe_code, reason = "muda cannot tell a handle from a number")]
fn attach(menu: &Menu, submenu: Submenu, window: &Window) -> muda::Result<()> {
    use tao::platform::windows::WindowExtWindows;
    menu.append(&submenu)?;
    // SAFETY: the handle is that of a window which tao has made, and which is
    // there as long as `window` is.
    unsafe { menu.init_for_hwnd(window.hwnd()) }
}
