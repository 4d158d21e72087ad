//! Explores a configuration with stateright.

use crate::config::Config;
use crate::describe::describe;
use crate::invariant::Invariant;
use crate::network::Rule;
use crate::world::quiesce;
use crate::world::{Action, Order, Outcome, World};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A configuration as a model.
#[derive(Clone, Debug)]
struct Proof(Config);

impl Model for Proof {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::start(&self.0)]
    }

    fn actions(&self, world: &World, moves: &mut Vec<Action>) {
        moves.extend(world.moves(&self.0));
    }

    fn next_state(&self, world: &World, happens: Action) -> Option<World> {
        let next = world.after(&self.0, happens);
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        Invariant::ALL
            .into_iter()
            .map(|invariant| Property::always(invariant.name(), condition(invariant)))
            .chain(RULES.map(|(uses, name)| Property::sometimes(name, uses)))
            .collect()
    }
}

/// The rules of the server, so that nobody mistakes a world in which nothing happens for a proof.
const RULES: [(Condition, &str); 4] = [
    (|_, world| world.answers(Rule::Rotate), "rotates"),
    (
        |_, world| world.answers(Rule::Retry),
        "repeats a lost answer",
    ),
    (
        |_, world| world.answers(Rule::Race),
        "repeats for another tab",
    ),
    (|_, world| world.ends(), "ends for reuse"),
];

type Condition = fn(&Proof, &World) -> bool;

/// A condition is a plain function, so each invariant needs one of its own.
fn condition(invariant: Invariant) -> Condition {
    const ALL: [Condition; Invariant::ALL.len()] = [
        holds::<0>,
        holds::<1>,
        holds::<2>,
        holds::<3>,
        holds::<4>,
        holds::<5>,
        holds::<6>,
        holds::<7>,
        holds::<8>,
        holds::<9>,
        holds::<10>,
        holds::<11>,
        holds::<12>,
        holds::<13>,
        holds::<14>,
        holds::<15>,
        holds::<16>,
        holds::<17>,
        holds::<18>,
    ];
    ALL[invariant as usize]
}

fn holds<const INDEX: usize>(proof: &Proof, world: &World) -> bool {
    let invariant = Invariant::ALL[INDEX];
    !world.broken.contains(invariant) && in_fair_weather(proof, world, invariant)
}

/// The runs in fair weather from a state: the same for each property of it, so they are kept.
fn in_fair_weather(proof: &Proof, world: &World, invariant: Invariant) -> bool {
    thread_local! {
        static LAST: RefCell<Option<(World, [Outcome; 2])>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != world) {
            let outcomes = [Order::NetworkFirst, Order::TabsFirst]
                .map(|order| quiesce(&proof.0, world, order));
            *last = Some((world.clone(), outcomes));
        }
        let outcomes = last.as_ref().map(|(_, outcomes)| outcomes);
        outcomes.is_none_or(|outcomes| {
            outcomes
                .iter()
                .all(|outcome| outcome_holds(outcome, invariant))
        })
    })
}

fn outcome_holds(outcome: &Outcome, invariant: Invariant) -> bool {
    match invariant {
        Invariant::EveryRunComesToRest => outcome.rested,
        Invariant::TabsAgreeAtRest => outcome.agreed,
        Invariant::SignOutIsHeard => outcome.world.sign_outs_are_heard(),
        _ => !outcome.broken().contains(invariant),
    }
}

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// The configuration's name.
    pub name: &'static str,
    /// How many states there are.
    pub states: usize,
    /// How many steps led there.
    pub steps: usize,
    /// The longest of the shortest ways to a state.
    pub depth: usize,
    /// How long it took.
    pub time: Duration,
    /// The breaches, each with a way there.
    pub breaches: BTreeMap<&'static str, Vec<Action>>,
    /// The rules that were used, each with a way there.
    pub reached: BTreeMap<&'static str, Vec<Action>>,
}

impl Report {
    /// The breaches in words.
    pub fn story(&self, config: &Config) -> String {
        let mut story = self.to_string();
        for (name, way) in &self.breaches {
            let steps = describe(config, way).join("\n    ");
            story.extend(["\n", name, ":\n    ", &steps]);
        }
        story
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {} states, {} steps, depth {}, {:.1} s",
            self.name,
            self.states,
            self.steps,
            self.depth,
            self.time.as_secs_f32()
        )?;
        for (name, way) in &self.breaches {
            write!(f, "\n  {name} broken in {}: {way:?}", way.len())?;
        }
        Ok(())
    }
}

/// Explores a configuration to its end.
pub fn explore(config: &Config) -> Report {
    let started = Instant::now();
    let checker = Proof(*config).checker().spawn_bfs().join();
    let (breaches, reached) = checker
        .discoveries()
        .into_iter()
        .map(|(name, path)| (name, path.into_actions()))
        .partition(|(name, _)| !RULES.iter().any(|(_, rule)| name == rule));
    Report {
        name: config.name,
        states: checker.unique_state_count(),
        steps: checker.state_count(),
        depth: checker.max_depth(),
        time: started.elapsed(),
        breaches,
        reached,
    }
}

/// A shortest way to a breach of that invariant, if there is one.
pub fn shortest_breach(config: &Config, invariant: Invariant) -> Option<Vec<Action>> {
    let name = invariant.name();
    let mut shortest: Option<Vec<Action>> = None;
    loop {
        let mut checker = Proof(*config)
            .checker()
            .finish_when(HasDiscoveries::AnyOf([name].into()));
        // The checker keeps the last breach of a block of states, not the first: ask again for a
        // shorter one, until there is none. It counts states, not moves.
        if let Some(known) = &shortest {
            checker = checker.target_max_depth(known.len() + 1);
        }
        let Some(found) = checker.spawn_bfs().join().discovery(name) else {
            return shortest;
        };
        shortest = Some(found.into_actions());
        if shortest.as_ref().is_some_and(Vec::is_empty) {
            return shortest;
        }
    }
}
