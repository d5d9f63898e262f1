//! What the page hands to the user and takes from the browser: the clipboard, files, the address, the date.

use js_sys::futures::JsFuture;
use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Copies a text; says whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    // Without a secure context there is no clipboard, whatever the types say.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Offers a text as a file to save; says whether the browser let it.
pub fn offer_file(name: &str, media_type: &str, text: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
    blob.ok().and_then(|blob| offer(name, &blob)).is_some()
}

/// Offers a blob as a file to save.
pub fn offer(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url).ok()
}

/// Reads a file's text; none where the browser cannot.
pub async fn text_of(file: &File) -> Option<String> {
    let blob: &Blob = file;
    JsFuture::from(blob.text()).await.ok()?.as_string()
}

/// Returns the page's address without its fragment.
pub fn address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Returns the address's fragment, without the `#`.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Returns now [milliseconds since 1970]; only for the date a session is kept under.
pub fn now_ms() -> f64 {
    Date::now()
}

/// Writes a date as the user's own settings have it.
pub fn date(ms: f64) -> String {
    let date = Date::new(&JsValue::from_f64(ms));
    date.to_locale_string("default", &JsValue::UNDEFINED).into()
}

/// Returns what this tab remembers under a key; it outlives loading the page again, not the tab.
pub fn remembered(key: &str) -> Option<String> {
    tab_storage()?.get_item(key).ok().flatten()
}

/// Remembers something for this tab, or forgets it; where the browser forbids it, nothing is remembered.
pub fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = tab_storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

fn tab_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
