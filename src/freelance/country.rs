//! Countries by the names people write, as their ISO 3166-1 alpha-2 codes.

use super::input::is_code;

/// Names and three-letter codes beside the two-letter ones; facts of ISO 3166-1.
const NAMES: &[(&str, &str)] = &[
    ("argentina", "AR"),
    ("australia", "AU"),
    ("aus", "AU"),
    ("austria", "AT"),
    ("bangladesh", "BD"),
    ("belgium", "BE"),
    ("brazil", "BR"),
    ("brasil", "BR"),
    ("bulgaria", "BG"),
    ("canada", "CA"),
    ("can", "CA"),
    ("chile", "CL"),
    ("china", "CN"),
    ("colombia", "CO"),
    ("croatia", "HR"),
    ("czech republic", "CZ"),
    ("czechia", "CZ"),
    ("denmark", "DK"),
    ("egypt", "EG"),
    ("england", "GB"),
    ("estonia", "EE"),
    ("finland", "FI"),
    ("france", "FR"),
    ("fra", "FR"),
    ("germany", "DE"),
    ("deutschland", "DE"),
    ("deu", "DE"),
    ("greece", "GR"),
    ("hungary", "HU"),
    ("india", "IN"),
    ("ind", "IN"),
    ("indonesia", "ID"),
    ("ireland", "IE"),
    ("israel", "IL"),
    ("italy", "IT"),
    ("japan", "JP"),
    ("jpn", "JP"),
    ("日本", "JP"),
    ("kenya", "KE"),
    ("latvia", "LV"),
    ("lithuania", "LT"),
    ("malaysia", "MY"),
    ("mexico", "MX"),
    ("morocco", "MA"),
    ("netherlands", "NL"),
    ("the netherlands", "NL"),
    ("new zealand", "NZ"),
    ("nigeria", "NG"),
    ("norway", "NO"),
    ("pakistan", "PK"),
    ("peru", "PE"),
    ("philippines", "PH"),
    ("poland", "PL"),
    ("portugal", "PT"),
    ("romania", "RO"),
    ("russia", "RU"),
    ("scotland", "GB"),
    ("serbia", "RS"),
    ("singapore", "SG"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("south africa", "ZA"),
    ("south korea", "KR"),
    ("korea", "KR"),
    ("spain", "ES"),
    ("esp", "ES"),
    ("sri lanka", "LK"),
    ("sweden", "SE"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("thailand", "TH"),
    ("turkey", "TR"),
    ("türkiye", "TR"),
    ("uk", "GB"),
    ("great britain", "GB"),
    ("united kingdom", "GB"),
    ("gbr", "GB"),
    ("ukraine", "UA"),
    ("united arab emirates", "AE"),
    ("uae", "AE"),
    ("uruguay", "UY"),
    ("us", "US"),
    ("usa", "US"),
    ("united states", "US"),
    ("united states of america", "US"),
    ("america", "US"),
    ("vietnam", "VN"),
    ("wales", "GB"),
];

/// Returns the code of a country's name; none of what we do not know.
pub(super) fn of_name(name: &str) -> Option<String> {
    let plain = name.trim().replace('.', "").to_lowercase();
    let named = NAMES.iter().find(|(other, _)| *other == plain);
    named.map(|(_, code)| (*code).to_owned())
}

/// Returns the code of a country's name, or the code itself in any case.
pub(super) fn of_code_or_name(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    of_name(text).or_else(|| Some(code).filter(|code| is_code(code, 2)))
}

#[cfg(test)]
mod tests {
    use super::{of_code_or_name, of_name};

    #[test]
    fn names_and_codes_are_read() {
        let code = |name: &str| of_code_or_name(name).unwrap_or_default();
        assert_eq!(
            [code("U.S.A."), code("uk"), code("de"), code("Deutschland")],
            ["US", "GB", "DE", "DE"]
        );
        assert_eq!(of_name("Mordor"), None);
    }
}
