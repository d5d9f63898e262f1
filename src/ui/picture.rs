//! Saves the panel in front as a picture.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use crate::web::picture::{blob_of, png_of, save, svg_of};

/// Pixels of a PNG to each of the page's, so that it is sharp on paper too.
const PNG_SCALE: f64 = 2.0;

/// Two buttons that save the panel they stand in, as SVG and as PNG.
#[component]
pub fn SavePicture(title: &'static str) -> impl IntoView {
    let problem = RwSignal::new(String::new());
    let name = title.to_ascii_lowercase();
    let button = move |label: &'static str| {
        let name = name.clone();
        let on_click = move |event: MouseEvent| {
            let name = name.clone();
            let Some(panel) = panel_of(&event) else { return };
            spawn_local(async move {
                let saved = write(&panel, &name, label == "PNG").await;
                problem.set(saved.err().map(words).unwrap_or_default());
            });
        };
        let spoken = format!("Save {title} as {label}");
        view! {
            <button
                type="button"
                class="button-quiet"
                aria-label=spoken.clone()
                title=spoken
                data-testid=format!("save-{}", label.to_ascii_lowercase())
                on:click=on_click
            >
                {label}
            </button>
        }
    };
    let told = move || {
        let words = problem.get();
        (!words.is_empty())
            .then(|| view! { <span data-testid="problem" role="alert">{words}</span> })
    };
    view! { <span class="panel-save" data-no-picture="">{told} {button("SVG")} {button("PNG")}</span> }
}

fn panel_of(event: &MouseEvent) -> Option<Element> {
    let button: Element = event.target()?.dyn_into().ok()?;
    button.closest("section").ok().flatten()
}

async fn write(panel: &Element, name: &str, png: bool) -> Result<(), JsValue> {
    let svg = svg_of(panel)?;
    if png {
        save(&format!("{name}.png"), &png_of(&svg, PNG_SCALE).await?)
    } else {
        save(&format!("{name}.svg"), &blob_of(&svg, "image/svg+xml")?)
    }
}

fn words(error: JsValue) -> String {
    let said = error
        .as_string()
        .or_else(|| error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())));
    format!(
        "The picture could not be made: {}",
        said.unwrap_or_else(|| "no reason is known".into())
    )
}
