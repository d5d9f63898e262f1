//! A part of the page as an SVG with the styles it has on screen, and as a PNG drawn of that.
//!
//! Boxes become rectangles, words become texts at their places, and drawings are copied with their
//! computed styles, so that the file needs no style sheet and opens in any program that shows SVG.

use js_sys::futures::JsFuture;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleDeclaration, Document, DomRect, Element, Node, Window};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What a drawing's shapes take from the style sheets.
const SHAPE_STYLES: [&str; 16] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "visibility",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "transform",
];

/// Where letters stand in a line's box: the ascent of the page's font over its ascent and descent.
const BASELINE: f64 = 0.8;

/// Draws an element as it is on screen.
///
/// # Errors
/// What the browser says, where it refuses.
pub fn svg_of(element: &Element) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or("there is no window")?;
    let document = window.document().ok_or("there is no document")?;
    let area = element.get_bounding_client_rect();
    let mut pen =
        Pen { window, document, left: area.left(), top: area.top(), text: String::new(), clips: 0 };
    pen.backdrop(element, &area)?;
    pen.element(element)?;
    let (width, height) = (area.width(), area.height());
    Ok(format!(
        r#"<svg xmlns="{SVG}" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}">{}</svg>"#,
        pen.text
    ))
}

struct Pen {
    window: Window,
    document: Document,
    left: f64,
    top: f64,
    text: String,
    clips: usize,
}

impl Pen {
    fn style(&self, element: &Element) -> Result<CssStyleDeclaration, JsValue> {
        let style = self.window.get_computed_style(element)?;
        style.ok_or_else(|| JsValue::from_str("an element has no style"))
    }

    /// Fills the ground with the nearest color behind the element, which may have none itself.
    fn backdrop(&mut self, element: &Element, area: &DomRect) -> Result<(), JsValue> {
        let mut behind = Some(element.clone());
        while let Some(ground) = behind {
            let color = value(&self.style(&ground)?, "background-color");
            if is_seen(&color) {
                let (w, h) = (area.width(), area.height());
                self.text += &format!(r#"<rect width="{w:.1}" height="{h:.1}" fill="{color}"/>"#);
                return Ok(());
            }
            behind = ground.parent_element();
        }
        Ok(())
    }

    fn element(&mut self, element: &Element) -> Result<(), JsValue> {
        let style = self.style(element)?;
        let area = element.get_bounding_client_rect();
        let opacity = value(&style, "opacity");
        let left_out = element.has_attribute("data-no-picture");
        if left_out || value(&style, "display") == "none" || opacity == "0" {
            return Ok(());
        }
        if element.namespace_uri().as_deref() == Some(SVG) {
            return self.drawing(element, &area);
        }
        let faint = opacity != "1";
        if faint {
            self.text += &format!(r#"<g opacity="{opacity}">"#);
        }
        let seen = value(&style, "visibility") == "visible";
        if seen {
            self.frame(&style, &area);
        }
        let clipped = value(&style, "overflow-x") != "visible" && area.width() > 0.0;
        if clipped {
            self.clip(&area);
        }
        let children = element.child_nodes();
        for child in (0..children.length()).filter_map(|at| children.item(at)) {
            match child.dyn_ref::<Element>() {
                Some(child) => self.element(child)?,
                None if seen && child.node_type() == Node::TEXT_NODE => {
                    self.words(&child, &style)?;
                }
                None => {}
            }
        }
        if clipped {
            self.text += "</g>";
        }
        if faint {
            self.text += "</g>";
        }
        Ok(())
    }

    /// Opens a group that shows nothing beyond a box.
    fn clip(&mut self, area: &DomRect) {
        self.clips += 1;
        let n = self.clips;
        let (x, y) = (area.left() - self.left, area.top() - self.top);
        let (w, h) = (area.width(), area.height());
        self.text += &format!(
            r#"<clipPath id="clip{n}"><rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}"/></clipPath><g clip-path="url(#clip{n})">"#
        );
    }

    /// Draws a box: its ground, and its borders, all around at once where they are alike.
    fn frame(&mut self, style: &CssStyleDeclaration, area: &DomRect) {
        let (x, y) = (area.left() - self.left, area.top() - self.top);
        let (w, h) = (area.width(), area.height());
        if w <= 0.0 || h <= 0.0 {
            return;
        }
        let border = |side: &str| {
            let width = pixels(&value(style, &format!("border-{side}-width")));
            let color = value(style, &format!("border-{side}-color"));
            let drawn = value(style, &format!("border-{side}-style")) != "none" && is_seen(&color);
            (if drawn { width } else { 0.0 }, color)
        };
        let sides = ["top", "right", "bottom", "left"].map(border);
        let fill = value(style, "background-color");
        let fill = if is_seen(&fill) { fill } else { "none".into() };
        let even = sides.iter().all(|side| *side == sides[0]);
        let (width, color) = if even { sides[0].clone() } else { (0.0, String::new()) };
        if fill != "none" || width > 0.0 {
            let half = width / 2.0;
            let radius = (pixels(&value(style, "border-top-left-radius")) - half).max(0.0);
            let stroke = if width > 0.0 {
                format!(r#" stroke="{color}" stroke-width="{width}""#)
            } else {
                String::new()
            };
            let (rx, ry) = (x + half, y + half);
            let (rw, rh) = ((w - width).max(0.0), (h - width).max(0.0));
            self.text += &format!(
                r#"<rect x="{rx:.1}" y="{ry:.1}" width="{rw:.1}" height="{rh:.1}" rx="{radius:.1}" fill="{fill}"{stroke}/>"#
            );
        }
        if even {
            return;
        }
        let lines = [
            (x, y, x + w, y),
            (x + w, y, x + w, y + h),
            (x, y + h, x + w, y + h),
            (x, y, x, y + h),
        ];
        for ((width, color), (x1, y1, x2, y2)) in sides.iter().zip(lines) {
            if *width > 0.0 {
                self.text += &format!(
                    r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{color}" stroke-width="{width}"/>"#
                );
            }
        }
    }

    /// Writes a text word by word, each where the browser has put it.
    fn words(&mut self, node: &Node, style: &CssStyleDeclaration) -> Result<(), JsValue> {
        let text: Vec<u16> = node.text_content().unwrap_or_default().encode_utf16().collect();
        let is_space = |unit: &u16| matches!(*unit, 9 | 10 | 13 | 32);
        let mut start = 0;
        while start < text.len() {
            if is_space(&text[start]) {
                start += 1;
                continue;
            }
            let end = text[start..].iter().position(is_space).map_or(text.len(), |n| start + n);
            let range = self.document.create_range()?;
            range.set_start(node, start as u32)?;
            range.set_end(node, end as u32)?;
            let area = range.get_bounding_client_rect();
            if area.width() > 0.0 {
                let word = String::from_utf16_lossy(&text[start..end]);
                self.word(&word, &area, style);
            }
            start = end;
        }
        Ok(())
    }

    fn word(&mut self, word: &str, area: &DomRect, style: &CssStyleDeclaration) {
        let word = match value(style, "text-transform").as_str() {
            "uppercase" => word.to_uppercase(),
            "lowercase" => word.to_lowercase(),
            _ => word.to_owned(),
        };
        let x = area.left() - self.left;
        let y = area.top() - self.top + area.height() * BASELINE;
        let of = |name: &str| escaped(&value(style, name));
        self.text += &format!(
            r#"<text x="{x:.1}" y="{y:.1}" textLength="{:.1}" lengthAdjust="spacingAndGlyphs" fill="{}" font-family="{}" font-size="{}" font-weight="{}" font-style="{}">{}</text>"#,
            area.width(),
            of("color"),
            of("font-family"),
            of("font-size"),
            of("font-weight"),
            of("font-style"),
            escaped(&word)
        );
    }

    /// Copies a drawing with its computed styles, at its place.
    fn drawing(&mut self, element: &Element, area: &DomRect) -> Result<(), JsValue> {
        let copy: Element = element.clone_node_with_deep(true)?.dyn_into()?;
        self.dress(element, &copy)?;
        copy.set_attribute("x", &format!("{:.1}", area.left() - self.left))?;
        copy.set_attribute("y", &format!("{:.1}", area.top() - self.top))?;
        copy.set_attribute("width", &format!("{:.1}", area.width()))?;
        copy.set_attribute("height", &format!("{:.1}", area.height()))?;
        copy.set_attribute("overflow", "visible")?;
        self.text += &web_sys::XmlSerializer::new()?.serialize_to_string(&copy)?;
        Ok(())
    }

    fn dress(&self, element: &Element, copy: &Element) -> Result<(), JsValue> {
        let style = self.style(element)?;
        for name in SHAPE_STYLES {
            let value = value(&style, name);
            let said = value != "none" || matches!(name, "fill" | "stroke");
            let is_root_transform = name == "transform" && element.tag_name() == "svg";
            if said && !value.is_empty() && !is_root_transform {
                copy.set_attribute(name, &value)?;
            }
        }
        for gone in ["class", "style", "data-testid"] {
            copy.remove_attribute(gone)?;
        }
        let (from, to) = (element.children(), copy.children());
        for at in 0..from.length() {
            if let (Some(from), Some(to)) = (from.item(at), to.item(at)) {
                self.dress(&from, &to)?;
            }
        }
        Ok(())
    }
}

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

fn is_seen(color: &str) -> bool {
    let clear = color == "transparent" || color == "rgba(0, 0, 0, 0)" || color.ends_with("/ 0)");
    !color.is_empty() && !clear
}

fn pixels(length: &str) -> f64 {
    length.strip_suffix("px").and_then(|number| number.trim().parse().ok()).unwrap_or(0.0)
}

/// Writes text for SVG, in and between its tags.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Draws an SVG as a PNG, so many pixels to each of the page's; answers the picture's bytes.
///
/// # Errors
/// What the browser says, where it refuses.
pub async fn png_of(svg: &str, scale: f64) -> Result<web_sys::Blob, JsValue> {
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or("there is no document")?;
    let image = web_sys::HtmlImageElement::new()?;
    let encoded = js_sys::encode_uri_component(svg);
    image.set_src(&format!("data:image/svg+xml,{}", String::from(encoded)));
    JsFuture::from(image.decode()).await?;
    let canvas: web_sys::HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let (width, height) = (f64::from(image.width()) * scale, f64::from(image.height()) * scale);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or("the browser gives no canvas to draw on")?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let drawn = js_sys::Promise::new(&mut |done, refused| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let _ = done.call1(&JsValue::NULL, &blob);
        });
        if let Err(error) = canvas.to_blob(take.unchecked_ref()) {
            let _ = refused.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(drawn).await?.dyn_into()
}

/// How long the address of a saved file stays good [ms].
const KEPT_MS: i32 = 60_000;

/// Hands a file to the person at the page.
///
/// # Errors
/// What the browser says, where it refuses.
pub fn save(name: &str, content: &web_sys::Blob) -> Result<(), JsValue> {
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or("there is no document")?;
    let url = web_sys::Url::create_object_url_with_blob(content)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // A click only asks for the download: under load the browser reads the address later, and one that is
    // taken back at once may be gone by then.
    let window = web_sys::window().ok_or("there is no window")?;
    let take_back = Closure::once_into_js(move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    });
    window
        .set_timeout_with_callback_and_timeout_and_arguments_0(take_back.unchecked_ref(), KEPT_MS)
        .map(drop)
}

/// Makes a file's content of text.
///
/// # Errors
/// What the browser says, where it refuses.
pub fn blob_of(text: &str, media_type: &str) -> Result<web_sys::Blob, JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)
}
