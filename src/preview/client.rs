//! The browser's half, which the program carries: page, style, scripts and the fonts of the report.

/// A file of the page, with its type.
pub(super) struct Asset {
    pub path: &'static str,
    pub media_type: &'static str,
    pub bytes: &'static [u8],
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const FONT: &str = "font/ttf";

macro_rules! assets {
    ($($name:literal $media_type:expr;)*) => {
        &[$(Asset { path: concat!("/", $name), media_type: $media_type, bytes: include_bytes!(concat!("client/", $name)) }),*]
    };
}

const PAGE: &[Asset] = assets! {
    "index.html" HTML;
    "style.css" CSS;
    "icon.svg" SVG;
    "address.js" SCRIPT;
    "app.js" SCRIPT;
    "card.js" SCRIPT;
    "comparison.js" SCRIPT;
    "connection.js" SCRIPT;
    "contents.js" SCRIPT;
    "dom.js" SCRIPT;
    "follow.js" SCRIPT;
    "keys.js" SCRIPT;
    "messages.js" SCRIPT;
    "nodes.js" SCRIPT;
    "panel.js" SCRIPT;
    "picture.js" SCRIPT;
    "places.js" SCRIPT;
    "preferences.js" SCRIPT;
    "sheet.js" SCRIPT;
    "sheets.js" SCRIPT;
    "status.js" SCRIPT;
    "steps.js" SCRIPT;
};

const FONTS: &[Asset] = &[
    Asset { path: "/noto-sans.ttf", media_type: FONT, bytes: notosans::REGULAR_TTF },
    Asset { path: "/noto-sans-bold.ttf", media_type: FONT, bytes: notosans::BOLD_TTF },
];

/// The file at a path; the page itself is at `/`.
pub(super) fn find(path: &str) -> Option<&'static Asset> {
    let path = if path == "/" { "/index.html" } else { path };
    PAGE.iter().chain(FONTS).find(|asset| asset.path == path)
}
