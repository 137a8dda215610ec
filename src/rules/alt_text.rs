//! `missing-alt-text`: a picture says nothing to a reader who does not see it.

use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::markdown::{Body, plain};
use crate::source::{Source, Span};

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    for picture in pictures(body) {
        let message = match picture.alt.trim() {
            "" => "this picture has no alternative text",
            alt if is_file_name(alt, &picture.target) => {
                "this picture's alternative text is the name of its file"
            }
            _ => continue,
        };
        out.push(Diagnostic::new(Code::MissingAltText, source, picture.span, message).help(
            "between the square brackets, write what the picture tells, in a sentence: \
             ![Two officers explain the poster to the owner of a car wash](poster.jpg)",
        ));
    }
}

struct Picture {
    target: String,
    alt: String,
    span: Span,
}

fn pictures(body: &Body) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let mut open: Vec<Picture> = Vec::new();
    for (event, span) in &body.events {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open.push(Picture { target: dest_url.to_string(), alt: String::new(), span: *span });
            }
            Event::End(TagEnd::Image) => pictures.extend(open.pop()),
            event => {
                if let Some(picture) = open.last_mut() {
                    picture.alt.push_str(plain(event));
                }
            }
        }
    }
    pictures
}

fn is_file_name(alt: &str, target: &str) -> bool {
    let file = target.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    alt == file || alt == stem
}
