//! Skill names and how they meet: case, punctuation, aliases, versions, and a fuzzy match that reports its distance.

mod fold;
mod scan;
mod vocabulary;

use std::ops::Range;

use vocabulary::{Entry, Vocabulary};

pub(crate) use fold::words;

/// Greatest share of letters that may differ for two names to meet; assumed.
///
/// One slip in six letters passes (`Kubernets`), one in five does not: Flask is not Flash.
const FUZZY_DISTANCE_MAX: f64 = 0.17;

/// Names outside these lengths [letters] meet exactly or not at all: short ones differ by a slip
/// (Java, Lava), long ones are sentences.
const FUZZY_LENGTHS: std::ops::RangeInclusive<usize> = 6..=40;

/// Longest name that is kept [characters]; what is longer is a sentence.
const NAME_CHARS_MAX: usize = 80;

/// Makers' names that people put before a product or leave out.
const VENDORS: &[&str] = &[
    "adobe",
    "amazon",
    "apache",
    "apple",
    "atlassian",
    "autodesk",
    "aws",
    "facebook",
    "google",
    "hashicorp",
    "ibm",
    "microsoft",
    "ms",
    "nvidia",
    "oracle",
];

/// Words that people put after a technology's name or leave out.
const TRIMMINGS: &[&str] = &[
    "app",
    "applications",
    "apps",
    "basics",
    "code",
    "coding",
    "database",
    "design",
    "dev",
    "developer",
    "development",
    "expert",
    "framework",
    "integration",
    "language",
    "library",
    "pipelines",
    "platform",
    "programming",
    "scripting",
    "sdk",
    "skills",
    "software",
    "stack",
    "testing",
    "tools",
];

/// A skill under its normalized name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill {
    /// The normalized name that is compared, such as `javascript`.
    pub key: String,
    /// The name as people write it, such as `JavaScript`.
    pub name: String,
    /// A tool everyone has (an editor, a mail program), which says nothing about pay or fit.
    pub generic: bool,
}

/// How two skill names meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// 0 for the same normalized name, up to 1 for nothing in common.
    pub distance: f64,
}

impl Skill {
    /// Makes a skill of a name as someone wrote it.
    ///
    /// A name of the vocabulary, in any spelling, becomes that skill: `ReactJS`, `Vue 2`,
    /// `Apache Kafka`, `JavaScript (ES201x)`. Any other name stays what it is, in any script;
    /// only case, punctuation, remarks in brackets and plain versions (`v2`, `4.8`) come off.
    pub fn new(name: &str) -> Skill {
        let short: String = name.trim().chars().take(NAME_CHARS_MAX).collect();
        if let Some(entry) = known(&short) {
            return entry.skill.clone();
        }
        let bare = without_version(&without_brackets(&short), is_plain_version);
        let name = if fold::key(&bare).is_empty() { short } else { bare };
        let key = Some(fold::key(&name)).filter(|key| !key.is_empty());
        Skill { key: key.unwrap_or_else(|| name.to_lowercase()), name, generic: false }
    }

    /// Makes the skills of one item of a list, which may name several: `HTML/CSS`, `Go and Rust`.
    pub fn all_of(item: &str) -> Vec<Skill> {
        if item.chars().count() <= NAME_CHARS_MAX && known(item).is_some() {
            return vec![Skill::new(item)];
        }
        let spaced = item.replace(" and ", ",").replace(" or ", ",");
        let parts = |separators: &[char]| -> Vec<String> {
            let parts = spaced.split(separators).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        let finest = parts(&[',', ';', '|', '/', '&', '、', '・']);
        let all_known = finest.len() > 1 && finest.iter().all(|part| known(part).is_some());
        let listed = parts(&[';', '|', '、', '\n']);
        if all_known {
            finest.iter().map(|part| Skill::new(part)).collect()
        } else if listed.len() > 1 {
            listed.iter().map(|part| Skill::new(part)).collect()
        } else {
            vec![Skill::new(item)]
        }
    }

    /// Says whether the vocabulary holds the skill.
    pub fn is_known(&self) -> bool {
        self.entry().is_some()
    }

    /// Returns the field of work the name points to, such as `web_developer`, where it points to one.
    pub fn field(&self) -> Option<&'static str> {
        self.entry().and_then(|entry| entry.field)
    }

    /// Says whether whoever holds this skill also knows the other: Next.js is React is JavaScript.
    pub fn implies(&self, other: &Skill) -> bool {
        Vocabulary::get().implies(&self.key, &other.key)
    }

    /// Says how this skill meets another, none where they are different things.
    ///
    /// The same key is distance 0. Two names of the vocabulary never meet otherwise, however
    /// alike (Java and JavaScript). Else the distance is the share of letters that differ
    /// (optimal string alignment over the longer length), accepted up to 0.17 between names of
    /// 6 to 40 letters that begin alike and agree in digits, `+` and `#`.
    pub fn meets(&self, other: &Skill) -> Option<Match> {
        if self.key == other.key {
            return Some(Match { distance: 0.0 });
        }
        if self.is_known() && other.is_known() {
            return None;
        }
        let (left, right) = (fold::compact(&self.key), fold::compact(&other.key));
        let (left_len, right_len) = (left.chars().count(), right.chars().count());
        let comparable = FUZZY_LENGTHS.contains(&left_len)
            && FUZZY_LENGTHS.contains(&right_len)
            && left.chars().next() == right.chars().next()
            && telling(&left) == telling(&right);
        if !comparable {
            return None;
        }
        let slips = strsim::osa_distance(&left, &right);
        let distance = slips as f64 / left_len.max(right_len) as f64;
        (distance <= FUZZY_DISTANCE_MAX).then_some(Match { distance })
    }

    fn entry(&self) -> Option<&'static Entry> {
        Vocabulary::get().find(&self.key)
    }
}

/// Finds known skills in free text, in the order they stand there, each at every place [bytes].
pub fn recognize(text: &str) -> Vec<(Skill, Range<usize>)> {
    scan::scan(text)
}

/// Returns a text's folded words with a space between, so that phrases can be looked for in it.
pub(crate) fn phrase(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Returns the digits and symbols of a name, which no slip explains away.
fn telling(compact: &str) -> String {
    compact.chars().filter(|c| !c.is_alphabetic()).collect()
}

/// Finds a name in the vocabulary, as it is or without what people add to it.
fn known(name: &str) -> Option<&'static Entry> {
    let vocabulary = Vocabulary::get();
    let find = |name: &str| vocabulary.find(&fold::key(name));
    let bare = without_brackets(name);
    let plain = without_version(&bare, |word| is_plain_version(word) || is_number(word));
    find(name)
        .or_else(|| find(&bare))
        .or_else(|| find(&plain))
        .or_else(|| {
            find(plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '+'))
        })
        .or_else(|| find(in_brackets(name)?))
        .or_else(|| find(without_trimmings(&plain)?))
}

/// Takes a maker's name off the front, or one of the words people add off the end, or both.
fn without_trimmings(name: &str) -> Option<&str> {
    let front =
        name.split_once(' ').filter(|(first, _)| VENDORS.contains(&first.to_lowercase().as_str()));
    let rest = front.map_or(name, |(_, rest)| rest);
    let back =
        rest.rsplit_once(' ').filter(|(_, last)| TRIMMINGS.contains(&last.to_lowercase().as_str()));
    match (front, back) {
        (None, None) => None,
        (_, Some((rest, _))) if Vocabulary::get().find(&fold::key(rest)).is_some() => Some(rest),
        _ => Some(rest),
    }
}

/// Leaves out what stands in brackets, unless nothing else is there.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let kept = kept.trim();
    if kept.is_empty() { name.trim().to_owned() } else { kept.to_owned() }
}

fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once(['(', '（'])?;
    rest.split([')', '）']).next()
}

/// Leaves out versions at the end, unless nothing else is there.
fn without_version(name: &str, is_version: impl Fn(&str) -> bool) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_version(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Says whether a word can be nothing but a version: `v2`, `4.8`, `3.x`, `2+`.
fn is_plain_version(word: &str) -> bool {
    let digits = word.trim_start_matches(['v', 'V']).trim_end_matches(['x', '+', '*']);
    let marked = digits.len() < word.len() || digits.contains('.');
    // More than two digits are a model's: NVIDIA V100.
    let major = digits.split('.').next().unwrap_or_default();
    marked
        && (1..=2).contains(&major.len())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Says whether a word is a bare number, which may be a version (`Python 3`) or a name (`ISO 9001`).
fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(name: &str) -> String {
        Skill::new(name).key
    }

    fn found(text: &str) -> Vec<String> {
        recognize(text).into_iter().map(|(skill, _)| skill.name).collect()
    }

    #[test]
    fn spellings_of_one_thing_are_one_skill() {
        let same: &[&[&str]] = &[
            &["JavaScript", "JS", "Javascript", "ECMAScript", "ES6", "ES6+", "JavaScript (ES201x)"],
            &["Node.js", "Node", "NodeJS", "node js", "node-js", "Node.js 18"],
            &["PostgreSQL", "Postgres", "postgresql 15", "Postgre SQL"],
            &["Kubernetes", "K8s", "k8s"],
            &["Go", "Golang", "Go programming", "GO"],
            &[".NET", ".NET Framework 4.8", ".NET Core", "dotnet", "Microsoft .NET Framework"],
            &["C#", "C Sharp", "C# programming"],
            &["React", "ReactJS", "React.js", "React 18", "Facebook React"],
            &["Vue.js", "Vue", "Vue 2", "VueJS", "Vue3"],
            &["Kafka", "Apache Kafka"],
            &["Machine learning", "Machine Learning (Applied)", "ML"],
            &["Retrieval-augmented generation", "Retrieval-Augmented Generation (RAG)", "RAG"],
            &["After Effects", "AfterEffects", "Adobe After Effects"],
            &["CI/CD", "CI/CD Pipelines", "CI / CD"],
        ];
        for group in same {
            for name in *group {
                assert_eq!(key_of(name), key_of(group[0]), "{name}");
            }
        }
    }

    #[test]
    fn a_skill_implies_what_it_is_made_of() {
        let implies = |held: &str, asked: &str| Skill::new(held).implies(&Skill::new(asked));
        assert!(implies("Next.js", "React") && implies("Next.js", "JavaScript"));
        assert!(implies("Postgres", "SQL") && implies("React Native", "JS"));
        assert!(
            !implies("React", "Next.js")
                && !implies("React", "React")
                && !implies("Basket weaving", "SQL")
        );
    }

    #[test]
    fn different_things_never_meet() {
        let names = [
            "Java",
            "JavaScript",
            "C",
            "C++",
            "C#",
            ".NET",
            "React",
            "React Native",
            "Go",
            "Angular",
            "AngularJS",
            "SQL",
            "NoSQL",
            "MySQL",
            "Flask",
            "Flash",
            "Scala",
            "Vue.js",
            "R",
            "Ruby",
        ];
        for (at, left) in names.iter().enumerate() {
            for right in &names[at + 1..] {
                assert_eq!(Skill::new(left).meets(&Skill::new(right)), None, "{left} {right}");
            }
        }
    }

    #[test]
    fn a_slip_of_the_pen_meets_with_its_distance() {
        let distance = |a: &str, b: &str| Skill::new(a).meets(&Skill::new(b)).map(|m| m.distance);
        assert_eq!(distance("Kubernets", "Kubernetes"), Some(0.1));
        assert_eq!(distance("Javascrpt", "JavaScript"), Some(0.1));
        assert_eq!(distance("Erasure coding", "erasure-coding"), Some(0.0));
        assert_eq!(distance("Haskell", "Rust"), None);
        assert_eq!(distance("ISO 9001", "ISO 9002"), None);
    }

    #[test]
    fn other_scripts_and_odd_names_stay() {
        assert_eq!(key_of("ロゴ制作"), "ロゴ制作");
        assert_eq!(Skill::new("🎨").key, "🎨");
        assert_eq!(Skill::new("  ").key, "");
        assert_eq!(key_of("4.8"), "48");
        assert!(Skill::new(&"x".repeat(20_000_000)).name.len() <= NAME_CHARS_MAX);
    }

    #[test]
    fn tools_of_everyone_are_generic() {
        for name in ["Jira", "Slack", "MS Word", "VS Code", "GitHub", "Zoom", "Git", "Eclipse IDE"]
        {
            assert!(Skill::new(name).generic, "{name}");
        }
        assert!(!Skill::new("Photoshop").generic);
    }

    #[test]
    fn items_that_name_several_are_split() {
        let names =
            |item: &str| Skill::all_of(item).into_iter().map(|s| s.name).collect::<Vec<_>>();
        assert_eq!(names("HTML/CSS"), ["HTML", "CSS"]);
        assert_eq!(names("CI/CD"), ["CI/CD"]);
        assert_eq!(names("Go and Rust"), ["Go", "Rust"]);
        assert_eq!(names("research and development"), ["research and development"]);
    }

    #[test]
    fn free_text_names_skills() {
        assert_eq!(
            found("We use React Native and React on AWS."),
            ["React Native", "React", "AWS"]
        );
        assert_eq!(found("Looking for a Go developer"), ["Go"]);
        assert_eq!(found("services written in Go, Rust and C"), ["Go", "Rust", "C"]);
        assert_eq!(found("Stack: ASP.NET, C#, .NET 8"), ["ASP.NET", "C#", ".NET"]);
        assert_eq!(found("Node.js/TypeScript, nodejs"), ["Node.js", "TypeScript", "Node.js"]);
        assert_eq!(found("Skills:\n- Go\n- Swift\n"), ["Go", "Swift"]);
        assert_eq!(found("Webアプリ(Reactを使用)"), ["React"]);
    }

    #[test]
    fn plain_words_are_not_skills() {
        for text in [
            "Go to our site and react to it",
            "net income of the rest",
            "We express our thanks",
            "Go the extra mile",
            "Vitamin C and iron",
            "Rust on the spring",
            "R&D in C major",
            "this spring we go live; access the word",
            "ml of water",
            "no SQL",
            "Java-free coffee?",
        ] {
            let names = found(text);
            let allowed = ["SQL".to_owned(), "Java".to_owned()];
            assert!(names.iter().all(|name| allowed.contains(name)), "{text}: {names:?}");
        }
    }
}
