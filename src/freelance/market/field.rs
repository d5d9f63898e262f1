//! Fields of work: their names, families, and which one a title and skills point to.

use std::collections::BTreeMap;

use crate::freelance::input::beginning;
use crate::freelance::skill::{self, Skill};

/// How much of a title is looked at [characters].
pub(super) const TITLE_CHARS_MAX: usize = 200;

/// A field of work.
pub(super) struct Field {
    /// Its name in the pay table and the vocabulary.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Fields of one family are experience for each other.
    pub family: &'static str,
    /// Words of titles that name this very field, with commas between.
    phrases: &'static str,
    /// Words of titles that point to it only if nothing says more.
    loose: &'static str,
}

/// All fields, in the order in which ties go.
pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "software_developer",
        title: "Software development",
        family: "software",
        phrases: "software developer, software engineer, software engineering, \
            software development, backend, back end, full stack, fullstack, \
            programmer, api developer, embedded, firmware, game developer, \
            blockchain, smart contract, computer science, computer programmer, \
            software architect, solutions architect, rust developer, \
            java developer, python developer, net developer, php developer, \
            golang, プログラマー, プログラマ, softwareentwickler",
        loose: "developer, engineer, software, coder, programming, cto, architect, \
            entwickler, エンジニア, technical staff",
    },
    Field {
        name: "web_developer",
        title: "Web development",
        family: "software",
        phrases: "web developer, web development, frontend, front end, wordpress, \
            shopify, webmaster, web engineer, javascript developer, \
            react developer, ui developer, ui engineer, webentwickler, フロントエンド",
        loose: "web, website",
    },
    Field {
        name: "mobile_developer",
        title: "Mobile development",
        family: "software",
        phrases: "mobile, ios developer, ios engineer, android developer, \
            android engineer, ios, android, flutter, react native",
        loose: "",
    },
    Field {
        name: "data_scientist",
        title: "Data science and machine learning",
        family: "data",
        phrases: "data scientist, data science, machine learning, ml engineer, ml, \
            ai engineer, ai ml, ai research, research scientist, data analyst, \
            data analytics, deep learning, statistician, nlp, computer vision",
        loose: "ai, data",
    },
    Field {
        name: "database_specialist",
        title: "Databases and data engineering",
        family: "data",
        phrases: "data engineer, data engineering, database, dba, etl, data warehouse, \
            data architect, business intelligence, databricks, data platform",
        loose: "sql",
    },
    Field {
        name: "systems_administrator",
        title: "Systems and cloud operations",
        family: "operations",
        phrases: "devops, sre, site reliability, system administrator, \
            systems administrator, sysadmin, cloud engineer, cloud architect, \
            platform engineer, infrastructure engineer, infrastructure, \
            systems engineer",
        loose: "cloud, platform",
    },
    Field {
        name: "network_engineer",
        title: "Networks",
        family: "operations",
        phrases: "network engineer, network administrator, network architect, \
            telecommunications, network specialist",
        loose: "network",
    },
    Field {
        name: "security_analyst",
        title: "Information security",
        family: "operations",
        phrases: "security analyst, security engineer, information security, \
            cybersecurity, cyber security, penetration tester, pentester, \
            security consultant, security specialist, ethical hacker",
        loose: "",
    },
    Field {
        name: "designer",
        title: "Interface and graphic design",
        family: "design",
        phrases: "ui designer, ux designer, ui ux, ux, web designer, graphic designer, \
            graphic design, product designer, visual designer, \
            interaction designer, brand designer, logo designer, illustrator, \
            デザイナー, design engineer",
        loose: "designer, design",
    },
    Field {
        name: "technical_writer",
        title: "Technical writing",
        family: "writing",
        phrases: "technical writer, technical writing, documentation, technical editor",
        loose: "",
    },
    Field {
        name: "project_manager",
        title: "Project and product management",
        family: "management",
        phrases: "project manager, product manager, program manager, \
            project management, product management, scrum master, product owner, \
            project lead, project coordinator, projects coordinator, \
            engineering manager, agile coach",
        loose: "",
    },
    Field {
        name: "qa_tester",
        title: "Software testing",
        family: "software",
        phrases: "qa, quality assurance, software tester, test engineer, \
            test automation, sdet, qa tester, qa engineer",
        loose: "tester",
    },
    Field {
        name: "business_analyst",
        title: "Business analysis",
        family: "management",
        phrases: "business analyst, business analysis, management consultant, \
            business consultant, systems analyst, functional analyst, \
            financial analyst, strategy consultant",
        loose: "",
    },
    Field {
        name: "support_specialist",
        title: "Technical support",
        family: "support",
        phrases: "technical support, it support, help desk, helpdesk, \
            support specialist, support engineer, desktop support, \
            customer support, customer service",
        loose: "",
    },
    Field {
        name: "writer",
        title: "Writing and editing",
        family: "writing",
        phrases: "copywriter, content writer, copywriting, ghostwriter, blogger, \
            journalist, proofreader, author, copy editor, content specialist",
        loose: "writer, editor, writing",
    },
    Field {
        name: "translator",
        title: "Translation",
        family: "translation",
        phrases: "translator, translation, interpreter, localization, subtitler, \
            transcriptionist, 翻訳",
        loose: "",
    },
    Field {
        name: "marketing_specialist",
        title: "Marketing",
        family: "marketing",
        phrases: "marketing, seo, social media, growth marketer, ppc, market research, \
            marketer, advertising, email marketing",
        loose: "growth",
    },
    Field {
        name: "video_animator",
        title: "Video and animation",
        family: "design",
        phrases: "video editor, video editing, animator, motion designer, \
            motion graphics, 3d artist, videographer, video producer, \
            film editor",
        loose: "video, animation",
    },
    Field {
        name: "virtual_assistant",
        title: "Administrative assistance",
        family: "office",
        phrases: "virtual assistant, administrative assistant, executive assistant, \
            data entry, secretary, office assistant, bookkeeper, \
            personal assistant",
        loose: "",
    },
];

/// Returns a field by its name.
pub(super) fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// Returns the field that a title and skills point to.
///
/// 1. What the title names counts first; of several names the one with the most words, then the
///    one that stands first.
/// 2. Else the field that most of the skills point to; generic tools have no say.
/// 3. Else what the title's loose words point to (`developer`, `designer`).
///
/// A title that says only `developer` or `engineer` is thus settled by the skills.
pub(super) fn of(title: &str, skills: &[&Skill]) -> Option<&'static Field> {
    let spoken = format!(" {} ", skill::phrase(beginning(title, TITLE_CHARS_MAX)));
    let loose = || by_phrase(&spoken, |field| field.loose);
    by_phrase(&spoken, |field| field.phrases).or_else(|| by_skills(skills)).or_else(loose)
}

fn by_phrase(spoken: &str, phrases: impl Fn(&Field) -> &'static str) -> Option<&'static Field> {
    let hits = FIELDS.iter().flat_map(|field| {
        let found = phrases(field)
            .split(',')
            .map(str::trim)
            .filter(|phrase| !phrase.is_empty())
            .filter_map(move |phrase| {
                let at = spoken.find(&format!(" {phrase} "))?;
                Some((phrase.split(' ').count(), std::cmp::Reverse(at)))
            });
        found.max().map(|rank| (rank, field))
    });
    // The last of equals wins in `max_by_key`, so the order is turned round.
    hits.collect::<Vec<_>>().into_iter().rev().max_by_key(|(rank, _)| *rank).map(|(_, field)| field)
}

fn by_skills(skills: &[&Skill]) -> Option<&'static Field> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for field in skills.iter().filter(|skill| !skill.generic).filter_map(|skill| skill.field()) {
        *votes.entry(field).or_default() += 1;
    }
    let counted = FIELDS.iter().filter_map(|field| Some((*votes.get(field.name)?, field)));
    counted
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .max_by_key(|(count, _)| *count)
        .map(|(_, field)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(title: &str, skills: &[&str]) -> &'static str {
        let skills: Vec<Skill> = skills.iter().map(|name| Skill::new(name)).collect();
        let skills: Vec<&Skill> = skills.iter().collect();
        of(title, &skills).map_or("", |field| field.name)
    }

    #[test]
    fn titles_name_their_field() {
        for (title, wanted) in [
            ("Senior Full Stack Engineer", "software_developer"),
            ("Staff ML Engineer", "data_scientist"),
            ("Front-end Developer", "web_developer"),
            ("UI/UX Designer", "designer"),
            ("Lead DevOps Engineer", "systems_administrator"),
            ("Technical Writer", "technical_writer"),
            ("Assistant to the Traveling Secretary", "virtual_assistant"),
            ("Mid-level C#/.NET Developer", "software_developer"),
            ("Restaurant Manager", ""),
            ("Waiter", ""),
            ("", ""),
        ] {
            assert_eq!(field(title, &[]), wanted, "{title}");
        }
    }

    #[test]
    fn skills_settle_what_a_title_leaves_open() {
        assert_eq!(field("Developer", &["React", "CSS", "Python"]), "web_developer");
        assert_eq!(field("Freelancer", &["Photoshop", "Figma", "Slack"]), "designer");
        assert_eq!(field("Graphic Designer", &["React", "CSS", "HTML"]), "designer");
        assert_eq!(field("", &["Slack", "Jira"]), "");
    }

    #[test]
    fn every_section_of_the_vocabulary_is_a_field() {
        for line in include_str!("../skill/vocabulary.txt").lines() {
            let section = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            if let Some(name) = section.filter(|name| !["any", "generic"].contains(name)) {
                assert!(named(name).is_some(), "{name}");
            }
        }
    }
}
