//! What pages may do, said to browsers: in a meta element of each page, and in the header files of
//! the usual hosts.

use std::fmt::Write as _;

use super::{Artifact, Input};

/// Everything comes from the site itself; scripts and styles come from files alone. The search is a
/// WebAssembly module, which may be compiled; texts may not be run as scripts.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'";

/// The policy for a meta element, which cannot say who may frame the page.
#[must_use]
pub fn meta_policy() -> String {
    POLICY.to_owned()
}

/// `_headers` and `_redirects`, which Netlify, Cloudflare Pages and others read. `docs/hosting.md`
/// says the same for nginx and Apache.
pub fn artifacts(input: &Input<'_>) -> Vec<Artifact> {
    let base = &input.settings.base;
    let headers = format!(
        "{all}*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  Referrer-Policy: no-referrer\n  \
         X-Content-Type-Options: nosniff\n  X-Frame-Options: DENY\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n  \
         Cross-Origin-Opener-Policy: same-origin\n{all}assets/*\n  \
         Cache-Control: public, max-age=31536000, immutable\n",
        all = base.link("/"),
    );
    let mut redirects = String::new();
    for (alias, at) in &input.library.aliases {
        if let Some(document) = input.library.documents.get(*at) {
            let _ = writeln!(redirects, "{} {} 301", base.link(alias), base.link(&document.path));
        }
    }
    let mut artifacts = vec![Artifact::new("/_headers", headers)];
    if !redirects.is_empty() {
        artifacts.push(Artifact::new("/_redirects", redirects));
    }
    artifacts
}
