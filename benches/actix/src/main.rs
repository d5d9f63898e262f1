//! The contract net on Actix actors in one thread: every message goes through a mailbox, and all are kept.
//!
//! `cargo run --release --manifest-path benches/actix/Cargo.toml -- [agents] [tasks] [rounds]` prints what
//! `benches/contract-net.mjs` prints for plain JavaScript. It keeps no causes, no replayable state and no digest.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::time::Instant;

use actix::prelude::*;

const ROLES: usize = 8;
const PRIORITIES: [f64; 4] = [1.0, 0.75, 0.5, 0.25];
const WORK_TICKS: usize = 10;
const TICKS_BETWEEN: usize = 2;
const MANAGER: usize = usize::MAX;

/// What a message says. The whole history is a list of these with sender and recipient.
#[allow(dead_code, reason = "which auction it was is kept for the history's sake")]
#[derive(Clone, Copy)]
enum Body {
    Cfp { auction: usize, priority: f64 },
    Bid { auction: usize, score: f64 },
    Accept { auction: usize },
    Reject { auction: usize },
    Assignment { task: usize, coordinator: usize },
    SubtaskCompleted { task: usize },
    TaskCompleted { task: usize },
}

#[allow(dead_code, reason = "who received it is kept for the history's sake")]
#[derive(Message, Clone, Copy)]
#[rtype(result = "()")]
struct Mail {
    from: usize,
    to: usize,
    body: Body,
}

/// The environment's sign that an agent's work on a task is done; no message of the protocol.
#[derive(Message)]
#[rtype(result = "()")]
struct Due {
    task: usize,
}

/// The sign that nothing is on its way any more; no message of the protocol.
#[derive(Message)]
#[rtype(result = "()")]
struct Quiet;

/// Where everyone is reached, and everything that was sent.
struct Office {
    agents: RefCell<Vec<Addr<Agent>>>,
    manager: RefCell<Option<Addr<Manager>>>,
    history: RefCell<Vec<Mail>>,
    /// What falls due at a tick: agent, task.
    calendar: RefCell<BTreeMap<usize, Vec<(usize, usize)>>>,
    tick: Cell<usize>,
    /// Messages and signs that are sent and not yet handled.
    on_the_way: Cell<usize>,
}

impl Office {
    fn send(&self, from: usize, to: usize, body: Body) {
        let mail = Mail { from, to, body };
        self.history.borrow_mut().push(mail);
        self.on_the_way.set(self.on_the_way.get() + 1);
        if to == MANAGER {
            if let Some(manager) = self.manager.borrow().as_ref() {
                manager.do_send(mail);
            }
        } else {
            self.agents.borrow()[to].do_send(mail);
        }
    }

    /// Tells an agent that its work is done.
    fn finish(&self, agent: usize, task: usize) {
        self.on_the_way.set(self.on_the_way.get() + 1);
        self.agents.borrow()[agent].do_send(Due { task });
    }

    /// Notes that a message or sign was handled; behind the last one the manager hears that all is quiet.
    fn handled(&self) {
        self.on_the_way.set(self.on_the_way.get() - 1);
        if self.on_the_way.get() == 0
            && let Some(manager) = self.manager.borrow().as_ref()
        {
            manager.do_send(Quiet);
        }
    }
}

struct Agent {
    id: usize,
    office: Rc<Office>,
    workload: usize,
    /// The coordinators of what it works on, by task.
    working: HashMap<usize, usize>,
    coordinating: HashMap<usize, usize>,
}

fn capability(id: usize) -> f64 {
    ((id * 7919) % 1000) as f64 / 1000.0
}

fn performance(id: usize) -> f64 {
    ((id * 104_729) % 1000) as f64 / 10.0
}

impl Actor for Agent {
    type Context = Context<Self>;
}

impl Handler<Mail> for Agent {
    type Result = ();

    fn handle(&mut self, mail: Mail, _: &mut Self::Context) {
        match mail.body {
            Body::Cfp { auction, priority } => {
                let penalty = (self.workload as f64 / 4.0).min(1.0);
                let score = (capability(self.id) * 0.4
                    + (1.0 - penalty) * 0.3
                    + performance(self.id) / 100.0 * 0.2
                    + priority * 0.1)
                    * 100.0;
                let score = (score * 100.0).round() / 100.0;
                self.office.send(self.id, MANAGER, Body::Bid { auction, score });
            }
            Body::Accept { .. } => self.workload += 1,
            Body::Assignment { task, coordinator } => {
                if coordinator == self.id {
                    self.coordinating.insert(task, 0);
                }
                self.working.insert(task, coordinator);
                let due = self.office.tick.get() + WORK_TICKS;
                self.office.calendar.borrow_mut().entry(due).or_default().push((self.id, task));
            }
            Body::SubtaskCompleted { task } => {
                let done = self.coordinating.entry(task).or_default();
                *done += 1;
                if *done == 3 {
                    self.coordinating.remove(&task);
                    self.office.send(self.id, MANAGER, Body::TaskCompleted { task });
                }
            }
            Body::Reject { .. } | Body::Bid { .. } | Body::TaskCompleted { .. } => {}
        }
        self.office.handled();
    }
}

impl Handler<Due> for Agent {
    type Result = ();

    fn handle(&mut self, Due { task }: Due, _: &mut Self::Context) {
        self.workload -= 1;
        if let Some(coordinator) = self.working.remove(&task) {
            self.office.send(self.id, coordinator, Body::SubtaskCompleted { task });
        }
        self.office.handled();
    }
}

struct Auction {
    task: usize,
    asked: usize,
    bids: Vec<(usize, f64)>,
}

struct Manager {
    office: Rc<Office>,
    by_role: Vec<Vec<usize>>,
    tasks: usize,
    announced: usize,
    auctions: HashMap<usize, Auction>,
    winners: HashMap<usize, Vec<usize>>,
    checksum: usize,
    coordinator_sum: usize,
    /// Whether what fell due in this tick is finished, so that it is the turn of the next task.
    finished: bool,
    sums: Rc<Cell<Sums>>,
}

impl Actor for Manager {
    type Context = Context<Self>;
}

impl Handler<Quiet> for Manager {
    type Result = ();

    /// Goes on: what is due finishes first, then a task is announced, then the next tick begins.
    fn handle(&mut self, _: Quiet, _: &mut Self::Context) {
        while self.office.on_the_way.get() == 0 {
            if self.finished {
                self.announce();
                self.finished = false;
                self.office.tick.set(self.office.tick.get() + 1);
            } else if self.announced == self.tasks && self.office.calendar.borrow().is_empty() {
                let messages = self.office.history.borrow().len();
                let Self { checksum, coordinator_sum, .. } = *self;
                self.sums.set(Sums { messages, checksum, coordinator_sum });
                return System::current().stop();
            } else {
                let due = self.office.calendar.borrow_mut().remove(&self.office.tick.get());
                for (agent, task) in due.unwrap_or_default() {
                    self.office.finish(agent, task);
                }
                self.finished = true;
            }
        }
    }
}

impl Handler<Mail> for Manager {
    type Result = ();

    fn handle(&mut self, mail: Mail, _: &mut Self::Context) {
        match mail.body {
            Body::Bid { auction, score } => self.collect(mail.from, auction, score),
            Body::TaskCompleted { task } => {
                self.winners.remove(&task);
            }
            _ => {}
        }
        self.office.handled();
    }
}

impl Manager {
    fn announce(&mut self) {
        let task = self.announced;
        if task == self.tasks || self.office.tick.get() != task * TICKS_BETWEEN {
            return;
        }
        self.announced += 1;
        self.winners.insert(task, Vec::new());
        for k in 0..3 {
            let auction = task * 3 + k;
            let asked = &self.by_role[(task + k) % ROLES];
            self.auctions.insert(auction, Auction { task, asked: asked.len(), bids: Vec::new() });
            for agent in asked {
                let priority = PRIORITIES[task % 4];
                self.office.send(MANAGER, *agent, Body::Cfp { auction, priority });
            }
        }
    }

    fn collect(&mut self, agent: usize, id: usize, score: f64) {
        let Some(auction) = self.auctions.get_mut(&id) else { return };
        auction.bids.push((agent, score));
        if auction.bids.len() < auction.asked {
            return;
        }
        if let Some(Auction { task, bids, .. }) = self.auctions.remove(&id) {
            self.award(id, task, &bids);
        }
    }

    fn award(&mut self, auction: usize, task: usize, bids: &[(usize, f64)]) {
        let mut best = bids[0];
        for bid in bids {
            if bid.1 > best.1 || (bid.1 == best.1 && bid.0 < best.0) {
                best = *bid;
            }
        }
        for (agent, _) in bids {
            let won = *agent == best.0;
            let body = if won { Body::Accept { auction } } else { Body::Reject { auction } };
            self.office.send(MANAGER, *agent, body);
        }
        let Some(winners) = self.winners.get_mut(&task) else { return };
        winners.push(best.0);
        if let [a, b, c] = winners[..] {
            self.assign(task, [a, b, c]);
        }
    }

    fn assign(&mut self, task: usize, winners: [usize; 3]) {
        let mut lead = winners[0];
        for agent in winners {
            let better = performance(agent) - performance(lead);
            if better > 0.0 || (better == 0.0 && agent < lead) {
                lead = agent;
            }
        }
        let sum: usize = winners.iter().sum();
        self.checksum = (self.checksum + sum * (task + 1)) % (1 << 32);
        self.coordinator_sum = (self.coordinator_sum + lead * (task + 1)) % (1 << 32);
        for agent in winners {
            self.office.send(MANAGER, agent, Body::Assignment { task, coordinator: lead });
        }
    }
}

/// What a run comes to: messages, checksum, coordinator sum.
#[derive(Clone, Copy, Default)]
struct Sums {
    messages: usize,
    checksum: usize,
    coordinator_sum: usize,
}

fn run(agents: usize, tasks: usize) -> Sums {
    let system = System::new();
    let office = Rc::new(Office {
        agents: RefCell::default(),
        manager: RefCell::default(),
        history: RefCell::default(),
        calendar: RefCell::default(),
        tick: Cell::new(0),
        on_the_way: Cell::new(0),
    });
    let sums = Rc::new(Cell::new(Sums::default()));
    system.block_on(async {
        for id in 0..agents {
            let agent = Agent {
                id,
                office: Rc::clone(&office),
                workload: 0,
                working: HashMap::new(),
                coordinating: HashMap::new(),
            };
            office.agents.borrow_mut().push(agent.start());
        }
        let manager = Manager {
            office: Rc::clone(&office),
            by_role: (0..ROLES).map(|role| (role..agents).step_by(ROLES).collect()).collect(),
            tasks,
            announced: 0,
            auctions: HashMap::new(),
            winners: HashMap::new(),
            checksum: 0,
            coordinator_sum: 0,
            finished: false,
            sums: Rc::clone(&sums),
        }
        .start();
        *office.manager.borrow_mut() = Some(manager.clone());
        manager.do_send(Quiet);
    });
    system.run().expect("the system ends by itself");
    // The addresses would keep the actors, and the actors the office.
    office.agents.borrow_mut().clear();
    *office.manager.borrow_mut() = None;
    sums.get()
}

fn main() {
    let numbers: Vec<usize> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let number = |at: usize, otherwise: usize| numbers.get(at).copied().unwrap_or(otherwise);
    let (agents, tasks, rounds) = (number(0, 800), number(1, 1000), number(2, 6).max(1));
    let mut seconds = Vec::new();
    let mut sums = Sums::default();
    for _ in 0..rounds {
        let start = Instant::now();
        sums = run(agents, tasks);
        seconds.push(start.elapsed().as_secs_f64());
    }
    let first = seconds.remove(0);
    seconds.sort_by(f64::total_cmp);
    let warm = seconds.get(seconds.len() / 2).copied().unwrap_or(first);
    println!(
        "{{\"messages\":{},\"checksum\":{},\"coordinator_sum\":{},\"first_seconds\":{first},\"warm_seconds\":{warm},\"messages_per_second\":{}}}",
        sums.messages,
        sums.checksum,
        sums.coordinator_sum,
        sums.messages as f64 / warm
    );
}
