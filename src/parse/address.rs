//! Which addresses may be published.

/// Why `address` must not be published, in words that go after "because"; nothing when it is safe.
///
/// Safe are `http`, `https`, `mailto` and `tel` addresses, paths within the site and fragments,
/// after reading the address the way browsers do: they pass over line breaks and tabs, and take a
/// backslash for a slash. An address as markdown gives it and one from a field are read alike.
#[must_use]
pub fn unsafe_reason(address: &str) -> Option<&'static str> {
    reason(address).or_else(|| {
        let resolved = resolve_entities(address);
        if resolved == address { None } else { reason(&resolved) }
    })
}

/// Whether `address` says where it leads with a scheme or a host: it is no path or fragment of the site.
pub(crate) fn is_whole(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    head.contains(':') || address.trim_start().starts_with("//")
}

fn reason(address: &str) -> Option<&'static str> {
    let address = address.trim_matches(|c: char| c <= ' ');
    if address.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Some("it holds characters that cannot be seen");
    }
    if address.contains('\\') {
        return Some("it holds a backslash, which browsers read as a slash");
    }
    if address.starts_with("//") {
        return Some("it starts with two slashes and does not say http or https");
    }
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (scheme, _) = address.get(..end)?.split_once(':')?;
    let rest = address.get(scheme.len() + 1..)?;
    match scheme.trim().to_ascii_lowercase().as_str() {
        "http" | "https" if scheme.trim() == scheme => web(rest),
        "mailto" if scheme.trim() == scheme => mail(rest),
        "tel" if scheme.trim() == scheme => telephone(rest),
        "javascript" | "vbscript" | "livescript" => Some("it runs a script in the reader's browser"),
        "data" | "blob" => Some("it holds a whole file and names no place"),
        "file" => Some("it leads to a file on one computer, which readers do not have"),
        _ => Some("only http, https, mailto and tel addresses are published"),
    }
}

/// Marks that change the direction of text, or have no width: an address with one is not what it
/// looks like.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn web(rest: &str) -> Option<&'static str> {
    let Some(rest) = rest.strip_prefix("//") else {
        return Some("two slashes must stand after http: or https:");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Some("it holds a user name or a password");
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    if name.is_empty() {
        return Some("it names no site");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Some("the number after the colon is not that of a port");
    }
    if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_')) {
        return Some("the name of its site holds characters that no site's name has");
    }
    let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    (!last.starts_with(char::is_alphabetic)).then_some("it does not name its site in words")
}

fn mail(rest: &str) -> Option<&'static str> {
    let (mailbox, query) = rest.split_once('?').unwrap_or((rest, ""));
    let broken = |part: &str| {
        let part = part.to_ascii_lowercase();
        part.contains("%0a") || part.contains("%0d")
    };
    if broken(mailbox) || broken(query) {
        return Some("it holds a line break");
    }
    let whole = mailbox.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !mailbox.contains(char::is_whitespace)
    });
    (!whole).then_some("it is not a whole e-mail address")
}

/// E.164, that is with the country's code, or a short number such as 999.
fn telephone(rest: &str) -> Option<&'static str> {
    let digits = rest.strip_prefix('+');
    let number = digits.unwrap_or(rest);
    let numeric = number.bytes().all(|digit| digit.is_ascii_digit());
    let whole = match digits {
        Some(digits) => (7..=15).contains(&digits.len()) && !digits.starts_with('0'),
        None => number.len() == 3,
    };
    (!(numeric && whole))
        .then_some("a telephone number is written as tel:+44 and the digits after the first 0")
}

/// Resolves the character references that matter to how an address is read.
fn resolve_entities(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((character, length)) => {
                out.push(character);
                rest = after.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character and the length of the reference that `text` starts with, after its `&`.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: &[(&str, char)] = &[
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("sol;", '/'),
        ("bsol;", '\\'),
        ("commat;", '@'),
    ];
    if let Some((name, character)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*character, name.len()));
    }
    let digits = text.strip_prefix('#')?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let character = u32::from_str_radix(digits.get(..length)?, radix).ok().and_then(char::from_u32)?;
    let semicolon = usize::from(digits.get(length..).is_some_and(|rest| rest.starts_with(';')));
    Some((character, text.len() - digits.len() + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::unsafe_reason;

    #[test]
    fn addresses_of_the_web_of_people_and_of_the_site_are_published() {
        for address in [
            "",
            "#what-happened",
            "page.md",
            "../councils/southwark.md#charter",
            "/case-studies/a b.md",
            "?q=labour",
            "a/b:c",
            "https://www.example.gov.uk/a?b=1&c=(2)#d:e@f",
            "HTTP://EXAMPLE.ORG:8080",
            "mailto:safeguarding@example.gov.uk?subject=Hello",
            "tel:+448000121700",
            "tel:999",
            "https://example.org/?a&#section",
            "https://example.org/@name",
        ] {
            assert_eq!(unsafe_reason(address), None, "{address}");
        }
    }

    #[test]
    fn other_addresses_are_not_however_they_are_disguised() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "javascript&colon;alert(1)",
            "javascript&#58;alert(1)",
            "&#x6a;avascript:alert(1)",
            "&#0000106avascript:alert(1)",
            "java&Tab;script:alert(1)",
            "javascript :alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "file:///C:/x",
            "C:\\x",
            "//example.org",
            "/\\example.org",
            "\\\\example.org",
            "/\t/example.org",
            "https:example.org",
            "https:/example.org",
            "https:///example.org",
            "https://user:secret@example.org/",
            "https://example.org&#64;evil.example/",
            "https://exa\u{202e}mple.org",
            "ftp://example.org",
            "https://[::1]/",
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://example.org:x/",
            "https://exa mple.org/",
            "https://.",
            "mailto:",
            "mailto:nobody",
            "mailto:a@b.uk?subject=x%0Abcc:d@e.uk",
            "tel:08000121700",
            "tel:+44 8000",
            "unknown:x",
            "%6aavascript:alert(1)",
        ] {
            assert!(unsafe_reason(address).is_some(), "{address:?}");
        }
    }
}
