//! The page's entry point.

fn main() {
    agora::ui::mount();
}
