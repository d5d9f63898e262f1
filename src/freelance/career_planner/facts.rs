//! What learning a skill takes: hours, what must be known before, and what makes it quicker.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::freelance::skill::Skill;

// Hours of focused learning, one small project to show included, for someone who holds what the
// skill needs. All are assumed: the order of courses and first projects, not measured anywhere.

/// A programming language that is not the first.
const LANGUAGE: f64 = 100.0;
/// A craft with theory behind it, such as machine learning or interface design.
const CRAFT: f64 = 120.0;
/// A cloud with its dozen services one works with.
const CLOUD: f64 = 80.0;
/// A framework or a platform that shapes how one works.
const FRAMEWORK: f64 = 60.0;
/// A database or a product of that size.
const PRODUCT: f64 = 40.0;
/// A library or a tool with one purpose.
const TOOL: f64 = 25.0;
/// A convention or a small service.
const SMALL: f64 = 15.0;
/// A skill the table does not hold.
pub const UNKNOWN_HOURS: f64 = 50.0;

/// Share of the hours that are left for someone who holds a skill of the same kind; assumed: a
/// second cloud, component framework or relational database is half known.
pub const KIN_SHARE: f64 = 0.5;

/// A row: the skill, its hours, what it needs, and its kind where the kind makes others quicker.
type Row = (&'static str, f64, &'static [&'static str], &'static str);

/// The table. What a skill needs is what its first day of work uses: React is written in
/// JavaScript, Kubernetes runs what Docker builds. No row of a kind that stands alone has kin.
const ROWS: &[Row] = &[
    // Languages.
    ("Python", LANGUAGE, &[], "scripting language"),
    ("Ruby", LANGUAGE, &[], "scripting language"),
    ("PHP", LANGUAGE, &[], "scripting language"),
    ("JavaScript", LANGUAGE, &[], "scripting language"),
    ("TypeScript", TOOL, &["JavaScript"], ""),
    ("Java", LANGUAGE, &[], "class-based language"),
    ("C#", LANGUAGE, &[], "class-based language"),
    ("Kotlin", LANGUAGE, &[], "class-based language"),
    ("Scala", LANGUAGE, &[], "class-based language"),
    ("Swift", LANGUAGE, &[], "class-based language"),
    ("Dart", LANGUAGE, &[], "class-based language"),
    ("C", LANGUAGE, &[], "systems language"),
    ("C++", LANGUAGE, &[], "systems language"),
    ("Rust", LANGUAGE, &[], "systems language"),
    ("Go", LANGUAGE, &[], "systems language"),
    ("Elixir", LANGUAGE, &[], ""),
    ("R", LANGUAGE, &[], ""),
    ("Solidity", LANGUAGE, &["Smart contracts"], ""),
    ("Smart contracts", FRAMEWORK, &[], ""),
    ("SQL", PRODUCT, &[], ""),
    ("HTML", SMALL, &[], ""),
    ("CSS", PRODUCT, &["HTML"], ""),
    ("Bash", TOOL, &["Linux"], ""),
    // The web's front.
    ("React", FRAMEWORK, &["JavaScript", "HTML"], "component framework"),
    ("Vue.js", FRAMEWORK, &["JavaScript", "HTML"], "component framework"),
    ("Angular", FRAMEWORK, &["TypeScript", "HTML"], "component framework"),
    ("Svelte", FRAMEWORK, &["JavaScript", "HTML"], "component framework"),
    ("SolidJS", FRAMEWORK, &["JavaScript", "HTML"], "component framework"),
    ("Next.js", PRODUCT, &["React"], ""),
    ("Remix", PRODUCT, &["React"], ""),
    ("Nuxt", PRODUCT, &["Vue.js"], ""),
    ("Redux", TOOL, &["React"], ""),
    ("TanStack Query", SMALL, &["React"], ""),
    ("Tailwind CSS", TOOL, &["CSS"], ""),
    ("Sass", SMALL, &["CSS"], ""),
    ("Three.js", FRAMEWORK, &["JavaScript"], ""),
    ("D3", TOOL, &["JavaScript"], ""),
    ("WebAssembly", FRAMEWORK, &["JavaScript"], ""),
    ("Web accessibility", TOOL, &["HTML"], ""),
    ("WordPress", FRAMEWORK, &["HTML", "CSS"], ""),
    ("Shopify", PRODUCT, &["HTML", "CSS"], ""),
    ("Jest", TOOL, &["JavaScript"], ""),
    ("Playwright", TOOL, &["JavaScript"], "browser testing tool"),
    ("Cypress", TOOL, &["JavaScript"], "browser testing tool"),
    // Servers.
    ("Node.js", FRAMEWORK, &["JavaScript"], ""),
    ("Express", TOOL, &["Node.js"], ""),
    ("NestJS", PRODUCT, &["Node.js", "TypeScript"], ""),
    ("tRPC", TOOL, &["TypeScript"], ""),
    ("Django", FRAMEWORK, &["Python"], "web framework"),
    ("Flask", TOOL, &["Python"], "web framework"),
    ("FastAPI", TOOL, &["Python"], "web framework"),
    ("Ruby on Rails", FRAMEWORK, &["Ruby"], "web framework"),
    ("Laravel", FRAMEWORK, &["PHP"], "web framework"),
    ("Phoenix", FRAMEWORK, &["Elixir"], "web framework"),
    ("Spring", FRAMEWORK, &["Java"], "web framework"),
    ("Spring Boot", FRAMEWORK, &["Java"], "web framework"),
    (".NET", FRAMEWORK, &["C#"], ""),
    ("ASP.NET", FRAMEWORK, &[".NET"], "web framework"),
    ("Entity Framework", TOOL, &[".NET"], ""),
    ("REST", SMALL, &[], ""),
    ("GraphQL", TOOL, &["REST"], ""),
    ("gRPC", TOOL, &[], ""),
    ("OAuth", TOOL, &[], ""),
    ("Message queues", TOOL, &[], ""),
    ("Microservices", FRAMEWORK, &["REST", "Docker"], ""),
    // Data.
    ("PostgreSQL", PRODUCT, &["SQL"], "relational database"),
    ("MySQL", PRODUCT, &["SQL"], "relational database"),
    ("SQL Server", PRODUCT, &["SQL"], "relational database"),
    ("Oracle Database", PRODUCT, &["SQL"], "relational database"),
    ("MongoDB", PRODUCT, &[], ""),
    ("Redis", TOOL, &[], ""),
    ("DynamoDB", TOOL, &["AWS"], ""),
    ("Elasticsearch", PRODUCT, &[], ""),
    ("Neo4j", PRODUCT, &[], ""),
    ("ClickHouse", PRODUCT, &["SQL"], ""),
    ("Snowflake", PRODUCT, &["SQL"], "data warehouse"),
    ("BigQuery", PRODUCT, &["SQL"], "data warehouse"),
    ("Redshift", PRODUCT, &["SQL"], "data warehouse"),
    ("dbt", TOOL, &["SQL"], ""),
    ("ETL", PRODUCT, &["SQL"], ""),
    ("Data modeling", PRODUCT, &["SQL"], ""),
    ("Spark", FRAMEWORK, &["SQL", "Python"], ""),
    ("Databricks", PRODUCT, &["Spark"], ""),
    ("Delta Lake", TOOL, &["Spark"], ""),
    ("Kafka", FRAMEWORK, &[], ""),
    ("Airflow", PRODUCT, &["Python"], ""),
    ("pandas", TOOL, &["Python"], ""),
    ("NumPy", TOOL, &["Python"], ""),
    ("Tableau", PRODUCT, &[], "dashboard tool"),
    ("Power BI", PRODUCT, &[], "dashboard tool"),
    ("Looker", PRODUCT, &["SQL"], "dashboard tool"),
    // Models.
    ("Statistics", CRAFT, &[], ""),
    ("Machine learning", CRAFT, &["Python"], ""),
    ("scikit-learn", TOOL, &["Machine learning"], ""),
    ("PyTorch", FRAMEWORK, &["Machine learning"], "deep learning framework"),
    ("TensorFlow", FRAMEWORK, &["Machine learning"], "deep learning framework"),
    ("JAX", FRAMEWORK, &["Machine learning"], "deep learning framework"),
    ("Keras", TOOL, &["Machine learning"], "deep learning framework"),
    ("Deep learning", CRAFT, &["Machine learning"], ""),
    ("Computer vision", CRAFT, &["Machine learning"], ""),
    ("Natural language processing", CRAFT, &["Machine learning"], ""),
    ("Hugging Face", TOOL, &["Machine learning"], ""),
    ("Fine-tuning", PRODUCT, &["PyTorch"], ""),
    ("MLOps", FRAMEWORK, &["Machine learning", "Docker"], ""),
    ("OpenAI API", SMALL, &[], ""),
    ("LLM applications", PRODUCT, &["OpenAI API"], ""),
    ("LangChain", TOOL, &["Python", "LLM applications"], ""),
    ("Retrieval-augmented generation", PRODUCT, &["LLM applications"], ""),
    ("AI agents", PRODUCT, &["LLM applications"], ""),
    ("CUDA", CLOUD, &["C++"], ""),
    // Operations.
    ("Linux", FRAMEWORK, &[], ""),
    ("Docker", TOOL, &[], ""),
    ("Kubernetes", FRAMEWORK, &["Docker"], ""),
    ("Helm", SMALL, &["Kubernetes"], ""),
    ("Argo CD", TOOL, &["Kubernetes"], ""),
    ("AWS", CLOUD, &[], "cloud"),
    ("Azure", CLOUD, &[], "cloud"),
    ("Google Cloud", CLOUD, &[], "cloud"),
    ("EC2", SMALL, &["AWS"], ""),
    ("S3", SMALL, &["AWS"], ""),
    ("ECS", TOOL, &["AWS", "Docker"], ""),
    ("Serverless", PRODUCT, &[], ""),
    ("Terraform", PRODUCT, &[], "infrastructure tool"),
    ("Pulumi", PRODUCT, &[], "infrastructure tool"),
    ("CloudFormation", PRODUCT, &["AWS"], "infrastructure tool"),
    ("Ansible", PRODUCT, &["Linux"], "configuration tool"),
    ("SaltStack", PRODUCT, &["Linux"], "configuration tool"),
    ("CI/CD", TOOL, &[], ""),
    ("GitHub Actions", SMALL, &["CI/CD"], "pipeline tool"),
    ("Jenkins", TOOL, &["CI/CD"], "pipeline tool"),
    ("Prometheus", TOOL, &[], "monitoring tool"),
    ("Grafana", SMALL, &[], "monitoring tool"),
    ("Datadog", TOOL, &[], "monitoring tool"),
    ("Nginx", SMALL, &["Linux"], ""),
    // Devices.
    ("iOS", FRAMEWORK, &["Swift"], ""),
    ("SwiftUI", PRODUCT, &["iOS"], ""),
    ("Android", FRAMEWORK, &["Kotlin"], ""),
    ("Jetpack Compose", PRODUCT, &["Android"], ""),
    ("React Native", FRAMEWORK, &["React"], "mobile framework"),
    ("Expo", SMALL, &["React Native"], ""),
    ("Flutter", FRAMEWORK, &["Dart"], "mobile framework"),
    ("Firebase", TOOL, &[], ""),
    ("Embedded systems", CRAFT, &["C"], ""),
    ("ROS", FRAMEWORK, &["Linux"], ""),
    ("OpenGL", FRAMEWORK, &["C++"], ""),
    // Crafts beyond code.
    ("UI design", CRAFT, &[], ""),
    ("UX design", CRAFT, &[], ""),
    ("Design systems", PRODUCT, &["UI design"], ""),
    ("User research", FRAMEWORK, &["UX design"], ""),
    ("Figma", TOOL, &[], "interface drawing tool"),
    ("Adobe XD", TOOL, &[], "interface drawing tool"),
    ("Photoshop", FRAMEWORK, &[], "image tool"),
    ("Illustrator", FRAMEWORK, &[], "image tool"),
    ("After Effects", FRAMEWORK, &[], ""),
    ("Motion graphics", CRAFT, &["After Effects"], ""),
    ("Premiere Pro", FRAMEWORK, &[], "editing tool"),
    ("DaVinci Resolve", FRAMEWORK, &[], "editing tool"),
    ("Copywriting", CLOUD, &[], ""),
    ("SEO", FRAMEWORK, &[], ""),
    ("Google Ads", PRODUCT, &[], "advertising tool"),
    ("Facebook Ads", PRODUCT, &[], "advertising tool"),
    ("Google Analytics", TOOL, &[], ""),
    ("Email marketing", TOOL, &["Copywriting"], ""),
    ("Test automation", FRAMEWORK, &[], ""),
    ("Selenium", TOOL, &["Test automation"], "browser testing tool"),
];

/// What is known to whoever holds one of others, although none of them is built on it: nobody has
/// built web pages in React without calling an API.
const TOLD_BY: &[(&str, &[&str])] = &[
    (
        "REST",
        &[
            "React",
            "Vue.js",
            "Angular",
            "Svelte",
            "Node.js",
            "Django",
            "Flask",
            "FastAPI",
            "Ruby on Rails",
            "Laravel",
            "Spring",
            "Spring Boot",
            "ASP.NET",
            "Phoenix",
            "iOS",
            "Android",
            "Flutter",
            "API design",
            "Backend development",
            "Full-stack development",
        ],
    ),
    ("HTML", &["JavaScript", "Frontend development", "Web design"]),
    (
        "CSS",
        &[
            "React",
            "Vue.js",
            "Angular",
            "Svelte",
            "Frontend development",
            "Full-stack development",
            "Web design",
        ],
    ),
    ("JavaScript", &["Frontend development", "Full-stack development"]),
    (
        "SQL",
        &[
            "Django",
            "Ruby on Rails",
            "Laravel",
            "Data engineering",
            "Business intelligence",
            "Backend development",
            "Full-stack development",
        ],
    ),
    ("Linux", &["DevOps", "Site reliability engineering", "System administration"]),
    ("CI/CD", &["DevOps", "Site reliability engineering"]),
    ("Python", &["Data science"]),
];

/// What the table says of one skill.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The skill.
    pub skill: Skill,
    /// Hours for someone who holds what it needs.
    pub hours: f64,
    /// Keys of what must be known before.
    pub needs: Vec<String>,
    /// Its kind, where the kind makes others quicker.
    pub kin: Option<&'static str>,
}

/// Returns the table by key.
pub fn facts() -> &'static BTreeMap<String, Fact> {
    static FACTS: OnceLock<BTreeMap<String, Fact>> = OnceLock::new();
    FACTS.get_or_init(|| {
        let fact = |row: &Row| {
            let (name, hours, needs, kin) = *row;
            let skill = Skill::new(name);
            let needs = needs.iter().map(|need| Skill::new(need).key).collect();
            let kin = Some(kin).filter(|kin| !kin.is_empty());
            (skill.key.clone(), Fact { skill, hours, needs, kin })
        };
        ROWS.iter().map(fact).collect()
    })
}

/// Returns all that must be known before a skill, directly or through others.
pub fn foundations(key: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = needs_of(key).iter().map(String::as_str).collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(needs_of(next).iter().map(String::as_str));
        }
    }
    found
}

/// Returns the skills that whoever holds one with this key knows although it is not built on them.
pub fn told_by(key: &str) -> impl Iterator<Item = &'static Skill> + '_ {
    told().iter().filter(move |(_, by)| by.contains(key)).map(|(skill, _)| skill)
}

fn told() -> &'static [(Skill, BTreeSet<String>)] {
    static TOLD: OnceLock<Vec<(Skill, BTreeSet<String>)>> = OnceLock::new();
    TOLD.get_or_init(|| {
        let keys = |names: &[&str]| names.iter().map(|name| Skill::new(name).key).collect();
        TOLD_BY.iter().map(|(name, by)| (Skill::new(name), keys(by))).collect()
    })
}

/// Returns what must be known right before a skill.
pub fn needs_of(key: &str) -> &'static [String] {
    facts().get(key).map(|fact| fact.needs.as_slice()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_known_skill_that_says_something() {
        for (name, _, needs, _) in ROWS {
            let skill = Skill::new(name);
            assert!(skill.is_known() && !skill.generic, "{name}");
            for need in *needs {
                assert!(facts().contains_key(&Skill::new(need).key), "{name} needs {need}");
            }
        }
        assert_eq!(facts().len(), ROWS.len());
        for (name, by) in TOLD_BY {
            assert!(facts().contains_key(&Skill::new(name).key), "{name}");
            assert!(by.iter().all(|one| Skill::new(one).is_known()), "{name}: {by:?}");
        }
    }

    #[test]
    fn nothing_needs_itself() {
        for key in facts().keys() {
            assert!(!foundations(key).contains(key.as_str()), "{key}");
        }
    }

    #[test]
    fn foundations_reach_through_others() {
        let names: Vec<&str> = foundations(&Skill::new("Argo CD").key).into_iter().collect();
        assert_eq!(names, ["docker", "kubernetes"]);
    }
}
