// The contract net as a web developer would write it by hand: classes, a message bus, plain objects,
// the whole history kept. `node benches/contract-net.mjs [agents] [tasks] [rounds]` times it; the page's
// #/bench runs the same file. It keeps no causes, no replayable state and no digest.

const ROLES = 8;
const PRIORITIES = [1.0, 0.75, 0.5, 0.25];
const WORK_TICKS = 10;
const TICKS_BETWEEN = 2;

/** Delivers messages in order and keeps every one of them. */
class Bus {
  constructor() {
    this.queue = [];
    this.history = [];
    this.actors = new Map();
  }

  register(id, actor) {
    this.actors.set(id, actor);
  }

  send(type, from, to, body) {
    const message = { id: this.history.length, type, from, to, body };
    this.history.push(message);
    this.queue.push(message);
  }

  /** Delivers until nothing is on its way. */
  drain() {
    for (let next = 0; next < this.queue.length; next += 1) {
      const message = this.queue[next];
      this.actors.get(message.to).receive(message);
    }
    this.queue.length = 0;
  }
}

class Agent {
  constructor(id, world) {
    this.id = id;
    this.world = world;
    this.role = id % ROLES;
    this.capability = ((id * 7919) % 1000) / 1000;
    this.performance = ((id * 104729) % 1000) / 10;
    this.capacity = 4;
    this.workload = 0;
    this.coordinating = new Map();
  }

  receive(message) {
    switch (message.type) {
      case "cfp":
        this.bid(message.body);
        break;
      case "accept":
        this.workload += 1;
        break;
      case "reject":
        break;
      case "task_assignment":
        this.begin(message.body);
        break;
      case "subtask_completed":
        this.collect(message.body);
        break;
    }
  }

  bid({ auction, priority }) {
    const penalty = Math.min(this.workload / this.capacity, 1);
    const score =
      (this.capability * 0.4 + (1 - penalty) * 0.3 + (this.performance / 100) * 0.2 + priority * 0.1) * 100;
    // Hundredths, so that scores that are level compare as level.
    this.world.bus.send("bid", this.id, "manager", { auction, score: Math.round(score * 100) / 100 });
  }

  begin({ task, coordinator }) {
    if (coordinator === this.id) this.coordinating.set(task, 0);
    this.world.schedule(WORK_TICKS, () => {
      this.workload -= 1;
      this.world.bus.send("subtask_completed", this.id, coordinator, { task });
    });
  }

  collect({ task }) {
    const done = this.coordinating.get(task) + 1;
    this.coordinating.set(task, done);
    if (done === 3) {
      this.coordinating.delete(task);
      this.world.bus.send("task_completed", this.id, "manager", { task });
    }
  }
}

class Manager {
  constructor(world) {
    this.world = world;
    this.auctions = new Map();
    this.tasks = new Map();
    this.checksum = 0;
    this.coordinatorSum = 0;
  }

  announce(task) {
    this.tasks.set(task, { winners: [] });
    for (let k = 0; k < 3; k += 1) {
      const role = (task + k) % ROLES;
      const auction = task * 3 + k;
      const asked = this.world.byRole[role];
      this.auctions.set(auction, { task, asked: asked.length, bids: [] });
      for (const agent of asked) {
        this.world.bus.send("cfp", "manager", agent.id, { auction, priority: PRIORITIES[task % 4] });
      }
    }
  }

  receive(message) {
    if (message.type === "bid") this.collect(message);
    else if (message.type === "task_completed") this.tasks.delete(message.body.task);
  }

  collect({ from, body }) {
    const auction = this.auctions.get(body.auction);
    auction.bids.push({ agent: from, score: body.score });
    if (auction.bids.length === auction.asked) this.award(body.auction, auction);
  }

  award(id, { task, bids }) {
    let best = bids[0];
    for (const bid of bids) {
      if (bid.score > best.score || (bid.score === best.score && bid.agent < best.agent)) best = bid;
    }
    for (const bid of bids) {
      this.world.bus.send(bid === best ? "accept" : "reject", "manager", bid.agent, { auction: id });
    }
    this.auctions.delete(id);
    const { winners } = this.tasks.get(task);
    winners.push(this.world.agents[best.agent]);
    if (winners.length === 3) this.assign(task, winners);
  }

  assign(task, winners) {
    let lead = winners[0];
    for (const agent of winners) {
      const better = agent.performance - lead.performance;
      if (better > 0 || (better === 0 && agent.id < lead.id)) lead = agent;
    }
    const sum = winners.reduce((total, agent) => total + agent.id, 0);
    this.checksum = (this.checksum + sum * (task + 1)) % 2 ** 32;
    this.coordinatorSum = (this.coordinatorSum + lead.id * (task + 1)) % 2 ** 32;
    for (const agent of winners) {
      this.world.bus.send("task_assignment", "manager", agent.id, { task, coordinator: lead.id });
    }
  }
}

class World {
  constructor(agents) {
    this.bus = new Bus();
    this.tick = 0;
    this.calendar = new Map();
    this.agents = Array.from({ length: agents }, (_, id) => new Agent(id, this));
    this.byRole = Array.from({ length: ROLES }, () => []);
    for (const agent of this.agents) {
      this.byRole[agent.role].push(agent);
      this.bus.register(agent.id, agent);
    }
    this.manager = new Manager(this);
    this.bus.register("manager", this.manager);
  }

  schedule(ticks, action) {
    const due = this.tick + ticks;
    if (!this.calendar.has(due)) this.calendar.set(due, []);
    this.calendar.get(due).push(action);
  }

  run(tasks) {
    for (let task = 0; task < tasks || this.calendar.size > 0; this.tick += 1) {
      for (const action of this.calendar.get(this.tick) ?? []) action();
      this.calendar.delete(this.tick);
      this.bus.drain();
      if (task < tasks && this.tick === task * TICKS_BETWEEN) {
        this.manager.announce(task);
        task += 1;
        this.bus.drain();
      }
    }
  }
}

/** Runs a contract net once; returns its sums. */
export function contractNet(agents, tasks) {
  const world = new World(agents);
  world.run(tasks);
  const { checksum, coordinatorSum } = world.manager;
  return { messages: world.bus.history.length, checksum, coordinator_sum: coordinatorSum };
}

/** Times several runs: the first, and the median of the others, in seconds. */
export function bench(agents, tasks, rounds = 6, now = () => performance.now() / 1000) {
  const times = [];
  let result;
  for (let round = 0; round < rounds; round += 1) {
    const start = now();
    result = contractNet(agents, tasks);
    times.push(now() - start);
  }
  const [first, ...warm] = times;
  warm.sort((a, b) => a - b);
  const median = warm[Math.floor(warm.length / 2)] ?? first;
  return { ...result, first_seconds: first, warm_seconds: median, messages_per_second: result.messages / median };
}

if (typeof process !== "undefined" && import.meta.url === `file://${process.argv[1]}`) {
  const [agents = 800, tasks = 1000, rounds = 6] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(bench(agents, tasks, rounds)));
}
