fn main() {
    let commands = &["ping", "work", "cancel", "report"];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(why) = tauri_build::try_build(attributes) {
        panic!("{why:#}");
    }
}
