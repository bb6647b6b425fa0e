//! Compares the bus with a naive model: any sequence of publishing, delivering, waiting, subscribing, unsubscribing,
//! pulling, acking, nacking, seeking and redelivering leads both to the same state, group by group and event by event.

use blockers_event_bus::{StartAt, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use crate::naive::{Model, NAMES, Step};
use crate::naive_group::{Order, Policy};
use crate::twin::{DIGEST, Real, check, fixed_run};

fn policies() -> impl Strategy<Value = Policy> {
    let tries = prop::option::weighted(0.7, 1u32..4);
    let ttl = prop::option::weighted(0.3, prop::sample::select(vec![0u64, 5, 15]));
    let pulls = prop::bool::weighted(0.4);
    let order = prop::sample::select(vec![Order::Ordered, Order::ByKey, Order::Unordered]);
    let window = prop::option::weighted(0.3, 0usize..4);
    let ack_wait = prop::option::weighted(0.3, prop::sample::select(vec![5u64, 10, 15]));
    let backoff = prop::sample::select(vec![0u64, 5, 10]);
    (tries, backoff, ttl, pulls, order, window, ack_wait).prop_map(
        |(max_deliver, backoff, ttl, pulls, order, window, ack_wait)| {
            let policy = Policy { max_deliver, backoff, ttl, pulls, order, window, ack_wait };
            if max_deliver.is_some() { policy } else { policy.at_most_once() }
        },
    )
}

fn starts() -> impl Strategy<Value = StartAt> {
    prop_oneof![
        Just(StartAt::Earliest),
        Just(StartAt::Latest),
        (0u64..30).prop_map(StartAt::Seq),
        (0u64..60).prop_map(|time| StartAt::Time(Timestamp::from_millis(time))),
    ]
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(model: &Self) -> BoxedStrategy<Step> {
        let out = model.out();
        let answers = if out.is_empty() {
            Just(Step::Deliver).boxed()
        } else {
            (prop::sample::select(out), any::<bool>())
                .prop_map(|((group, seq), done)| Step::Answer(group, seq, done))
                .boxed()
        };
        prop_oneof![
            4 => prop::collection::vec(0u32..4, 1..5).prop_map(Step::Publish),
            5 => Just(Step::Deliver),
            3 => (1u64..12).prop_map(Step::Advance),
            2 => (0..NAMES.len(), policies(), starts()).prop_map(|(name, policy, start)| Step::Subscribe(name, policy, start)),
            1 => (0..NAMES.len()).prop_map(Step::Unsubscribe),
            1 => (0..NAMES.len(), starts()).prop_map(|(group, to)| Step::Seek(group, to)),
            3 => (0..NAMES.len(), 1usize..4).prop_map(|(group, most)| Step::Pull(group, most)),
            3 => answers,
            1 => (0usize..8).prop_map(Step::Redeliver),
        ]
        .boxed()
    }

    fn preconditions(model: &Self, step: &Step) -> bool {
        match step {
            Step::Answer(group, seq, _) => model.out().contains(&(*group, *seq)),
            _ => true,
        }
    }

    fn apply(model: Self, step: &Step) -> Self {
        model.after(step)
    }
}

struct BusTest;

impl StateMachineTest for BusTest {
    type SystemUnderTest = Real;
    type Reference = Model;

    fn init_test(_: &Model) -> Real {
        Real::new()
    }

    fn apply(mut real: Real, _: &Model, step: Step) -> Real {
        real.apply(&step);
        real
    }

    fn check_invariants(real: &Real, model: &Model) {
        check(real, model);
    }
}

prop_state_machine! {
    #![proptest_config(Config { cases: 2_000, ..Config::default() })]

    #[test]
    fn the_bus_and_the_naive_model_agree_after_every_step(sequential 1..60 => BusTest);
}

/// The root package's browser tests check the same digest in wasm.
#[test]
fn the_same_steps_lead_to_the_same_digest_natively_and_in_wasm() {
    assert_eq!(fixed_run(7, 3_000), DIGEST);
}
