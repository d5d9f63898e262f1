//! Currencies by the signs and codes that postings use.

/// Signs of currencies, the longer before those they contain. A bare `$` is taken for the US
/// dollar, as the postings that write it so mean it; assumed.
pub(super) const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("USD$", "USD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("S$", "SGD"),
    ("HK$", "HKD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("zł", "PLN"),
];

/// Codes of currencies that postings name (ISO 4217).
pub(super) const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP",
    "PKR", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
];

/// Returns the currency code of a sign such as `€`.
pub(crate) fn of_sign(sign: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, code)| *code)
}

/// Returns the currency that a text names, by code before sign.
pub(super) fn named_in(text: &str) -> Option<&'static str> {
    let code = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .find_map(|word| CODES.iter().find(|code| **code == word).copied());
    code.or_else(|| SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, code)| *code))
}

/// Returns the currency whose sign or code stands right before or after a place.
pub(super) fn beside(before: &str, after: &str) -> Option<&'static str> {
    let before = before.trim_end();
    let after = after.trim_start_matches(['+', ' ']);
    let codes = CODES.iter().map(|code| (*code, *code));
    let known = || codes.clone().chain(SIGNS.iter().copied());
    let led = known().find(|(sign, _)| before.ends_with(sign));
    led.or_else(|| known().find(|(sign, _)| after.starts_with(sign))).map(|(_, code)| code)
}
