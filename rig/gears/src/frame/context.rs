//! What a gear finds around itself.

use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
};

use parking_lot::Mutex;
use platform_kernel::{Clock, Rng};
use rig_envelope::{EntityId, Ids};
use rig_scenario::Binding;

use super::{command::Controls, link::Links};

/// Things the gears of a rack share (buckets, stores of specs), one of each type. They outlive a
/// gear and a reload of the scenario. Cheap to clone; clones share them.
#[derive(Clone, Default)]
pub struct Services(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl Services {
    /// The thing of that type, made now if there is none.
    pub fn get_or_default<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut things = self.0.lock();
        let thing = things.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        // The map is keyed by the type: the other arm cannot come.
        thing.downcast().unwrap_or_else(|_| Arc::new(T::default()))
    }
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.0.lock().get(&TypeId::of::<T>())?.clone().downcast().ok()
    }
    /// Puts a thing in, in place of one of the same type.
    pub fn put<T: Send + Sync + 'static>(&self, thing: T) {
        self.0.lock().insert(TypeId::of::<T>(), Arc::new(thing));
    }
}

/// A gear's surroundings. Cheap to clone.
#[derive(Clone)]
pub struct GearContext {
    /// Of the gear, in the scenario.
    pub name: Arc<str>,
    pub id: EntityId,
    pub ids: Ids,
    pub clock: Clock,
    pub rng: Rng,
    pub links: Links,
    pub controls: Controls,
    pub services: Services,
    /// Which link each wired output depends on.
    pub bindings: Arc<BTreeMap<String, Binding>>,
    /// Where relative paths of the configuration begin.
    pub base: PathBuf,
}

impl GearContext {
    /// Counts something that went wrong outside of `process` and `control`, and logs it once.
    pub fn failed(&self, error: &super::gear::GearError) {
        let labels = [("flux.name", self.name.to_string()), ("reason", error.reason.to_string())];
        metrics::counter!("flux.gear.errors", &labels).increment(1);
        tracing::warn!(gear = &*self.name, reason = &*error.reason, "{}", error.detail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_shared_by_type() {
        let services = Services::default();
        services.get_or_default::<Mutex<u32>>();
        *services.clone().get_or_default::<Mutex<u32>>().lock() = 5;
        assert_eq!(*services.get::<Mutex<u32>>().unwrap().lock(), 5);
        assert!(services.get::<String>().is_none());
        services.put("x".to_owned());
        assert_eq!(services.get::<String>().unwrap().as_str(), "x");
    }
}
