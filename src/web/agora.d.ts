// Made from the Rust types by `agora schema typescript`; a test keeps it current.

/** What a request is answered with: its own body, or a problem that names every fault. */
export type Answer<Body, Status extends number = 200> =
  | { status: Status; body: Body }
  | { status: ProblemStatus; body: Problem };

/** The statuses of problems. */
export type ProblemStatus = 400 | 404 | 405 | 409 | 413 | 422;

export interface Agora {
  /** Add an agent */
  request(method: "POST", path: "/api/v1/multi-agent/agents", body: AddAgent | string): Promise<Answer<AgentChange, 201>>;

  /** Show the agents */
  request(method: "GET", path: "/api/v1/multi-agent/agents/status"): Promise<Answer<AgentStatus>>;

  /** Remove an agent */
  request(method: "DELETE", path: `/api/v1/multi-agent/agents/${string}`): Promise<Answer<AgentChange>>;

  /** Plan a career */
  request(method: "POST", path: "/api/v1/multi-agent/career-growth-plan/multi-agent", body: CareerGrowth | string): Promise<Answer<CareerGrowthAnswer>>;

  /** Show who works well with whom */
  request(method: "GET", path: "/api/v1/multi-agent/collaboration/patterns"): Promise<Answer<Patterns>>;

  /** Create a collaborative task */
  request(method: "POST", path: "/api/v1/multi-agent/collaborative-task/create", body: CreateTask | string): Promise<Answer<TaskCreated, 201>>;

  /** Show a task as it stands */
  request(method: "GET", path: `/api/v1/multi-agent/collaborative-task/${string}`): Promise<Answer<TaskView>>;

  /** Run until a task ends */
  request(method: "POST", path: `/api/v1/multi-agent/collaborative-task/${string}/execute`): Promise<Answer<Execution>>;

  /** Show the messages */
  request(method: "GET", path: "/api/v1/multi-agent/communication/message-bus" | `/api/v1/multi-agent/communication/message-bus?${string}`): Promise<Answer<MessageBus>>;

  /** Run the example from task to result */
  request(method: "GET", path: "/api/v1/multi-agent/demo/complete-workflow"): Promise<Answer<CompleteWorkflow>>;

  /** Find jobs and prepare applications */
  request(method: "POST", path: "/api/v1/multi-agent/find-and-apply-jobs/multi-agent", body: FindAndApply | string): Promise<Answer<FindAndApplyAnswer>>;

  /** Show the blackboard */
  request(method: "GET", path: "/api/v1/multi-agent/knowledge-base/shared" | `/api/v1/multi-agent/knowledge-base/shared?${string}`): Promise<Answer<Knowledge>>;

  /** Show this API's description */
  request(method: "GET", path: "/api/v1/multi-agent/openapi.json"): Promise<Answer<{ [key: string]: unknown }>>;

  /** Optimize a freelancer's profile */
  request(method: "POST", path: "/api/v1/multi-agent/optimize-freelancer/multi-agent", body: OptimizeFreelancer | string): Promise<Answer<OptimizeFreelancerAnswer>>;

  /** Show the system's collective intelligence */
  request(method: "GET", path: "/api/v1/multi-agent/system/intelligence"): Promise<Answer<Intelligence>>;
}

/** The formats a run can be written in. */
export type ExportFormat = "sequence" | "plan-mermaid" | "plan-dot" | "trace" | "shiviz" | "events";

/** That a result was accepted. */
export interface Accepted {
  /** The subtask. */
  subtask_id: string;
}

/** An action of the plan. */
export interface Action {
  /** What to do. */
  action: string;
  /** The recommendation it comes from. */
  from: RecommendationRef;
  /** What it adds to expected income, a share. */
  gain: number;
  /** Work it takes [hours]. */
  hours: number;
  /** What it moves. */
  lever: string;
  /** Its phase, from 1. */
  phase: number;
  /** Chance that it does harm. */
  risk: number;
  /** How to try it small; null where it is not risky. */
  test_first: string | null;
}

/** How fast changes were answered. */
export interface Adaptation {
  /** Failed subtasks that were given to another. */
  reassigned: number;
  /** Results that were revised because what they rested on had changed. */
  revised: number;
  /** Median change from one to the next (Theil and Sen); null from fewer than five values. */
  trend: number | null;
  /** The unit of both. */
  unit: string;
  /** The mean; null without history. */
  value: MeanFigure | null;
}

/** An agent to be added. */
export interface AddAgent {
  /** Its id: lower case letters, digits, underscores; else its role and the next free number. */
  agent_id?: string | null;
  /** What it can do; else all that its role asks for. */
  capabilities?: Capabilities | null;
  /** Slots it can hold at once; 4 where nothing is said. */
  capacity?: number | null;
  /** Past performance; 80 where nothing is said. */
  performance_score?: number | null;
  /** Its role. */
  role: string;
  /** The urgency it likes best; 0.5 where nothing is said. */
  tempo?: number | null;
}

/** An agent that was added or removed. */
export interface AgentChange {
  /** Its id. */
  agent_id: string;
  /** Virtual time spent working [ms]. */
  busy_ms: number;
  /** Proficiency in each of its capabilities, 0 to 1. */
  capabilities: { [key: string]: number };
  /** Slots it can hold. */
  capacity: number;
  /**
   * Collaboration quality: mean outcome quality of its part in tasks done with others, 0 to 1;
   * simulated, null without history.
   */
  collaboration_quality: MeanFigure | null;
  /** Communication efficiency: how its messages fared. */
  communication_efficiency: Communication;
  /** Tasks it took part in that ended with a result of its own. */
  completed_tasks_count: number;
  /** What its work has cost, in units. */
  cost_units: number;
  /** Whether it is in the team now. */
  in_team: boolean;
  /** Knowledge contribution: what it wrote, and who used it. */
  knowledge_contribution: Contribution;
  /** Individual score: 0 to 100, moved by the outcomes of its tasks. */
  performance_score: number;
  /** Its role. */
  role: string;
  /** `idle`, `busy`, `silent`, `crashed` or `removed`. */
  state: string;
  /** Tokens its work has taken. */
  tokens: number;
  /** Agents in the team now. */
  total_agents: number;
  /** The turn in which that happened. */
  turns: Turns;
  /** Share of its slots' virtual time spent working, 0 to 1; null at time 0. */
  utilization: number | null;
  /** What of the request was left aside. */
  warnings: Warning[];
  /** Slots it holds. */
  workload: number;
}

/** An agent as it is written. */
export interface AgentDraft {
  /** It refuses every call before this time [µs]. */
  available_from_us?: number;
  /** Slots that work outside this run holds all along. */
  busy_slots?: number;
  /** Its proficiency in single capabilities, where it differs; 0 is none. */
  capabilities?: { [key: string]: number };
  /** Slots it can hold at once. */
  capacity?: number;
  /** Its id; else its role and the next free number, such as `pricing_strategist_01`. */
  id?: string | null;
  /** How fast it works; 1 is usual, 2 takes half the time. */
  pace?: number;
  /** Past performance, 0 to 100. */
  performance_score?: number;
  /** Its proficiency in all of the role's capabilities, 0 to 1. */
  proficiency?: number;
  /** Its role. */
  role: string;
  /** The urgency it likes best, 0 to 1. */
  tempo?: number;
}

/** What an agent is from the start; what it does is state. */
export interface AgentSpec {
  /** Before this it refuses every call. */
  available_from: Micros;
  /** Slots that work outside this run holds all along. */
  busy_slots: number;
  /** Proficiency in each capability it has, 0 to 1. */
  capabilities: { [key: string]: number };
  /** Slots it can hold at once; at least 1. */
  capacity: number;
  /** The role and a zero-padded number, such as `pricing_strategist_01`. */
  id: string;
  /** How fast it works: work takes the role's duration divided by this. */
  pace: number;
  /** Past performance, 0 to 100. */
  performance: number;
  /** The role's name. */
  role: string;
  /** The urgency it likes best, 0 to 1. */
  tempo: number;
}

/** The agents. */
export interface AgentStatus {
  /** Of those, running. */
  active_agents: number;
  /** Each of them. */
  agents: AgentView[];
  /** Agents in the team. */
  total_agents: number;
}

/** One agent. */
export interface AgentView {
  /** Its id. */
  agent_id: string;
  /** Virtual time spent working [ms]. */
  busy_ms: number;
  /** Proficiency in each of its capabilities, 0 to 1. */
  capabilities: { [key: string]: number };
  /** Slots it can hold. */
  capacity: number;
  /**
   * Collaboration quality: mean outcome quality of its part in tasks done with others, 0 to 1;
   * simulated, null without history.
   */
  collaboration_quality: MeanFigure | null;
  /** Communication efficiency: how its messages fared. */
  communication_efficiency: Communication;
  /** Tasks it took part in that ended with a result of its own. */
  completed_tasks_count: number;
  /** What its work has cost, in units. */
  cost_units: number;
  /** Knowledge contribution: what it wrote, and who used it. */
  knowledge_contribution: Contribution;
  /** Individual score: 0 to 100, moved by the outcomes of its tasks. */
  performance_score: number;
  /** Its role. */
  role: string;
  /** `idle`, `busy`, `silent`, `crashed` or `removed`. */
  state: string;
  /** Tokens its work has taken. */
  tokens: number;
  /** Share of its slots' virtual time spent working, 0 to 1; null at time 0. */
  utilization: number | null;
  /** Slots it holds. */
  workload: number;
}

/** One event. */
export type AgoraEvent = {
  /** An agent's id, `orchestrator`, `environment` or `user`. */
  actor: string;
  /** The event that triggered it; null for turn 0 and commands. */
  cause: number | null;
  /** Its number, consecutive from 0. */
  id: number;
  /** The events whose content it used; left out where there are none. */
  reads?: number[];
  /** Virtual time [µs]. */
  time_us: number;
  /** The turn it happened in. */
  turn: number;
} & ({
  agent: AgentSpec;
  agent_id: string;
  kind: "agent_added";
} | {
  agent_id: string;
  kind: "agent_removed";
} | {
  command: Command;
  kind: "command_applied";
} | {
  agent_id: string;
  fault: FaultKind;
  kind: "fault_injected";
} | {
  kind: "policies_changed";
  policies: Policies;
} | {
  kind: "link_changed";
  link: LinkRule;
} | {
  kind: "priority_changed";
  priority: TaskPriority;
  task_id: string;
} | {
  kind: "market_updated";
  rows: { [key: string]: unknown };
} | {
  description: string;
  kind: "task_created";
  name: string;
  priority: TaskPriority;
  task_id: string;
  task_type: string;
} | {
  depends_on: string[];
  description: string;
  kind: "subtask_planned";
  role: string;
  subtask_id: string;
  task_id: string;
} | {
  auction_id: string;
  kind: "auction_opened";
  reply_by_us: number;
  role: string;
  subtask_id: string | null;
  task_id: string;
  weights: Weights;
} | {
  agent_id: string;
  auction_id: string;
  kind: "awarded";
  role: string;
  score: number;
  task_id: string;
  tied: boolean;
} | {
  auction_id: string;
  kind: "auction_unfilled";
  reason: FailureReason;
} | {
  agent_id: string;
  auction_id: string;
  kind: "slot_held";
} | {
  agent_id: string;
  auction_id: string;
  kind: "slot_released";
} | {
  agent_id: string;
  kind: "subtask_assigned";
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string;
  kind: "coordinator_selected";
  task_id: string;
} | {
  agent_id: string;
  kind: "subtask_started";
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string;
  confidence: number;
  kind: "work_finished";
  result: unknown;
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string;
  confidence: number;
  kind: "subtask_completed";
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string;
  confidence: number;
  kind: "result_revised";
  result: unknown;
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string;
  kind: "result_discarded";
  reason: DiscardReason;
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string | null;
  kind: "subtask_failed";
  reason: FailureReason;
  subtask_id: string;
  task_id: string;
} | {
  agent_id: string | null;
  kind: "subtask_missing";
  reason: FailureReason;
  subtask_id: string;
  task_id: string;
} | {
  conversation: string | null;
  deliver_at_us: number;
  duplicate_of?: string | null;
  from: string;
  kind: "message_sent";
  message_id: string;
  performative: string;
  to: string;
} & ({
  payload: Call;
  type: "call_for_proposals";
} | {
  payload: Bid;
  type: "bid";
} | {
  payload: Refusal;
  type: "refusal";
} | {
  payload: Award;
  type: "award";
} | {
  payload: Rejection;
  type: "rejection";
} | {
  payload: Refusal;
  type: "decline";
} | {
  payload: Assigned;
  type: "task_assignment";
} | {
  payload: StatusOrNote;
  type: "status_update";
} | {
  payload: ResultPayload;
  type: "subtask_completed";
} | {
  payload: Failure;
  type: "subtask_failed";
} | {
  payload: ShareOrNote;
  type: "data_share";
} | {
  payload: NewsOrNote;
  type: "broadcast";
} | {
  payload: ResultPayload;
  type: "revision";
} | {
  payload: AnswerPayload;
  type: "task_completed";
} | {
  payload: Accepted;
  type: "result_accepted";
}) | {
  by: string;
  kind: "message_read";
  message_id: string;
} | {
  kind: "message_lost";
  message_id: string;
  reason: LossReason;
  to: string;
} | {
  by: string;
  category: string;
  key: string;
  kind: "knowledge_added";
  knowledge_id: string;
  scope: Scope;
  subtask_id: string;
  task_id: string;
  value: unknown;
} | {
  by: string;
  kind: "knowledge_read";
  knowledge_id: string;
  subtask_id: string;
} | {
  collective_recommendation: unknown;
  kind: "answer_made";
  task_id: string;
} | {
  kind: "synergy_found";
  synergy: Synergy;
  task_id: string;
} | {
  conflict: Conflict;
  kind: "conflict_found";
  task_id: string;
} | {
  kind: "conflict_resolved";
  resolution: Resolution;
  task_id: string;
} | {
  confidence: number;
  kind: "task_completed";
  status: TaskStatus;
  task_id: string;
} | {
  kind: "outcome_observed";
  outcome: Outcome;
  quality: number;
  task_id: string;
} | {
  agent_id: string;
  from: number;
  kind: "performance_updated";
  task_id: string;
  to: number;
} | {
  about: string | null;
  at_us: number;
  kind: "timer_set";
  owner: string;
  purpose: string;
  timer_id: string;
} | {
  kind: "timer_fired";
  timer_id: string;
} | {
  kind: "timer_cancelled";
  timer_id: string;
});

/** How work is given out. */
export type Allocation = "per_role" | "per_subtask";

/** One way out of a conflict, with what it is worth. */
export type Alternative = {
  /** Whether that risk is within the bound. */
  admissible: boolean;
  /** Predicted relative gain of the whole plan under it. */
  predicted_gain: number;
  /** Risk of the whole plan under it, 0 to 1. */
  risk: number;
} & ({
  remedy: "keep";
} | {
  /** The share kept, 0 to 1. */
  factor: number;
  remedy: "scale";
  /** Which. */
  what: RecommendationRef;
} | {
  /** Behind which. */
  behind: RecommendationRef;
  remedy: "defer";
  /** Which. */
  what: RecommendationRef;
} | {
  /** Behind which. */
  behind: RecommendationRef;
  /** The share kept, 0 to 1. */
  factor: number;
  remedy: "scale_and_defer";
  /** Which. */
  what: RecommendationRef;
} | {
  remedy: "drop";
  /** Which. */
  what: RecommendationRef;
});

/** The collective answer. */
export interface AnswerPayload {
  /** The answer; null where none was made. */
  collective_recommendation: unknown;
  /** How sure the team is. */
  confidence: number;
  /** How it ended. */
  status: TaskStatus;
  /** The task. */
  task_id: string;
}

/** A job to apply to. */
export interface Application {
  /** How to go for it. */
  bidding_strategy: BidStrategy;
  /** The job. */
  job_id: string;
  /** Its place, the best chance first. */
  order: number;
  /** Its title. */
  title: string;
  /** Chance to win it. */
  win_probability: Chance;
}

/** In which order to apply, and how to bid for each. */
export interface ApplicationStrategy {
  /** Jobs not to apply to; null where nobody wrote proposals. */
  advised_against: NotToApply[] | null;
  /** The jobs to apply to. */
  per_job: Application[];
}

/** How to go for a job. */
export type Approach = "skip" | "bid_early" | "lead_with_proof" | "ask_for_pay" | "settle_rate" | "bid_at_rate";

/** Who does what, or that one subtask may start. */
export type Assigned = Assignment | Go;

/** Who does what. */
export interface Assignment {
  /** Agents by subtask. */
  assignments: { [key: string]: string };
  /** Who coordinates. */
  coordinator_agent: string;
  /** The task. */
  task_id: string;
}

/** An award. */
export interface Award {
  /** The auction. */
  auction_id: string;
  /** The score that won. */
  score: number;
}

/** A bid: its four terms, and the score they make. */
export interface Bid {
  /** The auction. */
  auction_id: string;
  /** How well the agent fits what is asked. */
  capability: number;
  /** Performance score over 100. */
  performance: number;
  /** How its tempo fits the task's urgency. */
  priority: number;
  /** The score, 0 to 100. */
  score: number;
  /** Slots held over capacity. */
  workload_penalty: number;
}

/** A bidding strategy for one job. */
export interface BidStrategy {
  /** The approach. */
  approach: Approach;
  /** What to do, in one or two sentences. */
  text: string;
}

/** An interval. */
export interface Bounds {
  /** Upper end. */
  high: number;
  /** Lower end. */
  low: number;
}

/** A branch. */
export interface Branch {
  /** Its id, which stays the same for good. */
  branch_id: string;
  /** The digest after that turn. */
  digest: string;
  /** The turn at which it left it; null for the first. */
  fork_turn: number | null;
  /** Its name. */
  name: string;
  /** The branch it left; null for the first. */
  parent: string | null;
  /** The last turn that is known of it. */
  turns: number;
}

/** One thing the job asks for. */
export interface BriefNeed {
  /** Whether the profile holds it. */
  held: boolean;
  /** The strongest sentence of the profile that names it. */
  proof?: Quote | null;
  /** The skill, as the job writes it. */
  skill: string;
  /** The fields it was read from. */
  sources: string[];
  /** The held skill that stands for it, where it is another one. */
  through?: string | null;
  /** Years with it, where given. */
  years?: number | null;
}

/** How tasks ended. */
export interface ByStatus {
  /** With nothing. */
  failed: number;
  /** With some missing. */
  partial: number;
  /** With every result. */
  success: number;
}

/** The terms of an auction. */
export interface Call {
  /** The auction. */
  auction_id: string;
  /** Coverage below which an agent should refuse. */
  min_capability: number;
  /** When bids must be there [µs]. */
  reply_by_us: number;
  /** The capabilities required. */
  required_capabilities: string[];
  /** The role asked for. */
  role: string;
  /** The one subtask it is for; null for all of the role's. */
  subtask_id: string | null;
  /** The task it is for. */
  task_id: string;
  /** The task's urgency. */
  urgency: number;
  /** What the terms weigh. */
  weights: Weights;
}

/** What an agent can do. */
export type Capabilities = string[] | { [key: string]: number };

/** A career to be planned. */
export interface CareerGrowth {
  /** Where the freelancer stands: a profile, as Agora's own shape or a JSON Resume. */
  current_stats?: { [key: string]: unknown } | null;
  /** The freelancer's id. */
  freelancer_id?: FreelancerId | null;
  /** What is wanted: an object such as `{"target_rate": 90, "target_skills": ["Rust"]}`. */
  goals?: { [key: string]: unknown } | null;
  /** Jobs that show what is asked for; else the environment's marketplace. */
  jobs?: ({ [key: string]: unknown })[] | null;
  /** Hours a week that can go into learning. */
  learning_hours_per_week?: number | null;
  /** Market rows that override the built-in table. */
  market_data?: { [key: string]: unknown } | null;
  /** How urgent it is; `MEDIUM` where nothing is said. */
  priority?: TaskPriority | null;
  /** How far ahead to plan [months]. */
  timeframe_months?: number | null;
}

/** A career plan; null is what is not known, and `unknown` says why. */
export interface CareerGrowthAnswer {
  /** Agents whose results were accepted. */
  agents_consulted: string[];
  /** What to reach by when. */
  career_milestones: CareerMilestone[] | null;
  /** How sure the team is: the mean of the agents' confidences, a missing subtask counting zero. */
  confidence: number;
  /** What that is made of; null where no answer was made. */
  confidence_parts: Confidence | null;
  /** `high`, `medium` or `low`; null where no answer was made. */
  coordination_quality: string | null;
  /** Who led it at the end; null where nobody did. */
  coordinator_agent: string | null;
  /** The digest after its last turn. */
  digest: string;
  /** What the plan is expected to bring, in words. */
  estimated_impact?: string | null;
  /** The same in figures. */
  estimated_impact_interval?: Impact;
  /** How much more each lever counts for the goals given. */
  goals_weighed?: { [key: string]: number };
  /** The hours it was planned within. */
  hours_for_the_plan?: WeekHours;
  /** All of it in phases. */
  integrated_plan: IntegratedPlan | null;
  /** From the first start to the last finish of its subtasks, in virtual time [ms]. */
  makespan_ms: number;
  /** How demand and pay move. */
  market_trends: string[] | null;
  /** Chance that the plan does harm. */
  plan_risk?: number;
  /** The rate month by month. */
  pricing_roadmap: RateStep[] | null;
  /** The same with gain, hours and risk. */
  priority_action_details?: Action[];
  /** What to do first. */
  priority_actions?: string[];
  /** Where the figures come from, by JSON pointer. */
  provenance: { [key: string]: FigureOrigin };
  /** What could go wrong. */
  risk_factors: RiskFactor[] | null;
  /** How it ended. */
  status: Ending;
  /** How to see that it works. */
  success_indicators: SuccessIndicators | null;
  /** The interval of `success_probability`, where there is one. */
  success_probability_interval?: Bounds | null;
  /** The task. */
  task_id: string;
  /** From the turn of its creation to that of its end. */
  turns: Turns;
  /** What is not known, and what would let it be known. */
  unknown: Gap[];
  /** What of the request was left aside or not understood. */
  warnings: Warning[];
}

/** One milestone. */
export interface CareerMilestone {
  /** Hours it takes beside paid work. */
  hours: number;
  /** Unique within the plan, such as `learn_docker`. */
  id: string;
  /** How one sees that it is reached. */
  indicator: string;
  /** `learn`, `practice`, `win`, `rate` or `review`. */
  kind: string;
  /** The month by whose end it is reached, from 1. */
  month: number;
  /** Ids of the milestones that come before it. */
  needs: string[];
  /** What is reached. */
  title: string;
}

/** The chance to win a job. */
export interface Chance {
  /** With everything open going for it. */
  high: number;
  /** With everything open going against the bid. */
  low: number;
  /** By what is expected, 0 to 1. */
  point: number;
}

/** Two roles that worked together. */
export interface Collaboration {
  /** Mean outcome quality of those tasks, 0 to 1; simulated. */
  outcome_quality: MeanFigure | null;
  /** The two roles. */
  roles: string[];
  /** Of those, ended with success. */
  successes: number;
  /** Tasks with an accepted result of both. */
  tasks: number;
}

/** What a user does to a run. */
export type Command = {
  kind: "create_task";
  /** The task. */
  task: TaskDraft;
} | {
  /** The agent. */
  agent: AgentDraft;
  kind: "add_agent";
} | {
  /** Its id. */
  agent_id: string;
  kind: "remove_agent";
} | {
  /** Its id. */
  agent_id: string;
  /** What happens. */
  fault: FaultKind;
  kind: "inject_fault";
  /** The share of its usual pace that is left, for `slow`. */
  pace?: number | null;
} | {
  kind: "set_weights";
  /** The new weights; they add up to 1. */
  weights: Weights;
} | {
  kind: "set_link";
  /** The rule. */
  link: LinkRule;
} | {
  kind: "update_market_data";
  /** The rows. */
  rows: { [key: string]: unknown };
} | {
  kind: "send_message";
  /** What kind it claims to be: `status_update`, `data_share` or `broadcast`. */
  message_type: MessageType;
  /** Its words. */
  text: string;
  /** To an agent's id, or `*` for all. */
  to: string;
} | {
  kind: "set_priority";
  /** The new priority. */
  priority: TaskPriority;
  /** The task's id. */
  task_id: string;
};

/** How an agent's messages fared. */
export interface Communication {
  /** Its bids that came late and its results that were discarded. */
  belated: number;
  /** Its messages read by others. */
  delivered: number;
  /** Its messages lost. */
  lost: number;
  /** Mean virtual time from sending to reading [ms]; null where nothing was read. */
  mean_delay_ms: number | null;
  /** Messages read. */
  read: number;
  /** Messages sent. */
  sent: number;
  /**
   * Messages that made their reader do something, or had their content used, over all that were
   * read or lost, 0 to 1; null without any.
   */
  value: number | null;
}

/** Who else is after the jobs. */
export interface CompetitionInsights {
  /** Chance to win one of them at least. */
  any_win: Chance | null;
  /** How strong it is. */
  competition_level: CompetitionLevel;
  /** How sure the analyst is. */
  confidence: number;
  /** What the figures mean. */
  insights: string[];
  /** The median of the jobs' rivals. */
  median_rivals: number | null;
  /** Each job. */
  per_job: JobCompetition[];
  /** What is not known. */
  unknown: Gap[];
}

/** How much competition there is. */
export type CompetitionLevel = "low" | "medium" | "high" | "unknown";

/** A whole task, stage by stage. */
export interface CompleteWorkflow {
  /** The digest after the last turn. */
  digest: string;
  /** How it ended. */
  result: Execution;
  /** The scenario that was run. */
  scenario: string;
  /** Its seed. */
  seed: number;
  /** The stages, in order. */
  stages: Stage[];
}

/** What a confidence is made of. */
export interface Confidence {
  /** Each agent's. */
  by_agent: { [key: string]: number };
  /** Mean distance between past confidences and outcomes; null without history. */
  calibration_error: number | null;
  /** Standard deviation of the agents' confidences. */
  spread: number;
}

/** A conflict between recommendations. */
export type Conflict = {
  /** Those involved. */
  between: RecommendationRef[];
  /** Unique within the aggregation, such as `raise_rate:portfolio_proof`. */
  id: string;
} & ({
  kind: "opposite";
  /** The lever. */
  lever: string;
} | {
  /** The condition. */
  condition: string;
  kind: "unmet_need";
} | {
  /** Hours available. */
  available: number;
  /** Hours asked for. */
  hours: number;
  kind: "over_budget";
});

/** How conflicts were resolved. */
export interface ConflictResolution {
  /** Conflicts found. */
  found: number;
  /** Conflicts settled within the risk bound. */
  settled: number;
  /** Median change from one to the next (Theil and Sen); null from fewer than five values. */
  trend: number | null;
  /** The unit of both. */
  unit: string;
  /** The mean; null without history. */
  value: MeanFigure | null;
}

/** What an agent gave the blackboard. */
export interface Contribution {
  /** Readings of its entries by others. */
  reads_by_others: number;
  /** How many of them another agent read. */
  used: number;
  /** Its share of all readings of others' entries, 0 to 1; null where nobody read another's. */
  value: number | null;
  /** Entries it wrote. */
  written: number;
}

/** A task to be created. */
export interface CreateTask {
  /** Whose task it is. */
  client?: string | null;
  /** What is asked, in the client's words. */
  description?: string | null;
  /** What the client wants most. */
  goals?: string[] | null;
  /** The input: a profile, jobs, goals. */
  input_data?: { [key: string]: unknown } | null;
  /** A name that stays when the history before it changes; unique within the run. */
  name?: string | null;
  /** How urgent it is; `MEDIUM` where nothing is said. */
  priority?: TaskPriority | null;
  /** The roles asked for; else all of the plan's. */
  required_agents?: string[] | null;
  /** A plan of its own. */
  subtasks?: SubtaskBody[] | null;
  /**
   * The kind of task: one with a plan of its own, such as `optimize_freelancer_profile`, or any
   * with `subtasks`.
   */
  task_type: string;
}

/** How long is waited for what [µs]. */
export interface Deadlines {
  /** From an award to its answer. */
  award_us?: number;
  /** From a call to the end of bidding. */
  bid_us?: number;
  /** Between two reports of a coordinator; silence for three of these means it failed. */
  heartbeat_us?: number;
  /** The merging of results. */
  merge_us?: number;
  /** From an answer to its outcome. */
  outcome_us?: number;
  /** A result is due this many times the work's usual duration after it could start. */
  result_factor?: number;
  /** And this much on top. */
  result_slack_us?: number;
  /** How long revisions are waited for. */
  revisions_us?: number;
  /** From a task's arrival to its end at the latest. */
  task_us?: number;
}

/** Why a result was not taken. */
export type DiscardReason = "reassigned" | "repeated" | "too_late";

/** The domains there are. */
export type DomainName = "freelance" | "generic";

/** How a task ended. */
export type Ending = "success" | "partial" | "failed";

/** The world around the team as it is written. */
export interface EnvironmentDraft {
  /** What goes wrong. */
  faults?: FaultDraft[];
  /** Jobs for tasks that bring none. */
  job_marketplace?: unknown[];
  /** Market data; rows in it override the domain's table. */
  market?: { [key: string]: unknown };
  /** Parameters of the outcome model. */
  outcome?: { [key: string]: unknown };
}

/** How a task ended. */
export interface Execution {
  /** Agents whose results were accepted. */
  agents_involved: string[];
  /** The answer; null where none was made. */
  collective_recommendation: unknown;
  /** How sure the team is: the mean of the agents' confidences, a missing subtask counting zero. */
  confidence: number;
  /** What that is made of; null where no answer was made. */
  confidence_parts: Confidence | null;
  /** What could not stand as it was, and how that was resolved. */
  conflicts: SettledConflict[];
  /** `high`, `medium` or `low`; null where no answer was made. */
  coordination_quality: string | null;
  /** Who led it at the end; null where nobody did. */
  coordinator_agent: string | null;
  /** The digest after its last turn. */
  digest: string;
  /** From the first start to the last finish of its subtasks, in virtual time [ms]. */
  makespan_ms: number;
  /** Subtasks that are missing, by name. */
  missing: string[];
  /** The plan in phases. */
  phases: Phase[];
  /** Where the figures come from, by JSON pointer. */
  provenance: { [key: string]: FigureOrigin };
  /** How it ended. */
  status: Ending;
  /** What helps what. */
  synergies: Synergy[];
  /** The task. */
  task_id: string;
  /** From the turn of its creation to that of its end. */
  turns: Turns;
}

/** A week now and then. */
export interface ExpectedWeek {
  /** At the current rate; null where it is not known. */
  now: RatePoint | null;
  /** At the recommended rate. */
  then: RatePoint | null;
}

/** Why a subtask went wrong. */
export interface Failure {
  /** Why. */
  reason: FailureReason;
  /** The subtask. */
  subtask_id: string;
}

/** Why work went wrong. */
export type FailureReason = "deadline" | "work" | "no_bidder" | "no_agent" | "dependency" | "busy";

/** A fault as it is written. */
export interface FaultDraft {
  /** Whom. */
  agent_id: string;
  /** When it strikes [µs]. */
  at_us: number;
  /** What happens. */
  kind: FaultKind;
  /** The share of its usual pace that is left, for `slow`. */
  pace?: number | null;
}

/** The faults an agent can have. */
export type FaultKind = "crash" | "recover" | "silence" | "slow";

/** A tag with the name of its source, where it has one. */
export interface FigureOrigin {
  /** The source in words, such as `GSA CALC schedule 70, 2019, US` or `profile /hourly_rate`. */
  source?: string | null;
  /** The kind of origin. */
  tag: FigureTag;
}

/** The origin of a figure, strongest first, so that the weakest of several is their maximum. */
export type FigureTag = "given" | "measured" | "derived" | "assumed" | "simulated";

/** Jobs to be found and applied to. */
export interface FindAndApply {
  /** The freelancer's id. */
  freelancer_id?: FreelancerId | null;
  /** The profile, as Agora's own shape or a JSON Resume. */
  freelancer_profile?: { [key: string]: unknown } | null;
  /** The jobs to choose from; else the environment's marketplace. */
  jobs?: ({ [key: string]: unknown })[] | null;
  /** Market rows that override the built-in table. */
  market_data?: { [key: string]: unknown } | null;
  /** How many jobs to recommend at most. */
  max_jobs?: number | null;
  /** How urgent it is; `MEDIUM` where nothing is said. */
  priority?: TaskPriority | null;
  /** Categories to look in, such as `web_development`; else all. */
  target_categories?: string[] | null;
}

/** Jobs with all that an application needs; null is what is not known, and `unknown` says why. */
export interface FindAndApplyAnswer {
  /** Agents whose results were accepted. */
  agents_consulted: string[];
  /** In which order to apply, and how to bid for each. */
  application_strategy: ApplicationStrategy | null;
  /** Who else is after them, and what sets this profile apart. */
  competition_insights: CompetitionInsights | null;
  /** How sure the team is: the mean of the agents' confidences, a missing subtask counting zero. */
  confidence: number;
  /** What that is made of; null where no answer was made. */
  confidence_parts: Confidence | null;
  /** `high`, `medium` or `low`; null where no answer was made. */
  coordination_quality: string | null;
  /** Who led it at the end; null where nobody did. */
  coordinator_agent: string | null;
  /** The digest after its last turn. */
  digest: string;
  /** What the plan is expected to bring, in words. */
  estimated_impact?: string | null;
  /** The same in figures. */
  estimated_impact_interval?: Impact;
  /** How much more each lever counts for the goals given. */
  goals_weighed?: { [key: string]: number };
  /** The hours it was planned within. */
  hours_for_the_plan?: WeekHours;
  /** From the first start to the last finish of its subtasks, in virtual time [ms]. */
  makespan_ms: number;
  /** Chance that the plan does harm. */
  plan_risk?: number;
  /** The same with gain, hours and risk. */
  priority_action_details?: Action[];
  /** What to do first. */
  priority_actions?: string[];
  /** Where the figures come from, by JSON pointer. */
  provenance: { [key: string]: FigureOrigin };
  /** Briefs and drafts. */
  ready_proposals: ReadyProposal[] | null;
  /** The jobs that fit, the best first. */
  recommended_jobs: RecommendedJob[] | null;
  /** How it ended. */
  status: Ending;
  /** The chance to win at least one of the jobs applied to, 0 to 1. */
  success_probability: number | null;
  /** The interval of `success_probability`, where there is one. */
  success_probability_interval?: Bounds | null;
  /** The task. */
  task_id: string;
  /** From the turn of its creation to that of its end. */
  turns: Turns;
  /** What is not known, and what would let it be known. */
  unknown: Gap[];
  /** What of the request was left aside or not understood. */
  warnings: Warning[];
}

/** When a first job with a new skill is won. */
export interface FirstWin {
  /** The month, from 1. */
  by_month: number;
}

/** A freelancer's id in whatever system it comes from; it is kept and not used. */
export type FreelancerId = number | string;

/** What is not known. */
export interface Gap {
  /** Why. */
  because?: string | null;
  /** The role that said so. */
  by?: string | null;
  /** What. */
  what: string;
  /** What would let it be known. */
  would_help?: string | null;
}

/** That a subtask may start. */
export interface Go {
  /** Who coordinates. */
  coordinator_agent: string;
  /** The subtask. */
  subtask_id: string;
}

/** What a plan is expected to bring, as a share. */
export interface Impact {
  /** Upper end. */
  high: number;
  /** Lower end. */
  low: number;
  /** Of what. */
  of: string;
  /** The estimate. */
  point: number;
  /** Where it comes from. */
  tag: FigureTag;
}

/** A mean with its trend. */
export interface IndicatorFigure {
  /** Median change from one to the next (Theil and Sen); null from fewer than five values. */
  trend: number | null;
  /** The unit of both. */
  unit: string;
  /** The mean; null without history. */
  value: MeanFigure | null;
}

/** All of it in phases. */
export interface IntegratedPlan {
  /** Work it takes [hours]. */
  hours: number;
  /** The phases. */
  phases: PlanPhase[];
}

/** The system's collective intelligence; null is what the history does not reach. */
export interface Intelligence {
  /** Agents in the team and running. */
  active_agents: number;
  /** Adaptation speed: time from a change to the answer to it, in virtual time [ms]. */
  adaptation_speed: Adaptation;
  /** Average completion time: from a task's creation to its end, in virtual time [ms]. */
  average_completion_time_ms: MeanFigure | null;
  /** From the first start to the last finish of a task's subtasks, in virtual time [ms]. */
  average_makespan_ms: MeanFigure | null;
  /** Mean performance score of the agents in the team, 0 to 100. */
  avg_agent_performance: number | null;
  /** Mean distance between a task's confidence and its outcome quality, 0 to 1; simulated. */
  calibration_error: MeanFigure | null;
  /** Collaboration efficiency: working time over makespan of a task; 1 is one after the other. */
  collaboration_efficiency: IndicatorFigure;
  /** Collective confidence: mean over the tasks that ended, 0 to 1. */
  collective_confidence: MeanFigure | null;
  /** Conflict resolution: share of a task's conflicts settled within the risk bound, 0 to 1. */
  conflict_resolution: ConflictResolution;
  /** How many effects the history supports beyond chance. */
  emergent_pattern_count: number;
  /** What the history supports beyond chance, in words with counts and intervals. */
  emergent_patterns: string[];
  /** Knowledge base growth. */
  knowledge_base_growth: KnowledgeGrowth;
  /** Pairs of roles and how many tasks they brought to success together, the most first. */
  most_effective_collaborations: ([string, number])[];
  /** Tasks that are open. */
  open_tasks: number;
  /** Mean outcome quality, 0 to 1; simulated. */
  outcome_quality: MeanFigure | null;
  /** Share of the working time that doing things at once saved, 0 to 1. */
  parallel_time_saved: MeanFigure | null;
  /** Share of them that ended with success, 0 to 1. */
  success_rate: number | null;
  /** How tasks ended. */
  tasks_by_status: ByStatus;
  /** Messages sent. */
  total_messages: number;
  /** Tasks that ended, however they did. */
  total_tasks_completed: number;
}

/** Who else is after a job. */
export interface JobCompetition {
  /** How to go for it. */
  bid_strategy: BidStrategy;
  /** The job. */
  job_id: string;
  /** Skills asked for and not held. */
  missing_skills: string[];
  /** Who else bids. */
  rivals: Rivals;
  /** What sets this profile apart. */
  sets_apart: SetsApart[];
  /** What that rests on. */
  standpoint: Standpoint;
  /** Its title. */
  title: string;
  /** Chance to win it. */
  win_probability: Chance;
}

/** One term of a job's score. */
export interface JobTerm {
  /** What it rests on, in words. */
  note: string;
  /** What it adds to the score; the terms' points add up to the score. */
  points: number;
  /** How well the job does, 0 to 1; none where nothing says. */
  value: number | null;
  /** Its share of the score, 0 to 1. */
  weight: number;
}

/** The terms of a job's score. */
export interface JobTerms {
  /** The client's record. */
  client: JobTerm;
  /** How fresh the posting is. */
  freshness: JobTerm;
  /** How the pay meets the profile's rate. */
  pay: JobTerm;
  /** Share of the job's weighted words that the profile holds (BM25F). */
  relevance: JobTerm;
  /** Share of the job's skills that the profile holds. */
  skills: JobTerm;
}

/** The blackboard. */
export interface Knowledge {
  /** Every category there is, sorted. */
  categories: string[];
  /** Entries that match the filters. */
  matching_items: number;
  /** The latest that match, the latest first. */
  recent_knowledge: KnowledgeView[];
  /** Entries so far, new versions of earlier ones included. */
  total_knowledge_items: number;
}

/** How the blackboard grew. */
export interface KnowledgeGrowth {
  /** Entries, new versions of earlier ones included. */
  entries: number;
  /** Entries that were the first of their key in their task. */
  insights: number;
  /** New insights for each second of virtual time. */
  insights_per_second: number | null;
  /** New insights for each task that ended. */
  insights_per_task: number | null;
  /** Readings. */
  reads: number;
}

/** An entry of the blackboard. */
export interface KnowledgeView {
  /** Who wrote it. */
  by: string;
  /** Its category. */
  category: string;
  /** Its key, such as `profile.strength`. */
  key: string;
  /** The entry. */
  knowledge_id: string;
  /** `task`: only the task it came from may read it; `general`: every task may. */
  scope: string;
  /** The task it came from. */
  task_id: string;
  /** Virtual time when it was written [µs]. */
  time_us: number;
  /** When it was written: the scenario's day and the virtual time. */
  timestamp: string;
  /** What it says. */
  value: unknown;
  /** Which version of its key it is within its task, from 1. */
  version: number;
}

/** A span of latencies. */
export interface Latency {
  /** Most [µs]. */
  max_us: number;
  /** Least [µs]. */
  min_us: number;
}

/** Hours for learning. */
export interface LearningHours {
  /** Hours in the timeframe. */
  available: number;
  /** Hours a week. */
  per_week: number;
  /** Hours that the plan takes. */
  planned: number;
}

/** What is special about some links; the first rule that fits a link counts. */
export interface LinkRule {
  /** The chance that a message arrives twice. */
  duplication?: number;
  /** The sender: an agent's id, `orchestrator`, or `*` for any. */
  from?: string;
  /**
   * Actors of one side: the rule then holds only between one of them and one that is not among
   * them. With a loss of 1 that cuts the group off.
   */
  group?: string[];
  /** Its latency, where it differs. */
  latency?: Latency | null;
  /** The chance that a message is lost. */
  loss?: number;
  /** The recipient, likewise. */
  to?: string;
}

/** Links as they are written. */
export interface LinksDraft {
  /** The latency of every link without a rule of its own. */
  latency?: Latency;
  /** What is special about some; the first rule that fits counts. */
  rules?: LinkRule[];
}

/** Why a message was lost. */
export type LossReason = "crashed" | "removed" | "link";

/** A mean with its interval. */
export interface MeanFigure {
  /** How many values it rests on. */
  count: number;
  /** Upper end. */
  high: number | null;
  /** Lower end of its 95 % interval; null from fewer than five values. */
  low: number | null;
  /** The mean. */
  mean: number;
}

/** The mean fit to the near jobs. */
export interface MeanFit {
  /** Now. */
  now: number;
  /** With the plan. */
  target: number;
}

/** The message bus. */
export interface MessageBus {
  /** Messages that match the filters. */
  matching_messages: number;
  /** How many of each type were sent so far. */
  message_type_distribution: { [key: string]: number };
  /** The latest that match, the latest first. */
  recent_messages: MessageView[];
  /** Messages sent so far; a broadcast counts once. */
  total_messages: number;
}

/** The types of messages. */
export type MessageType = "call_for_proposals" | "bid" | "refusal" | "award" | "rejection" | "decline" | "task_assignment" | "status_update" | "subtask_completed" | "subtask_failed" | "data_share" | "broadcast" | "revision" | "task_completed" | "result_accepted";

/** A message. */
export interface MessageView {
  /** The auction or task it belongs to; null for none. */
  conversation: string | null;
  /** The message a fault made it a copy of; null for none. */
  duplicate_of: string | null;
  /** Who sent it. */
  from_agent: string;
  /** Whom it did not reach, and why. */
  lost: { [key: string]: string };
  /** The message. */
  message_id: string;
  /** Its type. */
  message_type: string;
  /** What it carries. */
  payload: unknown;
  /** The communicative act it performs. */
  performative: string;
  /** Whether everyone it reached has read it, and someone has. */
  read: boolean;
  /** Who has read it. */
  read_by: string[];
  /** Virtual time when it was sent [µs]. */
  time_us: number;
  /** When it was sent: the scenario's day and the virtual time. */
  timestamp: string;
  /** To whom: an agent's id, `orchestrator`, or `*` for all. */
  to_agent: string;
  /** The turn it was sent in. */
  turn: number;
}

/** A point in virtual time, or a span of it [µs]. */
export type Micros = number;

/** News for everyone. */
export interface News {
  /** The news. */
  news: unknown;
  /** The task. */
  task_id: string;
}

/** News, or a message by hand. */
export type NewsOrNote = News | Note;

/** A job not to apply to. */
export interface NotToApply {
  /** False. */
  apply: boolean;
  /** Share of the asked skills that is held; null where the posting names none. */
  coverage: number | null;
  /** The job. */
  job_id: string;
  /** Why not. */
  reason: string;
  /** Its title. */
  title: string;
  /** What would change that. */
  would_change: string;
}

/** A message by hand. */
export interface Note {
  /** Its words. */
  text: string;
}

/** What is known of a job's competition. */
export interface Odds {
  /** Expected rivals. */
  rivals: number;
  /** Chance to win. */
  win_probability: number;
}

/** What is tried when an auction brings no taker. */
export type OnNoBid = "reannounce" | "relax" | "skip";

/** What the team recommends for a profile; null is what is not known, and `unknown` says why. */
export interface OptimizationResults {
  /** What the plan is expected to bring, in words. */
  estimated_impact: string | null;
  /** The same in figures. */
  estimated_impact_interval?: Impact;
  /** How much more each lever counts for the goals given. */
  goals_weighed?: { [key: string]: number };
  /** The hours it was planned within. */
  hours_for_the_plan?: WeekHours;
  /** Where the profile stands in its market. */
  market_positioning: string | null;
  /** Chance that the plan does harm. */
  plan_risk?: number;
  /** What to charge, and how to get there. */
  pricing_strategy: PricingStrategy | null;
  /** The same with gain, hours and risk. */
  priority_action_details?: Action[];
  /** What to do first. */
  priority_actions: string[];
  /** What to improve, the most gained per hour first. */
  profile_improvements: string[] | null;
  /** The interval of `success_probability`, where there is one. */
  success_probability_interval?: Bounds | null;
}

/** A profile to be optimized. */
export interface OptimizeFreelancer {
  /** The freelancer's id. */
  freelancer_id?: FreelancerId | null;
  /** Jobs that the profile is held against: Agora's own shape, or schema.org `JobPosting`. */
  jobs?: ({ [key: string]: unknown })[] | null;
  /** Market rows that override the built-in table. */
  market_data?: { [key: string]: unknown } | null;
  /** What the freelancer wants most, such as `increase_visibility`. */
  optimization_goals?: string[] | null;
  /** How urgent it is; `MEDIUM` where nothing is said. */
  priority?: TaskPriority | null;
  /**
   * The profile: `title`, `bio`, `skills`, `hourly_rate`, `currency`, `country`,
   * `experience_years`, `portfolio`, `reviews`, `availability_hours`, `languages`, or a JSON Resume.
   */
  profile_data?: { [key: string]: unknown } | null;
}

/** An optimized profile. */
export interface OptimizeFreelancerAnswer {
  /** Agents whose results were accepted. */
  agents_consulted: string[];
  /** How sure the team is: the mean of the agents' confidences, a missing subtask counting zero. */
  confidence: number;
  /** What that is made of; null where no answer was made. */
  confidence_parts: Confidence | null;
  /** `high`, `medium` or `low`; null where no answer was made. */
  coordination_quality: string | null;
  /** Who led it at the end; null where nobody did. */
  coordinator_agent: string | null;
  /** The digest after its last turn. */
  digest: string;
  /** From the first start to the last finish of its subtasks, in virtual time [ms]. */
  makespan_ms: number;
  /** What the team recommends. */
  optimization_results: OptimizationResults;
  /** Where the figures come from, by JSON pointer. */
  provenance: { [key: string]: FigureOrigin };
  /** How it ended. */
  status: Ending;
  /** The task. */
  task_id: string;
  /** From the turn of its creation to that of its end. */
  turns: Turns;
  /** What is not known, and what would let it be known. */
  unknown: Gap[];
  /** What of the request was left aside or not understood. */
  warnings: Warning[];
}

/** How a plan turned out against leaving things as they were, on the same draws. */
export interface Outcome {
  /** Quality of each subtask's part, 0 to 1, by name. */
  by_subtask: { [key: string]: number };
  /** Quality of the whole, 0 to 1. */
  quality: number;
  /** The unit of the two. */
  unit: string;
  /** What happened with the plan, such as income over the period; simulated. */
  with_plan: number;
  /** What would have happened without it, on the same draws; simulated. */
  without_plan: number;
}

/** A pattern's figures. */
export interface PatternFigure {
  /** Its size: a difference of outcome quality, or a share of time. */
  effect: number;
  /** Upper end. */
  high: number;
  /** Lower end of its 95 % interval. */
  low: number;
  /** Probability of so large an effect by chance alone; null for what is measured and not tested. */
  p_value: number | null;
  /** What it says. */
  sentence: string;
  /** Tasks with it. */
  tasks_with: number;
  /** Tasks without it, of the same kinds. */
  tasks_without: number;
}

/** Who works well with whom. */
export interface Patterns {
  /** The pairs with their figures. */
  collaborations: Collaboration[];
  /** What the history supports, in words with counts and intervals. */
  insights: string[];
  /** Pairs of roles and how many tasks they brought to success together, the most first. */
  most_effective_collaborations: ([string, number])[];
  /** What the history supports beyond chance, with its figures. */
  patterns: PatternFigure[];
  /** Share of the tasks that ended with success, 0 to 1; null before the first end. */
  success_rate: number | null;
}

/** Steps that can be done together. */
export interface Phase {
  /** First week, from 1. */
  from_week: number;
  /** From 1. */
  number: number;
  /** What to do. */
  steps: PlanStep[];
  /** What it is about, a few words. */
  title: string;
  /** Last week. */
  to_week: number;
}

/** A phase of a plan. */
export interface PlanPhase {
  /** Its first week, from 1. */
  from_week: number;
  /** Its number, from 1. */
  phase: number;
  /** Its steps. */
  steps: string[];
  /** Its name. */
  title: string;
  /** Its last week. */
  to_week: number;
}

/** One step of the unified plan. */
export interface PlanStep {
  /** Its detail, after resolution. */
  detail: string;
  /** Hours it takes. */
  effort_hours: number;
  /** The share of it that is done, 0 to 1. */
  factor: number;
  /** How to try it safely. */
  safety?: SafetyNet | null;
  /** The advice in words, after resolution. */
  title: string;
  /** The recommendation it carries out. */
  what: RecommendationRef;
}

/** The rules of a run. */
export interface Policies {
  /** How work is given out. */
  allocation?: Allocation;
  /** How long is waited for what. */
  deadlines?: Deadlines;
  /** How far one outcome moves a performance score. */
  learning_step?: number;
  /** Coverage below which an agent refuses. */
  min_capability?: number;
  /** Which messages there are beside calls, bids and awards. */
  protocol?: Protocol;
  /** What happens when things go wrong. */
  recovery?: RecoveryPolicy;
  /** The share of a work's duration that its revision takes. */
  revision_share?: number;
  /** Whether answers are revised when what they used changes. */
  revisions?: boolean;
  /** What a bid's terms weigh; they add up to 1. */
  weights?: Weights;
}

/** What the pricing strategist advised before the team settled on less. */
export interface PriceAdvised {
  /** The rate. */
  recommended_rate: number;
  /** The way there. */
  roadmap: RateStep[];
  /** The strategy. */
  strategy: string;
}

/** How a price stands to the pay of a job. */
export type PriceStand = {
  to_pay: "open";
} | {
  to_pay: "within";
} | {
  /** Where it ends, per hour. */
  pay_ends: number;
  to_pay: "above";
} | {
  to_pay: "raised_to_start";
} | {
  to_pay: "lowered_to_end";
} | {
  /** The price for the whole. */
  budget: number;
  /** Hours it buys at the rate. */
  hours: number;
  to_pay: "fixed";
} | {
  to_pay: "salary";
};

/** What a price rests on. */
export interface PricingBasis {
  /** Share of the asked skills that is held. */
  fit: number;
  /** Where that comes from. */
  fit_from: string;
  /** Hours for sale a week. */
  hours_available: number;
  /** The source of the pay; null where none fits. */
  pay_from: string | null;
  /** Profile strength, 0 to 100. */
  profile_strength: number;
  /** Where that comes from. */
  profile_strength_from: string;
  /** Rivals for a job. */
  rivals: number;
  /** Where that comes from. */
  rivals_from: string;
}

/** What to charge, and how to get there. */
export interface PricingStrategy {
  /** What the strategist advised before the team settled on less. */
  as_advised_alone?: PriceAdvised | null;
  /** The currency of all rates. */
  currency: string | null;
  /** The rate now. */
  current_rate: number | null;
  /** What is expected at each rate. */
  curve: RatePoint[];
  /** A week now and then. */
  expected_week: ExpectedWeek;
  /** The median pay an hour. */
  market_median: number | null;
  /** The rate of the greatest worth, without bounds on raises. */
  optimal_rate: number | null;
  /** The rate to reach. */
  recommended_rate: number | null;
  /** What an hour that is not sold is worth. */
  reservation_rate: number | null;
  /** What it rests on. */
  rests_on: PricingBasis;
  /** The way there, by months. */
  roadmap: RateStep[];
  /** Such as `gradual_increase_over_3_months`. */
  strategy: string;
  /** What is not known. */
  unknown: Gap[];
}

/** Problem details. */
export interface Problem {
  /** The methods the path allows, where the request's was not one of them. */
  allowed_methods?: string[];
  /** What is wrong with this request. */
  detail: string;
  /** Every fault. */
  errors: RequestFault[];
  /** The HTTP status. */
  status: number;
  /** The kind in words. */
  title: string;
  /** Names the kind of problem: a URN that `docs/api.md` explains. */
  type: string;
}

/** The brief. */
export interface ProposalBrief {
  /** More that is open. */
  also_ask: Question[];
  /** What the client asks for, in the posting's own words. */
  ask: Quote | null;
  /** Skills that are asked for and not held. */
  gaps: string[];
  /** The job's skills, in its order. */
  needs: BriefNeed[];
  /** What to know before sending. */
  notes: string[];
  /** The odds, where the competition was analyzed. */
  odds: Odds | null;
  /** The price to name. */
  price: ProposalPrice | null;
  /** The question to ask. */
  question: Question;
  /** The profile's strongest sentences for this job. */
  strongest: Quote[];
}

/** A price for one job. */
export interface ProposalPrice {
  /** Per hour, in `currency`. */
  amount: number;
  /** How it was found, in words. */
  basis: string;
  /** ISO 4217 code. */
  currency: string;
  /** The knowledge it rests on. */
  knowledge: string[];
  /** The fields it rests on. */
  sources: string[];
  /** How it stands to the job's pay. */
  stand: PriceStand;
  /** Where it comes from. */
  tag: FigureTag;
}

/** One sentence of a draft. */
export interface ProposalSentence {
  /** The knowledge it was made from, by key. */
  knowledge?: string[];
  /** The fields of the task's input it was made from, as JSON pointers. */
  sources: string[];
  /** The sentence. */
  text: string;
}

/** Which messages there are beside calls, bids and awards. */
export type Protocol = "confirmed" | "bare";

/** A question to the client. */
export interface Question {
  /** Why it is asked. */
  reason: string;
  /** The fields it comes from. */
  sources: string[];
  /** The question, as it could be sent. */
  text: string;
}

/** A sentence with the place it comes from. */
export interface Quote {
  /** Where it stands. */
  source: string;
  /** The sentence. */
  text: string;
}

/** The rate to reach. */
export interface RateGoal {
  /** The currency. */
  currency: string;
  /** What was asked for. */
  goal: number;
  /** Now. */
  now: number | null;
  /** With the plan. */
  target: number;
}

/** What is expected at a rate. */
export interface RatePoint {
  /** Hours sold a week. */
  hours: number;
  /** Income a week: rate times hours. */
  income: number;
  /** The rate an hour. */
  rate: number;
  /** Chance to win a usual job at it. */
  win_chance: number;
  /** Income a week with unsold hours at what else they bring. */
  worth: number;
}

/** A step of the way to a rate. */
export interface RateStep {
  /** For whom. */
  for: string;
  /** The month, from 1. */
  month: number;
  /** The rate an hour. */
  rate: number;
}

/** A proposal. */
export interface ReadyProposal {
  /** Whether to apply. */
  apply: boolean;
  /** What it rests on. */
  brief: ProposalBrief;
  /** Share of the asked skills that is held; null where the posting names none. */
  coverage: number | null;
  /** The draft. */
  draft: string;
  /** The job. */
  job_id: string;
  /** Whether the draft can go out as it is. */
  ready: boolean;
  /** The same by sentences. */
  sentences: ProposalSentence[];
  /** Its title. */
  title: string;
}

/** Names one recommendation of a task: the subtask that gave it and its id there. */
export interface RecommendationRef {
  /** The recommendation's id within that subtask's result. */
  id: string;
  /** The subtask's name in the plan. */
  subtask: string;
}

/** A job that fits. */
export interface RecommendedJob {
  /** Skills and relevance alone, 0 to 1. */
  fit: number;
  /** Its id. */
  job_id: string;
  /** Skills asked for and held. */
  matched_skills: string[];
  /** Skills asked for and not held. */
  missing_skills: string[];
  /** What it pays, in words; null where it does not say. */
  pay: string | null;
  /** The sum of its terms, 0 to 1. */
  score: number;
  /** Words it shares with the profile. */
  shared_words: string[];
  /** Where the job stands, a JSON pointer into the request. */
  source: string;
  /** Its terms. */
  terms: JobTerms;
  /** Its title. */
  title: string;
  /** Why it fits, in a sentence. */
  why: string;
}

/** What happens when nobody bids or a holder fails. */
export interface RecoveryPolicy {
  /** Auctions beyond the first that a role or subtask may have. */
  attempts_max?: number;
  /** What is tried when an auction brings no taker. */
  on_no_bid?: OnNoBid;
}

/** Why an agent does not bid, or cannot take what it won. */
export interface Refusal {
  /** The auction. */
  auction_id: string;
  /** Why. */
  reason: RefusalReason;
}

/** Why an agent does not bid. */
export type RefusalReason = "not_capable" | "at_capacity" | "not_available";

/** A rejection. */
export interface Rejection {
  /** The auction. */
  auction_id: string;
  /** Why. */
  reason: RejectionReason;
}

/** Why a bid was rejected. */
export type RejectionReason = "outscored" | "late";

/** One fault of a request. */
export interface RequestFault {
  /** What is wrong there and what is expected. */
  detail: string;
  /** The query parameter, where it is one. */
  parameter?: string | null;
  /** JSON pointer (RFC 6901) into the body; empty for the whole of it, and for what is not in it. */
  pointer: string;
}

/** How a conflict was resolved. */
export interface Resolution {
  /** All that were weighed. */
  alternatives: Alternative[];
  /** Index of the alternative that was taken. */
  chosen: number;
  /** The conflict's id. */
  conflict: string;
}

/** A result that is handed in. */
export interface ResultPayload {
  /** How sure its author is. */
  confidence: number;
  /** The knowledge it rests on, by id. */
  knowledge_read: string[];
  /** The result. */
  result: unknown;
  /** The subtask. */
  subtask_id: string;
}

/** One risk. */
export interface RiskFactor {
  /** Stable name. */
  id: string;
  /** What to do about it. */
  response: string;
  /** The risk in words. */
  risk: string;
}

/** The rivals on one job. */
export interface Rivals {
  /** How it was found, in words. */
  basis: string;
  /** Proposals the posting counted; none where it did not say. */
  counted: number | null;
  /** How many there will be. */
  expected: number;
  /** At most. */
  high: number;
  /** At least. */
  low: number;
  /** Their usual strength, 0 to 1. */
  strength: number;
  /** Where `expected` comes from. */
  tag: FigureTag;
}

/** A role of a generic team, as a scenario defines it. */
export interface RoleDraft {
  /** Capabilities its subtasks ask for. */
  capabilities?: string[];
  /** What its work costs, in units. */
  cost_units?: number;
  /** How long its work takes an agent of pace 1 [µs]. */
  duration_us: number;
  /** The role's name in lower case with underscores. */
  name: string;
  /** Knowledge keys its results contribute. */
  provides?: string[];
  /** How good its work is, 0 to 1. */
  quality?: number;
  /** The name people read; else made of the name. */
  title?: string;
  /** Tokens its work takes, where it is a language model. */
  tokens?: number;
  /** Knowledge keys it reads when they are there; acyclic over all roles. */
  uses?: string[];
}

/** How a risky step is made safe. */
export interface SafetyNet {
  /** When to step back. */
  step_back: string;
  /** How to test it small. */
  test: string;
  /** What to watch. */
  watch: string;
}

/** A scenario as it is written. */
export interface Scenario {
  /** The team. */
  agents: AgentDraft[];
  /** The run's "today". */
  as_of: string;
  /** Whose roles and methods the team has. */
  domain: DomainName;
  /** The world around the team. */
  environment?: EnvironmentDraft;
  /** Inputs that tasks refer to by name. */
  inputs?: { [key: string]: unknown };
  /** The links between actors. */
  links?: LinksDraft;
  /** The short name it is called by: lower case letters, digits, hyphens. */
  name: string;
  /** Plans of a generic team, by task type. */
  plans?: { [key: string]: SubtaskDraft[] };
  /** The rules. */
  policies?: Policies;
  /** Roles of a generic team. */
  roles?: RoleDraft[];
  /** The seed, 0 to 2^53 - 1. */
  seed?: number;
  /** What it shows, in a sentence or two. */
  summary?: string;
  /** The tasks. */
  tasks?: TaskDraft[];
  /** The name people read. */
  title: string;
}

/** Who may read a finding. */
export type Scope = "task" | "general";

/** One thing that sets a profile apart. */
export interface SetsApart {
  /** What kind of thing it is. */
  kind: SetsApartKind;
  /** The fields it rests on. */
  sources: string[];
  /** It, in one sentence. */
  text: string;
}

/** Kinds of things that set a profile apart. */
export type SetsApartKind = "full_coverage" | "rare_skill" | "proof" | "reviews" | "experience";

/** A conflict, and how it was resolved. */
export type SettledConflict = {
  /** Those involved. */
  between: RecommendationRef[];
  /** Unique within the aggregation, such as `raise_rate:portfolio_proof`. */
  id: string;
  /** What was weighed and what was taken; null where nothing was. */
  resolution: Resolution | null;
} & ({
  kind: "opposite";
  /** The lever. */
  lever: string;
} | {
  /** The condition. */
  condition: string;
  kind: "unmet_need";
} | {
  /** Hours available. */
  available: number;
  /** Hours asked for. */
  hours: number;
  kind: "over_budget";
});

/** Findings for one who can use them. */
export interface Share {
  /** The entries of the knowledge base. */
  knowledge: string[];
  /** The task. */
  task_id: string;
  /** Their values by key. */
  values: { [key: string]: unknown };
}

/** Findings, or a message by hand. */
export type ShareOrNote = Share | Note;

/** One stage. */
export interface Stage {
  /** Its events, as `agora run --events` writes them. */
  events: AgoraEvent[];
  /** What its turns did, in words. */
  narration: string[];
  /** What came of it. */
  outcome: unknown;
  /** Its name. */
  stage: string;
  /** Which one, from 1. */
  step: number;
  /** The first and last turn with something of it; stages overlap. */
  turns: Turns;
}

/** What a chance was computed from. */
export interface Standpoint {
  /** What of it is assumed, in words. */
  assumed: string[];
  /** How much of the job's requirements is covered, 0 to 1. */
  fit: number;
  /** Asked rate over what such work pays; 1 where one of them is not known. */
  price_ratio: number;
  /** Profile strength, 0 to 1; the usual rival's where it is not known. */
  strength: number;
}

/** How things stand. */
export interface Status {
  /** The auction it answers, if one. */
  auction_id: string | null;
  /** How. */
  status: StatusNote;
  /** The subtask it is about, if one. */
  subtask_id: string | null;
  /** The task. */
  task_id: string;
}

/** How things stand, in a status update. */
export type StatusNote = "accepted" | "started" | "ready" | "progress" | "free";

/** How things stand, or a message by hand. */
export type StatusOrNote = Status | Note;

/** A subtask of a plan of one's own. */
export interface SubtaskBody {
  /** Capabilities required; else the role's. */
  capabilities?: string[] | null;
  /** Names of the subtasks that must be done before. */
  depends_on?: string[] | null;
  /** What is to be done. */
  description?: string | null;
  /** How long it takes an agent of pace 1 [µs]; else as long as the role's work takes. */
  duration_us?: number | null;
  /** Unique within the plan. */
  name: string;
  /** The role that does it. */
  role: string;
}

/** A subtask as it is written. */
export interface SubtaskDraft {
  /** Capabilities required; else the role's. */
  capabilities?: string[] | null;
  /** Names of the subtasks that must be done before. */
  depends_on?: string[];
  /** What is to be done. */
  description?: string;
  /** How long it takes an agent of pace 1 [µs]; else as long as the role's work takes. */
  duration_us?: number | null;
  /** Unique within the plan. */
  name: string;
  /** The role that does it. */
  role: string;
}

/** A subtask of a plan. */
export interface SubtaskPlan {
  /** Capabilities required. */
  capabilities: string[];
  /** The subtasks that must be done before, by id. */
  depends_on: string[];
  /** What is to be done. */
  description: string;
  /** The role that does it. */
  role: string;
  /** The subtask. */
  subtask_id: string;
}

/** A subtask and where it stands. */
export interface SubtaskView {
  /** Who holds it. */
  agent: string | null;
  /** Capabilities required. */
  capabilities: string[];
  /** How sure its author is; null before its result was accepted. */
  confidence: number | null;
  /** The subtasks that must be done before, by id. */
  depends_on: string[];
  /** What is to be done. */
  description: string;
  /** When its work ended, in virtual time [µs]. */
  finished_us: number | null;
  /** Why it failed or is missing. */
  reason: string | null;
  /** The role that does it. */
  role: string;
  /** When it started, in virtual time [µs]. */
  started_us: number | null;
  /** Where it stands: `planned`, `assigned`, `running`, `finished`, `done`, `failed`, `missing`. */
  state: string;
  /** The subtask. */
  subtask_id: string;
}

/** How to see that it works; what does not apply is left out. */
export interface SuccessIndicators {
  /** A first job with a new skill. */
  first_job_with_new_skill?: FirstWin | null;
  /** The rate. */
  hourly_rate?: RateGoal | null;
  /** Hours for learning. */
  learning_hours?: LearningHours | null;
  /** The mean fit. */
  mean_fit?: MeanFit | null;
  /** Jobs within reach. */
  near_jobs_within_reach?: WithinReach | null;
}

/** Two recommendations that help each other. */
export interface Synergy {
  /** The condition provided and needed; none where their effects multiply. */
  condition: string | null;
  /** The one that provides. */
  from: RecommendationRef;
  /** Predicted gain beyond the two alone; 0.02 is two percent of income. */
  gain: number;
  /** The one that gains. */
  to: RecommendationRef;
}

/** A task that was created. */
export interface TaskCreated {
  /** How urgent it is. */
  priority: TaskPriority;
  /** The roles its plan asks for. */
  required_agents: string[];
  /** Where it stands. */
  status: TaskStage;
  /** Its plan. */
  subtasks: SubtaskPlan[];
  /** The task. */
  task_id: string;
  /** Its kind. */
  task_type: string;
  /** The turn it was created in. */
  turns: Turns;
  /** What was left aside. */
  warnings: Warning[];
}

/** A task as it is written. */
export interface TaskDraft {
  /** When it arrives [µs]. */
  at_us?: number;
  /** Whose task it is. */
  client?: string;
  /** What is asked, in the client's words. */
  description?: string;
  /** What the client wants most. */
  goals?: string[];
  /** The input: an object, or the name of one of `inputs`. */
  input_data?: unknown;
  /** A name that stays when the scenario changes; else its type and place. */
  name?: string | null;
  /** How urgent it is. */
  priority?: TaskPriority;
  /** The roles asked for; else all of the plan's. */
  required_agents?: string[];
  /** A plan of its own. */
  subtasks?: SubtaskDraft[];
  /** The kind of task, such as `optimize_freelancer_profile`. */
  task_type: string;
}

/** How urgent a task is. */
export type TaskPriority = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

/** Where a task stands. */
export type TaskStage = "pending" | "bidding" | "in_progress" | "success" | "partial" | "failed";

/** How a task ended. */
export type TaskStatus = "success" | "partial" | "failed";

/** A task as it stands. */
export interface TaskView {
  /** Who holds its subtasks. */
  assigned_agents: string[];
  /** The answer; null before it is made. */
  collective_recommendation: unknown;
  /** How sure the team is; null before the task ended. */
  confidence: number | null;
  /** Who leads it; null before that is settled. */
  coordinator_agent: string | null;
  /** When it was created. */
  created_at: string;
  /** What is asked. */
  description: string;
  /** When it ended; null while it is open. */
  ended_at: string | null;
  /** The input. */
  input_data: unknown;
  /** The name that stays when the history before it changes. */
  name: string;
  /** How urgent it is. */
  priority: TaskPriority;
  /** The roles its plan asks for. */
  required_agents: string[];
  /** Accepted results, by subtask id. */
  results: { [key: string]: unknown };
  /** Where it stands. */
  status: TaskStage;
  /** Its plan, and where each subtask stands. */
  subtasks: SubtaskView[];
  /** The task. */
  task_id: string;
  /** Its kind. */
  task_type: string;
}

/** Turns, both included. */
export interface Turns {
  /** The first. */
  from: number;
  /** The last. */
  to: number;
}

/** Something of a request that was left aside. */
export interface Warning {
  /** What was left aside, and why. */
  detail: string;
  /** The query parameter, where it is one. */
  parameter?: string | null;
  /** JSON pointer (RFC 6901) into the body; empty for what is not in it. */
  pointer: string;
}

/** Hours for a plan. */
export interface WeekHours {
  /** Hours a week. */
  per_week: number;
  /** How many weeks. */
  weeks: number;
}

/** What the four terms of a bid weigh; they add up to 1. */
export interface Weights {
  /** Of how well the agent fits what is asked. */
  capability: number;
  /** Of its past performance. */
  performance: number;
  /** Of how its tempo fits the task's urgency. */
  priority: number;
  /** Of its free slots. */
  workload: number;
}

/** What brought an event about. */
export interface Why {
  /** The causes back to their root, in sentences, with what each used. */
  chain: WhyStep[];
  /** The event. */
  event: number;
  /** All that it rests on, by ids. */
  graph: WhyReason[];
  /** Whether the graph was too large to be shown whole. */
  is_cut: boolean;
  /** Where its causes begin. */
  root: WhyRoot;
}

/** How a step belongs to the one before it. */
export type WhyLink = "itself" | "cause" | "read";

/** An event with what it rests on. */
export interface WhyReason {
  /** The event that triggered it; null for a root. */
  cause: number | null;
  /** The event. */
  event: number;
  /** The events whose content it used. */
  reads: number[];
  /** Its turn. */
  turn: number;
}

/** Where causes begin. */
export type WhyRoot = "scenario" | "command";

/** One step of a chain of causes. */
export interface WhyStep {
  /** The event. */
  event: number;
  /** How it belongs to the step before. */
  link: WhyLink;
  /** What happened. */
  sentence: string;
  /** Its turn. */
  turn: number;
}

/** Near jobs within reach. */
export interface WithinReach {
  /** The fit from which a job is within reach. */
  fit_from: number;
  /** Within reach now. */
  now: number;
  /** Near jobs. */
  of: number;
  /** With the plan. */
  target: number;
}
