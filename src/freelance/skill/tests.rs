//! Tests of names, their meeting, and their recognition in free text.

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
    for name in ["Jira", "Slack", "MS Word", "VS Code", "GitHub", "Zoom", "Git", "Eclipse IDE"] {
        assert!(Skill::new(name).generic, "{name}");
    }
    assert!(!Skill::new("Photoshop").generic);
}

#[test]
fn items_that_name_several_are_split() {
    let names = |item: &str| Skill::all_of(item).into_iter().map(|s| s.name).collect::<Vec<_>>();
    assert_eq!(names("HTML/CSS"), ["HTML", "CSS"]);
    assert_eq!(names("CI/CD"), ["CI/CD"]);
    assert_eq!(names("Go and Rust"), ["Go", "Rust"]);
    assert_eq!(names("research and development"), ["research and development"]);
}

#[test]
fn free_text_names_skills() {
    assert_eq!(found("We use React Native and React on AWS."), ["React Native", "React", "AWS"]);
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
        "see https://github.com/x/react-native.html or www.python.org",
        "Java-free coffee?",
    ] {
        let names = found(text);
        let allowed = ["SQL".to_owned(), "Java".to_owned()];
        assert!(names.iter().all(|name| allowed.contains(name)), "{text}: {names:?}");
    }
}

#[test]
fn a_long_text_is_looked_through_to_its_end() {
    let text = format!("{} React, é{}\nVue.js", "word ".repeat(20_000), "x".repeat(200_000));
    let places = recognize(&text);
    let names: Vec<&str> = places.iter().filter_map(|(_, at)| text.get(at.clone())).collect();
    assert_eq!(names, ["React", "Vue.js"]);
}
