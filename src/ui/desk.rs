//! The session behind the page. (fixture)

use leptos::prelude::*;

use super::keys::Action;
use super::own::Taken;
use super::pick::Pick;
use super::top::ScenarioChoice;
use crate::model::figure::Tag;
use crate::view::agents::*;
use crate::view::auction::{self, *};
use crate::view::blackboard::*;
use crate::view::mark::Mark;
use crate::view::messages::*;
use crate::view::narration::*;
use crate::view::phases::*;
use crate::view::plan::*;
use crate::view::result::*;
use crate::view::schedule::{self, *};
use crate::view::selected::{self, *};
use crate::view::task::*;
use crate::view::transport::*;

#[derive(Clone, Copy)]
pub struct Desk {
    turn: RwSignal<u64>,
    selected: RwSignal<Option<u64>>,
    pub scenarios: Signal<Vec<ScenarioChoice>>,
    pub scenario: Signal<String>,
    pub seed: Signal<u64>,
    pub clock: Memo<Clock>,
    pub strip: Memo<Strip>,
    pub task: Memo<TaskLine>,
    pub narration: Memo<Narration>,
    pub phases: Memo<Phases>,
    pub agents: Memo<Agents>,
    pub auctions: Memo<Auctions>,
    pub plan: Memo<Plan>,
    pub schedule: Memo<Schedule>,
    pub messages: Memo<Messages>,
    pub last_messages: Memo<Messages>,
    pub blackboard: Memo<Blackboard>,
    pub result: Memo<ResultModel>,
    pub shown: Memo<Selected>,
    pub taken: Signal<Taken>,
    pub pick: Pick,
}

const TURNS: u64 = 41;
fn s(x: &str) -> String {
    x.to_owned()
}

impl Desk {
    pub fn open() -> Desk {
        let turn = RwSignal::new(23);
        let selected = RwSignal::new(None);
        let pick = Pick {
            selected: selected.into(),
            select: Callback::new(move |e| selected.set(Some(e))),
        };
        Desk {
            turn,
            selected,
            pick,
            scenarios: Signal::stored(vec![ScenarioChoice {
                name: s("walkthrough"),
                title: s("A developer asks: a better profile, and a better rate"),
            }]),
            scenario: Signal::stored(s("walkthrough")),
            seed: Signal::stored(42),
            clock: Memo::new(move |_| Clock {
                turn: turn.get(),
                turns: TURNS,
                time: s("1.42 s"),
                digest: s("7f3a 91c4 02be d8e1"),
                phase: s("execution"),
            }),
            strip: Memo::new(move |_| strip()),
            task: Memo::new(move |_| TaskLine {
                choices: vec![],
                task_id: s("task_01"),
                who: s("Ada Fischer, full-stack developer"),
                asked: s("Make my profile more visible and find the right rate"),
                priority: s("High"),
                came_out: s(
                    "2 of 3 subtasks done: profile strength 85, market position mid tier specialist",
                ),
                standing: Standing::Open,
            }),
            narration: Memo::new(move |_| Narration {
                spans: vec![
                    Span {
                        text: s("pricing_strategist_01"),
                        named: true,
                    },
                    Span {
                        text: s(" reads that the profile is strong ("),
                        named: false,
                    },
                    Span {
                        text: s("profile.strength"),
                        named: true,
                    },
                    Span {
                        text: s(" is 85) and raises its recommendation from $62 to $65."),
                        named: false,
                    },
                ],
            }),
            phases: Memo::new(move |_| phases(turn.get())),
            agents: Memo::new(move |_| agents()),
            auctions: Memo::new(move |_| auctions()),
            plan: Memo::new(move |_| plan()),
            schedule: Memo::new(move |_| sched()),
            messages: Memo::new(move |_| messages(100)),
            last_messages: Memo::new(move |_| messages(8)),
            blackboard: Memo::new(move |_| board()),
            result: Memo::new(move |_| result(turn.get())),
            shown: Memo::new(move |_| shown()),
            taken: Signal::stored(Taken::Nothing),
        }
    }
    pub fn step(self, by: u64) -> bool {
        let t = (self.turn.get_untracked() + by).min(TURNS);
        self.turn.set(t);
        t < TURNS
    }
    pub fn seek(self, t: u64) {
        self.turn.set(t.min(TURNS));
    }
    pub fn act(self, a: Action) {
        let t = self.turn.get_untracked();
        match a {
            Action::Step(n) => self.seek(t.saturating_add_signed(n)),
            Action::Start => self.seek(0),
            Action::End => self.seek(TURNS),
            _ => {}
        }
    }
    pub fn load(self, _: &str) {}
    pub fn sow(self, _: u64) {}
    pub fn reset(self) {
        self.seek(0);
    }
    pub fn show_task(self, _: String) {}
    pub fn show_earlier(self) {}
    pub fn follow(self) {
        self.selected.set(None);
    }
    pub fn use_profile(self, _: &str) {}
    pub fn use_scenario(self, _: &str) {}
}

fn strip() -> Strip {
    let h = [
        1, 4, 3, 3, 3, 2, 2, 2, 3, 3, 3, 4, 6, 2, 5, 3, 2, 3, 4, 4, 2, 3, 2, 5, 2, 3, 2, 2, 3, 3,
        4, 2, 2, 3, 2, 2, 3, 4, 2, 6, 2, 3,
    ];
    Strip {
        bins: h
            .iter()
            .enumerate()
            .map(|(i, v)| Bin {
                from: i as u64,
                to: i as u64,
                percent: v * 16,
                decision: [9, 10, 11, 23, 37, 39].contains(&i),
            })
            .collect(),
        bands: vec![
            Band {
                title: "Creation",
                from: 0,
                to: 1,
            },
            Band {
                title: "Bidding",
                from: 2,
                to: 11,
            },
            Band {
                title: "Decomposition",
                from: 12,
                to: 12,
            },
            Band {
                title: "Execution",
                from: 13,
                to: 15,
            },
            Band {
                title: "Communication",
                from: 16,
                to: 32,
            },
            Band {
                title: "Aggregation",
                from: 33,
                to: 41,
            },
        ],
    }
}
fn phases(t: u64) -> Phases {
    let starts = [
        ("creation", "Creation", 0, 1),
        ("bidding", "Bidding", 2, 11),
        ("decomposition", "Decomposition", 12, 12),
        ("execution", "Execution", 13, 32),
        ("communication", "Communication", 16, 32),
        ("aggregation", "Aggregation", 33, 41),
    ];
    Phases {
        lead: if t < 12 && t > 1 {
            Lead::Auction
        } else if t < 20 {
            Lead::Plan
        } else if t < 33 {
            Lead::Messages
        } else {
            Lead::Result
        },
        rows: starts
            .into_iter()
            .map(|(name, title, a, b)| PhaseRow {
                name,
                title,
                what: "",
                state: if t > b {
                    PhaseState::Done
                } else if t >= a {
                    PhaseState::Active
                } else {
                    PhaseState::Waiting
                },
                turns: if t > b {
                    format!("{a}–{b}")
                } else if t >= a {
                    format!("{a}–")
                } else {
                    String::new()
                },
                from: (t >= a).then_some(a),
            })
            .collect(),
    }
}
const ROLES: [(&str, &str, &str); 8] = [
    ("profile_optimizer", "Profile optimizer", "88.0"),
    ("pricing_strategist", "Pricing strategist", "92.5"),
    ("market_analyst", "Market analyst", "86.0"),
    ("job_matcher", "Job matcher", "90.1"),
    ("proposal_writer", "Proposal writer", "84.7"),
    ("career_planner", "Career planner", "81.3"),
    ("competition_analyzer", "Competition analyzer", "87.9"),
    ("negotiation_advisor", "Negotiation advisor", "83.2"),
];
fn agents() -> Agents {
    let row = |i: usize, state, doing: &str| AgentRow {
        agent_id: format!("{}_01", ROLES[i].0),
        role: s(ROLES[i].0),
        role_title: s(ROLES[i].1),
        mark: Mark::of_role(i),
        state,
        doing: s(doing),
        coordinates: i == 1,
        performance: s(ROLES[i].2),
        change: String::new(),
        held: if state == AgentState::Busy { 1 } else { 0 },
        capacity: 4,
        completed: 3,
        messages: s("4 sent, 6 read"),
        worked: s("0.81 s"),
        proficiencies: vec![
            Proficiency {
                name: s("rate analysis"),
                value: s("0.91"),
                percent: 91,
            },
            Proficiency {
                name: s("market comparison"),
                value: s("0.72"),
                percent: 72,
            },
        ],
        event: Some(100 + i as u64),
        named: i == 1,
        fresh: i == 1,
    };
    Agents {
        engaged: vec![
            row(0, AgentState::Busy, "done, result accepted"),
            row(1, AgentState::Busy, "coordinates, works on Pricing"),
            row(2, AgentState::Busy, "done, result accepted"),
        ],
        idle: (3..8).map(|i| row(i, AgentState::Idle, "idle")).collect(),
        summary: s("8, of which 3 at work"),
    }
}
fn auctions() -> Auctions {
    let bid = |a: &str, p: [u32; 4], o| {
        let sum: u32 = p.iter().sum();
        BidRow {
            agent_id: s(a),
            score: format!("{}.{:02}", sum / 100, sum % 100),
            hundredths: sum,
            terms: p
                .iter()
                .zip(auction::TERMS)
                .map(|(p, n)| Term {
                    name: n,
                    value: s("0.85"),
                    points: format!("{}.{:02}", p / 100, p % 100),
                    hundredths: *p,
                })
                .collect(),
            outcome: o,
            event: 60 + sum as u64,
            named: false,
            fresh: false,
        }
    };
    let auction = |i: usize, bids, absent| AuctionView {
        auction_id: format!("auction_{:02}", i + 1),
        role: s(ROLES[i].0),
        role_title: s(ROLES[i].1),
        mark: Mark::of_role(i),
        standing: s("awarded at 0.12 s"),
        verdict: if i == 1 {
            s("pricing_strategist_01 leads pricing_strategist_02 by 6.20 points.")
        } else {
            s("The only bid.")
        },
        bids,
        absent,
        event: 40 + i as u64,
        fresh: false,
    };
    Auctions {
        summary: s("3 auctions, all awarded"),
        legend: vec![
            TermKey {
                name: "capability",
                title: "capability",
                most: s("40"),
            },
            TermKey {
                name: "workload",
                title: "free capacity",
                most: s("30"),
            },
            TermKey {
                name: "performance",
                title: "performance",
                most: s("20"),
            },
            TermKey {
                name: "priority",
                title: "urgency fit",
                most: s("10"),
            },
        ],
        auctions: vec![
            auction(
                0,
                vec![bid(
                    "profile_optimizer_01",
                    [3500, 3000, 1760, 475],
                    BidOutcome::Won,
                )],
                vec![],
            ),
            auction(
                1,
                vec![
                    bid(
                        "pricing_strategist_01",
                        [3400, 3000, 1850, 950],
                        BidOutcome::Won,
                    ),
                    bid(
                        "pricing_strategist_02",
                        [3680, 2200, 1760, 940],
                        BidOutcome::Outscored,
                    ),
                    bid(
                        "pricing_strategist_03",
                        [2800, 2250, 1520, 810],
                        BidOutcome::Late,
                    ),
                ],
                vec![AbsentRow {
                    agent_id: s("pricing_strategist_04"),
                    what: s("refused: at capacity, 4 of 4 slots held"),
                    event: Some(77),
                    named: false,
                    fresh: false,
                }],
            ),
            auction(
                2,
                vec![bid(
                    "market_analyst_01",
                    [3300, 3000, 1720, 480],
                    BidOutcome::Won,
                )],
                vec![],
            ),
        ],
    }
}
fn plan() -> Plan {
    let node = |i: usize, id: &str, t: &str, st, txt: &str, c| PlanNode {
        subtask_id: s(id),
        title: s(t),
        description: s(t),
        role_title: s(ROLES[i].1),
        mark: Mark::of_role(i),
        agent_id: format!("{}_01", ROLES[i].0),
        state: st,
        state_text: s(txt),
        critical: c,
        event: 80 + i as u64,
        named: i == 1,
        fresh: i == 1,
    };
    Plan {
        summary: s("3 in parallel, critical path 1.30 s"),
        nodes: vec![
            node(
                0,
                "profile",
                "Enhance profile",
                NodeState::Done,
                "done in 0.81 s",
                false,
            ),
            node(
                1,
                "pricing",
                "Optimize rates",
                NodeState::Running,
                "running for 1.30 s",
                true,
            ),
            node(
                2,
                "market",
                "Analyze market",
                NodeState::Done,
                "done in 1.02 s",
                false,
            ),
            node(
                5,
                "career",
                "Plan career",
                NodeState::Waiting,
                "waits for pricing",
                true,
            ),
            node(
                7,
                "negotiate",
                "Prepare negotiation",
                NodeState::Planned,
                "planned",
                false,
            ),
        ],
        edges: vec![
            PlanEdge {
                from: 1,
                to: 3,
                kind: EdgeKind::Dependency,
                label: s(""),
                critical: true,
            },
            PlanEdge {
                from: 2,
                to: 3,
                kind: EdgeKind::Dependency,
                label: s(""),
                critical: false,
            },
            PlanEdge {
                from: 3,
                to: 4,
                kind: EdgeKind::Dependency,
                label: s(""),
                critical: true,
            },
            PlanEdge {
                from: 0,
                to: 4,
                kind: EdgeKind::Dependency,
                label: s(""),
                critical: false,
            },
            PlanEdge {
                from: 0,
                to: 1,
                kind: EdgeKind::Hidden,
                label: s("profile.strength"),
                critical: false,
            },
        ],
    }
}
fn sched() -> Schedule {
    let bar = |i: usize, id: &str, t: &str, a, b, st, l: &str| schedule::Bar {
        subtask_id: s(id),
        title: s(t),
        agent_id: format!("{}_01", ROLES[i].0),
        mark: Mark::of_role(i),
        start_us: a,
        end_us: b,
        length: s(l),
        state: st,
        critical: i == 1,
        event: 80 + i as u64,
        named: i == 1,
    };
    Schedule {
        summary: s("3.13 s of work in 1.37 s: 2.3 at once"),
        bars: vec![
            bar(
                0,
                "profile",
                "Enhance profile",
                50_000,
                860_000,
                NodeState::Done,
                "0.81 s",
            ),
            bar(
                1,
                "pricing",
                "Optimize rates",
                120_000,
                1_420_000,
                NodeState::Running,
                "1.30 s",
            ),
            bar(
                2,
                "market",
                "Analyze market",
                150_000,
                1_170_000,
                NodeState::Done,
                "1.02 s",
            ),
        ],
        from_us: 0,
        to_us: 1_500_000,
        now_us: 1_420_000,
        ticks: schedule::ticks(0, 1_500_000, 5),
    }
}
fn messages(n: usize) -> Messages {
    let lanes = vec![
        ("orchestrator", None),
        ("profile_optimizer_01", Some(0)),
        ("pricing_strategist_01", Some(1)),
        ("market_analyst_01", Some(2)),
        ("blackboard", None),
    ];
    let raw: [(&str, &str, usize, Vec<usize>, &str, RowKind); 16] = [
        (
            "call for proposals",
            "pricing strategist",
            0,
            vec![2],
            "0.01 s",
            RowKind::Message,
        ),
        (
            "call for proposals",
            "market analyst",
            0,
            vec![3],
            "0.01 s",
            RowKind::Message,
        ),
        ("bid", "92.00", 2, vec![0], "0.03 s", RowKind::Message),
        ("bid", "85.00", 3, vec![0], "0.03 s", RowKind::Message),
        ("award", "92.00", 0, vec![2], "0.05 s", RowKind::Message),
        ("award", "85.00", 0, vec![3], "0.05 s", RowKind::Message),
        (
            "task assignment",
            "everyone",
            2,
            vec![1, 3],
            "0.12 s",
            RowKind::Message,
        ),
        (
            "status update",
            "started",
            1,
            vec![2],
            "0.14 s",
            RowKind::Message,
        ),
        (
            "writes",
            "profile.strength = 85",
            1,
            vec![4],
            "0.86 s",
            RowKind::Write,
        ),
        (
            "subtask completed",
            "confidence 0.88",
            1,
            vec![2],
            "0.86 s",
            RowKind::Message,
        ),
        (
            "broadcast",
            "machine learning +25 %",
            3,
            vec![0, 1, 2],
            "1.17 s",
            RowKind::Message,
        ),
        (
            "writes",
            "market.trend",
            3,
            vec![4],
            "1.17 s",
            RowKind::Write,
        ),
        (
            "subtask completed",
            "confidence 0.81",
            3,
            vec![2],
            "1.17 s",
            RowKind::Message,
        ),
        (
            "reads",
            "profile.strength = 85",
            2,
            vec![4],
            "1.42 s",
            RowKind::Read,
        ),
        (
            "writes",
            "pricing.recommended = 65",
            2,
            vec![4],
            "1.42 s",
            RowKind::Write,
        ),
        (
            "status update",
            "progress",
            2,
            vec![0],
            "1.42 s",
            RowKind::Message,
        ),
    ];
    let skip = raw.len().saturating_sub(n);
    let rows: Vec<MessageRow> = raw
        .into_iter()
        .skip(skip)
        .enumerate()
        .map(|(i, (t, c, l, to, time, kind))| MessageRow {
            event: 200 + (i + skip) as u64,
            id: format!("message_{i:04}"),
            kind,
            from: s(lanes[l].0),
            to: if to.len() > 1 {
                s("*")
            } else {
                s(lanes[to[0]].0)
            },
            type_name: t.replace(' ', "_"),
            title: s(t),
            content: s(c),
            time: s(time),
            spoken: s("from a to b, read"),
            passage: if i + skip == 15 {
                Passage::Flying
            } else if i + skip == 7 {
                Passage::Lost
            } else {
                Passage::Read
            },
            lane: l,
            arrivals: to
                .into_iter()
                .map(|lane| Arrival {
                    lane,
                    y: i as u32 * 100 + if kind == RowKind::Message { 130 } else { 50 },
                    percent: if i + skip == 15 { 60 } else { 100 },
                    passage: if i + skip == 15 {
                        Passage::Flying
                    } else if i + skip == 7 {
                        Passage::Lost
                    } else {
                        Passage::Read
                    },
                    reason: s(""),
                })
                .collect(),
            duplicate: false,
            named: i + skip == 13,
            fresh: i + skip >= 13,
        })
        .collect();
    let len = rows.len() as u32 * 100;
    Messages {
        summary: s("31 sent, 29 read, 1 lost, 1 in flight"),
        lanes: lanes
            .into_iter()
            .map(|(id, m)| Lane {
                id: s(id),
                mark: m.map(Mark::of_role),
                named: m == Some(1),
            })
            .collect(),
        rows,
        earlier: skip,
        stretches: vec![
            Stretch {
                lane: 1,
                from: len.saturating_sub(900),
                to: len.saturating_sub(700),
                mark: Mark::of_role(0),
            },
            Stretch {
                lane: 2,
                from: len.saturating_sub(800),
                to: len - 100,
                mark: Mark::of_role(1),
            },
        ],
        now: s("now 1.42 s"),
    }
}
fn board() -> Blackboard {
    let e = |i: usize, k: &str, v: &str, fresh| KnowledgeRow {
        knowledge_id: format!("knowledge_00{i}"),
        key: s(k),
        category: s("pricing"),
        author: format!("{}_01", ROLES[i].0),
        mark: Some(Mark::of_role(i)),
        version: 1,
        superseded: false,
        value: s(v),
        full: s("{\n  \"value\": 85\n}"),
        scope: s("only this task may read it"),
        written: s("turn 14, 0.86 s"),
        readers: if i == 0 {
            vec![Reader {
                id: s("pricing_strategist_01"),
                mark: Some(Mark::of_role(1)),
                turn: 23,
                event: 188,
            }]
        } else {
            vec![]
        },
        event: 150 + i as u64 + v.len() as u64,
        named: k == "profile.strength",
        fresh,
    };
    Blackboard {
        summary: s("4 entries, 3 readings"),
        entries: vec![
            e(0, "profile.strength", "85, tier expert", false),
            e(
                0,
                "profile.improvements",
                "3 improvements, +12 points",
                false,
            ),
            e(2, "market.trend", "machine learning +25 % a year", false),
            e(1, "pricing.recommended", "50 to 65 USD an hour", true),
        ],
    }
}
fn result(t: u64) -> ResultModel {
    let parts = (0..3)
        .map(|i| PartRow {
            title: s(["Enhance profile", "Optimize rates", "Analyze market"][i]),
            agent_id: format!("{}_01", ROLES[i].0),
            mark: Mark::of_role(i),
            what: s([
                "profile strength 85 of 100, tier expert",
                "works on it for 1.30 s",
                "positioning mid tier specialist",
            ][i]),
            confidence: s(["0.88", "", "0.81"][i]),
            event: Some(90),
            done: i != 1,
            fresh: false,
        })
        .collect();
    let answer = (t >= 33).then(|| Answer {
        standing: s("Success: all 3 subtasks done"),
        advice: vec![
            Advice {
                name: s("Profile improvements"),
                lines: vec![
                    s("Enhance bio with quantifiable achievements"),
                    s("Add 3 more portfolio pieces"),
                    s("Update skills with trending technologies"),
                ],
                tag: Some(Tag::Derived),
                source: s(""),
            },
            Advice {
                name: s("Pricing strategy"),
                lines: vec![s("From 50 to 65 USD an hour, in two steps over 3 months")],
                tag: Some(Tag::Assumed),
                source: s("GSA CALC 2019"),
            },
            Advice {
                name: s("Market positioning"),
                lines: vec![s("Mid tier specialist")],
                tag: Some(Tag::Measured),
                source: s(""),
            },
            Advice {
                name: s("Estimated impact"),
                lines: vec![s("+18 % expected income, 9 to 27 %")],
                tag: Some(Tag::Assumed),
                source: s(""),
            },
        ],
        confidence: Confidence {
            mean: s("0.87"),
            percent: 87,
            spread: s("The agents differ by 0.04 (standard deviation)."),
            calibration: s("No history to compare with yet."),
            parts: vec![
                ConfidencePart {
                    who: s("profile_optimizer_01"),
                    mark: Some(Mark::of_role(0)),
                    value: s("0.88"),
                    percent: 88,
                },
                ConfidencePart {
                    who: s("pricing_strategist_01"),
                    mark: Some(Mark::of_role(1)),
                    value: s("0.92"),
                    percent: 92,
                },
                ConfidencePart {
                    who: s("market_analyst_01"),
                    mark: Some(Mark::of_role(2)),
                    value: s("0.81"),
                    percent: 81,
                },
            ],
        },
        synergies: vec![SynergyRow {
            from: s("Add portfolio pieces"),
            to: s("Raise the rate"),
            what: s("provides proof of work"),
            gain: s("+2 % income beyond the two alone"),
            event: Some(300),
        }],
        conflicts: vec![ConflictRow {
            what: s("Raise the rate by 30 %"),
            why: s("needs portfolio proof, which nothing provides soon enough"),
            resolution: s("Scaled to half and deferred behind Add portfolio pieces"),
            alternatives: vec![
                AlternativeRow {
                    what: s("Keep"),
                    gain: s("+12 %"),
                    risk: s("0.41"),
                    admissible: false,
                    chosen: false,
                },
                AlternativeRow {
                    what: s("Scale to half and defer"),
                    gain: s("+11 %"),
                    risk: s("0.18"),
                    admissible: true,
                    chosen: true,
                },
            ],
            event: Some(301),
        }],
        phases: vec![
            PlanPhase {
                title: s("1. Build proof"),
                weeks: s("weeks 1–3"),
                steps: vec![
                    StepRow {
                        title: s("Add 3 portfolio pieces"),
                        detail: s("Pick work with measurable results."),
                        effort: s("12 hours"),
                        safety: vec![],
                    },
                    StepRow {
                        title: s("Enhance bio"),
                        detail: s("Lead with figures."),
                        effort: s("2 hours"),
                        safety: vec![],
                    },
                ],
            },
            PlanPhase {
                title: s("2. Raise the rate"),
                weeks: s("weeks 4–12"),
                steps: vec![StepRow {
                    title: s("Test 57 USD on new clients"),
                    detail: s("Three proposals at the new rate."),
                    effort: s("1 hour"),
                    safety: vec![
                        ("test", s("on three proposals")),
                        ("watch", s("replies per proposal")),
                        ("step back", s("if replies halve")),
                    ],
                }],
            },
        ],
        missing: s(""),
        coordination: s("Coordination quality high: no conflict left, spread below 0.1."),
        outcome: s("In the simulation: 4 830 USD a month with the plan, 4 120 without."),
        event: Some(310),
        fresh: t < 36,
    });
    ResultModel {
        summary: s("confidence 0.87"),
        answer,
        parts,
    }
}
fn shown() -> Selected {
    let w = |e, t, l, x: &str| WhyStep {
        event: e,
        turn: t,
        link: l,
        sentence: s(x),
        when: format!("turn {t}, 1.42 s"),
    };
    Selected {
        event: Some(188),
        title: s("pricing_strategist_01 revised its recommended rate to 65"),
        facts: vec![
            Fact {
                name: s("By"),
                value: s("pricing_strategist_01"),
            },
            Fact {
                name: s("Turn"),
                value: s("23"),
            },
            Fact {
                name: s("Confidence"),
                value: s("0.88"),
            },
        ],
        why: vec![
            w(
                188,
                23,
                selected::Link::Itself,
                "pricing_strategist_01 revised its recommended rate to 65",
            ),
            w(187, 23, selected::Link::Read, "profile.strength = 85"),
            w(
                140,
                14,
                selected::Link::Cause,
                "profile_optimizer_01 finished Enhance profile",
            ),
            w(
                60,
                9,
                selected::Link::Cause,
                "profile_optimizer_01 won auction_01 with 87.35",
            ),
            w(1, 1, selected::Link::Cause, "you created task_01"),
        ],
        turn_events: vec![
            TurnEvent {
                event: 186,
                sentence: s("work on pricing ended"),
                kind: s("timer fired"),
            },
            TurnEvent {
                event: 187,
                sentence: s("read profile.strength"),
                kind: s("knowledge read"),
            },
            TurnEvent {
                event: 188,
                sentence: s("revised its result"),
                kind: s("result revised"),
            },
        ],
    }
}
